"""Started by torchrun: trains a stage and leaves a checkpoint. Arguments: folder, stage, then what shall happen."""

import os
import signal
import sys
from pathlib import Path

import torch
from same_step import DRAWINGS, build, steady
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.cli import report_error
from nurie.cli.train import is_said_by_another
from nurie.errors import NurieError
from nurie.training.checkpoint import newest_whole
from nurie.training.distributed import join
from nurie.training.loop import resume_run, start_run, train
from nurie.training.restarts import restart_count


def main(directory, stage, *events):
    torch.set_num_threads(1)
    with join("cpu") as machine:

        def happen(images_seen):
            if machine.rank == 1 and images_seen == 40 and "die-once" in events and not restart_count():
                os.kill(os.getpid(), signal.SIGKILL)
            if machine.rank == 1 and images_seen == 8:
                if "stop" in events:
                    os.kill(os.getpid(), signal.SIGTERM)
                if "die" in events:
                    os.kill(os.getpid(), signal.SIGKILL)

        if stage == "toy":
            config = toy_config(seed=machine.rank if "differ" in events else 0)
            made, drawings = ToyStage(config, machine, on_step=happen), ToyDrawings()
        else:
            made, drawings = steady(build(stage, machine)), DRAWINGS
            config = made.config
        run = start_run(made, config, machine, Path(directory))
        if restart_count():
            resume_run(run, newest_whole(run.directory))
        try:
            train(run, drawings)
        except NurieError as error:
            if not is_said_by_another(error, machine.rank):
                report_error(error, debug=False)
            sys.exit(3)


if __name__ == "__main__":
    main(*sys.argv[1:])

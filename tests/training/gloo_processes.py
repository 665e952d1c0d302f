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

FAULTS = {"stop": (8, signal.SIGTERM), "die": (8, signal.SIGKILL), "die-once": (40, signal.SIGKILL)}
"""Word -> after how many images the second process gets which signal."""


def happen(words, rank):
    def before_step(images_seen):
        for word in words:
            place, number = FAULTS.get(word, (-1, 0))
            if rank == 1 and images_seen == place and not restart_count():
                os.kill(os.getpid(), number)

    return before_step


def make(stage, machine, words):
    if stage == "toy":
        config = toy_config(seed=machine.rank if "differ" in words else 0)
        return ToyStage(config, machine, on_step=happen(words, machine.rank)), ToyDrawings()
    return steady(build(stage, machine)), DRAWINGS


def threads_of_gloo():
    """Names of the threads that must have ended with the group: at Python's exit one of them may abort it."""
    tasks = Path("/proc/self/task")
    names = [(task / "comm").read_text().strip() for task in tasks.iterdir()] if tasks.exists() else []
    return [name for name in names if "gloo" in name]


def main(directory, stage, *words):
    torch.set_num_threads(1)
    with join("cpu") as machine:
        made, drawings = make(stage, machine, words)
        run = start_run(made, made.config, machine, Path(directory))
        if restart_count():
            resume_run(run, newest_whole(run.directory))
        try:
            train(run, drawings)
        except NurieError as error:
            if not is_said_by_another(error, machine.rank):
                report_error(error, debug=False)
            sys.exit(3)
    assert not threads_of_gloo()


if __name__ == "__main__":
    main(*sys.argv[1:])

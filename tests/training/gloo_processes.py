"""Started by torchrun: trains the toy stage and leaves a checkpoint. Arguments: folder, then `stop` or nothing."""

import os
import signal
import sys
from pathlib import Path

import torch
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.training.distributed import join
from nurie.training.loop import start_run, train


def main(directory, stop):
    torch.set_num_threads(1)
    with join("cpu") as machine:

        def interrupt(images_seen):
            if stop and machine.rank == 1 and images_seen == 8:
                os.kill(os.getpid(), signal.SIGTERM)

        config = toy_config()
        stage = ToyStage(config, machine, on_step=interrupt)
        train(start_run(stage, config, machine, Path(directory)), ToyDrawings())


if __name__ == "__main__":
    main(sys.argv[1], "stop" in sys.argv)

"""`nurie` with the toy stage in place of gaps, and a fault by TOY_FAULT: poison, kill or full. For subprocesses."""

import os
import resource
import signal
import sys
from dataclasses import dataclass

import torch
from toy_stage import TOY, ToyDrawings, ToyStage

import nurie.data.drawings
from nurie.cli import main
from nurie.training import stages
from nurie.training.restarts import restart_count
from nurie.training.stage import StageKind

FAULT_AT = 40  # images


@dataclass(frozen=True)
class ToyCorpus(ToyDrawings):
    test_names: tuple = ()


@dataclass(frozen=True)
class NoNetwork:
    pass


def build(config, machine):
    fault = os.environ.get("TOY_FAULT", "")

    def happen(images_seen):
        if fault == "kill" and images_seen == FAULT_AT and not restart_count():
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "full" and images_seen == FAULT_AT:
            resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    return ToyStage(config, machine, noise=0.1, poison_after=FAULT_AT if fault == "poison" else None, on_step=happen)


if __name__ == "__main__":
    torch.set_num_threads(1)
    stages.STAGES["gaps"] = lambda: StageKind({"tiny": TOY}, lambda config: NoNetwork(), build)
    nurie.data.drawings.read_drawings = lambda folder: ToyCorpus()
    sys.exit(main(sys.argv[1:]))

"""Started by a test, without type checks, which the compiler cannot read: how far compiled from eager steps are."""

import sys
import tempfile
from pathlib import Path

import torch
from same_step import DRAWINGS, build, steady

from nurie.training.distributed import Machine
from nurie.training.loop import start_run, train


def weights(stage, folder, *, compiled):
    machine = Machine(torch.device("cpu"))
    made = steady(build(stage, machine, compile=compiled))
    train(start_run(made, made.config, machine, folder), DRAWINGS)
    return [parameter.detach() for network in made.networks.values() for parameter in network.parameters()]


if __name__ == "__main__":
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        eager, compiled = (weights(sys.argv[1], Path(folder) / str(c), compiled=c) for c in (False, True))
    difference = max(float((a - b).abs().max()) for a, b in zip(eager, compiled, strict=True))
    sys.stdout.write(f"{difference}\n")

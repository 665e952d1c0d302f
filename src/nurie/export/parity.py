"""A graph equals its network, or it is not shipped."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from nurie.errors import WeightsError
from nurie.export.graphs import Inputs
from nurie.graphs import Graph

BOUND = 1e-3
"""Largest difference allowed. Results lie within about [-3, 3] (palette) or [-1, 1] (paint), where
a level of an 8-bit picture is at least 7e-3."""


@dataclass(frozen=True)
class Parity:
    """How far a graph is from its network."""

    largest: float
    """Largest absolute difference of any output in any case."""
    cases: int
    """How many batches of different shapes were compared."""


@torch.no_grad()
def measure_parity(path: Path, module: nn.Module, cases: Iterable[Inputs]) -> Parity:
    """Run graph and network on every case.

    Raises:
        WeightsError: they differ by more than `BOUND`.
    """
    graph = Graph(path)
    largest, count = 0.0, 0
    for count, inputs in enumerate(cases, 1):  # noqa: B007 - the number of cases is part of the answer
        expected = module(*inputs.values())
        tensors = expected if isinstance(expected, tuple) else (expected,)
        found = graph({name: tensor.numpy() for name, tensor in inputs.items()})
        for tensor, array in zip(tensors, found.values(), strict=True):
            # Written so that NaN is a difference too.
            difference = float(np.abs(tensor.numpy() - array).max(initial=0))
            if not difference <= BOUND:
                shapes = ", ".join(f"{name} {list(x.shape)}" for name, x in inputs.items())
                raise WeightsError(
                    f"{path.name} differs from PyTorch by {difference:.2g}, more than {BOUND:g}, "
                    f"for {shapes}; "
                    "use the versions of torch and onnx in scripts/constraints.txt"
                )
            largest = max(largest, difference)
    return Parity(largest, count)

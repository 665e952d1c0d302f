"""What a device can do at most, measured, and the share of it that a form reaches."""

from collections.abc import Callable

import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.training.measure import FORMS, Case, Inputs, build, clock, descend, make_inputs
from nurie.model.generator import Generator

MATRIX = {"cpu": 2048, "cuda": 8192}
"""Side of the square matrices of the product that measures the ceiling."""

COPIED = {"cpu": 2**28, "cuda": 2**31}
"""Bytes."""

REPEATS = 5


def flops(case: Case) -> float:
    """Floating-point operations of one forward and backward pass of nurie's form: convolutions and products."""
    inputs, generator = make_inputs(case), build(case)
    with FlopCounterMode(display=False) as counter:
        descend(FORMS["nurie"], generator, inputs)
    return float(counter.get_total_flops())


def peak_flops(device: str, dtype: torch.dtype) -> float:
    """Operations a second of a large product of matrices."""
    side = MATRIX[device]
    a, b = (torch.randn(side, side, device=device).to(dtype) for _ in range(2))
    return 2 * side**3 / _fastest(lambda: a @ b, device)


def bandwidth(device: str) -> float:
    """Bytes a second, read and written, of a large copy."""
    source = torch.empty(COPIED[device], dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    return 2 * source.nbytes / _fastest(lambda: target.copy_(source), device)


def bytes_moved(generator: Generator, inputs: Inputs, form: str) -> float:
    """Bytes of the tensors that the operations of one pass read and write; what caches save is not seen."""
    from torch.utils._python_dispatch import TorchDispatchMode

    class Count(TorchDispatchMode):
        total = 0

        def __torch_dispatch__(self, function, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
            found = function(*args, **(kwargs or {}))
            if not function.is_view:
                self.total += sum(t.nbytes for t in _tensors((args, kwargs, found)))
            return found

    with Count() as count:
        descend(FORMS[form], generator, inputs)
    return float(count.total)


def _tensors(value: object) -> list[torch.Tensor]:
    from torch.utils._pytree import tree_leaves

    return [leaf for leaf in tree_leaves(value) if isinstance(leaf, torch.Tensor)]


def _fastest(work: Callable[[], object], device: str) -> float:
    best = float("inf")
    for _ in range(REPEATS + 1):
        start = clock(device)
        work()
        best = min(best, clock(device) - start)
    return best

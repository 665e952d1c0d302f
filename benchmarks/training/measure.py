"""Time, memory and agreement of the two forms."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import torch
from torch import Tensor

from benchmarks.training.literal import paint_literally
from nurie.model.config import ModelConfig
from nurie.model.generator import Generator, build_generator
from nurie.model.region_kernels import without_kernels

TOLERANCE = 1e-3
"""Between the pictures of the two forms, and, by the largest of each, between their gradients; float32."""

CELL = 8  # pixels a side of the smallest piece of a region


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is measured."""

    side: int = 256
    regions: int = 166
    """The paper's mean (IV-F)."""
    batch: int = 1
    base_channels: int = 64
    max_channels: int = 512
    device: str = "cpu"

    @property
    def model(self) -> ModelConfig:
        """The paper's network, perhaps narrower; the coarsest level is the paper's 4 x 4 at 256 pixels."""
        return ModelConfig(base_channels=self.base_channels, max_channels=self.max_channels)


@dataclass(frozen=True)
class Inputs:
    """A batch of made-up drawings."""

    sketch: Tensor
    regions: Tensor
    present: Tensor


def make_inputs(case: Case) -> Inputs:
    """Regions are cells of a grid joined at random: none is missing at full size, many are at the coarse levels."""
    rng = torch.Generator().manual_seed(0)
    cells = -(-case.side // CELL)
    labels = torch.randint(1, case.regions + 1, (case.batch, cells * cells), generator=rng)
    labels[:, : case.regions] = torch.arange(1, case.regions + 1)[: cells * cells]
    grid = labels.reshape(case.batch, cells, cells).repeat_interleave(CELL, 1).repeat_interleave(CELL, 2)
    regions = grid[:, : case.side, : case.side].contiguous()
    sketch = (torch.rand(case.batch, 1, case.side, case.side, generator=rng) > 0.9).float()
    present = torch.ones(case.batch, case.regions)
    return Inputs(*(tensor.to(case.device) for tensor in (sketch, regions, present)))


def build(case: Case) -> Generator:
    """The generator with the weights that every form shares; its code is the mean, so nothing is random.

    The biases are drawn: with those of 0, features of blank paper are exactly 0, and where several pixels tie with the
    floor of eq. (2) each form has a subgradient of its own.
    """
    torch.manual_seed(0)
    generator = build_generator(case.model)
    with torch.no_grad():
        for name, parameter in generator.named_parameters():
            if name.endswith("bias"):
                parameter.add_(torch.randn_like(parameter) / 4)
    return generator.to(case.device).eval()


Form = Callable[[Generator, Inputs], Tensor]


def _ours(generator: Generator, inputs: Inputs) -> Tensor:
    image: Tensor = generator(inputs.sketch, inputs.regions, None, None, inputs.present).image
    return image


def _ours_bf16(generator: Generator, inputs: Inputs) -> Tensor:
    with torch.autocast(inputs.sketch.device.type, torch.bfloat16):
        return _ours(generator, inputs).float()


def _ours_channels_last(generator: Generator, inputs: Inputs) -> Tensor:
    generator.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return _ours(generator, inputs)


def _ours_channels_last_bf16(generator: Generator, inputs: Inputs) -> Tensor:
    generator.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return _ours_bf16(generator, inputs)


def _ours_without_kernels(generator: Generator, inputs: Inputs) -> Tensor:
    with without_kernels():
        return _ours_channels_last_bf16(generator, inputs)


def _ours_compiled(generator: Generator, inputs: Inputs) -> Tensor:
    if generator._compiled_call_impl is None:
        generator.compile()  # type: ignore[no-untyped-call]
    return _ours_channels_last_bf16(generator, inputs)


def _literal(generator: Generator, inputs: Inputs) -> Tensor:
    return paint_literally(generator, inputs.sketch, inputs.regions, inputs.present.shape[1])


FORMS: Mapping[str, Form] = {
    "literal": _literal,
    "nurie": _ours,
    "nurie, bf16": _ours_bf16,
    "nurie, channels last": _ours_channels_last,
    "nurie, channels last, bf16": _ours_channels_last_bf16,
    "nurie, channels last, bf16, torch's pooling": _ours_without_kernels,
    "nurie, channels last, bf16, compiled": _ours_compiled,
}

GPU_ONLY = ("nurie, channels last, bf16, torch's pooling", "nurie, channels last, bf16, compiled")
"""Not measured on a CPU unless asked for: there are no kernels to do without, and compiling takes minutes there."""


def descend(form: Form, generator: Generator, inputs: Inputs) -> Tensor:
    """One forward and backward pass; gives the picture, leaves gradients in the generator."""
    generator.zero_grad(set_to_none=True)
    image = form(generator, inputs)
    image.square().mean().backward()  # type: ignore[no-untyped-call]
    return image.detach()


def disagreement(case: Case) -> tuple[float, float]:
    """Largest difference of the two float32 forms: of the picture, and of a gradient by its parameter's largest."""
    inputs, generator = make_inputs(case), build(case)
    images, gradients = [], []
    with torch.backends.cudnn.flags(allow_tf32=False):  # GPUs round the inputs of float32 convolutions to 10 bits
        for name in ("literal", "nurie"):
            images.append(descend(FORMS[name], generator, inputs))
            gradients.append([p.grad.clone() for p in generator.parameters() if p.grad is not None])
    pairs = zip(*gradients, strict=True)
    # Gradients far below the largest one are rounding alone.
    floor = max(float(gradient.abs().max()) for gradient in gradients[0]) * 1e-6
    apart = max(float((a - b).abs().max()) / max(float(a.abs().max()), floor) for a, b in pairs)
    return float((images[0] - images[1]).abs().max()), apart


def time_forms(case: Case, names: list[str], repeats: int) -> dict[str, float]:
    """Median seconds of one pass of each form, in turn, so that what disturbs the machine disturbs all.

    On the CPU the seconds that processors worked, on a GPU by the wall.
    """
    inputs, generators = make_inputs(case), {name: build(case) for name in names}
    spent: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(repeats + 1):
        for name in names:
            start = clock(case.device)
            descend(FORMS[name], generators[name], inputs)
            if turn:  # the first is there to warm up
                spent[name].append(clock(case.device) - start)
    return {name: median(seconds) for name, seconds in spent.items()}


def peak_megabytes(case: Case, name: str) -> float:
    """What one pass takes beyond weights and inputs; on the CPU only true in a process of its own."""
    inputs, generator = make_inputs(case), build(case)
    if case.device != "cpu":
        before = torch.cuda.memory_allocated()
        torch.cuda.reset_peak_memory_stats()
        descend(FORMS[name], generator, inputs)
        return (torch.cuda.max_memory_allocated() - before) / 2**20
    before = _resident_kilobytes("VmRSS")
    descend(FORMS[name], generator, inputs)
    return (_resident_kilobytes("VmHWM") - before) / 2**10


def clock(device: str) -> float:
    """Seconds that processors worked for this process, or on a GPU by the wall, its work done."""
    if device == "cpu":
        return time.process_time()
    torch.cuda.synchronize()
    return time.perf_counter()


def _resident_kilobytes(field: str) -> int:
    status = Path(f"/proc/{os.getpid()}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(field))

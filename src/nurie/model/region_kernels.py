"""Eqs. (2) and (5) on a GPU: each reads and writes every pixel once, in Triton.

Torch's own scatter lets all pixels of a region compete for one number, one at a time. Here a tile of pixels first finds
its own maximum or sum for each region it touches, which are few since regions hang together, and competes once.

The kernels are operators of torch, so that `torch.compile` takes them as they are. The order in which tiles add up is
not fixed, so sums differ from run to run by rounding, as with torch's own on a GPU. There is no second gradient.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import torch
from torch import Tensor

try:
    from nurie.model import region_triton as kernels
except ImportError:  # Triton is not on every platform
    kernels = None  # type: ignore[assignment]

INTERPRETED = os.environ.get("TRITON_INTERPRET") == "1"
"""Whether Triton runs its kernels in Python, on the CPU: slow, but the same code. It looks when it is imported."""

WORTHWHILE = 0 if INTERPRETED else 2**24
"""Numbers in a tensor from which on the kernels gain more than it costs to launch them: an operator that is written in
Python keeps the processor busy for a third of a millisecond (docs/training-speed.md)."""

Context: TypeAlias = Any  # torch's, which has no public type
Kernel: TypeAlias = Any  # Triton's

_switched_off = False


def serve(features: Tensor) -> bool:
    """Whether the kernels are for this tensor: [n c h w] in single or half precision where they run, and large."""
    if kernels is None or _switched_off or not (features.is_cuda or INTERPRETED):
        return False
    return features.dtype in _DTYPES and features.numel() >= WORTHWHILE


@contextmanager
def without_kernels() -> Iterator[None]:
    """Inside the block everything is computed by torch's own operators, for comparison."""
    global _switched_off
    before, _switched_off = _switched_off, True
    try:
        yield
    finally:
        _switched_off = before


_DTYPES = (torch.float32, torch.bfloat16, torch.float16)


def pool_maximum(features: Tensor, regions: Tensor, num_regions: int) -> Tensor:
    """`aggregate` of `nurie.model.region_formulation`: [n c h w], int [n h w], K -> [n K c]; labels above K are lost.

    Where several pixels tie for a maximum, or with the floor of 0, they share its gradient evenly, as torch has it.
    """
    rows: Tensor = _pool(_dense(features), _labels(regions, num_regions), num_regions)
    return rows


def scale_pixels(features: Tensor, rows: Tensor, regions: Tensor) -> Tensor:
    """[n c h w] times the row of each pixel's region, of [n K c]; 0 for nobody's pixels."""
    scaled: Tensor = _scale(_dense(features), rows.contiguous(), _labels(regions, rows.shape[1]))
    return scaled


def _labels(regions: Tensor, num_regions: int) -> Tensor:
    flat = regions.flatten(1)
    return torch.where(flat > num_regions, 0, flat).to(torch.int32).contiguous()


def _dense(features: Tensor) -> Tensor:
    """The tensor in one of the two layouts that let pixels be counted through."""
    if features.is_contiguous() or features.is_contiguous(memory_format=torch.channels_last):
        return features
    return features.contiguous()


@torch.library.custom_op("nurie::region_pool", mutates_args=())
def _pool(features: Tensor, labels: Tensor, num_regions: int) -> Tensor:
    n, c = features.shape[:2]
    maxima = features.new_zeros(n, num_regions + 1, c, dtype=torch.float32)
    _launch(kernels.reduce_kernel, _MAXIMUM, features, labels, features, (maxima, maxima))
    return maxima[:, 1:].to(features.dtype).contiguous()


@_pool.register_fake
def _(features: Tensor, labels: Tensor, num_regions: int) -> Tensor:
    return features.new_empty(features.shape[0], num_regions, features.shape[1])


@torch.library.custom_op("nurie::region_pool_backward", mutates_args=())
def _pool_backward(gradient: Tensor, features: Tensor, labels: Tensor, rows: Tensor) -> Tensor:
    slots = torch.nn.functional.pad(rows.float(), (0, 0, 1, 0)).contiguous()
    counts = (slots == 0).float()  # the floor is one of those that tie
    _launch(kernels.reduce_kernel, _TIES, features, labels, features, (slots, counts))
    shares = torch.nn.functional.pad(gradient.float(), (0, 0, 1, 0)) / counts.clamp(min=1)
    found = torch.empty_like(features)
    _launch(kernels.spread_kernel, _TIES, features, labels, found, (slots, shares))
    return found


@_pool_backward.register_fake
def _(gradient: Tensor, features: Tensor, labels: Tensor, rows: Tensor) -> Tensor:
    return torch.empty_like(features)


def _keep_pool(ctx: Context, inputs: tuple[Tensor, Tensor, int], output: Tensor) -> None:
    ctx.save_for_backward(inputs[0], inputs[1], output)


def _pool_gradient(ctx: Context, gradient: Tensor) -> tuple[Tensor, None, None]:
    return _pool_backward(gradient, *ctx.saved_tensors), None, None


_pool.register_autograd(_pool_gradient, setup_context=_keep_pool)


@torch.library.custom_op("nurie::region_scale", mutates_args=())
def _scale(features: Tensor, rows: Tensor, labels: Tensor) -> Tensor:
    found = torch.empty_like(features, dtype=torch.promote_types(features.dtype, rows.dtype))
    _launch(kernels.spread_kernel, _PRODUCT, features, labels, found, (rows, rows))
    return found


@_scale.register_fake
def _(features: Tensor, rows: Tensor, labels: Tensor) -> Tensor:
    return torch.empty_like(features, dtype=torch.promote_types(features.dtype, rows.dtype))


@torch.library.custom_op("nurie::region_scale_backward", mutates_args=())
def _scale_backward(gradient: Tensor, features: Tensor, rows: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    n, k, c = rows.shape
    alike = torch.channels_last if not features.is_contiguous() else torch.contiguous_format
    gradient = gradient.contiguous(memory_format=alike)
    sums = rows.new_zeros(n, k + 1, c, dtype=torch.float32)
    _launch(kernels.reduce_kernel, _SUM, features, labels, gradient, (sums, sums))
    found = torch.empty_like(features)
    _launch(kernels.spread_kernel, _PRODUCT, gradient, labels, found, (rows, rows))
    return found, sums[:, 1:].to(rows.dtype).contiguous()


@_scale_backward.register_fake
def _(gradient: Tensor, features: Tensor, rows: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    return torch.empty_like(features), torch.empty_like(rows, memory_format=torch.contiguous_format)


def _keep_scale(ctx: Context, inputs: tuple[Tensor, Tensor, Tensor], output: Tensor) -> None:
    ctx.save_for_backward(*inputs)


def _scale_gradient(ctx: Context, gradient: Tensor) -> tuple[Tensor, Tensor, None]:
    return *_scale_backward(gradient, *ctx.saved_tensors), None


_scale.register_autograd(_scale_gradient, setup_context=_keep_scale)


_MAXIMUM, _TIES, _SUM, _PRODUCT = range(4)

_HEIGHT, _WIDTH, _CHANNELS = 8, 16, 64
"""Of a tile, at most. What is nearly square touches few regions, and each costs a turn."""


def _launch(
    kernel: Kernel, mode: int, features: Tensor, labels: Tensor, other: Tensor, tables: tuple[Tensor, Tensor]
) -> None:
    """Run over all tiles; `features` and `other` have one layout, the tables are [n rows c]."""
    n, c, height, width = features.shape
    if not features.numel():
        return
    channels_last = not features.is_contiguous()
    across, along = (c, 1) if channels_last else (1, height * width)
    rows, columns = min(_HEIGHT, _power_of_2(height)), min(_WIDTH, _power_of_2(width))
    block_c = min(_CHANNELS if channels_last else _CHANNELS // 4, _power_of_2(c))
    grid = (-(-height // rows) * -(-width // columns), -(-c // block_c), n)
    kernel[grid](
        features, labels, other, *tables, height, width, c, across, along, tables[0].shape[1],
        MODE=mode, BLOCK_H=rows, BLOCK_W=columns, BLOCK_C=block_c,
    )  # fmt: skip


def _power_of_2(number: int) -> int:
    """The next one from `number` on."""
    return 1 << (number - 1).bit_length()

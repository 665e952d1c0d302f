"""The Triton kernels behind `nurie.model.region_kernels`. Importing this needs Triton.

Features are [n c h w] in either layout: `across` and `along` are the steps in memory from pixel to pixel and from
channel to channel. Labels are [n h w], 0 for nobody's pixels; `slots` and `out` are [n num_slots c].
"""

import triton
import triton.language as tl

_FAR = tl.constexpr(2**31 - 1)  # no label is so large: nobody is left


@triton.jit
def _tile(height, width, channels, across, along, BLOCK_H: tl.constexpr, BLOCK_W: tl.constexpr, BLOCK_C: tl.constexpr):
    """The program's tile, of `BLOCK_H` x `BLOCK_W` pixels and `BLOCK_C` channels: what both kernels begin with.

    The picture; where its pixels' labels are, and which of them it has; its channels; where its numbers are, and which
    of them it has.
    """
    picture = tl.program_id(2).to(tl.int64)
    columns = tl.cdiv(width, BLOCK_W)
    number = tl.arange(0, BLOCK_H * BLOCK_W)
    row = tl.program_id(0) // columns * BLOCK_H + number // BLOCK_W
    column = tl.program_id(0) % columns * BLOCK_W + number % BLOCK_W
    p, there = row * width + column, (row < height) & (column < width)
    c = tl.program_id(1) * BLOCK_C + tl.arange(0, BLOCK_C)
    place = picture * height * width * channels + p[:, None] * across + c[None, :] * along
    return picture, picture * height * width + p, there, c, place, there[:, None] & (c < channels)[None, :]


@triton.jit
def reduce_kernel(
    features, labels, other, slots, out, height, width, channels, across, along, num_slots,
    MODE: tl.constexpr, BLOCK_H: tl.constexpr, BLOCK_W: tl.constexpr, BLOCK_C: tl.constexpr,
):  # fmt: skip
    """Put into `out`, for each region that the tile touches, what `MODE` says.

    0: its maximum; 1: how many of its pixels reach the maximum in `slots`; 2: its sum of products with `other`.
    """
    picture, pixels, there, c, place, inside = _tile(height, width, channels, across, along, BLOCK_H, BLOCK_W, BLOCK_C)
    values = tl.load(features + place, mask=inside, other=0.0).to(tl.float32)
    if MODE == 2:
        values *= tl.load(other + place, mask=inside, other=0.0).to(tl.float32)
    left = tl.load(labels + pixels, mask=there, other=0)
    left = tl.where(left > 0, left, _FAR)
    label = tl.min(left, axis=0)
    while label < _FAR:
        here = (left == label)[:, None]
        slot = (picture * num_slots + label) * channels + c
        if MODE == 0:
            tl.atomic_max(out + slot, tl.max(tl.where(here, values, 0.0), axis=0), mask=c < channels)
        elif MODE == 1:
            wanted = tl.load(slots + slot, mask=c < channels, other=0.0)
            tied = tl.where(here & (values == wanted[None, :]), 1.0, 0.0)
            tl.atomic_add(out + slot, tl.sum(tied, axis=0), mask=c < channels)
        else:
            tl.atomic_add(out + slot, tl.sum(tl.where(here, values, 0.0), axis=0), mask=c < channels)
        left = tl.where(left == label, _FAR, left)
        label = tl.min(left, axis=0)


@triton.jit
def spread_kernel(
    features, labels, found, slots, out, height, width, channels, across, along, num_slots,
    MODE: tl.constexpr, BLOCK_H: tl.constexpr, BLOCK_W: tl.constexpr, BLOCK_C: tl.constexpr,
):  # fmt: skip
    """Give each pixel, in `found`, what `MODE` says.

    1: what `out` has for its region if it reaches the maximum in `slots`, else 0; 3: itself times what `slots` has.
    """
    picture, pixels, there, c, place, inside = _tile(height, width, channels, across, along, BLOCK_H, BLOCK_W, BLOCK_C)
    values = tl.load(features + place, mask=inside, other=0.0).to(tl.float32)
    label = tl.load(labels + pixels, mask=there, other=0)
    somebody = inside & (label > 0)[:, None]
    if MODE == 1:
        slot = ((picture * num_slots + label) * channels)[:, None] + c[None, :]
        wanted = tl.load(slots + slot, mask=somebody, other=0.0).to(tl.float32)
        share = tl.load(out + slot, mask=somebody, other=0.0).to(tl.float32)
        result = tl.where(values == wanted, share, 0.0)
    else:
        slot = ((picture * num_slots + label - 1) * channels)[:, None] + c[None, :]
        result = values * tl.load(slots + slot, mask=somebody, other=0.0).to(tl.float32)
    result = tl.where(somebody, result, 0.0)
    tl.store(found + place, result.to(found.dtype.element_ty), mask=inside)

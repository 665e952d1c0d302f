"""Flat colours: one colour per region, taken from a picture or painted into one."""

import cv2
import numpy as np
from jaxtyping import Int

from nurie.arrays import Colors, Image, LineMask, RegionMap, Sketch

PAPER = 200  # gray from which a pixel counts as paper: anti-aliased line borders are left out

_COUNTED, _PAINTED = 1 << 21, 1 << 18  # pixels taken at once: little memory, and the latter's stay in the cache


def region_colors(color: Image, sketch: Sketch, regions: RegionMap) -> Colors:
    """Median colour, channel by channel, of the paper pixels of each region.

    The median is the flat colour of a cel-shaded region, where a mean would mix light and shade. A
    region without paper pixels takes the median of all its pixels; one without pixels is white. Of
    two middle values the lower one is taken.
    """
    num_regions = int(regions.max(initial=0))
    counts = _count_levels(color, regions, sketch >= PAPER, num_regions)
    bare = counts[:, 0].sum(1) == 0
    if bare[1:].any():
        everywhere = _count_levels(color, regions, np.take(bare, regions), num_regions)
        counts[bare] = everywhere[bare]
    ordered = counts[1:].cumsum(2)
    total = ordered[:, :, -1:]
    middle = np.maximum(total - 1, 0) // 2
    return np.where(total[..., 0] > 0, (ordered <= middle).sum(2), 255).astype(np.uint8)


def _count_levels(
    color: Image, regions: RegionMap, used: LineMask, num_regions: int
) -> Int[np.ndarray, "labels 3 levels"]:
    """How often each level of each channel is found in each region 0..K, of the pixels that are used."""
    counts = np.zeros((3, (num_regions + 1) * 256), np.int64)
    step = max(1, _COUNTED // max(1, regions.shape[1]))
    for start in range(0, len(regions), step):
        rows = slice(start, start + step)
        labels = regions[rows][used[rows]] * 256
        levels = color[rows][used[rows]]
        for channel in range(3):
            counts[channel] += np.bincount(labels + levels[:, channel], minlength=counts.shape[1])
    return counts.reshape(3, -1, 256).transpose(1, 0, 2)


def paint_flats(colors: Colors, regions: RegionMap) -> Image:
    """Each region filled with its colour; pixels of no region (label 0) are white."""
    table = np.full((len(colors) + 1, 4), 255, np.uint8)
    table[1:, :3] = colors
    packed = table.view(np.uint32)[:, 0]  # one look-up a pixel instead of three
    flats = np.empty((*regions.shape, 3), np.uint8)
    step = max(1, _PAINTED // max(1, regions.shape[1]))
    for start in range(0, len(regions), step):
        rows = slice(start, start + step)
        quads = packed.take(regions[rows]).view(np.uint8).reshape(-1, regions.shape[1], 4)
        cv2.cvtColor(quads, cv2.COLOR_RGBA2RGB, dst=flats[rows])
    return flats


def compose(flats: Image, sketch: Sketch) -> Image:
    """The sketch multiplied over the colours: full ink is black, bare paper changes nothing."""
    product = flats.astype(np.uint16) * sketch[..., None]
    return np.asarray((product + 127) // 255, np.uint8)

"""Drawings side by side, for eyes."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Image, RegionMap
from nurie.data.sources.drawing import Drawing
from nurie.images import resize_area, resize_nearest

DRAWINGS_PER_ROW = 4
GOLDEN_RATIO = (1 + 5**0.5) / 2
TINT = 0.55  # share of a region's color above the sketch


def contact_sheet(drawings: Sequence[Drawing], *, side: int = 128) -> Image:
    """Show each drawing as color, sketch and tinted regions, four drawings a row.

    Each picture is brought to a square of `side` pixels. Where no drawing is, the sheet is white.
    """
    rows = max(1, -(-len(drawings) // DRAWINGS_PER_ROW))
    sheet = np.full((rows * side, DRAWINGS_PER_ROW * 3 * side, 3), 255, np.uint8)
    for index, drawing in enumerate(drawings):
        top = index // DRAWINGS_PER_ROW * side
        left = index % DRAWINGS_PER_ROW * 3 * side
        sheet[top : top + side, left : left + 3 * side] = _triplet(drawing, side)
    return sheet


def tint_regions(regions: RegionMap) -> Image:
    """Give each region a color of its own; neighbors in number are far apart in hue."""
    tinted: Image = _tints(int(regions.max()) + 1)[regions]
    return tinted


def _triplet(drawing: Drawing, side: int) -> Image:
    color = resize_area(drawing.color, side, side)
    sketch = resize_area(drawing.sketch, side, side)[..., None].repeat(3, axis=2)
    tints = tint_regions(resize_nearest(drawing.regions, side, side))
    tinted = np.minimum(sketch, tints * TINT + 255 * (1 - TINT)).astype(np.uint8)
    triplet: Image = np.concatenate([color, sketch, tinted], axis=1)
    return triplet


def _tints(count: int) -> UInt8[np.ndarray, "count 3"]:
    # Channels a third of a turn apart; steps of the golden ratio never come back to the same hue.
    hues = np.arange(count)[:, None] * GOLDEN_RATIO + np.array([0, 1 / 3, 2 / 3])
    waves = 127.5 + 127.5 * np.cos(2 * np.pi * hues)
    tints: UInt8[np.ndarray, "count 3"] = np.rint(waves).astype(np.uint8)
    return tints

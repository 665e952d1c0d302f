"""Regions that ignore the drawing: a regular grid of patches, as in Table IV of the paper."""

from math import isqrt

import numpy as np

from nurie.arrays import RegionMap, Sketch
from nurie.errors import InputError

PATCHES = 256
"""One of Table IV's 1, 64, 169, 256, 1024: patches of 16 pixels at the paper's 256 x 256."""


def patches(sketch: Sketch, *, count: int = PATCHES) -> RegionMap:
    """Split the picture into a square grid of `count` patches, whatever is drawn.

    A side with fewer pixels than the grid has rows gets one row a pixel.

    Raises:
        InputError: `count` is no square number, or the sketch is empty.
    """
    if count < 1 or isqrt(count) ** 2 != count:
        raise InputError(f"count must be a square number such as 64, 169 or 256, got {count}")
    if sketch.size == 0:
        raise InputError("the sketch has no pixels; give one of at least 1x1")
    height, width = sketch.shape
    rows, columns = min(isqrt(count), height), min(isqrt(count), width)
    row = np.arange(height, dtype=np.int32) * rows // height
    column = np.arange(width, dtype=np.int32) * columns // width
    return np.asarray(row[:, None] * columns + column + 1, np.int32)

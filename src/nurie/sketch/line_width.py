"""How wide the lines of a rough drawing are."""

import cv2
import numpy as np

from nurie.arrays import Sketch
from nurie.images import resize_area
from nurie.sketch.light import INK_DARKNESS, flatten_light, stretch_ink

MEASURE_SIDE = 1024
"""Pixels: the longer side is this at most when lines are measured; grain is finer than lines there."""

GRAIN = 1.0
"""Pixels: standard deviation of the blur that closes the grain of pencils and papers."""

LEVEL = 0.4
"""Share of the darkness of lines at which they are measured: below half, since the blur makes thin ones pale."""

LONG = 1 / 20
"""Share of the longer side: shorter pieces are dirt, or details as wide as long."""


def line_width(sketch: Sketch) -> float:
    """The mean width of a drawing's lines in its own pixels, for any light and paper; 0 if it has no lines.

    To within a third: lines of one pixel measure as two, because of the blur that keeps the grain out.
    """
    height, width = sketch.shape
    scale = min(1.0, MEASURE_SIDE / max(height, width))
    small = resize_area(sketch, max(1, round(height * scale)), max(1, round(width * scale)))
    calm = cv2.GaussianBlur(stretch_ink(flatten_light(small)), (0, 0), GRAIN).reshape(small.shape)
    ink = (calm < 255 * (1 - LEVEL * INK_DARKNESS)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    longest = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    long = (longest > LONG * max(small.shape)) & (np.arange(count) > 0)
    lines = long[labels].astype(np.uint8)
    if not lines.any():
        return 0.0
    # A strip of width w has w pixels of area for each two of its border.
    border = lines - cv2.erode(lines, np.ones((3, 3), np.uint8), borderValue=0).reshape(small.shape)
    return float(2 * lines.sum() / border.sum() / scale)

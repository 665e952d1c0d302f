"""Clean lines without a network: even light, a threshold that follows the noise, no specks."""

import cv2
import numpy as np

from nurie.arrays import LineMask, Sketch
from nurie.errors import InputError
from nurie.sketch.light import INK_DARKNESS, LEAST_INK, find_possible_ink, flatten_light, stretch_ink

SURE_INK = 0.5
"""Share of the darkness of the picture's lines: every line has a pixel so dark, or it is a smudge."""

LARGE = 600
"""Pixels of the shorter side: lines are wide enough for a median of 3x3 pixels to leave them whole."""

LEVELS = np.interp(np.arange(256), [255 * (1 - INK_DARKNESS), 255 - LEAST_INK], [0, 255])
"""What each gray of ink becomes: black from the darkness of lines on, white where it may be paper."""

SPECK_SHARE = 1 / 80
"""Of the longer side: what is shorter and narrower is a speck."""


def classical(sketch: Sketch, *, contrast: float | int = 1.0) -> Sketch:
    """Keep the drawing's own lines, darkened; paper, grain, smudges and specks become white.

    A pixel may be ink if it stands out from the noise of the paper; a line of such pixels is kept if it is dark enough
    somewhere and long enough. `contrast` above 1 keeps less, below 1 keeps more. Doubled lines stay double.

    Raises:
        InputError: `contrast` is not within 0.1..10.
    """
    if not 0.1 <= contrast <= 10:
        raise InputError(f"contrast must be within 0.1..10, got {contrast}")
    flat = flatten_light(sketch)
    gray = stretch_ink(cv2.medianBlur(flat, 3) if min(sketch.shape) >= LARGE else flat)
    possible = find_possible_ink(gray, contrast)
    ink = _lines(possible, possible & (gray < 255 * (1 - SURE_INK * INK_DARKNESS * contrast)))
    # One pixel more than the ink: the pale half of an anti-aliased edge.
    near = cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.asarray(np.where(near, np.rint(LEVELS)[gray], 255), np.uint8)


def _lines(possible: LineMask, sure: LineMask) -> LineMask:
    """Those connected pieces of possible ink that are sure somewhere, and no specks."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(possible.astype(np.uint8), connectivity=8)
    keep = np.zeros(count, bool)
    keep[np.unique(labels[sure])] = True
    longest = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    keep &= longest >= max(2, round(SPECK_SHARE * max(possible.shape)))
    keep[0] = False
    lines: LineMask = keep[labels]
    return lines

"""True lines -> the same lines at one width: what the network that cleans sketches shall answer."""

import cv2
import numpy as np
from skimage.morphology import skeletonize

from nurie.arrays import LineMask, Sketch

INK = 0.4
"""Darkness from which a pixel of anti-aliased true lines is ink: lines of one pixel between two rows have 0.5."""

REACH = 1.5
"""Pixels from the middle of a line at which it has faded out: lines are 2 pixels wide at half their darkness."""

SOLID_RADIUS = 6
"""Pixels: what holds a disk of this radius is solid black and stays so."""


def thin_lines(sketch: Sketch) -> Sketch:
    """Draw every line 2 pixels wide along its middle; solid black stays solid."""
    return draw_lines(*middle_lines(sketch))


def middle_lines(sketch: Sketch) -> tuple[LineMask, LineMask]:
    """The middle of each line, one pixel wide and connected as the line is; and solid ink."""
    ink = sketch < 255 * (1 - INK)
    size = 2 * SOLID_RADIUS + 1
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    solid = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, disk).astype(bool)
    middle: LineMask = skeletonize(ink)  # type: ignore[no-untyped-call]
    return middle, solid


def draw_lines(middle: LineMask, solid: LineMask) -> Sketch:
    """Lines 2 pixels wide, anti-aliased, and solid ink."""
    if not (middle.any() or solid.any()):
        return np.full(middle.shape, 255, np.uint8)
    away = np.where(middle | solid, np.uint8(0), np.uint8(1))
    distance = cv2.distanceTransform(away, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(255 * (1 - np.clip(REACH - distance, 0, 1)), np.uint8)

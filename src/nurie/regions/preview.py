"""Region map -> a picture for people: each region in its own tint, the lines on top."""

import cv2
import numpy as np

from nurie.arrays import Image, RegionMap, Sketch

GOLDEN_ANGLE = 180 * (3 - 5**0.5)
"""Degrees; successive multiples never come close to each other on the color wheel."""


def tint_regions(regions: RegionMap, sketch: Sketch) -> Image:
    """Paint region k in the k-th hue of the golden angle, the sketch multiplied over; 0 is white."""
    labels = np.arange(int(regions.max(initial=0)) + 1)
    wheel = np.empty((1, len(labels), 3), np.float32)
    wheel[..., 0] = labels * GOLDEN_ANGLE % 360
    wheel[..., 1] = 0.3 + 0.15 * (labels % 3)
    wheel[..., 2] = 1 - 0.12 * (labels // 3 % 3)
    tints = np.rint(cv2.cvtColor(wheel, cv2.COLOR_HSV2RGB)[0] * 255).astype(np.uint8)
    tints[0] = 255
    product = tints[regions].astype(np.uint16) * sketch[..., None]
    return np.asarray((product + 127) // 255, np.uint8)

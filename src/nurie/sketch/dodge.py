"""The picture divided by its own blur ("color dodge"): soft gray lines with a trace of shading."""

import cv2
import numpy as np

from nurie.arrays import Image, Sketch
from nurie.sketch.options import check_image, check_range

STRENGTH = 1.6
"""Gamma of the result: the plain quotient is pale."""


def dodge(image: Image, *, sigma: float | int = 3.0) -> Sketch:
    """Draw what is darker than its surroundings, blurred by `sigma` pixels; even tone, however dark, is paper.

    Raises:
        InputError: `sigma` is out of range, or the picture has no pixels.
    """
    check_image(image)
    check_range("sigma", sigma, 0.1, 100, "pixels")
    # One level of gray keeps black beside black from being divided by nothing.
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32) + 1
    around = cv2.GaussianBlur(gray, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101)
    quotient = np.minimum(gray / around, 1)
    return np.asarray(np.rint(255 * quotient**STRENGTH), np.uint8)

"""Lines of one pixel along the ridges of darkness, as of a technical pen."""

import cv2
import numpy as np
from jaxtyping import Bool, Float32

from nurie.arrays import Image, Sketch
from nurie.sketch.options import check_image, check_range

NEIGHBORS = ((0, 1), (1, 1), (1, 0), (1, -1))
"""Row and column to one of the two neighbors in the four directions, at 0, 45, 90 and 135 degrees."""

DERIVATIVE = 1 / 4
"""cv2.Sobel's kernels of the second derivative sum up to four times of it."""


def thin(image: Image, *, sigma: float | int = 1.0, least: float | int = 4.0) -> Sketch:
    """Draw the middle of every dark line, and the dark side of every edge; no line has gray or a second pixel.

    A pixel is drawn if the picture, blurred by `sigma` pixels, curves upward by `least` gray levels per square pixel
    and nowhere more across the line (Steger, 1998, without his sub-pixel places).

    Raises:
        InputError: an option is out of range, or the picture has no pixels.
    """
    check_image(image)
    check_range("sigma", sigma, 0.1, 100, "pixels")
    check_range("least", least, 0.1, 255)
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    blurred = cv2.GaussianBlur(gray, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101)
    orders = ((2, 0), (0, 2), (1, 1))
    across, down, mixed = (DERIVATIVE * cv2.Sobel(blurred, cv2.CV_32F, *order, ksize=3) for order in orders)
    half = (across - down) / 2
    curvature = (across + down) / 2 + np.sqrt(half**2 + mixed**2)
    direction = np.rint(np.arctan2(mixed, half) * (2 / np.pi)).astype(np.int32) % 4
    return np.where(_is_ridge(curvature, direction) & (curvature >= least), np.uint8(0), np.uint8(255))


def _is_ridge(height: Float32[np.ndarray, "height width"], direction: np.ndarray) -> Bool[np.ndarray, "height width"]:
    """Whether a pixel is higher than one neighbor across the line and no lower than the other."""
    padded = np.pad(height, 1, constant_values=-np.inf)
    rows, columns = height.shape
    ridge = np.zeros(height.shape, bool)
    for index, (row, column) in enumerate(NEIGHBORS):
        after = padded[1 + row : 1 + row + rows, 1 + column : 1 + column + columns]
        before = padded[1 - row : 1 - row + rows, 1 - column : 1 - column + columns]
        ridge |= (direction == index) & (height > before) & (height >= after)
    return ridge

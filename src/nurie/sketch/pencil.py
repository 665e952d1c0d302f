"""Graphite: lines by XDoG, with the pressure of a hand and the tooth of the paper."""

import cv2
import numpy as np
from jaxtyping import Float32

from nurie.arrays import Image, Sketch
from nurie.sketch.options import check_image, check_range
from nurie.sketch.xdog import xdog

PRESSURE_LENGTH = 40
"""Pixels over which the hand's pressure changes."""

PALEST = 0.45
"""Darkness of a line under the lightest hand; 1 is black."""


def pencil(image: Image, *, sigma: float | int = 0.7, grain: float | int = 0.5, seed: int = 0) -> Sketch:
    """Draw the lines of `xdog` as a pencil would: gray, here darker and there paler, broken by the paper's grain.

    `grain` is 0 for smooth and 1 for very rough paper. The same seed gives the same drawing.

    Raises:
        InputError: an option is out of range, or the picture has no pixels.
    """
    check_image(image)
    check_range("grain", grain, 0, 1)
    check_range("seed", seed, 0, 2**63)
    lines = 1 - xdog(image, sigma=sigma).astype(np.float32) / 255
    rng = np.random.default_rng(int(seed))
    white = rng.standard_normal(lines.shape, np.float32)
    tooth = 2 * cv2.GaussianBlur(white, (0, 0), 0.7)  # about as wide as before the blur
    cover = np.clip(1 - grain * (0.35 - 0.5 * tooth), 0, 1)
    soft = cv2.GaussianBlur(lines, (0, 0), 0.6, borderType=cv2.BORDER_REFLECT_101)
    ink = np.clip((0.5 * lines + 0.6 * soft) * cover * _pressure(lines.shape, rng), 0, 1)
    return np.asarray(np.rint(255 * (1 - ink)), np.uint8)


def _pressure(shape: tuple[int, int], rng: np.random.Generator) -> Float32[np.ndarray, "height width"]:
    """Between `PALEST` and 1, smooth."""
    height, width = shape
    knots = rng.uniform(PALEST, 1, (height // PRESSURE_LENGTH + 2, width // PRESSURE_LENGTH + 2)).astype(np.float32)
    return np.asarray(cv2.resize(knots, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)

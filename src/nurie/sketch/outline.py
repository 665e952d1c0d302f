"""Only the dark lines that the artist drew, no edges between colors."""

import cv2
import numpy as np

from nurie.arrays import Image, Sketch
from nurie.sketch.options import check_image, check_range

FAINTEST = 0.15
"""Share of the light that a line takes at least; less is shading and noise."""

DARK = 0.55
"""Share from which a line is black."""


def outline(image: Image, *, radius: float | int = 3) -> Sketch:
    """Draw dark lines up to 2 * `radius` pixels wide; the colors on their two sides do not matter.

    A bottom hat, as a quotient: a closing of the brightest channel fills the lines, and what was filled is the drawing.
    Pictures without drawn lines come out nearly empty.

    Raises:
        InputError: `radius` is not within 1..100, or the picture has no pixels.
    """
    check_image(image)
    check_range("radius", radius, 1, 100, "pixels")
    size = 2 * int(radius) + 1
    value = cv2.max(cv2.max(image[..., 0], image[..., 1]), image[..., 2])
    filled = cv2.morphologyEx(value, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    light = (value.astype(np.float32) + 1) / (filled.astype(np.float32) + 1)
    ink = np.clip((1 - light - FAINTEST) / (DARK - FAINTEST), 0, 1)
    return np.asarray(np.rint(255 * (1 - ink)), np.uint8)

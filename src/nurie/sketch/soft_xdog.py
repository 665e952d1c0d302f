"""XDoG with a soft threshold and blurs far apart: lines that swell and fade, as of a brush pen."""

import cv2
import numpy as np

from nurie.arrays import Image, Sketch
from nurie.sketch.options import check_image, check_range

RATIO = 1.6
"""Of the two blurs: where a difference of Gaussians is closest to a Laplacian (Marr and Hildreth, 1980)."""


def soft_xdog(
    image: Image,
    *,
    sigma: float | int = 0.8,
    sharpness: float | int = 12.0,
    threshold: float | int = 0.75,
    steepness: float | int = 10.0,
) -> Sketch:
    """Draw lines where 1 + p (G_sigma * I - G_(1.6 sigma) * I) falls below a threshold, p being `sharpness`.

    Above `threshold` (of 0..1, 1 = white) a pixel is paper; below, it darkens as 1 + tanh(steepness * difference),
    equation (5) of Winnemöller et al., 2012. Their tone is left out: even gray, however dark, is paper.

    Raises:
        InputError: an option is out of range, or the picture has no pixels.
    """
    check_image(image)
    check_range("sigma", sigma, 0.1, 100, "pixels")
    check_range("sharpness", sharpness, 0, 200)
    check_range("threshold", threshold, 0, 1)
    check_range("steepness", steepness, 0.1, 1000)
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    fine, coarse = (
        cv2.GaussianBlur(gray, (0, 0), s, borderType=cv2.BORDER_REFLECT_101) for s in (sigma, RATIO * sigma)
    )
    # The paper adds the difference to the tone itself; here to white, since a line drawing has no tone.
    response = 1 + sharpness * (fine - coarse)
    level = np.where(response >= threshold, 1, 1 + np.tanh(steepness * (response - threshold)))
    return np.asarray(np.rint(255 * level), np.uint8)

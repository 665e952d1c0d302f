"""Color picture -> lines by the extended difference of Gaussians (Winnemöller et al., 2012)."""

import cv2
import numpy as np
from jaxtyping import Float64

from nurie.arrays import Image, Sketch
from nurie.errors import InputError
from nurie.images import resize_area

TRUNCATE = 4.0
"""Standard deviations after which a Gaussian is cut: 1 - 6e-5 of its weight is kept."""


def xdog(
    image: Image,
    *,
    sigma: float = 0.7,
    kappa: float = 1.0001,
    tau: float = 0.999997,
    supersample: int = 1,
) -> Sketch:
    """Draw the lines of a picture: ink where G_sigma * I - tau * G_(kappa sigma) * I is below 0.

    `I` is gray within 0..1, `sigma` is in pixels; the paper draws it from 0.4, 0.5, ... 0.9. With
    kappa so close to 1, D is nearly (1 - tau) I - (kappa - 1) sigma^2 Laplacian(G_sigma * I): a
    difference of nearly equal numbers, so it is computed in float64. `supersample` enlarges the
    picture before (and sigma with it) and reduces the lines after, which smooths them: 1 = hard
    edges, 2 = five levels of gray.

    Raises:
        InputError: an option is out of range, or the picture has no pixels.
    """
    _check(image, sigma, kappa, tau, supersample)
    height, width = image.shape[:2]
    if supersample > 1:
        image = cv2.resize(image, (width * supersample, height * supersample), interpolation=cv2.INTER_CUBIC)
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float64) / 255
    difference = xdog_response(gray, sigma * supersample, kappa, tau)
    lines = np.uint8(255) * np.greater_equal(difference, 0).view(np.uint8)
    return resize_area(lines, height, width)


def xdog_response(
    gray: Float64[np.ndarray, "height width"], sigma: float, kappa: float, tau: float
) -> Float64[np.ndarray, "height width"]:
    """D of the paper's section IV-A; the border is mirrored."""
    return _blur(gray, sigma) - tau * _blur(gray, kappa * sigma)


def _blur(gray: Float64[np.ndarray, "height width"], sigma: float) -> Float64[np.ndarray, "height width"]:
    # Both Gaussians need the same support, or the cut tails would outweigh their difference.
    size = 2 * int(np.ceil(TRUNCATE * sigma + 0.5)) + 1
    return cv2.GaussianBlur(gray, (size, size), sigma, borderType=cv2.BORDER_REFLECT_101)


def _check(image: Image, sigma: float, kappa: float, tau: float, supersample: int) -> None:
    if image.size == 0:
        raise InputError("the picture has no pixels; give one of at least 1x1")
    if not 0.1 <= sigma <= 100:
        raise InputError(f"sigma must be within 0.1..100 pixels, got {sigma}")
    if not kappa > 1:
        raise InputError(f"kappa must be above 1, got {kappa}")
    if not 0 < tau <= 1:
        raise InputError(f"tau must be above 0 and at most 1, got {tau}")
    if not 1 <= supersample <= 4:
        raise InputError(f"supersample must be within 1..4, got {supersample}")

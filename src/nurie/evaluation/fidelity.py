"""How near a picture is to the true one, pixel by pixel and colour by colour.

A colouring may be good and far from the truth: hair can be any colour. So these figures say how much a method guesses
rightly, not how well it colours.
"""

import cv2
import numpy as np
from jaxtyping import Float64
from skimage.metrics import structural_similarity

from nurie.errors import InputError
from nurie.evaluation.resizing import AnyImage

LARGEST_PSNR = 100.0
"""Decibels; equal pictures, whose PSNR is infinite, get this: JSON holds no infinity, and a mean must not."""

SSIM_SIGMA = 1.5
"""Pixels; Wang et al. 2004. The window is cut at 3.5 sigma, so it has 11 pixels."""

SSIM_SIDE = 11

HISTOGRAM_BINS = 8
"""Of each channel: 512 colours."""


def psnr(a: AnyImage, b: AnyImage) -> float:
    """Give the ratio of the largest square to the mean squared difference, in decibels, at most 100.

    Raises:
        InputError: the pictures differ in size.
    """
    _check_sizes(a, b)
    error = np.square(a.astype(np.float64) - b).mean() / 255**2
    return LARGEST_PSNR if error == 0 else min(LARGEST_PSNR, float(-10 * np.log10(error)))


def ssim(a: AnyImage, b: AnyImage) -> float | None:
    """Give the structural similarity with a Gaussian window, mean of the channels; 1 for equal pictures.

    None if a side is below the window's 11 pixels.

    Raises:
        InputError: the pictures differ in size.
    """
    _check_sizes(a, b)
    if min(a.shape[:2]) < SSIM_SIDE:
        return None
    options = {"gaussian_weights": True, "sigma": SSIM_SIGMA, "use_sample_covariance": False}
    similarity: float = structural_similarity(a, b, channel_axis=2, data_range=255, **options)  # type: ignore[no-untyped-call]
    return float(similarity)


def histogram_distance(a: AnyImage, b: AnyImage) -> float:
    """Give the share of the pixels that would have to change colour for both pictures to have as much of each.

    Colours are told apart on a grid of 8 x 8 x 8 in sRGB. 0 = the same colours wherever they lie, 1 = no colour in
    common. The pictures may differ in size.
    """
    return float(np.abs(_histogram(a) - _histogram(b)).sum() / 2)


def _histogram(image: AnyImage) -> Float64[np.ndarray, "bins bins bins"]:
    bins = [HISTOGRAM_BINS] * 3
    counts = cv2.calcHist([image], [0, 1, 2], None, bins, [0, 256] * 3)
    return np.asarray(counts / counts.sum(), np.float64)


def _check_sizes(a: AnyImage, b: AnyImage) -> None:
    if a.shape != b.shape:
        raise InputError(
            f"pictures of {a.shape[1]}x{a.shape[0]} and {b.shape[1]}x{b.shape[0]} pixels cannot be compared; "
            "give pairs of one size"
        )

"""A photographed or scanned drawing -> lines on even, white paper: the light is divided out."""

import cv2
import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Image, LineMask, Sketch
from nurie.images import resize_area
from nurie.images.scan import is_inverted, paper_color

PAPER_SIDE = 256
"""Pixels: the light changes slowly, so the longer side of the picture may be this small to find it."""

SOLID_SHARE = 1 / 10
"""Share of `PAPER_SIDE`: what is dark and narrower than this is ink, not shadow."""

DARKEST_PAPER = 0.35
"""Share of the brightest paper: what is darker is solid ink, however large."""

NOISE_MARGIN = 4.0
"""Standard deviations of the paper's noise that a pixel is darker by, before it may be ink."""

LEAST_INK = 24
"""Gray levels below white: what is paler is paper, however even the paper is."""

NORMAL_HALF = 0.6745
"""Standard deviations: half of all normal numbers are nearer to the middle than this."""

LEAST_SHARE = 1e-3
"""Share of the pixels that are ink, or the page is empty."""

INK_PERCENTILE = 90
"""Of what may be ink: as dark as its lines are, not as a few dots."""

INK_DARKNESS = 0.8
"""Darkness, 0..1, that lines are brought to."""

MOST_STRETCH = 5.0
"""Factor: fainter lines are lost in the noise that would be stretched with them."""


def flatten_light(gray: UInt8[np.ndarray, "height width"]) -> Sketch:
    """Divide by the paper that shows between the lines: paper becomes 255, whatever light fell on it.

    The paper is what a closing with a square of a tenth of the longer side finds. Solid ink larger than that stays
    dark if it is darker than any likely shadow. A picture that is black all over stays black.
    """
    return np.asarray(cv2.divide(gray, paper_level(gray), scale=255), np.uint8).reshape(gray.shape)


def paper_level(gray: UInt8[np.ndarray, "height width"]) -> UInt8[np.ndarray, "height width"]:
    """The gray level, 1..255, that each place would have without ink."""
    height, width = gray.shape
    scale = min(1.0, PAPER_SIDE / max(height, width))
    small = resize_area(gray, max(1, round(height * scale)), max(1, round(width * scale)))
    size = round(PAPER_SIDE * SOLID_SHARE) | 1
    # Noise is not paper: without the median a closing would take the brightest grain for it.
    calm = cv2.medianBlur(small, 3)
    padded = cv2.copyMakeBorder(calm, size, size, size, size, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    smooth = cv2.blur(closed, (size // 4 * 2 + 1,) * 2)[size:-size, size:-size]
    floor = max(round(DARKEST_PAPER * float(np.percentile(smooth, 95))), 1)
    level = cv2.resize(np.maximum(smooth, floor), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(level, np.uint8).reshape(height, width)


def stretch_ink(gray: Sketch) -> Sketch:
    """Darken faint lines on white paper, so that rules and smudges beside dark lines stay faint beside them.

    Lines that are dark already, and pages without lines, stay as they are.
    """
    possible = find_possible_ink(gray)
    if possible.mean() < LEAST_SHARE:
        return gray
    usual = 255 - float(np.percentile(gray[possible], 100 - INK_PERCENTILE))
    factor = min(max(INK_DARKNESS * 255 / usual, 1.0), MOST_STRETCH)
    table = np.maximum(255 - factor * np.arange(255, -1, -1), 0)
    return np.asarray(np.rint(table).astype(np.uint8)[gray], np.uint8)


def find_possible_ink(gray: Sketch, contrast: float | int = 1.0) -> LineMask:
    """True where white paper is darker than its noise accounts for; `contrast` times as much, if that is not 1."""
    paper = float(np.median(gray))
    noise = float(np.median(np.abs(gray - np.float32(paper)))) / NORMAL_HALF
    possible: LineMask = gray < 255 - contrast * max(LEAST_INK, 255 - paper + NOISE_MARGIN * noise)
    return possible


def read_lines(image: Image) -> Sketch:
    """A picture of a line drawing, in whatever light and on whatever paper, as gray lines on white paper.

    Each channel's light is divided out on its own; colored lines count by the channel in which they are darkest.
    White lines on black are inverted first.
    """
    if is_inverted(image, paper_color(image)):
        image = 255 - image
    gray = flatten_light(np.ascontiguousarray(image[..., 0]))
    if (image[..., 0] == image[..., 1]).all() and (image[..., 0] == image[..., 2]).all():
        return gray
    for channel in (1, 2):
        gray = np.minimum(gray, flatten_light(np.ascontiguousarray(image[..., channel])))
    return gray

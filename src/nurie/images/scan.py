"""Any picture of a line drawing -> sketch: black on white, whatever its paper and ink were."""

import cv2
import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Image, Sketch
from nurie.images.picture import Picture
from nurie.images.reading import MAX_PIXELS, Source, read_image

FLAT_RANGE = 16
"""Gray levels: what varies less has no lines."""

FAINT_INK = 96
"""Gray level: lines whose dark parts are lighter than this are pencil, and are darkened."""

THICK_SHARE = 1 / 64
"""Share of the shorter side: strokes are nowhere further than this from their edge."""

_BAND = 1 << 18  # pixels looked at at once, so that a large picture needs little more memory


def read_sketch(source: Source | Picture, *, max_pixels: int = MAX_PIXELS) -> Sketch:
    """Read a line drawing as a sketch: 0 = ink, 255 = paper. `clean_scan` says what is recognized.

    A uint8 array [h w] is a sketch already and is returned as it is. Lines that are white on
    transparent ground are found by their alpha. A `Picture` that was read already is not read again.
    """
    if isinstance(source, np.ndarray) and source.ndim == 2 and source.dtype == np.uint8 and source.size:
        return source
    picture = source if isinstance(source, Picture) else read_image(source, max_pixels=max_pixels)
    return clean_scan(drawn_image(picture))


def drawn_image(picture: Picture) -> Image:
    """What shows the lines: the picture, or its alpha as ink on white if all of it has one color."""
    if picture.alpha is not None and np.ptp(picture.color) < FLAT_RANGE:
        return np.repeat(255 - picture.alpha[..., None], 3, axis=2)
    return picture.color


def clean_scan(image: Image) -> Sketch:
    """Turn a picture of a line drawing into ink on paper.

    White lines on black are inverted; tinted paper becomes 255; colored lines count by the channel
    in which they are darkest; faint pencil is darkened. A picture without contrast is blank, or all
    ink if it is dark. Black lines on white paper, gray values included, stay exactly as they are.
    """
    paper = paper_color(image)
    if is_inverted(image, paper):
        image, paper = 255 - image, 255 - paper
    if np.ptp(image) < FLAT_RANGE:
        return np.full(image.shape[:2], 0 if image.mean() < 128 else 255, np.uint8)
    scale = 255.0 / np.maximum(paper.astype(np.float64), 1)
    levels = np.minimum(np.arange(256)[:, None] * scale, 255)
    table = np.rint(levels).astype(np.uint8)
    gray = np.empty(image.shape[:2], np.uint8)
    step = max(1, _BAND // image.shape[1])
    for start in range(0, len(image), step):
        rows = slice(start, start + step)
        red, green, blue = (
            cv2.LUT(channel, column) for channel, column in zip(cv2.split(image[rows]), table.T, strict=True)
        )
        gray[rows] = cv2.min(cv2.min(red, green), blue)
    return _darken(gray)


def paper_color(image: Image) -> UInt8[np.ndarray, " 3"]:
    """The most frequent level of each channel: paper covers more than any ink."""
    counts = np.zeros((3, 256), np.int64)
    step = max(1, _BAND // image.shape[1])
    for start in range(0, len(image), step):
        for count, channel in zip(counts, cv2.split(image[start : start + step]), strict=True):
            count += np.bincount(channel.ravel(), minlength=256)
    return np.asarray(counts.argmax(1), np.uint8)


def is_inverted(image: Image, paper: UInt8[np.ndarray, " 3"]) -> bool:
    """Whether the ground is dark and what is light on it is thin.

    Ink may well cover most of a page with black fills, but then its paper still has broad places.
    """
    if int(paper.max()) >= 128:
        return False
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    light = (gray > 127).astype(np.uint8)
    if not light.any():
        return False
    depth = cv2.distanceTransform(np.pad(light, 1, mode="edge"), cv2.DIST_L2, 5)
    broad = max(2.0, THICK_SHARE * min(gray.shape))
    return bool(depth.max() <= broad)


def _darken(gray: Sketch) -> Sketch:
    """Stretch faint lines to black; lines that are dark already are left alone."""
    ink = gray[gray < 255 - FLAT_RANGE]
    if ink.size == 0:
        return gray
    dark = int(np.percentile(ink, 5))
    if dark <= FAINT_INK:
        return gray
    table = np.clip((np.arange(256.0) - dark) * 255 / (255 - dark), 0, 255)
    return np.asarray(np.rint(table)[gray], np.uint8)

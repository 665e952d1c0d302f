"""Which pictures are of no use to learn colouring from, and why: judged by shares of pixels, on the safe side."""

import cv2
import numpy as np

from nurie.arrays import Image
from nurie.sketch.line_art import Kind, judge_drawing

PLAIN_RANGE = 2
"""Levels within 3x3 pixels, in every channel, up to which a place is plain."""

GENTLE_RANGE, HARD_RANGE = (4, 24), 64
"""Levels within 3x3 pixels of a gentle slope, as light and blur make it, and of a hard edge, as a pen makes it."""

HARD_SHARE = 0.02
"""Added to the share of hard edges, so that a picture without any can be compared."""

PHOTO_WEIGHTS = (12.6, -19.6, -16.0, 3.3)
"""Of 1, the plain share, the root of the gentle share, and the logarithm of gentle to hard: by logistic regression on
150 photographs and parts of them (skies and blurred grounds are plain too) and 467 drawings of our own sources, half of
them as JPEG of quality 50 or 75."""

PHOTO_SCORE = 2.0
"""From here on it is a photograph: 93 to 94 % of those 150, and of 1,278 other drawings, of which two thirds are JPEG,
none (`python -m benchmarks.data.photographs`). What is painted all over with visible strokes is lost."""

COLORED = 24
"""Levels between the largest and the smallest channel from which a pixel is colored."""

COLORED_SHARE = 0.01
"""Share of colored pixels below which a picture is gray."""


def judge_size(height: int, width: int, min_side: int) -> str:
    """Why a picture is too small; "" if it is not."""
    return f"{width}x{height} pixels; {min_side} are needed" if min(height, width) < min_side else ""


def judge_content(color: Image) -> str:
    """`blank`, `line art`, `greyscale` or `photo`; "" for what looks like a colored drawing.

    `color` is a picture of about 256 pixels a side.
    """
    spread = color.max(axis=2) - color.min(axis=2)
    if (spread > COLORED).mean() < COLORED_SHARE:
        kind = judge_drawing(color).kind
        return {Kind.LINE_ART: "line art", Kind.BLANK: "blank", Kind.BLACK: "blank"}.get(kind, "greyscale")
    return "photo" if is_photo(color) else ""


def is_photo(color: Image) -> bool:
    """Whether a colored picture of about 256 pixels a side has the slopes of a photograph, not the edges of a pen."""
    square = np.ones((3, 3), np.uint8)
    spread = cv2.subtract(cv2.dilate(color, square), cv2.erode(color, square)).max(axis=2)
    plain = float((spread <= PLAIN_RANGE).mean())
    above, to = GENTLE_RANGE
    gentle, hard = float(((spread > above) & (spread <= to)).mean()), float((spread > HARD_RANGE).mean())
    slopes = np.log((gentle + 0.01 * HARD_SHARE) / (hard + HARD_SHARE))
    score = float(np.dot(PHOTO_WEIGHTS, (1.0, plain, np.sqrt(gentle), slopes)))
    return score > PHOTO_SCORE

"""Which pictures are of no use to learn colouring from, and why: judged by shares of pixels, on the safe side."""

import cv2
import numpy as np

from nurie.arrays import Image
from nurie.sketch.line_art import Kind, judge_drawing

PLAIN_RANGE = 2
"""Levels within 3x3 pixels, in every channel, up to which a place is plain."""

PLAIN_SHARE = 0.15
"""Share of plain places below which a picture is taken for a photograph, at a longer side of 256 pixels.

None of 486 drawn pictures, nor of 336 of them as JPEG of quality 75, has less than 0.2; of 145 photographs and parts of
them 3 in 4 have less than this (skies and blurred grounds are plain too). What is painted all over with visible
strokes is lost as well."""

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
    return "photo" if _plain_share(color) < PLAIN_SHARE else ""


def _plain_share(color: Image) -> float:
    square = np.ones((3, 3), np.uint8)
    spread = cv2.subtract(cv2.dilate(color, square), cv2.erode(color, square)).max(axis=2)
    return float((spread <= PLAIN_RANGE).mean())

"""Contact sheets: what the scores cannot see, one must look at."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import UInt8
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from nurie.arrays import Image
from nurie.images import fit_square

AnyPicture = UInt8[np.ndarray, "_ _"] | UInt8[np.ndarray, "_ _ 3"]
"""A sketch or a colour picture among others of other sizes."""

GAP = 4
"""Pixels between pictures."""

LABEL_WIDTH = 96
"""Pixels at the left for the names of the rows."""


def contact_sheet(rows: Mapping[str, Sequence[AnyPicture]], *, side: int = 160) -> Image:
    """Set pictures in a grid on white: a named row per painter, a column per drawing.

    Each picture is fitted into a square of `side` pixels, its aspect kept, white around it. Shorter
    rows end early.

    Raises:
        ValueError: there is no picture, or `side` is below 1.
    """
    columns = max((len(pictures) for pictures in rows.values()), default=0)
    if columns == 0 or side < 1:
        raise ValueError(f"a sheet needs a picture and a side of 1 pixel, got {columns} of {side}")
    step = side + GAP
    sheet = np.full((len(rows) * step + GAP, LABEL_WIDTH + columns * step + GAP, 3), 255, np.uint8)
    for row, pictures in enumerate(rows.values()):
        for column, picture in enumerate(pictures):
            top, left = GAP + row * step, LABEL_WIDTH + GAP + column * step
            sheet[top : top + side, left : left + side] = _tile(picture, side)
    return _label(sheet, list(rows), step)


def _tile(picture: AnyPicture, side: int) -> UInt8[np.ndarray, "side side 3"]:
    square, _ = fit_square(picture, side, mode="paper")
    return np.repeat(square[..., None], 3, -1) if square.ndim == 2 else square


def _label(sheet: Image, names: Sequence[str], step: int) -> Image:
    canvas = Pillow.fromarray(sheet)
    draw = ImageDraw.Draw(canvas)
    for row, name in enumerate(names):
        middle = GAP + row * step + (step - GAP) // 2
        draw.text((GAP, middle), name, fill="black", font=ImageFont.load_default(), anchor="lm")
    return np.asarray(canvas).copy()

"""Many pictures on one."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Image
from nurie.images import fit_square

AnyImage = UInt8[np.ndarray, "_ _ 3"]  # each of its own size

MARGIN = 8  # pixels around each picture


def contact_sheet(rows: Sequence[Sequence[AnyImage]], side: int = 320) -> Image:
    """Rows of pictures, each fitted into a square of `side` pixels on white; short rows end in white."""
    cell = side + 2 * MARGIN
    columns = max((len(row) for row in rows), default=0)
    sheet = np.full((cell * len(rows), cell * columns, 3), 255, np.uint8)
    for r, row in enumerate(rows):
        for c, image in enumerate(row):
            top, left = r * cell + MARGIN, c * cell + MARGIN
            square, _ = fit_square(image, side, mode="paper")
            sheet[top : top + side, left : left + side] = square
    return sheet

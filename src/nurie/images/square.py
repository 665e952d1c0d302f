"""Pictures of any shape -> squares for the networks, and back."""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Shaped

from nurie.errors import InputError

PAD_MODES = ("reflect", "edge", "paper")
"""How the short side is filled: mirrored (the paper's way), its last row repeated, or 255."""

Array = Shaped[np.ndarray, "_ _ ..."]
"""A picture, label map or feature map: rows, columns, and whatever follows."""


@dataclass(frozen=True)
class Placement:
    """Where a picture lies in the square it was fitted into."""

    height: int
    """Of the original picture, as is `width`."""
    width: int
    side: int
    """Of the square."""
    top: int
    """First row of the picture within the square; `left` is its first column."""
    left: int
    inner_height: int
    """Rows that the picture takes within the square; `inner_width` are its columns."""
    inner_width: int

    def undo(self, array: Array) -> Array:
        """Cut the picture out of a square and bring it back to the size of the original.

        The square may have another side than `side`, such as a feature map: the place is scaled.
        Resized as in `fit_square`.
        """
        scale = array.shape[0] / self.side
        top, left = round(self.top * scale), round(self.left * scale)
        bottom = max(top + 1, round((self.top + self.inner_height) * scale))
        right = max(left + 1, round((self.left + self.inner_width) * scale))
        return _resize(array[top:bottom, left:right], self.height, self.width)


def fit_square(array: Array, side: int, *, mode: str = "reflect") -> tuple[Array, Placement]:
    """Fit a picture into a square: its aspect ratio stays, the short side is filled on both ends.

    Pictures (uint8, floats) are resized by area, label maps (other integers, bool) by nearest
    neighbor.

    Raises:
        InputError: `side` is below 1, or `mode` is none of `PAD_MODES`.
    """
    if side < 1:
        raise InputError(f"side must be at least 1 pixel, got {side}")
    if mode not in PAD_MODES:
        raise InputError(f"unknown padding {mode!r}; choose from {', '.join(PAD_MODES)}")
    height, width = array.shape[:2]
    longer = max(height, width)
    inner_height, inner_width = (max(1, round(side * length / longer)) for length in (height, width))
    inner = _resize(array, inner_height, inner_width)
    top, left = (side - inner_height) // 2, (side - inner_width) // 2
    margins = [(top, side - inner_height - top), (left, side - inner_width - left)]
    margins += [(0, 0)] * (array.ndim - 2)
    if (inner_height, inner_width) == (side, side):
        square = inner.copy()
    elif mode == "paper":
        square = np.pad(inner, margins, mode="constant", constant_values=255)
    else:
        square = np.pad(inner, margins, mode="reflect" if mode == "reflect" else "edge")
    return square, Placement(height, width, side, top, left, inner_height, inner_width)


def resize_area(array: Array, height: int, width: int) -> Array:
    """Resize a uint8 or float picture: the mean of the area when smaller, linear when larger."""
    if array.shape[:2] == (height, width):
        return array
    resized = cv2.resize(array, (width, height), interpolation=cv2.INTER_AREA)
    return resized.reshape(height, width, *array.shape[2:])


def resize_nearest(array: Array, height: int, width: int) -> Array:
    """Resize an array of any type by taking, for each pixel, the one under its center."""
    if array.shape[:2] == (height, width):
        return array
    rows = (2 * np.arange(height) + 1) * array.shape[0] // (2 * height)
    columns = (2 * np.arange(width) + 1) * array.shape[1] // (2 * width)
    return np.asarray(array[rows[:, None], columns])


def _resize(array: Array, height: int, width: int) -> Array:
    picture = array.dtype == np.uint8 or np.issubdtype(array.dtype, np.floating)
    return (resize_area if picture else resize_nearest)(array, height, width)

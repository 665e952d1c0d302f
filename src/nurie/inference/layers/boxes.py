"""Where things lie, so that no layer is larger than what is on it."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Shaped, UInt16


@dataclass(frozen=True)
class Box:
    """A rectangle of pixels."""

    top: int
    left: int
    bottom: int
    """One row below the last; `right` is one column beyond the last."""
    right: int

    def cut(self, array: Shaped[np.ndarray, "_height _width ..."]) -> Shaped[np.ndarray, "_rows _columns ..."]:
        """A view of what lies inside."""
        return array[self.top : self.bottom, self.left : self.right]


def box_of(mask: Bool[np.ndarray, "height width"]) -> Box:
    """The smallest box around all True pixels; the first pixel if there are none."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return Box(0, 0, 1, 1)
    return Box(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)


def boxes_of(numbers: UInt16[np.ndarray, "height width"], count: int) -> list[Box]:
    """The smallest box around each of the numbers 0..count-1, all of which must be there."""
    height, width = numbers.shape
    begins = np.ones(numbers.shape, bool)
    np.not_equal(numbers[:, 1:], numbers[:, :-1], out=begins[:, 1:])
    place = np.flatnonzero(begins)  # of runs of one number, which are far fewer than pixels
    number, row, first = numbers.ravel()[place], place // width, place % width
    after = first + np.diff(place, append=numbers.size)
    top, left, bottom, right = np.full(count, height), np.full(count, width), np.zeros(count, int), np.zeros(count, int)
    np.minimum.at(top, number, row)
    np.maximum.at(bottom, number, row + 1)
    np.minimum.at(left, number, first)
    np.maximum.at(right, number, after)
    sides = np.stack([top, left, bottom, right], 1).tolist()
    return [Box(*box) for box in sides]

"""How much do several pictures of one sketch differ?"""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from nurie.evaluation.resizing import AnyImage

Compare = Callable[[AnyImage, AnyImage], float]
"""A distance of two pictures of one size, such as `STLPIPS().compare`."""


def diversity(sketches: Sequence[Sequence[AnyImage]], compare: Compare) -> float | None:
    """Give the mean distance of all pairs of pictures of a sketch, and of that the mean over the sketches.

    0 for a method that has one picture of a sketch, however often it is asked: equal pictures are not compared.
    Sketches with fewer than two pictures are left out; None if all are.
    """
    means = [
        np.mean([0.0 if np.array_equal(a, b) else compare(a, b) for a, b in combinations(pictures, 2)])
        for pictures in sketches
        if len(pictures) > 1
    ]
    return float(np.mean(means)) if means else None

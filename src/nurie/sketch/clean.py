"""Rough, photographed or scanned drawing -> clean ink on white paper.

A new method is one file and one line in `CLEAN_METHODS`.
"""

from collections.abc import Callable

from nurie.arrays import Sketch
from nurie.errors import InputError
from nurie.methods import choose_method
from nurie.sketch.classical import classical
from nurie.sketch.simplify import simplify

CLEAN_METHODS: dict[str, Callable[..., Sketch]] = {"network": simplify, "classical": classical}


def clean_sketch(sketch: Sketch, method: str = "network", **options: float | int) -> Sketch:
    """Draw the lines of a rough drawing clean, at its size. `options` are those of the method.

    `sketch` is the drawing in gray, as scanned or photographed: light and paper need not be even, and
    `nurie.sketch.read_lines` makes one of a color picture. A page without lines comes out white.

    Raises:
        InputError: no such method or option, an option out of range, or a drawing without pixels.
        WeightsError: the network cannot be loaded.
    """
    clean = choose_method(CLEAN_METHODS, method, options, what="way to clean")
    if sketch.size == 0:
        raise InputError("the drawing has no pixels; give one of at least 1x1")
    return clean(sketch, **options)

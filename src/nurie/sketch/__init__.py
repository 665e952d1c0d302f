"""Color picture -> sketch, and rough sketch -> clean sketch.

A new line style is one function and one line in `SKETCH_METHODS`; a new way to clean, one in `CLEAN_METHODS`.
"""

from collections.abc import Callable

from nurie.arrays import Image, Sketch
from nurie.methods import choose_method
from nurie.sketch.clean import CLEAN_METHODS, clean_sketch
from nurie.sketch.dodge import dodge
from nurie.sketch.light import flatten_light, read_lines
from nurie.sketch.outline import outline
from nurie.sketch.pencil import pencil
from nurie.sketch.soft_xdog import soft_xdog
from nurie.sketch.thin import thin
from nurie.sketch.xdog import xdog

__all__ = ["CLEAN_METHODS", "SKETCH_METHODS", "clean_sketch", "extract_sketch", "flatten_light", "read_lines"]

SKETCH_METHODS: dict[str, Callable[..., Sketch]] = {
    "xdog": xdog,
    "soft_xdog": soft_xdog,
    "pencil": pencil,
    "dodge": dodge,
    "thin": thin,
    "outline": outline,
}
"""Line styles; `xdog` is the paper's."""


def extract_sketch(image: Image, method: str = "xdog", **options: float | int) -> Sketch:
    """Draw the lines of a color picture. `options` are those of the method.

    Raises:
        InputError: no such method or option, an option out of range, or a picture without pixels.
    """
    extract = choose_method(SKETCH_METHODS, method, options, what="sketch method")
    return extract(image, **options)

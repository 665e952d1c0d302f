"""Color picture -> sketch.

A new method is one file and one line in `SKETCH_METHODS`.
"""

from collections.abc import Callable
from inspect import signature

from nurie.arrays import Image, Sketch
from nurie.errors import InputError
from nurie.sketch.xdog import xdog

__all__ = ["SKETCH_METHODS", "extract_sketch"]

SKETCH_METHODS: dict[str, Callable[..., Sketch]] = {"xdog": xdog}


def extract_sketch(image: Image, method: str = "xdog", **options: float | int) -> Sketch:
    """Draw the lines of a color picture. `options` are those of the method.

    Raises:
        InputError: no such method or option, an option out of range, or a picture without pixels.
    """
    if method not in SKETCH_METHODS:
        raise InputError(f"unknown sketch method {method!r}; choose from {', '.join(SKETCH_METHODS)}")
    extract = SKETCH_METHODS[method]
    known = [name for name in signature(extract).parameters if name != "image"]
    for name in options:
        if name not in known:
            raise InputError(f"{method} has no option {name!r}; its options are {', '.join(known)}")
    return extract(image, **options)

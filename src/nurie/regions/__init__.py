"""Sketch -> region map: every pixel gets one of the regions 1..K.

A new method is one file and one line in `REGION_METHODS`.
"""

from collections.abc import Callable

from nurie.arrays import RegionMap, Sketch
from nurie.methods import choose_method
from nurie.regions.close_gaps import close_gaps
from nurie.regions.flood_fill import flood_fill
from nurie.regions.growth import fill_lines
from nurie.regions.learned import learned
from nurie.regions.merge import merge_small_regions
from nurie.regions.patches import patches
from nurie.regions.trapped_ball import trapped_ball

__all__ = [
    "COLORING_METHOD",
    "DEFAULT_METHOD",
    "REGION_METHODS",
    "fill_lines",
    "merge_small_regions",
    "segment_regions",
]

REGION_METHODS: dict[str, Callable[..., RegionMap]] = {
    "close_gaps": close_gaps,
    "trapped_ball": trapped_ball,
    "flood_fill": flood_fill,
    "learned": learned,
    "patches": patches,
}

DEFAULT_METHOD = "close_gaps"
"""How regions are found where nobody asks for a method."""

COLORING_METHOD = "learned"
"""How regions are found where drawings are coloured, and so also where colouring is trained and scored."""


def segment_regions(sketch: Sketch, method: str = DEFAULT_METHOD, **options: int | None) -> RegionMap:
    """Split a sketch into 4-connected regions, numbered in reading order of their first pixel.

    Every pixel gets one; no 0 is left. A blank sketch is one region, and so is one that is all ink
    (except for `patches`). `options` are those of the method; their defaults suit drawings of 256
    to 1024 pixels a side.

    Raises:
        InputError: no such method or option, an option out of range, or a sketch without pixels.
    """
    segment = choose_method(REGION_METHODS, method, options, what="region method")
    return segment(sketch, **options)

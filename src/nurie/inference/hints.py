"""What a user knows of the colours: hints, one by one or as strokes on a picture."""

import re
from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool

from nurie.arrays import Colors, RegionMap, Sketch
from nurie.errors import InputError
from nurie.images import Source, read_image
from nurie.regions.flats import PAPER, region_colors

Hints = Mapping[int | tuple[int, int], str] | Mapping[int, str] | Mapping[tuple[int, int], str]
"""Region (1..K), or the (row, column) of a pixel in it -> "#rrggbb"."""

OPAQUE = 128
"""Alpha from which a pixel belongs to a stroke: the soft rim of a brush does not."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def read_hints(hints: Hints, regions: RegionMap) -> tuple[Bool[np.ndarray, " regions"], Colors]:
    """Which of the regions are known, and their colours (black where not).

    Raises:
        InputError: no such region, pixel or colour, or two colours for one region.
    """
    num_regions = int(regions.max())
    known, colors = np.zeros(num_regions, bool), np.zeros((num_regions, 3), np.uint8)
    for place, text in hints.items():
        label = _find_label(place, regions, num_regions)
        color = read_color_name(text)
        if known[label - 1] and not np.array_equal(colors[label - 1], color):
            raise InputError(f"two hints give region {label} different colours; leave one out")
        known[label - 1], colors[label - 1] = True, color
    return known, colors


def read_strokes(picture: Source, sketch: Sketch, regions: RegionMap) -> dict[int, str]:
    """Hints from a picture of colour strokes on a transparent layer, of the drawing's size.

    Every region that a stroke touches gets the strokes' median colour there, channel by channel. Where a stroke only
    runs over a region's ink, it does not touch it, unless ink is all that the region has.

    Raises:
        ImageError: the picture cannot be read.
        InputError: it has another size, nothing transparent, or no stroke.
    """
    layer = read_image(picture)
    height, width = sketch.shape
    if layer.color.shape[:2] != sketch.shape:
        raise InputError(
            f"the strokes in {layer.name} have {layer.color.shape[1]}x{layer.color.shape[0]} pixels, the drawing "
            f"{width}x{height}; paint them on a layer of the drawing's size"
        )
    if layer.alpha is None:
        raise InputError(f"{layer.name} has no transparent pixels; paint strokes on an empty layer and save it alone")
    paper = sketch >= PAPER
    bare = np.bincount(regions[paper], minlength=int(regions.max()) + 1) > 0
    touched = np.where((layer.alpha >= OPAQUE) & (paper | ~bare[regions]), regions, np.int32(0))
    labels = np.unique(touched[touched > 0])
    if not labels.size:
        raise InputError(f"{layer.name} has no strokes that touch a region; paint with a brush that covers")
    # Read as if on white paper: what was translucent gets its own colour back.
    share = np.maximum(layer.alpha, OPAQUE)[..., None].astype(np.float32) / 255
    color = np.asarray(np.rint(np.clip((layer.color - 255 * (1 - share)) / share, 0, 255)), np.uint8)
    colors = region_colors(color, sketch, touched)
    return {int(label): color_name(colors[label - 1]) for label in labels}


def read_color_name(text: str) -> tuple[int, int, int]:
    """The sRGB bytes of "#rrggbb".

    Raises:
        InputError: it is written otherwise.
    """
    if not _HEX.fullmatch(text):
        raise InputError(f'{text!r} is no colour; write it as "#rrggbb", such as "#ff8800"')
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue


def color_name(color: np.ndarray) -> str:
    """Inverse of `read_color_name`."""
    return "#" + bytes(color).hex()


def _find_label(place: int | tuple[int, int], regions: RegionMap, num_regions: int) -> int:
    if isinstance(place, tuple):
        row, column = place
        height, width = regions.shape
        if not (0 <= row < height and 0 <= column < width):
            raise InputError(
                f"hint at row {row}, column {column} lies outside of the drawing ({height} rows, {width} columns)"
            )
        return int(regions[row, column])
    if not 1 <= place <= num_regions:
        raise InputError(f"hint for region {place}, but the drawing has regions 1..{num_regions}")
    return int(place)

"""What a user knows of the colours: hints."""

import re
from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool

from nurie.arrays import Colors, RegionMap
from nurie.errors import InputError

Hints = Mapping[int | tuple[int, int], str]
"""Region (1..K), or the (row, column) of a pixel in it -> "#rrggbb"."""

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
        color = _read_color(text)
        if known[label - 1] and not np.array_equal(colors[label - 1], color):
            raise InputError(f"two hints give region {label} different colours; leave one out")
        known[label - 1], colors[label - 1] = True, color
    return known, colors


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


def _read_color(text: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(text):
        raise InputError(f'{text!r} is no colour; write it as "#rrggbb", such as "#ff8800"')
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue

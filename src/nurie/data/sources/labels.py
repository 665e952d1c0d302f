"""From pictures that hold labels as colors to region maps: decode, split, give the lines away."""

import numpy as np

from nurie.arrays import Image, RegionMap
from nurie.regions.region_map import connect_regions, number_regions, region_areas, spread_labels

MAX_LABEL = 4095
MIN_REGION = 8  # pixels; smaller pieces are crumbs between lines, which nobody would color

# Spread over all 2**24 colors, so that a blend of two of them is almost never a third.
_CODES = np.random.default_rng(12345).choice((1 << 24) - 1, MAX_LABEL + 1, replace=False) + 1
_CODES[0] = 0  # lines are black
_ORDER = np.argsort(_CODES)
_SORTED_CODES = _CODES[_ORDER]


def label_color(label: int) -> tuple[int, int, int]:
    """The color that stands for a label: 0 (lines, black) to `MAX_LABEL`.

    Raises:
        ValueError: the label has no color.
    """
    if not 0 <= label <= MAX_LABEL:
        raise ValueError(f"labels go from 0 to {MAX_LABEL}, got {label}; draw fewer shapes")
    code = int(_CODES[label])
    return code >> 16, code >> 8 & 255, code & 255


def decode_labels(picture: Image) -> RegionMap:
    """Turn label colors back into labels; a color that is no label's gives 0."""
    channels = picture.astype(np.int64)
    codes = channels[..., 0] << 16 | channels[..., 1] << 8 | channels[..., 2]
    places = np.minimum(np.searchsorted(_SORTED_CODES, codes), MAX_LABEL)
    return np.where(_SORTED_CODES[places] == codes, _ORDER[places], 0).astype(np.int32)


def true_regions(labels: RegionMap, *, min_region: int = MIN_REGION) -> tuple[RegionMap, list[int]]:
    """Split labels into connected regions that cover the picture; give also the label of each.

    Every region is 4-connected. Regions are numbered in reading order of their first pixel that is
    no line. Lines (label 0) and pieces below `min_region` pixels go to the nearest region. A
    picture without any piece that large is one region, of label 1.
    """
    pieces = connect_regions(labels)
    crumbs = region_areas(pieces) < min_region
    pieces = number_regions(np.where(crumbs[pieces], 0, pieces))
    if not pieces.any():
        return np.ones_like(pieces), [1]
    label_of = np.zeros(int(pieces.max()) + 1, np.int32)
    label_of[pieces] = labels
    return _fill_lines(pieces), label_of[1:].tolist()


def _fill_lines(pieces: RegionMap) -> RegionMap:
    """Give each 0 to the nearest piece; what that would cut off from its piece goes to a neighbor.

    Unlike `nurie.regions.fill_lines` it keeps the numbers, and every piece whatever its size.
    """
    filled = spread_labels(pieces)
    islands = connect_regions(filled)
    reached = np.zeros(int(islands.max()) + 1, bool)
    reached[islands[pieces > 0]] = True
    return _grow(np.where(reached[islands], filled, 0).astype(np.int32))


def _grow(regions: RegionMap) -> RegionMap:
    """Give each 0 to a 4-neighbor's region, ring by ring; left goes before right, up, down."""
    padded = np.pad(regions, 1)
    inner = padded[1:-1, 1:-1]
    while not inner.all():
        neighbors = [padded[1:-1, :-2], padded[1:-1, 2:], padded[:-2, 1:-1], padded[2:, 1:-1]]
        conditions = [neighbor > 0 for neighbor in neighbors]
        inner[...] = np.where(inner > 0, inner, np.select(conditions, neighbors))
    return inner.copy()

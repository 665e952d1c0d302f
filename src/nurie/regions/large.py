"""Regions of drawings of any size: large ones are cut smaller, and the labels are carried back up to the lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import cv2
import numpy as np
from jaxtyping import Bool, Int32, UInt16

from nurie.arrays import RegionMap, Sketch
from nurie.images import resize_area
from nurie.regions import DEFAULT_METHOD, segment_regions
from nurie.regions.bend_borders import bend_borders
from nurie.regions.region_map import find_lines, spread_labels

WORKING_SIDE = 4096
"""Pixels: a drawing with a longer side is cut into regions at this size, the labels carried back.
Beyond it cutting takes too much memory, and lines are wide enough to be found smaller."""

SMOOTHED = 4
"""Pixels of the size at which regions were cut that borders on bare paper are smoothed over: carrying leaves steps."""

LENGTHS, AREAS = ("max_gap", "radius"), ("min_area",)
"""Options that are in pixels of the drawing."""

SmallRegions = Int32[np.ndarray, "small_height small_width"]

_FARTHEST = 6
"""Reaches within which a line pixel takes the nearest label; there nearly always is one, or else it keeps its own."""

_MARGIN = 3 + _FARTHEST + 1
"""Reaches that a strip depends on: labels are sure at 1, grow for 2, and are looked for from there."""

_STRIP = 1 << 22  # pixels done at once, so that a large drawing needs little memory
_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))


def segment_large(sketch: Sketch, method: str = DEFAULT_METHOD, **options: int | None) -> RegionMap:
    """As `segment_regions`, for a drawing of any size; options are in its own pixels.

    Raises:
        InputError: as there.
    """
    scale = WORKING_SIDE / max(*sketch.shape, 1)
    if scale >= 1:
        return segment_regions(sketch, method, **options)
    height, width = (max(1, round(scale * length)) for length in sketch.shape)
    for name, power in [*((name, 1) for name in LENGTHS), *((name, 2) for name in AREAS)]:
        value = options.get(name)
        if value is not None and value > 0:  # what is out of range stays so
            options[name] = max(1, round(value * float(scale) ** power))
    regions = carry_labels(segment_regions(resize_area(sketch, height, width), method, **options), sketch)
    bend_borders(regions, find_lines(sketch), SMOOTHED / scale)
    return regions


def carry_labels(regions: SmallRegions, sketch: Sketch) -> RegionMap:
    """Bring a region map without 0 to the size of the larger sketch that it was cut from.

    Enlarging alone leaves steps beside the lines. So labels are kept only where they are sure,
    that is away from borders; from there they grow through the paper up to the lines; and line
    pixels take the nearest label. Where a gap was closed, labels that meet stop in the middle; at
    equal distance the larger label wins.

    Some rows are done at a time, with those around them that they depend on.
    """
    if regions.shape == sketch.shape:
        return regions
    height, width = sketch.shape
    reach = ceil(max(sketch.shape) / max(regions.shape))
    enlarge = _Enlarged(regions.astype(np.uint16), height, width)
    lost = _regions_without_inside(enlarge, reach, int(regions.max()))
    carried = np.empty((height, width), np.int32)
    for strip in _strips(height, width, margin=_MARGIN * reach):
        carried[strip.rows] = _carry_strip(enlarge(strip.seen), sketch[strip.seen], reach, lost)[strip.own]
    return carried


@dataclass(frozen=True)
class _Strip:
    """Rows that are done at once."""

    rows: slice
    seen: slice
    """Those and the ones around them."""
    own: slice
    """Where `rows` lie within `seen`."""


def _strips(height: int, width: int, *, margin: int) -> Iterator[_Strip]:
    step = max(_STRIP // width, 2 * margin)
    for top in range(0, height, step):
        bottom = min(top + step, height)
        first = max(top - margin, 0)
        yield _Strip(slice(top, bottom), slice(first, min(bottom + margin, height)), slice(top - first, bottom - first))


class _Enlarged:
    """A small map at a larger size (`resize_nearest`), of which only some rows are there at a time."""

    def __init__(self, labels: UInt16[np.ndarray, "rows columns"], height: int, width: int) -> None:
        self.shape = height, width
        self._labels = labels
        self._rows = (2 * np.arange(height) + 1) * labels.shape[0] // (2 * height)
        self._columns = (2 * np.arange(width) + 1) * labels.shape[1] // (2 * width)

    def __call__(self, rows: slice) -> UInt16[np.ndarray, "rows width"]:
        rows_below, place = np.unique(self._rows[rows], return_inverse=True)
        return np.asarray(self._labels[rows_below].take(self._columns, axis=1).take(place, axis=0))


def _regions_without_inside(enlarge: _Enlarged, reach: int, num_regions: int) -> Bool[np.ndarray, " labels"]:
    """For each label whether all its pixels are near others."""
    inside = np.zeros(num_regions + 1, bool)
    for strip in _strips(*enlarge.shape, margin=reach):
        labels = enlarge(strip.seen)
        inside[labels[strip.own][_inner_pixels(labels, reach)[strip.own]]] = True
    return ~inside


def _carry_strip(
    labels: UInt16[np.ndarray, "rows width"], sketch: Sketch, reach: int, lost: Bool[np.ndarray, " labels"]
) -> RegionMap:
    sure = _inner_pixels(labels, reach) | lost.take(labels)
    lines = find_lines(sketch)
    grown = np.where(sure & ~lines, labels, np.uint16(0))
    # Beyond twice the reach there is only paper that no sure pixel can get to: it keeps its label.
    for _ in range(2 * reach):
        grown = np.where((grown == 0) & ~lines, cv2.dilate(grown, _CROSS), grown)
    grown = np.where((grown == 0) & ~lines, labels, grown)
    grown = np.where(lines & sure, labels, grown)
    empty = (grown == 0).view(np.uint8)
    if not empty.any():
        return grown.astype(np.int32)
    if empty.all():
        return labels.astype(np.int32)
    far = cv2.distanceTransform(empty, cv2.DIST_L2, cv2.DIST_MASK_5) > _FARTHEST * reach
    return np.where(far, labels, spread_labels(grown.astype(np.int32)))


def _inner_pixels(labels: UInt16[np.ndarray, "height width"], reach: int) -> Bool[np.ndarray, "height width"]:
    """True `reach` pixels away from other labels."""
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    return np.asarray(cv2.erode(labels, kernel) == cv2.dilate(labels, kernel))

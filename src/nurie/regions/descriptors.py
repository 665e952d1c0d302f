"""What the palette network is told of each region: its place, size and shape, and the cells it covers.

Everything that depends on single pixels is counted here, in NumPy, at the size of the region map. The
network works on a coarse grid, and still no region is ever lost to it: the smallest one covers some
share of some cell.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float32, Int64

from nurie.arrays import RegionMap, Sketch

GRID = 64
"""Cells along each side of the grid on which features are pooled."""

_BAND = 1 << 20  # pixels looked at at once, so that a large map needs little memory
_LENGTH_BITS = 20
"""Enough for any run of pixels, and few enough that region, cell and length share 64 bits."""

GEOMETRY = (
    "row", "column",                        # centroid in [-1, 1]
    "row_deviation", "column_deviation",    # of the pixels around it, in the same unit
    "tilt",                                 # correlation of rows and columns, [-1, 1]
    "size",                                 # root of the share of the picture
    "log_size",                             # natural logarithm of `size`, divided by 4
    "top", "left", "bottom", "right",       # bounding box in [-1, 1]
    "border",                               # share of the picture's rim that the region holds
    "fullness",                             # pixels by pixels of the bounding box
    "roundness",                            # 4 pi area / perimeter^2 (in pixel edges), at most pi / 4
    "ink",                                  # share of its pixels that are ink
)  # fmt: skip


@dataclass(frozen=True)
class RegionTable:
    """The regions of one drawing as the palette network reads them; row k-1 is region k."""

    geometry: Float32[np.ndarray, "regions features"]
    """One column for each name in `GEOMETRY`."""
    pair_region: Int64[np.ndarray, " pairs"]
    """Region index 0..K-1 of each pair of a region and a grid cell that share pixels."""
    pair_cell: Int64[np.ndarray, " pairs"]
    """Cell index of the pair: row * grid + column."""
    pair_pixels: Float32[np.ndarray, " pairs"]
    """How many pixels they share."""

    @property
    def num_regions(self) -> int:
        """How many regions there are (K)."""
        return len(self.geometry)


def describe_regions(regions: RegionMap, sketch: Sketch, *, grid: int = GRID, square: bool = False) -> RegionTable:
    """Geometry and covered cells of every region of a map; pixels labelled 0 are nobody's.

    The map may have any size from `grid` up; cells need not be square. Coordinates run from -1 to 1
    over the picture; if `square`, over a square of its longer side, in whose middle it lies and whose margin is
    nobody's.
    """
    num_regions = int(regions.max(initial=0))
    canvas = _Canvas.around(regions.shape, square=square)
    runs = _find_runs(regions, canvas, grid)
    cell = (runs.row * grid // canvas.height) * grid + runs.start * grid // canvas.width
    # Sorting place and length in one number groups the runs that share a region and a cell.
    ordered = np.sort((runs.label * grid**2 + cell) << _LENGTH_BITS | runs.length)
    ordered = ordered[np.searchsorted(ordered, grid**2 << _LENGTH_BITS) :]  # nobody's pixels
    place = ordered >> _LENGTH_BITS
    first = np.flatnonzero(np.diff(place, prepend=-1))
    pixels = np.add.reduceat(ordered & ((1 << _LENGTH_BITS) - 1), first) if len(first) else np.zeros(0)
    return RegionTable(
        geometry=_geometry(regions, sketch, runs, num_regions, canvas),
        pair_region=place[first] // grid**2 - 1,
        pair_cell=place[first] % grid**2,
        pair_pixels=pixels.astype(np.float32),
    )


@dataclass(frozen=True)
class _Canvas:
    """What a map lies on."""

    height: int
    width: int
    top: int
    left: int

    @classmethod
    def around(cls, shape: tuple[int, ...], *, square: bool) -> "_Canvas":
        height, width = shape
        if not square:
            return cls(height, width, 0, 0)
        side = max(shape)
        return cls(side, side, (side - height) // 2, (side - width) // 2)


@dataclass(frozen=True)
class _Runs:
    """Pixels of one label side by side in one row; there are far fewer of them than pixels."""

    label: Int64[np.ndarray, " runs"]
    row: Int64[np.ndarray, " runs"]
    start: Int64[np.ndarray, " runs"]
    """First column."""
    length: Int64[np.ndarray, " runs"]


def _find_runs(regions: RegionMap, canvas: _Canvas, grid: int) -> _Runs:
    """The runs of a map in reading order, cut where a column of cells begins, at their place on the canvas."""
    height, width = regions.shape
    column_cell = (canvas.left + np.arange(width)) * grid // canvas.width
    cut = np.flatnonzero(np.diff(column_cell)) + 1
    places = []
    step = max(1, _BAND // width)
    for top in range(0, height, step):
        band = regions[top : top + step]
        begins = np.empty(band.shape, bool)
        np.not_equal(band[:, 1:], band[:, :-1], out=begins[:, 1:])
        begins[:, cut] = True
        begins[:, 0] = True
        places.append(np.flatnonzero(begins) + top * width)
    place = np.concatenate(places)
    row, start = np.divmod(place, width)
    label, length = regions.ravel()[place].astype(np.int64), np.diff(place, append=regions.size)
    return _Runs(label, row + canvas.top, start + canvas.left, length)


def _geometry(
    regions: RegionMap, sketch: Sketch, runs: _Runs, num_regions: int, canvas: _Canvas
) -> Float32[np.ndarray, "regions features"]:
    height, width = canvas.height, canvas.width

    def total(weights: np.ndarray) -> np.ndarray:
        return np.bincount(runs.label, weights * runs.length, num_regions + 1)[1:]

    area = total(np.ones(len(runs.label)))
    count = np.maximum(area, 1)
    row = (runs.row + 0.5) * 2 / height - 1
    column = (2 * runs.start + runs.length) / width - 1  # of the middle of the run
    spread = (runs.length**2 - 1) / 3 / width**2  # mean square distance of its pixels from there
    mean_row, mean_column = total(row) / count, total(column) / count
    variance_row = np.maximum(total(row * row) / count - mean_row**2, 0) + 1e-6
    variance_column = np.maximum(total(column * column + spread) / count - mean_column**2, 0) + 1e-6
    covariance = total(row * column) / count - mean_row * mean_column
    top, left, bottom, right = _bounding_boxes(runs, (height, width), num_regions)
    box = np.maximum((bottom - top) * (right - left) / 4 * height * width, 1)
    size = np.sqrt(count / (height * width))
    columns = [
        mean_row, mean_column,
        np.sqrt(variance_row), np.sqrt(variance_column),
        covariance / np.sqrt(variance_row * variance_column),
        size, np.log(size) / 4,
        top, left, bottom, right,
        _count_rim(regions, num_regions, canvas) / (2 * height + 2 * width),
        area / box,
        4 * np.pi * count / np.maximum(_perimeters(regions, num_regions), 4) ** 2,
        np.bincount(regions[sketch < 128], minlength=num_regions + 1)[1:] / count,
    ]  # fmt: skip
    return np.stack(columns, 1).astype(np.float32)


def _bounding_boxes(runs: _Runs, shape: tuple[int, ...], num_regions: int) -> tuple[np.ndarray, ...]:
    """Top, left, bottom, right of each region in [-1, 1]; all 0 for a label without pixels."""
    low, high = [], []
    for begin, length, side in ((runs.row, 1, shape[0]), (runs.start, runs.length, shape[1])):
        first, last = np.full(num_regions + 1, side), np.zeros(num_regions + 1, np.int64)
        np.minimum.at(first, runs.label, begin)
        np.maximum.at(last, runs.label, begin + length)
        empty = last[1:] == 0
        low.append(np.where(empty, 0, first[1:] * 2 / side - 1))
        high.append(np.where(empty, 0, last[1:] * 2 / side - 1))
    return low[0], low[1], high[0], high[1]


def _count_rim(regions: RegionMap, num_regions: int, canvas: _Canvas) -> np.ndarray:
    """Pixels of each region on the canvas' rim; those at its corners count twice."""
    height, width = regions.shape
    sides = [np.zeros(0, np.int32)]
    sides += [regions[0]] if canvas.top == 0 else []
    sides += [regions[-1]] if canvas.top + height == canvas.height else []
    sides += [regions[:, 0]] if canvas.left == 0 else []
    sides += [regions[:, -1]] if canvas.left + width == canvas.width else []
    return np.bincount(np.concatenate(sides), minlength=num_regions + 1)[1:]


def _perimeters(regions: RegionMap, num_regions: int) -> np.ndarray:
    """Pixel edges between a region and anything else, the picture's rim included."""
    edges = np.zeros(num_regions + 1)
    height, width = regions.shape
    step = max(1, _BAND // width)
    for top in range(0, height, step):
        # One row above the band; the last band has the one below the picture too.
        first, last = max(top - 1, 0), min(top + step, height)
        rim = int(top == 0), int(last == height), 1, 1
        framed = cv2.copyMakeBorder(regions[first:last], *rim, cv2.BORDER_CONSTANT, value=0)
        own = framed[1:-1] if last == height else framed[1:]
        for here, there in ((own[:, 1:], own[:, :-1]), (framed[1:], framed[:-1])):
            differ = here != there
            for side in (here, there):
                edges += np.bincount(side[differ], minlength=num_regions + 1)
    return edges[1:]

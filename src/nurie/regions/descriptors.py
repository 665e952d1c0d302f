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


def describe_regions(regions: RegionMap, sketch: Sketch, *, grid: int = GRID) -> RegionTable:
    """Geometry and covered cells of every region of a map; pixels labelled 0 are nobody's.

    The map may have any size from `grid` up; cells need not be square. Coordinates run from -1 to 1
    over the picture.
    """
    num_regions = int(regions.max(initial=0))
    height, width = regions.shape
    runs = _find_runs(regions, np.arange(width) * grid // width)
    cell = (runs.row * grid // height) * grid + runs.start * grid // width
    # Sorting place and length in one number groups the runs that share a region and a cell.
    ordered = np.sort((runs.label * grid**2 + cell) << _LENGTH_BITS | runs.length)
    ordered = ordered[np.searchsorted(ordered, grid**2 << _LENGTH_BITS) :]  # nobody's pixels
    place = ordered >> _LENGTH_BITS
    first = np.flatnonzero(np.diff(place, prepend=-1))
    pixels = np.add.reduceat(ordered & ((1 << _LENGTH_BITS) - 1), first) if len(first) else np.zeros(0)
    return RegionTable(
        geometry=_geometry(regions, sketch, runs, num_regions),
        pair_region=place[first] // grid**2 - 1,
        pair_cell=place[first] % grid**2,
        pair_pixels=pixels.astype(np.float32),
    )


@dataclass(frozen=True)
class _Runs:
    """Pixels of one label side by side in one row; there are far fewer of them than pixels."""

    label: Int64[np.ndarray, " runs"]
    row: Int64[np.ndarray, " runs"]
    start: Int64[np.ndarray, " runs"]
    """First column."""
    length: Int64[np.ndarray, " runs"]


def _find_runs(regions: RegionMap, column_cell: Int64[np.ndarray, " width"]) -> _Runs:
    """The runs of a map in reading order, cut where a column of cells begins."""
    begins = np.empty(regions.shape, bool)
    begins[:, 0] = True
    np.not_equal(regions[:, 1:], regions[:, :-1], out=begins[:, 1:])
    begins[:, 1:] |= np.diff(column_cell) > 0
    place = np.flatnonzero(begins)
    row, start = np.divmod(place, regions.shape[1])
    return _Runs(regions.ravel()[place].astype(np.int64), row, start, np.diff(place, append=regions.size))


def _geometry(
    regions: RegionMap, sketch: Sketch, runs: _Runs, num_regions: int
) -> Float32[np.ndarray, "regions features"]:
    height, width = regions.shape

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
    top, left, bottom, right = _bounding_boxes(runs, regions.shape, num_regions)
    box = np.maximum((bottom - top) * (right - left) / 4 * height * width, 1)
    size = np.sqrt(count / (height * width))
    rim = np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]])
    columns = [
        mean_row, mean_column,
        np.sqrt(variance_row), np.sqrt(variance_column),
        covariance / np.sqrt(variance_row * variance_column),
        size, np.log(size) / 4,
        top, left, bottom, right,
        np.bincount(rim, minlength=num_regions + 1)[1:] / len(rim),
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


def _perimeters(regions: RegionMap, num_regions: int) -> np.ndarray:
    """Pixel edges between a region and anything else, the picture's rim included."""
    padded = cv2.copyMakeBorder(regions, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    edges = np.zeros(num_regions + 1)
    for here, there in ((padded[:, 1:], padded[:, :-1]), (padded[1:], padded[:-1])):
        differ = here != there
        for side in (here, there):
            edges += np.bincount(side[differ], minlength=num_regions + 1)[: num_regions + 1]
    return edges[1:]

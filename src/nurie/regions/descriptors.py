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
    labels = regions.ravel().astype(np.int64)
    row_cell = np.arange(height) * grid // height
    column_cell = np.arange(width) * grid // width
    cells = (row_cell[:, None] * grid + column_cell).ravel()
    table = np.bincount(labels * grid**2 + cells, minlength=(num_regions + 1) * grid**2)
    pair_region, pair_cell = np.nonzero(table.reshape(-1, grid**2)[1:])
    pixels = table[(pair_region + 1) * grid**2 + pair_cell]
    return RegionTable(
        geometry=_geometry(regions, sketch, num_regions),
        pair_region=pair_region.astype(np.int64),
        pair_cell=pair_cell.astype(np.int64),
        pair_pixels=pixels.astype(np.float32),
    )


def _geometry(regions: RegionMap, sketch: Sketch, num_regions: int) -> Float32[np.ndarray, "regions features"]:
    height, width = regions.shape
    labels = regions.ravel()

    def total(weights: np.ndarray | None = None) -> np.ndarray:
        return np.bincount(labels, weights, num_regions + 1)[1:]

    area = total()
    count = np.maximum(area, 1)
    row = np.repeat((np.arange(height) + 0.5) * 2 / height - 1, width)
    column = np.tile((np.arange(width) + 0.5) * 2 / width - 1, height)
    mean_row, mean_column = total(row) / count, total(column) / count
    variance_row = np.maximum(total(row * row) / count - mean_row**2, 0) + 1e-6
    variance_column = np.maximum(total(column * column) / count - mean_column**2, 0) + 1e-6
    covariance = total(row * column) / count - mean_row * mean_column
    top, left, bottom, right = _bounding_boxes(regions, num_regions)
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
        total(sketch.ravel() < 128) / count,
    ]  # fmt: skip
    return np.stack(columns, 1).astype(np.float32)


def _bounding_boxes(regions: RegionMap, num_regions: int) -> tuple[np.ndarray, ...]:
    """Top, left, bottom, right of each region in [-1, 1]; all 0 for a label without pixels."""
    sides = []
    for axis, length in enumerate(regions.shape):
        # The first and last line that holds a label, from one pass over the label-by-line counts.
        line = np.arange(length, dtype=np.int64)
        lines = line[:, None] if axis == 0 else line[None, :]
        held = np.zeros((num_regions + 1, length), bool)
        held[regions, lines] = True
        held = held[1:]
        first = held.argmax(1)
        last = length - held[:, ::-1].argmax(1)
        empty = ~held.any(1)
        sides.append((np.where(empty, 0, first * 2 / length - 1), np.where(empty, 0, last * 2 / length - 1)))
    return sides[0][0], sides[1][0], sides[0][1], sides[1][1]


def _perimeters(regions: RegionMap, num_regions: int) -> np.ndarray:
    """Pixel edges between a region and anything else, the picture's rim included."""
    padded = cv2.copyMakeBorder(regions, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    edges = np.zeros(num_regions + 1)
    for here, there in ((padded[:, 1:], padded[:, :-1]), (padded[1:], padded[:-1])):
        differ = here != there
        for side in (here, there):
            edges += np.bincount(side[differ], minlength=num_regions + 1)[: num_regions + 1]
    return edges[1:]

"""From a working size to the drawing's own, so that nothing crosses a line on the way."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float32, Int, Int32, UInt8

from nurie.arrays import Image, RegionMap
from nurie.regions.flats import PAPER

SmallRegions = Int32[np.ndarray, "small_height small_width"]
SmallSketch = UInt8[np.ndarray, "small_height small_width"]
SmallShading = Float32[np.ndarray, "small_height small_width 3"]
Shading = Float32[np.ndarray, "rows width 3"]
"""What is added to the flats, in sRGB levels: within [-255, 255]."""

REGION_WEIGHT = 1e-2
"""Weight of a region's mean shading: it decides alone where no small pixel of it is near."""

_NO_PAPER = 1e-6  # in pixels
_STRIP = 1 << 17  # pixels computed at once, so that a large drawing needs little memory


def add_shading(
    flats: Image, shading: SmallShading, small_regions: SmallRegions, small_sketch: SmallSketch, regions: RegionMap
) -> Image:
    """Flats with shading brought to their size: `carry_shading`, added, rounded and kept within 0..255."""
    shaded = np.empty_like(flats)
    for rows, carried in carry_shading(shading, small_regions, small_sketch, regions):
        shaded[rows] = np.rint(np.clip(flats[rows] + carried, 0, 255))
    return shaded


def carry_shading(
    shading: SmallShading, small_regions: SmallRegions, small_sketch: SmallSketch, regions: RegionMap
) -> Iterator[tuple[slice, Shading]]:
    """Bring shading to the size of `regions`, each region from its own pixels only; some rows at a time.

    A pixel gets the mean of the four nearest small pixels, weighted by nearness and paper, of
    those that belong to its region (with a small share of the region's mean). So colour cannot
    leak across a line, and the ink that a network paints into its picture does not stain the paper
    beside it. A region without small pixels gets no shading.
    """
    paper = ((small_sketch.astype(np.float32) - PAPER).clip(0) / (255 - PAPER)) ** 2
    # Colour times weight, and weight: one look-up for both, and one sum.
    weighted = np.concatenate([shading * paper[..., None], paper[..., None]], 2)
    means = REGION_WEIGHT * _region_means(weighted.reshape(-1, 4), small_regions, int(regions.max(initial=0)))
    quads = _one_region_quads(small_regions)
    height, width = regions.shape
    columns = _neighbors(np.arange(width), width, small_regions.shape[1])
    step = max(1, _STRIP // width)
    for top in range(0, height, step):
        labels = regions[top : top + step]
        rows = _neighbors(np.arange(top, top + len(labels)), height, len(small_regions))
        near, far = (share[:, None, None] for share in rows.nearness)
        blended = weighted[rows.first] * near + weighted[rows.second] * far
        total = cv2.resize(blended, (width, len(labels)), interpolation=cv2.INTER_LINEAR)
        # Right where all four belong to the pixel's region; at borders they are looked at one by one.
        row, column = np.nonzero(quads[rows.quad].take(columns.quad, axis=1) != labels)
        total[row, column] = _sum_own(weighted, small_regions, labels[row, column], rows.at(row), columns.at(column))
        total += means.take(labels, axis=0)
        yield slice(top, top + len(labels)), total[..., :3] / total[..., 3:]


@dataclass(frozen=True)
class _Neighbors:
    """The two small rows (or columns) around each large one."""

    quad: Int[np.ndarray, " n"]
    """Number of the gap that it lies in: 0 before the first small one."""
    first: Int[np.ndarray, " n"]
    second: Int[np.ndarray, " n"]
    nearness: tuple[Float32[np.ndarray, " n"], Float32[np.ndarray, " n"]]
    """Of each of the two, in [0, 1]; together 1."""

    def at(self, index: Int[np.ndarray, " some"]) -> "_Neighbors":
        """Those of some of the large ones."""
        near, far = self.nearness
        return _Neighbors(self.quad[index], self.first[index], self.second[index], (near[index], far[index]))


def _one_region_quads(small_regions: SmallRegions) -> Int32[np.ndarray, "rows columns"]:
    """The label of each square of four pixels that have one, otherwise 0; those at the rim hang over it."""
    padded = np.pad(small_regions, 1, mode="edge")
    first = padded[:-1, :-1]
    same = (first == padded[1:, :-1]) & (first == padded[:-1, 1:]) & (first == padded[1:, 1:])
    return np.where(same, first, np.int32(0))


def _sum_own(
    weighted: Float32[np.ndarray, "small_height small_width 4"],
    small_regions: SmallRegions,
    labels: Int32[np.ndarray, " n"],
    rows: _Neighbors,
    columns: _Neighbors,
) -> Float32[np.ndarray, "n 4"]:
    """The sum over those of the four neighbors of each pixel that have its label, weighted by nearness."""
    total = np.zeros((len(labels), 4), np.float32)
    for row, near_row in zip((rows.first, rows.second), rows.nearness, strict=True):
        for column, near_column in zip((columns.first, columns.second), columns.nearness, strict=True):
            near = near_row * near_column * (small_regions[row, column] == labels)
            total += near[:, None] * weighted[row, column]
    return total


def _region_means(
    weighted: Float32[np.ndarray, "small_pixels 4"], regions: SmallRegions, top: int
) -> Float32[np.ndarray, "labels 4"]:
    """Mean shading of each label 0..top, weighted, and 1; a label without weight has no shading."""
    sums = np.stack([np.bincount(regions.ravel(), w, top + 1) for w in weighted.T], 1)
    means = sums / np.maximum(sums[:, 3:], _NO_PAPER)
    means[:, 3] = 1
    return means.astype(np.float32)


def _neighbors(positions: Int[np.ndarray, " n"], length: int, small_length: int) -> _Neighbors:
    """Where large rows (or columns) lie among the small ones; beyond the rim the last one is repeated."""
    place = (positions + 0.5) * small_length / length - 0.5
    first = np.floor(place).astype(np.int64)
    second = (place - first).astype(np.float32)
    last = small_length - 1
    return _Neighbors(first + 1, first.clip(0, last), (first + 1).clip(0, last), (1 - second, second))

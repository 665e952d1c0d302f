"""Painters without a network: what a learned one must beat, and what it may hope for.

A painter is any function of a drawing and a seed that gives a picture of the drawing's size. These
three fill the regions of a region map and multiply the sketch over them, like the learned one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from nurie.arrays import Colors, Image, RegionMap, Sketch
from nurie.colors import oklab_to_rgb, rgb_to_oklab
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError
from nurie.regions import COLORING_METHOD, segment_regions
from nurie.regions.flats import compose, paint_flats, region_colors

Painter = Callable[[Drawing, int], Image]
"""A drawing (of which a fair painter uses the sketch only) and a seed to a picture."""

Segment = Callable[[Sketch], RegionMap]

SIZES = 8
"""Steps of a region's share of the picture, each four times the one below: 1, 1/4, 1/16, ..."""

PLACES = 6
"""Rows and columns of the grid on which a region's centre lies."""


def cut_as_in_use(sketch: Sketch) -> RegionMap:
    """Find the regions as the colorizer does."""
    return segment_regions(sketch, COLORING_METHOD)


def paint_truth(drawing: Drawing, seed: int) -> Image:
    """Give the true picture, for comparison; the seed changes nothing."""
    return drawing.color


@dataclass(frozen=True)
class FlattenedTruth:
    """Every region in the median of the true picture: the best of one colour per region."""

    segment: Segment = cut_as_in_use

    def __call__(self, drawing: Drawing, seed: int) -> Image:
        """Give the flattened truth; the seed changes nothing."""
        regions = self.segment(drawing.sketch)
        return _fill(drawing.sketch, regions, region_colors(drawing.color, drawing.sketch, regions))


@dataclass(frozen=True)
class RandomPainter:
    """Every region in a colour drawn from `palette`, each row as likely as the others."""

    palette: Colors
    segment: Segment = cut_as_in_use

    def __call__(self, drawing: Drawing, seed: int) -> Image:
        """Give another picture for another seed, and the same one for the same."""
        regions = self.segment(drawing.sketch)
        rng = np.random.default_rng(seed)
        rows = rng.integers(len(self.palette), size=int(regions.max(initial=0)))
        return _fill(drawing.sketch, regions, self.palette[rows])


@dataclass(frozen=True)
class MostLikelyPainter:
    """Every region in the mean colour of the training regions of its size and place."""

    table: Float64[np.ndarray, "sizes places places 3"]
    """OKLab."""
    segment: Segment = cut_as_in_use

    def __call__(self, drawing: Drawing, seed: int) -> Image:
        """Give the most likely picture; the seed changes nothing."""
        regions = self.segment(drawing.sketch)
        size, row, column = size_and_place(regions).T
        return _fill(drawing.sketch, regions, oklab_to_rgb(self.table[size, row, column]))


def learn_painters(
    drawings: Iterable[Drawing], segment: Segment = cut_as_in_use
) -> tuple[RandomPainter, MostLikelyPainter]:
    """Learn the palette and the table of the two painters from the regions of a training corpus.

    The palette has one row per region. Where no region of a size and place was seen, the table has
    the mean of that size, and where the size was not seen, the mean of all regions.

    Raises:
        DataError: there is no drawing.
    """
    colors, places = [], []
    for drawing in drawings:
        regions = segment(drawing.sketch)
        colors.append(region_colors(drawing.color, drawing.sketch, regions))
        places.append(size_and_place(regions))
    if not colors:
        raise DataError("there is no drawing to learn from; give a corpus with at least one")
    palette = np.concatenate(colors)
    table = _mean_table(rgb_to_oklab(palette), np.concatenate(places))
    return RandomPainter(palette, segment), MostLikelyPainter(table, segment)


def size_and_place(regions: RegionMap) -> Int64[np.ndarray, "regions 3"]:
    """Give each region's step of size and the row and column of its centre on the grid.

    Step 0 is more than a quarter of the picture, step 1 more than a sixteenth, and so on.
    A label without pixels counts as one pixel in the corner.
    """
    num_regions, (height, width) = int(regions.max(initial=0)), regions.shape
    labels = regions.ravel()
    pixels = np.bincount(labels, minlength=num_regions + 1)[1:].clip(1)
    rows, columns = np.divmod(np.arange(labels.size), width)
    row = np.bincount(labels, rows, num_regions + 1)[1:] / pixels
    column = np.bincount(labels, columns, num_regions + 1)[1:] / pixels
    size = np.floor(np.log2(regions.size / pixels) / 2).clip(0, SIZES - 1)
    place = np.stack([row / height, column / width], -1) * PLACES
    return np.concatenate([size[:, None], np.floor(place)], 1).astype(np.int64)


def _mean_table(
    colors: Float64[np.ndarray, "n 3"], places: Int64[np.ndarray, "n 3"]
) -> Float64[np.ndarray, "sizes places places 3"]:
    sums = np.zeros((SIZES, PLACES, PLACES, 3))
    counts = np.zeros((SIZES, PLACES, PLACES, 1))
    np.add.at(sums, tuple(places.T), colors)
    np.add.at(counts, tuple(places.T), 1.0)
    of_size = _mean(sums.sum((1, 2)), counts.sum((1, 2)), colors.mean(0))
    return _mean(sums, counts, of_size[:, None, None])


def _mean(sums: np.ndarray, counts: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    return np.where(counts > 0, sums / counts.clip(1), otherwise)


def _fill(sketch: Sketch, regions: RegionMap, colors: Colors) -> Image:
    return compose(paint_flats(colors, regions), sketch)

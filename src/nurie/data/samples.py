"""One drawing as the palette stage learns from it: lines, regions, their colours, and what they are."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int64

from nurie.arrays import RegionMap, Sketch
from nurie.colors import rgb_to_palette
from nurie.data.sources.drawing import KINDS, Drawing, Part
from nurie.regions.descriptors import RegionTable, describe_regions
from nurie.regions.flats import PAPER, region_colors

UNKNOWN = -1
"""The kind of a region that nobody named."""

ALIKE = 1.5
"""Distance in palette space up to which two colours may be one, seen in parts of a gradient or under a shadow."""


@dataclass(frozen=True)
class PaletteSample:
    """Everything that one training step of the palette needs of one drawing; row k-1 is region k."""

    sketch: Sketch
    regions: RegionMap
    table: RegionTable
    palette: Float32[np.ndarray, "regions 3"]
    """The true colours (`nurie.colors.rgb_to_palette`)."""
    kinds: Int64[np.ndarray, " regions"]
    """Index in `KINDS`, or `UNKNOWN`."""
    pixels: Int64[np.ndarray, " regions"]
    """Size of each region."""
    reference: "PaletteSample | None" = None
    """Another drawing of the same character, whose colours are given."""


def palette_sample(view: Drawing, sketch: Sketch, regions: RegionMap, *, grid: int) -> PaletteSample:
    """Join a view of a drawing with the lines and the region map that the network shall see.

    `regions` may differ from the view's true ones; each is what most of its paper truly is. The two irises of a face
    (and whatever else carries the same name but for its number) get one colour, unless the artist clearly chose two.
    """
    palette = rgb_to_palette(region_colors(view.color, sketch, regions))
    pixels = np.bincount(regions.ravel(), minlength=int(regions.max(initial=0)) + 1)[1:]
    labels = _true_labels(view, sketch, regions)
    kinds = np.array([UNKNOWN] + [KINDS.index(part.kind) for part in view.parts])
    return PaletteSample(
        sketch=sketch,
        regions=regions,
        table=describe_regions(regions, sketch, grid=grid),
        palette=_share_colors(palette, pixels, _twins(view.parts)[labels]),
        kinds=kinds[labels],
        pixels=pixels,
    )


def _true_labels(view: Drawing, sketch: Sketch, regions: RegionMap) -> Int64[np.ndarray, " regions"]:
    """The true region that holds most paper pixels of each region; 0 if there is none, or nobody knows."""
    num_regions, num_true = int(regions.max(initial=0)), len(view.parts)
    paper = (sketch >= PAPER) & (view.regions > 0) & (num_true > 0)
    pair = regions[paper].astype(np.int64) * (num_true + 1) + view.regions[paper]
    votes = np.bincount(pair, minlength=(num_regions + 1) * (num_true + 1)).reshape(num_regions + 1, -1)[1:]
    return np.asarray(votes.argmax(1), np.int64)


def _twins(parts: tuple[Part, ...]) -> Int64[np.ndarray, " labels"]:
    """For label 0, 1, ... a number that parts of one owner share if their names differ in the figure only; or 0."""
    groups: dict[tuple[int, str], int] = {}
    numbers = [0]
    for part in parts:
        name = part.name.rstrip("0123456789")
        numbers.append(groups.setdefault((part.owner, name), len(groups) + 1) if name else 0)
    return np.array(numbers, np.int64)


def _share_colors(
    palette: Float32[np.ndarray, "regions 3"],
    pixels: Int64[np.ndarray, " regions"],
    twins: Int64[np.ndarray, " regions"],
) -> Float32[np.ndarray, "regions 3"]:
    """Give regions of one number their mean colour by pixels, where all of them are within `ALIKE` of it."""
    shared = palette.copy()
    for number in np.unique(twins[twins > 0]):
        members = twins == number
        mean = np.average(palette[members], axis=0, weights=pixels[members] + 1e-6)
        if np.linalg.norm(palette[members] - mean, axis=1).max() < ALIKE:
            shared[members] = mean
    return shared

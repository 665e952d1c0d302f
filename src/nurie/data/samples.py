"""One drawing as the palette stage learns from it: lines, regions, their colours, and what they are."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int64

from nurie.arrays import RegionMap, Sketch
from nurie.colors import rgb_to_palette
from nurie.data.sources.drawing import KINDS, Drawing
from nurie.regions.descriptors import RegionTable, describe_regions
from nurie.regions.flats import PAPER, region_colors

UNKNOWN = -1
"""The kind of a region that nobody named."""


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


def palette_sample(view: Drawing, sketch: Sketch, regions: RegionMap, *, grid: int) -> PaletteSample:
    """Join a view of a drawing with the lines and the region map that the network shall see.

    `regions` may differ from the view's true ones; each takes the kind that most of its paper has.
    """
    return PaletteSample(
        sketch=sketch,
        regions=regions,
        table=describe_regions(regions, sketch, grid=grid),
        palette=rgb_to_palette(region_colors(view.color, sketch, regions)),
        kinds=_kinds(view, sketch, regions),
        pixels=np.bincount(regions.ravel(), minlength=int(regions.max(initial=0)) + 1)[1:],
    )


def _kinds(view: Drawing, sketch: Sketch, regions: RegionMap) -> Int64[np.ndarray, " regions"]:
    """What most paper pixels of each region truly are; at equal counts the earlier kind of `KINDS`."""
    num_regions = int(regions.max(initial=0))
    if not view.parts:
        return np.full(num_regions, UNKNOWN, np.int64)
    kind_of_label = np.array([0] + [KINDS.index(part.kind) for part in view.parts])
    paper = (sketch >= PAPER) & (view.regions > 0)
    pair = regions[paper].astype(np.int64) * len(KINDS) + kind_of_label[view.regions[paper]]
    votes = np.bincount(pair, minlength=(num_regions + 1) * len(KINDS)).reshape(-1, len(KINDS))[1:]
    return np.where(votes.any(1), votes.argmax(1), UNKNOWN).astype(np.int64)

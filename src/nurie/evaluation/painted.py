"""Which colour a picture gives to each true region of its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int, UInt8

from nurie.arrays import Image
from nurie.colors import rgb_to_cielab
from nurie.data.sources.drawing import Drawing, Part
from nurie.errors import DataError

PAPER = 200
"""Gray above which a pixel counts as paper; below, it is ink or the blurred border of ink."""

SMALLEST_PAPER = 12
"""Pixels of paper; with fewer, a region's median says more of its border than of its colour."""


@dataclass(frozen=True)
class PaintedRegion:
    """One true region and the colour that a picture gives to it."""

    part: Part
    area: int
    """Paper pixels."""
    rgb: UInt8[np.ndarray, "3"]
    lab: Float64[np.ndarray, "3"]


def painted_regions(colorized: Image, drawing: Drawing) -> list[PaintedRegion]:
    """Give the true regions of `drawing` with their colours in `colorized`, by label.

    The colour is the median, channel by channel, of the region's paper pixels (sketch above 200) in
    `colorized`, a picture of the same size. Regions with fewer than 12 paper pixels are left out.
    The pieces into which lines cut one iris (same owner, same name) are one region.

    Raises:
        DataError: the drawing does not say what each of its regions is, or the picture has another
        size.
    """
    num_regions = int(drawing.regions.max(initial=0))
    if len(drawing.parts) != num_regions:
        raise DataError(
            f"the drawing names {len(drawing.parts)} parts for {num_regions} regions; "
            "score drawings of a corpus that says what each region is"
        )
    if colorized.shape != drawing.color.shape:
        raise DataError(
            f"a picture of {colorized.shape} cannot be scored as one of {drawing.color.shape}; give the drawing's size"
        )
    paper = drawing.sketch > PAPER
    labels = _joined_labels(drawing.parts)[drawing.regions[paper]]
    order = np.argsort(labels, kind="stable")
    pixels = colorized[paper][order]
    found, starts, areas = np.unique(labels[order], return_index=True, return_counts=True)
    return [
        _painted(drawing.parts[label - 1], pixels[start : start + area])
        for label, start, area in zip(found.tolist(), starts.tolist(), areas.tolist(), strict=True)
        if label > 0 and area >= SMALLEST_PAPER
    ]


def _painted(part: Part, pixels: UInt8[np.ndarray, "n 3"]) -> PaintedRegion:
    rgb = np.median(pixels, axis=0).round().astype(np.uint8)
    return PaintedRegion(part, len(pixels), rgb, rgb_to_cielab(rgb))


def _joined_labels(parts: Sequence[Part]) -> Int[np.ndarray, " labels"]:
    """Give for each label the one that stands for it: itself, or the first piece of its iris."""
    first: dict[Part, int] = {}
    joined = np.arange(len(parts) + 1)
    for label, part in enumerate(parts, 1):
        if part.name.startswith("iris"):
            joined[label] = first.setdefault(part, label)
    return joined

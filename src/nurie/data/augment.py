"""Many views of one drawing: flipped, cropped, and with lines as different hands and machines draw them."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from jaxtyping import Shaped

from nurie.arrays import RegionMap, Sketch
from nurie.data.sources.drawing import Drawing
from nurie.images import fit_square
from nurie.regions import COLORING_METHOD, segment_regions
from nurie.sketch import extract_sketch

XDOG_SIGMAS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Pixels; the paper's (section IV-A)."""

LINE_STYLES = {"true": 0.5, "xdog": 0.4, "pen": 0.1}
"""Share of the samples with each kind of lines: the true ones, XDoG of the colours, the true ones by another pen."""

FLIP = 0.5
"""Share of the samples that are mirrored."""

CROP = 0.5
"""Share of the samples that show a part of the drawing only."""

SMALLEST_CROP = 0.7
"""Of the drawing's sides."""

TREMBLE = 0.15
"""Share of the samples drawn by an unsteady hand."""

TREMOR = (0.3, 1.5)
"""Pixels: least and greatest displacement (one standard deviation) by an unsteady hand."""

TREMOR_LENGTH = 24
"""Pixels over which the displacement changes."""

Map = Shaped[np.ndarray, "_h _w ..."]


class View(NamedTuple):
    """One sample: a view of a drawing, and the lines and regions that the networks shall see of it."""

    truth: Drawing
    sketch: Sketch
    regions: RegionMap


def training_view(drawing: Drawing, rng: np.random.Generator, *, side: int, true_regions: float = 0.25) -> View:
    """Augment, draw the lines in some style, and find the regions as in use, when nobody knows the true ones.

    In a share `true_regions` of the samples the regions are the true ones.
    """
    truth = augment(drawing, rng, side=side)
    sketch = line_style(truth, rng)
    known = rng.random() < true_regions
    return View(truth, sketch, truth.regions if known else segment_regions(sketch, COLORING_METHOD))


def augment(drawing: Drawing, rng: np.random.Generator, *, side: int) -> Drawing:
    """Mirror, crop and shake colour, lines and regions together, and bring them to a square of `side` pixels.

    The aspect is kept; a short side is filled by reflection, as in use. Regions that fell out of the crop
    are dropped and the rest numbered anew without gaps; `parts` follows.
    """
    height, width = drawing.sketch.shape
    share = rng.uniform(SMALLEST_CROP, 1) if rng.random() < CROP else 1.0
    rows, columns = max(1, round(height * share)), max(1, round(width * share))
    top, left = rng.integers(height - rows + 1), rng.integers(width - columns + 1)
    step = -1 if rng.random() < FLIP else 1
    shake = _tremor(side, rng) if rng.random() < TREMBLE else None

    def view(array: Map) -> Map:
        cut = array[top : top + rows, left : left + columns][:, ::step]
        square, _ = fit_square(np.ascontiguousarray(cut), side)
        return square if shake is None else shake(square)

    regions, kept = _renumber(view(drawing.regions))
    parts = tuple(drawing.parts[label - 1] for label in kept) if drawing.parts else ()
    color, sketch = view(drawing.color), view(drawing.sketch)
    return replace(drawing, color=color, sketch=sketch, regions=regions, parts=parts)


def line_style(drawing: Drawing, rng: np.random.Generator) -> Sketch:
    """The drawing's lines in a style drawn from `LINE_STYLES`."""
    style = rng.choice(list(LINE_STYLES), p=list(LINE_STYLES.values()))
    if style == "xdog":
        return extract_sketch(drawing.color, "xdog", sigma=float(rng.choice(XDOG_SIGMAS)))
    return another_pen(drawing.sketch, rng) if style == "pen" else drawing.sketch


def another_pen(sketch: Sketch, rng: np.random.Generator) -> Sketch:
    """The same lines thicker, thinner or as they were, and often paler."""
    pen = rng.choice(["thicker", "thinner", "equal"])
    if pen != "equal":
        cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
        changed = (cv2.erode if pen == "thicker" else cv2.dilate)(sketch, cross)  # ink is dark
        # A whole pixel on both sides is too much for lines of one or two: blend.
        amount = rng.uniform(0.3, 0.8)
        sketch = np.asarray(cv2.addWeighted(changed, amount, sketch, 1 - amount, 0), np.uint8)
    darkness = rng.uniform(0.5, 1)
    return np.asarray(255 - (255 - sketch) * darkness, np.uint8)


def _tremor(side: int, rng: np.random.Generator) -> Callable[[Map], Map]:
    """A smooth random displacement, the same for every array that it is given."""
    knots = max(side // TREMOR_LENGTH, 2)
    shift = rng.standard_normal((2, knots, knots), np.float32) * np.float32(rng.uniform(*TREMOR))
    smooth = [cv2.resize(axis, (side, side), interpolation=cv2.INTER_CUBIC) for axis in shift]
    rows, columns = np.mgrid[:side, :side].astype(np.float32)

    def shake(square: Map) -> Map:
        picture = square.dtype == np.uint8
        moved = cv2.remap(
            square if picture else square.astype(np.float32),  # exact: labels stay far below 2^24
            columns + smooth[1],
            rows + smooth[0],
            cv2.INTER_LINEAR if picture else cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_REFLECT,
        )
        return np.asarray(moved, square.dtype)

    return shake


def _renumber(regions: RegionMap) -> tuple[RegionMap, list[int]]:
    """The map numbered 1..K without gaps, and the old numbers of 1..K; 0 stays 0."""
    present = np.flatnonzero(np.bincount(regions.ravel()))
    kept = present[present > 0]
    table = np.zeros(int(present[-1]) + 1, np.int32)
    table[kept] = np.arange(1, len(kept) + 1)
    return table[regions], [int(label) for label in kept]

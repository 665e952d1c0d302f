"""Pages like those of comics: several drawings in panels, and so as many regions as a real page has."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from jaxtyping import Shaped

from nurie.arrays import Sketch
from nurie.data.sources.drawing import Drawing, Part, bare_drawing
from nurie.images import resize_area, resize_nearest

PANELS = (2, 6)
"""Least and greatest number of panels."""

GUTTER = 6
"""Pixels between panels, at a side of 256."""

FRAME = 1
"""Pixels: the black frame around each panel."""

CUT = (0.38, 0.62)
"""Where a panel is cut in two, as shares of its longer side."""

DARKEST = 2.0
"""How many times the ink of thin lines is made stronger at most: what is a haze in the drawing stays pale."""

PAPER, INK = 255, 0


class Panel(NamedTuple):
    """A rectangle of the page, in pixels."""

    top: int
    left: int
    bottom: int
    right: int


def draw_page(drawings: Sequence[Drawing], rng: np.random.Generator, *, side: int) -> Drawing:
    """Put one drawing into each panel of a square page, cut to its shape; the gutter is one more region.

    Parts and owners stay apart: the figures of each drawing get numbers of their own. If any drawing is bare
    (`Drawing.known`), so is the page. Of the lines made before none is kept.
    """
    panels = cut_panels(len(drawings), side, rng)
    color = np.full((side, side, 3), PAPER, np.uint8)
    sketch = np.full((side, side), PAPER, np.uint8)
    regions = np.ones((side, side), np.int32)
    parts, owners = [Part("background")], 0
    named = all(drawing.parts for drawing in drawings)
    for panel, drawing in zip(panels, drawings, strict=True):
        inside = np.s_[panel.top : panel.bottom, panel.left : panel.right]
        cover = _Cover.of(panel, drawing, rng)
        color[inside] = cover(drawing.color)
        if drawing.known:
            sketch[inside] = _inked(cover(drawing.sketch), cover.rows / cover.height)
            regions[inside] = cover(drawing.regions) + len(parts)
        named_parts = drawing.parts if named else [Part("background")] * int(drawing.regions.max())
        parts += [replace(part, owner=part.owner + owners * (part.owner > 0)) for part in named_parts]
        owners = max((part.owner for part in parts), default=0)
        for layer in (color, sketch):
            _frame(layer, panel)
    if not all(drawing.known for drawing in drawings):
        return bare_drawing(color, drawings[0].meta)
    present = np.unique(regions)
    table = np.zeros(len(parts) + 1, np.int32)
    table[present] = np.arange(1, len(present) + 1)
    kept = tuple(parts[label - 1] for label in present) if named else ()
    return Drawing(color, sketch, table[regions], kept, drawings[0].meta)


def cut_panels(count: int, side: int, rng: np.random.Generator) -> list[Panel]:
    """Cut the page, and then the largest panel again and again, across its longer side."""
    gutter = max(1, round(GUTTER * side / 256))
    panels = [Panel(gutter, gutter, side - gutter, side - gutter)]
    while len(panels) < count:
        panels.sort(key=lambda panel: (panel.bottom - panel.top) * (panel.right - panel.left))
        panels += _halves(panels.pop(), float(rng.uniform(*CUT)), gutter)
    return panels


def _halves(panel: Panel, share: float, gutter: int) -> list[Panel]:
    top, left, bottom, right = panel
    if bottom - top >= right - left:
        middle = top + round((bottom - top - gutter) * share)
        return [Panel(top, left, middle, right), Panel(middle + gutter, left, bottom, right)]
    middle = left + round((right - left - gutter) * share)
    return [Panel(top, left, bottom, middle), Panel(top, middle + gutter, bottom, right)]


class _Cover(NamedTuple):
    """A window of a drawing of the panel's shape, brought to its size."""

    top: int
    left: int
    rows: int
    columns: int
    height: int
    width: int

    @classmethod
    def of(cls, panel: Panel, drawing: Drawing, rng: np.random.Generator) -> "_Cover":
        height, width = panel.bottom - panel.top, panel.right - panel.left
        rows, columns = drawing.sketch.shape
        scale = min(rows / height, columns / width)
        high, wide = min(rows, max(1, round(height * scale))), min(columns, max(1, round(width * scale)))
        top, left = int(rng.integers(rows - high + 1)), int(rng.integers(columns - wide + 1))
        return cls(top, left, high, wide, height, width)

    def __call__(self, array: Shaped[np.ndarray, "rows columns ..."]) -> Shaped[np.ndarray, "height width ..."]:
        cut = np.ascontiguousarray(array[self.top : self.top + self.rows, self.left : self.left + self.columns])
        resize = resize_area if array.dtype == np.uint8 else resize_nearest
        return resize(cut, self.height, self.width)


def _inked(sketch: Sketch, reduced: float) -> Sketch:
    """Lines as dark as before they were made `reduced` times thinner, up to what a pen draws anyway."""
    gain = min(max(reduced, 1.0), DARKEST)
    return np.asarray(255 - np.minimum(255, (255 - sketch.astype(np.float32)) * gain), np.uint8)


def _frame(layer: Shaped[np.ndarray, "side side ..."], panel: Panel) -> None:
    start, end = (panel.left - FRAME, panel.top - FRAME), (panel.right, panel.bottom)
    color = (INK,) * 3 if layer.ndim == 3 else INK
    cv2.rectangle(layer, start, end, color, FRAME)

"""Clean lines -> the same drawing as a hand, a sheet of paper, a lamp and a camera leave it.

Pairs of (degraded, clean) drawings teach the network that cleans sketches. A new degradation is one function and one
line in a table; the tables stand in the order in which it happens to a drawing.
"""

from collections.abc import Callable

import numpy as np

from nurie.arrays import Sketch
from nurie.data.degrade import page, strokes
from nurie.data.degrade.fields import Field

__all__ = ["PAGE", "STROKES", "degrade"]

Degradation = Callable[[Field, np.random.Generator], Field]

STROKES: dict[Degradation, float] = {
    strokes.press: 0.8,
    strokes.redraw: 0.5,
    strokes.break_lines: 0.45,
    strokes.fade: 0.5,
    strokes.graphite: 0.5,
    strokes.hatch: 0.12,
    strokes.construct: 0.35,
    strokes.bleed: 0.08,
    strokes.smudge: 0.3,
    strokes.speckle: 0.25,
}
"""To the ink (1 = ink), and the share of the drawings it happens to."""

PAGE: dict[Degradation, float] = {
    page.pale: 0.6,
    page.rule: 0.22,
    page.tint: 0.7,
    page.grain: 0.5,
    page.stain: 0.2,
    page.uneven_light: 0.5,
    page.shadow: 0.25,
    page.defocus: 0.6,
    page.sensor: 0.5,
    page.contrast: 0.3,
    page.jpeg: 0.5,
}
"""To the page (1 = white), and the share of the drawings it happens to."""

SPARED = 0.12
"""Share of the drawings that only get another pen: what is clean already must be left clean."""


def degrade(sketch: Sketch, seed: int) -> Sketch:
    """A rough, photographed or scanned version of a clean drawing; lines stay where they are, to within about 2 pixels.

    The same seed degrades the same drawing in the same way. `seed` is 0 or more.
    """
    rng = np.random.default_rng(seed)
    spared = rng.random() < SPARED
    ink = 1 - sketch.astype(np.float32) / 255
    for change, share in STROKES.items():
        if rng.random() < share and (not spared or change is strokes.press):
            ink = change(ink, rng)
    paper = np.asarray(1 - ink, np.float32)
    for change, share in PAGE.items():
        if rng.random() < share and not spared:
            paper = change(paper, rng)
    return np.rint(np.clip(paper, 0, 1) * 255).astype(np.uint8)

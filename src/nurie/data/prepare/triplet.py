"""One picture -> a sample: colour, lines of two kinds, regions, and what is known of it. `encoding` packs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.augment import SOFT, XDOG_SIGMAS
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.folder import reduce_picture
from nurie.regions import segment_regions
from nurie.sketch import extract_sketch

if TYPE_CHECKING:
    from nurie.data.prepare.config import PrepareConfig


def _xdog(color: Image, rng: np.random.Generator) -> tuple[Sketch, dict[str, Any]]:
    sigma = float(rng.choice(XDOG_SIGMAS))
    return extract_sketch(color, "xdog", sigma=sigma), {"method": "xdog", "sigma": sigma}


def _soft(color: Image, rng: np.random.Generator) -> tuple[Sketch, dict[str, Any]]:
    return extract_sketch(color, "xdog", **SOFT), {"method": "xdog", **SOFT}


LINES: dict[str, Callable[[Image, np.random.Generator], tuple[Sketch, dict[str, Any]]]] = {"xdog": _xdog, "soft": _soft}
"""Kinds of lines: colours -> sketch, and how it was made. A further kind is one line."""


@dataclass(frozen=True)
class Triplet:
    """A sample before it is packed."""

    color: Image
    sketches: Mapping[str, Sketch]
    """By the names of files: `sketch` is the one that the regions belong to, others are `sketch-KIND`."""
    regions: RegionMap
    meta: Mapping[str, Any]


def make_triplet(color: Image, config: "PrepareConfig", rng: np.random.Generator) -> Triplet:
    """Lines and regions of a picture, found at the size at which it is stored."""
    stored = reduce_picture(color, config.side)
    made = {kind: LINES[kind](stored, rng) for kind in config.lines}
    names = {kind: f"sketch-{kind}" if index else "sketch" for index, kind in enumerate(made)}
    sketches = {names[kind]: sketch for kind, (sketch, _) in made.items()}
    methods = {names[kind]: options for kind, (_, options) in made.items()}
    regions = segment_regions(sketches["sketch"], config.regions)
    return Triplet(stored, sketches, regions, {"methods": {**methods, "regions": {"method": config.regions}}})


def keep_drawing(drawing: Drawing, config: "PrepareConfig", rng: np.random.Generator) -> Triplet:
    """A drawing with its true lines and regions; the true lines take the place of the last kind of `config.lines`."""
    others = config.lines[: max(1, len(config.lines) - 1)]
    made = {f"sketch-{kind}": LINES[kind](drawing.color, rng) for kind in others}
    sketches = {"sketch": drawing.sketch, **{name: sketch for name, (sketch, _) in made.items()}}
    methods = {name: options for name, (_, options) in made.items()}
    true = {"sketch": {"method": "true"}, "regions": {"method": "true"}}
    parts = [[part.kind, part.owner, part.name] for part in drawing.parts]
    return Triplet(drawing.color, sketches, drawing.regions, {"methods": {**methods, **true}, "parts": parts})

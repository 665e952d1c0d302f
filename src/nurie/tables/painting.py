"""Painters of the tables: prepared drawings in, pictures out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from nurie.arrays import Image, RegionMap, Sketch
from nurie.evaluation.baselines import Contender
from nurie.evaluation.baselines.contender import Inputs
from nurie.evaluation.painters import FlattenedTruth, Painter, learn_painters
from nurie.evaluation.testsets import TestPicture
from nurie.images import fit_square
from nurie.inference import Colorizer
from nurie.tables.data import TableData
from nurie.tables.prepared import Prepared
from nurie.tables.rows import Row
from nurie.tables.stage import collate, make_sample, to_inputs
from nurie.training.paint_batch import to_bytes
from nurie.training.updates import to_device

BATCH = 8
"""Pictures painted at once."""

CODES = 3
"""Pictures of one sketch between which diversity is measured."""

PaintSet = Callable[[str, Sequence[int], int], list[Image]]
"""Name of a set, numbers of its drawings, seed -> a picture of each.

Seed 0 is the picture that is scored: of the sketch's own code, where a method has such."""


@dataclass(frozen=True)
class ContenderPainter:
    """A trained row."""

    contender: Contender
    row: Row
    sets: dict[str, Prepared]
    device: torch.device
    """Where the contender's networks are."""

    @torch.no_grad()
    def __call__(self, name: str, numbers: Sequence[int], seed: int) -> list[Image]:
        """Paint; for seeds from 1 on with codes drawn from N(0, I), where the method has codes."""
        codes = None
        if seed and self.contender.code_length:
            rng = torch.Generator().manual_seed(seed)
            codes = torch.randn(len(numbers), self.contender.code_length, generator=rng).to(self.device)
        pictures: list[Image] = []
        for start in range(0, len(numbers), BATCH):
            part = slice(start, start + BATCH)
            inputs = self.look(name, numbers[part])
            painted = self.contender.paint(inputs, None if codes is None else codes[part])
            pictures += list(to_bytes(painted).cpu().numpy())
        return pictures

    def look(self, name: str, numbers: Sequence[int]) -> Inputs:
        """What the contender sees of some drawings of a set."""
        drawings = (self.sets[name].drawing(number, self.row.regions) for number in numbers)
        batch = collate([make_sample(drawing, self.row.patches) for drawing in drawings])
        return to_inputs(to_device(batch, self.device))


@dataclass(frozen=True)
class PlainPainter:
    """A painter that needs no network here, by the regions of trapped ball."""

    painter: Painter
    sets: dict[str, Prepared]

    def __call__(self, name: str, numbers: Sequence[int], seed: int) -> list[Image]:
        """Paint; drawings share no seed."""
        drawings = (self.sets[name].drawing(number, "trapped_ball") for number in numbers)
        return [self.painter(drawing, 1_000 * seed + number) for drawing, number in zip(drawings, numbers, strict=True)]


@dataclass(frozen=True)
class ShippedPainter:
    """`nurie color` as it is, at the drawings' own size; the pictures are reduced afterwards."""

    colorizer: Colorizer
    originals: dict[str, list[TestPicture]]
    side: int

    def __call__(self, name: str, numbers: Sequence[int], seed: int) -> list[Image]:
        """Paint from the sketch alone."""
        sketches = [self.originals[name][number].drawing.sketch for number in numbers]
        pictures = [self.colorizer(sketch, n=1, seed=seed)[0].image for sketch in sketches]
        return [fit_square(picture, self.side)[0] for picture in pictures]


class KnownRegions:
    """Finds the regions of a prepared sketch by looking them up: painters of sketches need no search."""

    def __init__(self, sets: Sequence[Prepared], regions: str) -> None:
        """Remember the maps of all drawings."""
        self._maps: dict[bytes, RegionMap] = {
            prepared.sketch[number].tobytes(): prepared.maps[regions][number]
            for prepared in sets
            for number in range(len(prepared))
        }

    def __call__(self, sketch: Sketch) -> RegionMap:
        """Give the map of a sketch that was prepared."""
        return self._maps[sketch.tobytes()]


def plain_painters(data: TableData, colorizer: Colorizer | None) -> dict[str, PaintSet]:
    """The painters that are not trained (`nurie.tables.rows.PAINTERS`); "nurie" if there is a colorizer."""
    find = KnownRegions([data.training, *data.sets.values()], "trapped_ball")
    random, most_likely = learn_painters(data.training.drawings("trapped_ball"), find)
    painters: dict[str, Painter] = {
        "paper": lambda drawing, seed: np.repeat(drawing.sketch[..., None], 3, axis=2),
        "random": random,
        "most likely": most_likely,
        "flattened": FlattenedTruth(find),
        "truth": lambda drawing, seed: drawing.color,
    }
    sets: dict[str, PaintSet] = {name: PlainPainter(painter, data.sets) for name, painter in painters.items()}
    if colorizer:
        sets["nurie"] = ShippedPainter(colorizer, data.originals, data.training.color.shape[1])
    return sets

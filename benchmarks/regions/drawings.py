"""The drawings of the benchmark: of every source, at every side, with lines of any width; their true regions known.

Seeds start where the corpus keeps its test drawings. Drawing a large picture takes seconds, so intact ones are
kept in a folder; breaks and finishes are made anew each time, always the same for the same case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from zlib import crc32

import cv2
import numpy as np

from benchmarks.regions.finishes import FINISHES
from nurie.arrays import RegionMap, Sketch
from nurie.data.line_breaks import PAPER_LEVEL, break_lines
from nurie.data.sources import SOURCES
from nurie.evaluation.region_scores import Labels
from nurie.regions.region_map import connect_regions, number_regions, region_areas, spread_labels

FIRST_SEED = 900_000
"""Drawings from this seed on are never trained on."""

MIN_AREA = 16
"""Pixels at side 256: smaller true pieces do not count."""

REFERENCE_SIDE = 256

DRAWN_SHARE = 0.5
"""Least share of the border of two regions that a line must cover, or else the drawing does not part them."""


@dataclass(frozen=True, order=True)
class Case:
    """Which drawing, and what was done to it."""

    source: str
    seed: int
    side: int = 256
    line_width: int | None = None
    """Pixels of the drawing; None for the width that the seed stands for (0.7 to 2.2 pixels at side 256)."""
    gaps: int = 0
    finish: str = "smooth"


@dataclass(frozen=True)
class TestDrawing:
    """What a method sees, and what it should find."""

    __test__ = False

    sketch: Sketch
    true: Labels
    """1..K; 0 on lines and on pieces too small to count."""
    drawn: Labels
    """The same, but for regions that no line parts: those are one. What can be seen in the drawing."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """All drawings with one of each."""

    sources: Sequence[str]
    count: int
    sides: Sequence[int] = (256,)
    line_widths: Sequence[int | None] = (None,)
    gaps: Sequence[int] = (0,)
    finishes: Sequence[str] = ("smooth",)

    def cases(self) -> Iterator[Case]:
        """One drawing after the other, with all that is done to it."""
        seeds = range(FIRST_SEED, FIRST_SEED + self.count)
        for case in product(self.sources, seeds, self.sides, self.line_widths, self.gaps, self.finishes):
            yield Case(*case)


def load_case(case: Case, cache: Path) -> TestDrawing:
    """Draw a case, or what of it is not in the folder yet."""
    sketch, true = _intact(case, cache)
    rng = np.random.default_rng([case.seed, case.side, case.gaps, crc32(case.source.encode())])
    broken = break_lines(sketch, true, case.gaps, rng)
    return TestDrawing(FINISHES[case.finish](broken, rng), true, join_undrawn(true, sketch))


def true_regions(regions: RegionMap, sketch: Sketch) -> Labels:
    """4-connected pieces of the true labels on paper, from `MIN_AREA` up; all else is 0."""
    pieces = connect_regions(np.where(sketch >= PAPER_LEVEL, regions, 0).astype(np.int32))
    least = MIN_AREA * regions.size / REFERENCE_SIDE**2
    return number_regions(np.where((region_areas(pieces) >= least)[pieces], pieces, 0))


def join_undrawn(true: Labels, sketch: Sketch) -> Labels:
    """Join true regions where less than half of their common border is inked in the intact drawing.

    Colors alone part them, such as stripes of a backdrop without outlines: no line drawing tells of them.
    """
    nearest = spread_labels(true) if true.any() else true
    inked = np.asarray(cv2.dilate((sketch < PAPER_LEVEL).astype(np.uint8), np.ones((3, 3), np.uint8)), bool)
    count = int(true.max(initial=0)) + 1
    keys, ink = [], []
    for first, second, dark in (
        (nearest[:, 1:], nearest[:, :-1], inked[:, 1:] | inked[:, :-1]),
        (nearest[1:], nearest[:-1], inked[1:] | inked[:-1]),
    ):
        differ = first != second
        pair = np.sort(np.stack([first[differ], second[differ]]).astype(np.int64), axis=0)
        keys.append(pair[0] * count + pair[1])
        ink.append(dark[differ])
    pairs, index, edges = np.unique(np.concatenate(keys), return_inverse=True, return_counts=True)
    share = np.bincount(index, np.concatenate(ink), len(pairs)) / np.maximum(edges, 1)
    root = np.arange(count)
    for key in pairs[share < DRAWN_SHARE].tolist():
        first, second = root[key // count], root[key % count]
        root[root == max(first, second)] = min(first, second)
    return number_regions(root[true].astype(np.int32))


def _intact(case: Case, cache: Path) -> tuple[Sketch, Labels]:
    width = "own" if case.line_width is None else str(case.line_width)
    file = cache / f"{case.source}-{case.side}-{width}" / f"{case.seed}.npz"
    if not file.exists():
        scaled = None if case.line_width is None else case.line_width * REFERENCE_SIDE / case.side
        drawing = SOURCES[case.source](case.seed, side=case.side, line_width=scaled)
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part.npz")
        np.savez_compressed(part, sketch=drawing.sketch, true=true_regions(drawing.regions, drawing.sketch))
        part.replace(file)
    with np.load(file) as arrays:
        return arrays["sketch"], arrays["true"]

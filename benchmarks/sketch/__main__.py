"""Score the ways to clean a sketch on held-out drawings: precision, recall and F1 within 2 pixels of the true lines.

    nurie corpus anime --count 36 --seed 900500 --side 1024 -o HELDOUT
    python -m benchmarks.sketch HELDOUT [-n 36] [-o DIR]

Two sets: `degraded` are the drawings as training degrades them (seeds of its own), `photographed` are those of
`benchmarks.sketch.photographs`. `as it is` is what coloring sees of the picture when nobody cleans it.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.sketch.photographs import photograph
from nurie.arrays import Image, Sketch
from nurie.data.corpus import read_corpus
from nurie.data.degrade import degrade
from nurie.evaluation.line_scores import LineScore, score_lines
from nurie.images import clean_scan, resize_area, write_image
from nurie.regions.region_map import INK_THRESHOLD
from nurie.sketch import CLEAN_METHODS, clean_sketch, read_lines

TRUE_INK = 128
"""Gray below which a pixel of the true lines is ink."""

SHEET_SIDE, SHEET_COLUMNS = 256, 8
"""Of the contact sheets: pixels of a picture, and how many drawings."""

AS_IT_IS = "as it is"


class Case(NamedTuple):
    """A picture to clean, and its true lines."""

    image: Image
    lines: Sketch


def degraded(lines: Sketch, seed: int) -> Case:
    """As the network's training does, with seeds that training does not draw from."""
    return Case(np.repeat(degrade(lines, seed)[..., None], 3, axis=2), lines)


def photographed(lines: Sketch, seed: int) -> Case:
    """On paper, by other rules."""
    return Case(*photograph(lines, seed))


SETS: dict[str, Callable[[Sketch, int], Case]] = {"degraded": degraded, "photographed": photographed}


def clean(image: Image, way: str) -> Sketch:
    """By one of the ways to clean, or as reading a drawing cleans it anyway."""
    return clean_scan(image) if way == AS_IT_IS else clean_sketch(read_lines(image), way)


def main() -> None:
    """Print a table, and write contact sheets if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sketch", description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path, help="held-out drawings")
    parser.add_argument("-n", "--count", type=int, default=1000, help="the first N drawings only")
    parser.add_argument("-o", "--output", type=Path, help="folder for contact sheets")
    args = parser.parse_args()
    print("| set | way | precision | recall | F1 | s per picture |\n|---|---|---|---|---|---|")
    for name, make in SETS.items():
        cases = list(_cases(args.corpus, args.count, make))
        rows = [[_small(t.image) for t in cases[:SHEET_COLUMNS]]]
        for way in (AS_IT_IS, *CLEAN_METHODS):
            score, seconds = LineScore(), 0.0
            rows.append([])
            for case in cases:
                start = time.perf_counter()
                found = clean(case.image, way)
                seconds += time.perf_counter() - start
                score += score_lines(found < INK_THRESHOLD, case.lines < TRUE_INK)
                if len(rows[-1]) < SHEET_COLUMNS:
                    rows[-1].append(_small(np.repeat(found[..., None], 3, axis=2)))
            figures = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {seconds / len(cases):.3f}"
            print(f"| {name} | {way} | {figures} |", flush=True)
        rows.append([_small(np.repeat(t.lines[..., None], 3, axis=2)) for t in cases[:SHEET_COLUMNS]])
        if args.output:
            args.output.mkdir(parents=True, exist_ok=True)
            sheet = np.concatenate([np.concatenate(row, axis=1) for row in rows])
            write_image(args.output / f"{name}.png", sheet)


def _cases(directory: Path, count: int, make: Callable[[Sketch, int], Case]) -> Iterator[Case]:
    corpus = read_corpus(directory)
    for seed, name in enumerate(corpus.names[:count], 1):
        yield make(corpus.load(name).sketch, seed)


def _small(image: Image) -> Image:
    return np.asarray(resize_area(image, SHEET_SIDE, SHEET_SIDE), np.uint8)


if __name__ == "__main__":
    main()

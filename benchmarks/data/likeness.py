"""How like our drawings are to real ones: `python -m benchmarks.data.likeness world:0-299 --real FOLDER...`.

For each set of pictures: regions, ink and color, all found in the same way (lines by XDoG, regions by the
default method), and FID and KID from each of our sets to each real one. FID grows as sets get smaller: compare
values of equal counts, or KID, which does not.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from nurie.arrays import Image
from nurie.data.sources import SOURCES
from nurie.data.sources.folder import LONGEST_SIDE, reduce_picture
from nurie.evaluation.fid import fid
from nurie.evaluation.folders import picture_files
from nurie.evaluation.kid import kid
from nurie.evaluation.picture_features import PictureFeatures
from nurie.images import read_color
from nurie.regions import segment_regions
from nurie.sketch import extract_sketch

SIGMA = 0.4  # of XDoG, one of the paper's
WHITE = 250  # levels from which a pixel is paper
SMALLEST = 6  # pixels of a region that counts


@dataclass(frozen=True)
class Statistics:
    """Means over a set of pictures."""

    pictures: int
    regions: float
    """Of `SMALLEST` pixels and more, a picture."""
    ink: float
    """Share of the area that is ink, by darkness."""
    saturation: float
    """Of HSV, 0..1."""
    white: float
    """Share of white pixels."""


def load(name: str, count: int) -> list[Image]:
    """The pictures of `SOURCE:FIRST-LAST`, drawn now, or `count` of a folder, spread over the order of names."""
    source, colon, seeds = name.partition(":")
    if colon and source in SOURCES:
        first, _, last = seeds.partition("-")
        return [SOURCES[source](seed).color for seed in range(int(first), int(last or first) + 1)]
    files = list(picture_files(Path(name)).values())
    return [reduce_picture(read_color(file), LONGEST_SIDE) for file in files[:: max(1, len(files) // count)][:count]]


def mixture(sets: Sequence[list[Image]], shares: Sequence[float], count: int) -> list[Image]:
    """The first pictures of several sets in these shares, `count` in all."""
    parts = [pictures[: round(share * count)] for pictures, share in zip(sets, shares, strict=True)]
    return [picture for part in parts for picture in part]


def measure(pictures: Sequence[Image]) -> Statistics:
    """Look at every picture."""
    rows = [_look(picture) for picture in pictures]
    return Statistics(len(rows), *np.mean(rows, axis=0).tolist())


def _look(picture: Image) -> tuple[float, float, float, float]:
    sketch = extract_sketch(picture, "xdog", sigma=SIGMA)
    areas = np.bincount(segment_regions(sketch).ravel())[1:]
    saturation = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)[..., 1] / 255
    ink = 1 - sketch.mean() / 255
    return float((areas >= SMALLEST).sum()), float(ink), float(saturation.mean()), _white_share(picture)


def _white_share(picture: Image) -> float:
    return float((picture.min(axis=2) >= WHITE).mean())


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="SOURCE:FIRST-LAST, or a folder")
    parser.add_argument("--real", nargs="+", default=[], metavar="FOLDER", help="color pictures to compare with")
    parser.add_argument("--mix", type=float, nargs="+", help="a further set: this share of each of the sets")
    parser.add_argument("--count", type=int, default=200, help="pictures of a folder (default: 200)")
    parser.add_argument("--no-distances", action="store_true", help="without FID and KID")
    parser.add_argument("--cache", type=Path, help="folder for Inception's features")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    ours = {name: load(name, args.count) for name in args.sets}
    real = {name: load(name, args.count) for name in args.real}
    if args.mix:
        count = min(len(pictures) for pictures in ours.values())
        ours["mixture"] = mixture(list(ours.values()), args.mix, count)
    print("| set | pictures | regions | ink | saturation | white |\n|---|---|---|---|---|---|")
    for name, pictures in {**ours, **real}.items():
        row = measure(pictures)
        print(f"| {_short(name)} | {row.pictures} | {row.regions:.0f} | {row.ink:.3f} | {row.saturation:.2f} |", end="")
        print(f" {row.white:.2f} |")
    if not real or args.no_distances:
        return
    featurize = PictureFeatures(args.cache)
    features = {name: featurize(pictures) for name, pictures in {**ours, **real}.items()}
    print("\n| FID (KID x1000) to | " + " | ".join(_short(name) for name in real))
    print("|---" * (len(real) + 1) + "|")
    for name in ours:
        cells = [_distances(features[name], features[other]) for other in real]
        print(f"| {_short(name)} | " + " | ".join(cells) + " |")


def _distances(ours: np.ndarray, real: np.ndarray) -> str:
    return f"{fid(ours, real):.0f} ({1000 * kid(ours, real).mean:.0f})"


def _short(name: str) -> str:
    path = Path(name)
    return path.parent.name if path.name == "color" else path.name


if __name__ == "__main__":
    main()

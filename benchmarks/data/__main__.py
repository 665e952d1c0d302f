"""Images per second and core that the loader gives, without a network: `python -m benchmarks.data SHARDS FOLDER`.

Processor time of one process on one thread, so other work on the machine disturbs little; the time on the clock, which
it does disturb, stands beside. Every step from the bytes on disk to the sample of a stage is counted; joining samples
to a batch is not (0.1 ms an image).
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from nurie.data.augment import Augmentation, training_view
from nurie.data.drawings import TrainingData, read_drawings
from nurie.data.samples import palette_sample
from nurie.data.sources.drawing import Drawing

SIDE, GRID = 256, 64
REPEATS = 3  # what else runs on the machine only ever adds


def measure(
    data: TrainingData, prepare: Callable[[Drawing, np.random.Generator], object], count: int
) -> tuple[float, float]:
    """Seconds for an image, of the processor and on the clock: the mean over images of the best of `REPEATS`."""
    names = [data.names[index % len(data.names)] for index in range(count)]
    prepare(data.load(names[0]), np.random.default_rng(0))  # imports, graphs
    best = [np.min([_time(data, prepare, *named) for _ in range(REPEATS)], axis=0) for named in enumerate(names)]
    processor, clock = np.mean(best, axis=0).tolist()
    return processor, clock


def _time(
    data: TrainingData, prepare: Callable[[Drawing, np.random.Generator], object], number: int, name: str
) -> tuple[float, float]:
    processor, clock = time.process_time(), time.perf_counter()
    prepare(data.load(name), np.random.default_rng(number))
    return time.process_time() - processor, time.perf_counter() - clock


def view(method: str, true_regions: float) -> Callable[[Drawing, np.random.Generator], object]:
    """A view: colour, lines and regions."""
    augmentation = Augmentation(region_method=method)
    return lambda drawing, rng: training_view(
        drawing, rng, side=SIDE, true_regions=true_regions, augmentation=augmentation
    )


def palette(method: str, true_regions: float) -> Callable[[Drawing, np.random.Generator], object]:
    """A sample of the palette stage: a view, and what its network is told of each region."""
    make = view(method, true_regions)
    return lambda drawing, rng: palette_sample(*make(drawing, rng), grid=GRID)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shards", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200, help="images of each row (default: 200)")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    shards, folder = read_drawings(args.shards), read_drawings(args.folder)
    rows = [
        ("shards, read only", shards, lambda drawing, rng: drawing),
        ("shards, view, stored regions", shards, view("trapped_ball", 1.0)),
        ("shards, view, learned, a quarter stored (the default)", shards, view("learned", 0.25)),
        ("shards, view, close_gaps", shards, view("close_gaps", 0.0)),
        ("shards, view, trapped_ball", shards, view("trapped_ball", 0.0)),
        ("shards, view, learned", shards, view("learned", 0.0)),
        ("shards, palette sample, stored regions", shards, palette("trapped_ball", 1.0)),
        ("folder, read only", folder, lambda drawing, rng: drawing),
        ("folder, view, flood_fill", folder, view("flood_fill", 0.0)),
        ("folder, view, close_gaps", folder, view("close_gaps", 0.0)),
        ("folder, view, trapped_ball", folder, view("trapped_ball", 0.0)),
        ("folder, view, learned", folder, view("learned", 0.0)),
        ("folder, palette sample, learned", folder, palette("learned", 0.0)),
        ("folder, palette sample, close_gaps", folder, palette("close_gaps", 0.0)),
        ("folder, palette sample, trapped_ball", folder, palette("trapped_ball", 0.0)),
    ]
    print("| | ms | images/s/core | ms on the clock |\n|---|---|---|---|")
    for name, data, prepare in rows:
        processor, clock = measure(data, prepare, args.count)
        print(f"| {name} | {1000 * processor:.1f} | {1 / processor:.0f} | {1000 * clock:.1f} |", flush=True)


if __name__ == "__main__":
    main()

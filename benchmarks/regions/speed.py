"""Speed: medians over all methods in turn, the first call in a fresh process, and memory."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from benchmarks.regions.drawings import FIRST_SEED, Case, load_case
from benchmarks.regions.methods import Method
from benchmarks.regions.results import Record, load_results
from benchmarks.regions.stopwatch import Stopwatch
from nurie.arrays import Sketch

SIDES = (256, 512, 1024, 2048, 4096)
CORES = (1, 2)
DRAWING = "anime"
GAPS = 12
CELLS = (4, 8, 16, 32, 64, 128)
"""Rows and columns of the grids by which time is held against the number of regions."""
GRID_SIDE = 1024
GRID_LINE = 2  # pixels


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How long to measure."""

    repeats: int = 7
    patience: float = 20.0
    """Seconds: a method that took longer is timed once, and not at all on anything larger."""


def time_sides(
    methods: Sequence[Method], sides: Sequence[int], cores: Sequence[int], timing: Timing, cache: Path
) -> Iterator[Record]:
    """Median time of each method on one drawing at each side, on one core and on more."""
    for count in cores:
        rest = list(methods)
        for side in sorted(sides):
            sketch = _drawing(side, cache)
            with _cores(count):
                records = _time_in_turn(rest, sketch, timing)
            yield from ({"kind": "side", "side": side, "cores": count, **record} for record in records)
            rest = [method for method in rest if _is_quick(method, records, timing)]


def time_grids(methods: Sequence[Method], cells: Sequence[int], timing: Timing) -> Iterator[Record]:
    """Median time of each method on grids of ever more cells in a picture of the same size, on one core."""
    rest = list(methods)
    for count in cells:
        with _cores(1):
            records = _time_in_turn(rest, grid_drawing(count), timing)
        yield from ({"kind": "regions", "side": GRID_SIDE, "regions": count**2, **record} for record in records)
        rest = [method for method in rest if _is_quick(method, records, timing)]


def probe_processes(
    methods: Sequence[Method], sides: Sequence[int], linefiller: Path | None, timing: Timing, cache: Path
) -> Iterator[Record]:
    """Time and peak memory of the first call in a fresh process, imports left out and reported beside."""
    scratch = cache / "probe"
    scratch.mkdir(parents=True, exist_ok=True)
    rest = list(methods)
    for side in sorted(sides):
        drawing = scratch / f"{side}.npy"
        np.save(drawing, _drawing(side, cache))
        with _cores(1):
            records = [_probe(method, drawing, linefiller, scratch / "record.json") for method in rest]
        yield from ({"kind": "first", "side": side, **record} for record in records)
        rest = [method for method in rest if _is_quick(method, records, timing)]


def grid_drawing(cells: int) -> Sketch:
    """`cells` x `cells` squares parted by lines, at `GRID_SIDE`."""
    sketch = np.full((GRID_SIDE, GRID_SIDE), 255, np.uint8)
    for line in range(1, cells):
        start = line * GRID_SIDE // cells - GRID_LINE // 2
        sketch[start : start + GRID_LINE] = 0
        sketch[:, start : start + GRID_LINE] = 0
    return sketch


def _time_in_turn(methods: Sequence[Method], sketch: Sketch, timing: Timing) -> list[Record]:
    """One call of each method after the other, and so on: what disturbs the machine disturbs all of them."""
    walls: dict[str, list[float]] = {method.name: [] for method in methods}
    works: dict[str, list[float]] = {method.name: [] for method in methods}
    for turn in range(timing.repeats + 1):
        for method in methods:
            spent = sum(walls[method.name])
            if turn > 0 and spent > timing.patience:
                continue
            with Stopwatch() as watch:
                method.segment(sketch)
            if turn == 1 and spent <= timing.patience:
                # The call before was there to warm up.
                walls[method.name].clear()
                works[method.name].clear()
            walls[method.name].append(watch.seconds)
            works[method.name].append(watch.cpu_seconds)
    return [
        {
            "method": name,
            "seconds": round(median(wall), 6),
            "cpu_seconds": round(median(works[name]), 6),
            "fastest": round(min(wall), 6),
            "slowest": round(max(wall), 6),
            "repeats": len(wall),
        }
        for name, wall in walls.items()
    ]


def _probe(method: Method, drawing: Path, linefiller: Path | None, file: Path) -> Record:
    command = [sys.executable, "-m", "benchmarks.regions.probe", method.name, str(drawing), str(file)]
    subprocess.run([*command, *([] if linefiller is None else [str(linefiller)])], check=True)
    return load_results(file).records[0]


def _drawing(side: int, cache: Path) -> Sketch:
    return load_case(Case(DRAWING, FIRST_SEED, side, gaps=GAPS), cache).sketch


def _is_quick(method: Method, records: Sequence[Record], timing: Timing) -> bool:
    seconds = next(float(str(record["seconds"])) for record in records if record["method"] == method.name)
    return seconds <= timing.patience


@contextmanager
def _cores(count: int) -> Iterator[None]:
    """Bind this process and those it starts to `count` processors, or as many as there are."""
    all_cores, threads, openmp = os.sched_getaffinity(0), cv2.getNumThreads(), os.environ.get("OMP_NUM_THREADS")
    os.sched_setaffinity(0, sorted(all_cores)[:count])
    cv2.setNumThreads(count)
    os.environ["OMP_NUM_THREADS"] = str(count)
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)
        cv2.setNumThreads(threads)
        os.environ.pop("OMP_NUM_THREADS")
        if openmp is not None:
            os.environ["OMP_NUM_THREADS"] = openmp

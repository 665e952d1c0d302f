"""Time and memory of one drawing, step by step, in a process of its own."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from nurie.images import read_image, read_sketch
from nurie.inference import Colorizer
from nurie.inference.layers import LAYER_SUFFIXES, build_layers, encode_layers

WHOLE = "whole: file to file"
"""The step that all others but layers are part of."""


@dataclass(frozen=True)
class Step:
    """Seconds of one step."""

    name: str
    cpu: float
    wall: float


@dataclass
class Timing:
    """What one drawing costs."""

    steps: list[Step] = field(default_factory=list)
    regions: int = 0
    peak_megabytes: float = 0.0
    """Of the process when the picture has been written; layers come after it."""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        self.steps.append(Step(name, time.process_time() - cpu, time.perf_counter() - wall))


def measure_apart(path: Path, threads: int) -> Timing:
    """`measure` in a fresh process, whose peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (path, threads))


def measure(path: Path, threads: int) -> Timing:
    """Colour a drawing whole, with everything loaded; then time its steps, a further suggestion and its layers."""
    cv2.setNumThreads(threads)
    timing = Timing()
    colorizer = Colorizer(threads=threads)
    colorizer(np.full((64, 64), 255, np.uint8))  # what is only done once
    saved = path.with_name("result.png")
    with timing.step(WHOLE):
        (result,) = colorizer(path)
        result.save(saved)
    timing.regions = len(result.colors)
    timing.peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    del result
    _measure_steps(timing, colorizer, path, saved)
    return timing


def _measure_steps(timing: Timing, colorizer: Colorizer, path: Path, saved: Path) -> None:
    kept: dict[str, Any] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401  whatever the step gives
        with timing.step(name):
            kept[name] = work()
        return kept[name]

    picture = timed("  read", lambda: read_image(path))
    timed("  clean", lambda: read_sketch(picture))
    encoded = timed("  read, clean and cut", lambda: colorizer.encode(path))
    timed("  describe and encode", lambda: encoded.tokens)
    timed("  palette, flats and lines", lambda: encoded.sample(0))
    result = timed("  further suggestion", lambda: encoded.sample(1))
    timed("  encode and write", lambda: result.save(saved))
    stack = timed("layers: build", lambda: build_layers(result))
    for suffix in LAYER_SUFFIXES:
        timed(f"layers: encode {suffix}", lambda suffix=suffix: encode_layers(stack, suffix))

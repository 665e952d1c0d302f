"""One page of `nurie color`: what is left alone, what is drawn, and what is written."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

from nurie.arrays import RegionMap
from nurie.cli.look import Look, open_reference
from nurie.cli.paths import Job
from nurie.cli.records import describe_source
from nurie.errors import InputError, OutputError
from nurie.images import IMAGE_SUFFIXES, Picture, encode_image, read_image, replace_file
from nurie.inference import Colorizer, Encoded, Result
from nurie.inference.layers import LAYER_SUFFIXES, build_layers, encode_layers
from nurie.inference.sidecar import make_sidecar, read_sidecar, sidecar_path, write_sidecar
from nurie.regions.from_file import read_regions
from nurie.sketch.line_art import Kind, judge_drawing

DONE = "done before"
COLORED = "in color already"

WRITABLE = (*IMAGE_SUFFIXES, *LAYER_SUFFIXES)
"""Suffixes of results."""


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """What is wanted of every page."""

    n: int = 1
    seed: int = 0
    """Of every page; to that of a page that was found, not named, its name is added, unless pages shall be alike: one
    seed gives the first regions of all drawings like colours."""
    suffix: str = ".png"
    """Of a picture in a pipe."""
    layers_by: str = "color"
    """One of `nurie.inference.layers.GROUPINGS`, for files that hold layers."""
    regions: Path | None = None
    """A region map to use instead of cutting the drawing."""
    sidecar: bool = True
    """Whether a record is written beside each picture."""
    resume: bool = False
    """Whether pages are left out whose pictures are there, newer, and of the same options."""
    skip_colored: bool = True
    """Whether pages that were found, not named, are left out if they are coloured already."""
    copy_colored: bool = False
    """Whether those are put beside the results as they are: a book shall not lose its cover."""
    one_look: bool = False
    """Whether the first page that is coloured is the reference of all others."""
    options: Mapping[str, Any]
    """For the record; with other ones a page is not done before."""


class PagePainter:
    """Colours pages."""

    def __init__(self, colorizer: Colorizer, look: Look, settings: PageSettings) -> None:
        """With the colours of `look`."""
        self._colorizer = colorizer
        self.look = look
        self._settings = settings

    def needs_first(self) -> bool:
        """Whether pages must still be done one after the other: until one is there that all others shall be like."""
        return self._settings.one_look and not self.look.style.references

    def __call__(self, job: Job) -> str:
        """Colour one page, or say why it is left alone.

        Raises:
            NurieError: it cannot be read, coloured or written.
        """
        targets = number_targets(job, self._settings.n)
        if self._settings.resume and self._is_done(job, targets):
            if self.needs_first() and targets[0] is not None:
                self.look = self.look.like(open_reference(self._colorizer, targets[0]))
            return DONE
        source = job.read()
        drawing = read_image(source, max_pixels=self._colorizer.max_pixels)
        if job.found and self._settings.skip_colored and judge_drawing(drawing).kind is Kind.COLORED:
            self._copy(job, source)
            return COLORED
        encoded = self._colorizer.encode(drawing, regions=self._read_regions(drawing))
        results = self.look.draw(encoded, self._settings.n, self._choose_seed(job))
        for result, target in zip(results, targets, strict=True):
            self._write(job, encoded, result, target)
            if self.needs_first():
                self.look = self.look.like(encoded.refer(result.colors))
        return ""

    def _choose_seed(self, job: Job) -> int:
        """The seed of a page: that of the options; one of its own, where pages were found that need not be alike."""
        alike = self._settings.one_look or bool(self.look.style.references)
        name = job.page or job.source
        if not job.found or alike or name is None:
            return self._settings.seed
        return self._settings.seed + crc32(Path(name).stem.encode())

    def _read_regions(self, drawing: Picture) -> RegionMap | None:
        if self.look.pick is not None:
            sheet, number = self.look.pick
            sheet.check(drawing, number)
            return sheet.regions
        path = self._settings.regions
        shape = drawing.color.shape[:2]
        return None if path is None else read_regions(path, shape, max_pixels=self._colorizer.max_pixels)

    def _is_done(self, job: Job, targets: Sequence[Path | None]) -> bool:
        if job.source is None:
            return False
        made = job.source.stat().st_mtime_ns
        for target in targets:
            if target is None or not target.is_file() or target.stat().st_mtime_ns < made:
                return False
            if self._settings.sidecar and not self._has_options(sidecar_path(target)):
                return False
        return True

    def _has_options(self, path: Path) -> bool:
        try:
            sidecar = read_sidecar(path)
        except InputError:
            return False
        same_weights = sidecar.weights_sha256 == self._colorizer.networks.sha256
        return same_weights and sidecar.options == self._settings.options

    def _copy(self, job: Job, source: Path | bytes) -> None:
        if self._settings.copy_colored and job.target is not None:
            data = source if isinstance(source, bytes) else source.read_bytes()
            suffix = Path(job.page or job.source or "").suffix
            replace_file(job.target.with_suffix(suffix or ".png"), data)

    def _write(self, job: Job, encoded: Encoded, result: Result, target: Path | None) -> None:
        suffix = self._settings.suffix if target is None else target.suffix.lower()
        data = encode_result(result, suffix, layers_by=self._settings.layers_by)
        if target is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        replace_file(target, data)
        if self._settings.sidecar:
            drawing = describe_source(job, target.parent)
            record = make_sidecar(encoded, result, drawing=drawing, options=self._settings.options)
            write_sidecar(sidecar_path(target), record)


def encode_result(result: Result, suffix: str, *, layers_by: str) -> bytes:
    """The file of a result that a suffix says: a picture, or layers.

    Raises:
        MissingExtraError: the library for .psd is not installed.
    """
    if suffix in LAYER_SUFFIXES:
        return encode_layers(build_layers(result, by=layers_by), suffix)
    return encode_image(result.pixels, IMAGE_SUFFIXES[suffix], dpi=result.dpi, icc=result.ink.icc)


def number_path(path: Path, number: int, n: int) -> Path:
    """`a.png` itself for n = 1, otherwise `a-1.png` and so on."""
    return path if n == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def number_targets(job: Job, n: int) -> list[Path | None]:
    """Where the pictures of one drawing go; None is a pipe."""
    if job.target is None:
        return [None]
    return [number_path(job.target, number, n) for number in range(1, n + 1)]


def check_targets(jobs: Sequence[Job], n: int) -> None:
    """Look at the names of all results: `plan_jobs` has checked them before they were numbered.

    Raises:
        InputError: a result would replace an input.
        OutputError: a suffix that cannot be written.
    """
    sources = {job.source.resolve() for job in jobs if job.source is not None}
    for target in chain.from_iterable(number_targets(job, n) for job in jobs):
        if target is None:
            continue
        if target.resolve() in sources:
            raise InputError(f"{target} is an input and would be replaced; choose another -o")
        if target.suffix.lower() not in WRITABLE:
            raise OutputError(f"{target} has no picture suffix that can be written; use {', '.join(WRITABLE)}")

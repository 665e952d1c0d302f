"""A corpus: drawings written once by `nurie corpus`, read many times by training and evaluation.

A folder with three pictures for each drawing (`nurie.data.drawing_files`) and a list of them
(`nurie.data.corpus_list`). A drawing counts from the moment its line is in a list, which is after its
pictures are. So an interrupted writing can go on where it stopped, and gives the same bytes as one
that was never stopped.
"""

import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cv2

from nurie.data.corpus_list import LIST, NEW, Meta, as_line, has_list, read_lists, write_list
from nurie.data.drawing_files import has_pictures, load_drawing, make_folders, save_drawing
from nurie.data.sources import SOURCES
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.folder import load_picture, scan_folder
from nurie.errors import DataError, InputError, OutputError

TEST_SEEDS_FROM = 900_000
"""Seeds from here on are for tests; training refuses their drawings."""

QUEUE = 4
"""Drawings that wait for each process, so that none is idle."""

Progress = Callable[[Iterable[str]], Iterable[str]]
"""Passes names through, and may show how many have passed; such as `tqdm`."""


@dataclass(frozen=True)
class Corpus:
    """A folder of drawings that has been looked at; can be pickled."""

    directory: Path
    names: tuple[str, ...]
    """Sorted by source and seed, or for a folder of pictures by path."""
    meta: Mapping[str, Meta] = field(repr=False)
    """Name -> line of the list; empty for a folder of pictures."""
    skipped: tuple[str, ...] = ()
    """One sentence for each picture of a plain folder that cannot be used."""

    @property
    def test_names(self) -> tuple[str, ...]:
        """The drawings that training refuses, by `TEST_SEEDS_FROM`."""
        return tuple(name for name in self.names if self.meta and self.meta[name]["seed"] >= TEST_SEEDS_FROM)

    def siblings(self, name: str) -> tuple[str, ...]:
        """The other drawings of the same character, which has the same colours there; mostly none."""
        cast = self._casts.get(_cast(self.meta.get(name, {})), ())
        return tuple(other for other in cast if other != name)

    @cached_property
    def _casts(self) -> Mapping[object, tuple[str, ...]]:
        casts: dict[object, list[str]] = {}
        for name, line in self.meta.items():
            if _cast(line) is not None:
                casts.setdefault(_cast(line), []).append(name)
        return {cast: tuple(names) for cast, names in casts.items()}

    def load(self, name: str) -> Drawing:
        """Read one drawing; for a plain folder of pictures lines and regions are found on the fly.

        Raises:
            DataError: no such name, or its files are missing or damaged.
            ImageError: a picture of a plain folder cannot be read.
        """
        if name not in (self.meta or self.names):
            raise DataError(f"{self.directory} has no drawing {name!r}; choose one of its names")
        if not self.meta:
            return load_picture(self.directory, name)
        return load_drawing(self.directory, name, self.meta[name])


def read_corpus(directory: str | Path) -> Corpus:
    """Look at a corpus, which may still be growing, or at any folder of color pictures.

    Raises:
        DataError: no such folder, nothing in it that can be used, or a damaged list.
    """
    directory = Path(directory)
    if not directory.is_dir():
        raise DataError(f"{directory} is no folder; write a corpus with nurie corpus -o {directory}")
    if has_list(directory):
        meta = read_lists(directory)
        if not meta:
            raise DataError(f"{directory} lists no drawings; write some with nurie corpus")
        return Corpus(directory, tuple(meta), meta)
    folder = scan_folder(directory)
    if not folder.names:
        raise DataError(
            f"{directory} has neither a {LIST} nor a picture that can be read; "
            f"write a corpus with nurie corpus -o {directory}"
        )
    return Corpus(directory, folder.names, {}, folder.skipped)


def _cast(line: Meta) -> object:
    """Whom the drawing of a line of the list shows, where that is a character that is drawn again; or None."""
    return None if "character" not in line else (line.get("source"), line["character"])


def drawing_name(source: str, seed: int) -> str:
    """What the drawing of a seed is called, such as `anime-000123`."""
    return f"{source}-{seed:06d}"


def write_corpus(
    directory: str | Path,
    source: str,
    seeds: Iterable[int],
    *,
    workers: int = 1,
    side: int = 256,
    progress: Progress | None = None,
) -> None:
    """Draw a source's drawings of these seeds into a corpus, new or old; those that are there stay.

    Args:
        directory: the corpus.
        source: one of `SOURCES`.
        seeds: may be in any order; the corpus is sorted by seed.
        workers: processes that draw; 1 draws in this one. Does not change what is written.
        side: of the drawings, in pixels.
        progress: is given the names, each once its drawing is there, and passes all of them on.

    Raises:
        InputError: an unknown source, a negative seed, or no worker.
        DataError: the corpus has a damaged list, or drawings of this source with another side.
        OutputError: the corpus cannot be written.
        MissingExtraError: a package or a system library that drawing needs is missing.
    """
    directory = Path(directory)
    seeds = sorted(set(seeds))
    _check(source, seeds, workers)
    make_folders(directory)
    listed = read_lists(directory)
    if (directory / NEW).exists():
        write_list(directory)  # of a process that was killed: its last line may be half
    _check_side(directory, listed, source, side)
    seed_of = {drawing_name(source, seed): seed for seed in seeds}
    there = {name for name in seed_of if name in listed and has_pictures(directory, name)}
    missing = [seed for name, seed in seed_of.items() if name not in there]
    drawn = _write_missing(directory, partial(_draw, directory, source, side), missing, workers)
    names = chain(sorted(there), drawn)
    try:
        for _ in progress(names) if progress else names:
            pass
    finally:
        drawn.close()
        write_list(directory)


def _write_missing(
    directory: Path, draw: Callable[[int], dict[str, Any]], seeds: list[int], workers: int
) -> Generator[str, None, None]:
    """Draw these seeds, note each in the new list, and give its name."""
    try:
        new = (directory / NEW).open("a", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{directory / NEW} cannot be written: {error.strerror}") from None
    with new:
        for meta in _mapped(draw, seeds, workers):
            new.write(as_line(meta))
            new.flush()
            yield meta["name"]


def _draw(directory: Path, source: str, side: int, seed: int) -> dict[str, Any]:
    """Draw one seed, write its pictures, and return its line of the list."""
    drawing = SOURCES[source](seed, side=side)
    name = drawing_name(source, seed)
    save_drawing(directory, name, drawing)
    parts = [[part.kind, part.owner, part.name] for part in drawing.parts]
    return {"name": name, "side": side, **drawing.meta, "parts": parts}


def _mapped(draw: Callable[[int], dict[str, Any]], seeds: list[int], workers: int) -> Iterator[dict[str, Any]]:
    """Draw all seeds; with several workers in the order in which they are ready."""
    if workers == 1:
        yield from map(draw, seeds)
        return
    # Spawned, not forked: skia and OpenCV have threads whose locks a fork would copy.
    with ProcessPoolExecutor(workers, get_context("spawn"), _be_a_worker) as pool:
        waiting = iter(seeds)
        running: set[Future[dict[str, Any]]] = set()
        try:
            while True:
                free = QUEUE * workers - len(running)
                running |= {pool.submit(draw, seed) for seed in islice(waiting, free)}
                if not running:
                    return
                ready, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in ready)
        except BrokenProcessPool:
            raise OutputError(
                "a drawing process was ended from outside, perhaps for want of memory; "
                "run again with fewer workers, what is drawn is kept"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _be_a_worker() -> None:
    """Leave Ctrl-C to the process that keeps the list, and the other cores to the other workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)


def _check(source: str, seeds: list[int], workers: int) -> None:
    if source not in SOURCES:
        raise InputError(f"unknown source {source!r}; choose from {', '.join(SOURCES)}")
    if seeds and seeds[0] < 0:
        raise InputError(f"seeds of drawings are 0 or more, got {seeds[0]}")
    if workers < 1:
        raise InputError(f"drawing needs at least 1 worker, got {workers}")


def _check_side(directory: Path, listed: Mapping[str, Meta], source: str, side: int) -> None:
    for name, meta in listed.items():
        if meta.get("source") == source and meta.get("side", side) != side:
            raise DataError(
                f"{directory} has drawings of side {meta['side']}, such as {name}; "
                f"draw with that side, or write those of side {side} to another folder"
            )

"""Which drawing comes when: a pure function of (seed, rank, images_seen), so that resuming repeats nothing.

Images stand in one endless stream. Place p shows drawing p of a shuffled corpus, which is shuffled anew
each time round; process r of w takes every batch's r-th share, in one part or (`accumulate`) several.
What is random about the sample at a place depends on (seed, place) alone: not on the worker, nor on how many processes
share the batch.

Shards are shuffled as a whole, and then the drawings of `WINDOW` shards at a time: an order as exactly known as that of
a corpus, in which what is read together lies together.
"""

import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from multiprocessing import get_all_start_methods, set_forkserver_preload
from typing import Any, Generic, TypeVar

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from nurie.data.drawings import Cast, Drawings
from nurie.data.mosaic import PANELS, draw_page
from nurie.data.shard_corpus import ShardNames
from nurie.errors import InputError, NurieError, TrainingError
from nurie.training.config import TrainConfig
from nurie.training.distributed import Machine
from nurie.training.kept_views import KeptViews
from nurie.training.noise import Noise
from nurie.training.stage import Part, Prepare, SampleT, Stage

ORDER, SAMPLE, SHEET, STEP, PAGE, REFERENCE = range(6)
"""Keys that keep the streams of random numbers apart."""

WINDOW = 16
"""Shards whose drawings are shuffled together: half a gigabyte, which the system keeps in memory."""

Order = np.ndarray[tuple[int], np.dtype[np.int64]]

BatchT = TypeVar("BatchT")


@dataclass(frozen=True)
class Split:
    """The drawings for sheets come first, the ones to train on after them."""

    sheet: Sequence[str]
    training: Sequence[str]


def split(names: Sequence[str], sheet_drawings: int) -> Split:
    """Set the first drawings aside for sheets; a folder too small for that is used whole for both."""
    names = names if isinstance(names, ShardNames) else tuple(names)
    if len(names) < 2 * sheet_drawings:
        return Split(names[:sheet_drawings], names)
    return Split(names[:sheet_drawings], names[sheet_drawings:])


def drawing_at(place: int, num_drawings: int, seed: int, blocks: tuple[int, ...] = ()) -> int:
    """Which drawing the stream shows at `place`; each one once per round.

    `blocks` are the numbers of drawings of shards, in order; they add up to `num_drawings`.
    """
    round_, position = divmod(place, num_drawings)
    return int(_order(num_drawings, seed, round_, blocks)[position])


def step_seed(seed: int, rank: int, images_seen: int) -> int:
    """The seed of torch's random numbers in one step of one process: 64 bits, well mixed."""
    return int(np.random.SeedSequence((seed, STEP, rank, images_seen)).generate_state(1, np.uint64)[0])


@dataclass(frozen=True)
class Samples(Dataset[Any], Generic[SampleT]):
    """Place in the stream -> prepared sample."""

    drawings: Drawings
    names: Sequence[str]
    prepare: Prepare[SampleT]
    seed: int
    views: int = 0
    kept: KeptViews | None = None
    mosaics: float = 0.0
    side: int = 256
    """Pixels: of the pages that mosaics are."""
    referenced: float = 0.0
    """Share of the samples with another drawing of the same character, where there is one, as `reference`."""

    def __getitem__(self, place: int) -> SampleT | NurieError:
        """The sample; a user's mistake is handed over, not raised, so that it keeps its one sentence."""
        blocks = self.names.blocks if isinstance(self.names, ShardNames) else ()
        index = drawing_at(place, len(self.names), self.seed, blocks)
        name = self.names[index]
        try:
            sample = self._sample(name, index, place, SAMPLE)
            reference = self._choose_reference(name, place)
            if reference is None:
                return sample
            other = self._sample(reference, self.names.index(reference), place, REFERENCE)
            return replace(sample, reference=other)  # type: ignore[type-var]
        except NurieError as error:
            return error

    def _sample(self, name: str, index: int, place: int, stream: int) -> SampleT:
        """The view of a drawing at a place; a fresh one by the dice of `stream`, a kept one is the same for all."""
        if not self.views or self.kept is None:
            return self._prepare(name, place, stream)
        view = place // len(self.names) % self.views
        make = partial(self._prepare, name, index * self.views + view, SAMPLE)
        return self.kept.fetch(f"{name}-{view}", self.prepare, make)

    def _choose_reference(self, name: str, place: int) -> str | None:
        if not self.referenced or not isinstance(self.drawings, Cast):
            return None
        dice = np.random.default_rng((self.seed, REFERENCE, place))
        others = [other for other in self.drawings.siblings(name) if other in self.names]
        return str(dice.choice(others)) if others and dice.random() < self.referenced else None

    def _prepare(self, name: str, key: int, stream: int) -> SampleT:
        drawing = self.drawings.load(name)
        page = np.random.default_rng((self.seed, PAGE, key))
        if self.mosaics and page.random() < self.mosaics:
            others = page.integers(len(self.names), size=page.integers(PANELS[0], PANELS[1] + 1) - 1)
            panels = [drawing, *(self.drawings.load(self.names[int(other)]) for other in others)]
            drawing = draw_page(panels, page, side=self.side)
        return self.prepare(drawing, np.random.default_rng((self.seed, stream, key)))


def places(config: TrainConfig, machine: Machine, images_seen: int) -> Iterator[list[int]]:
    """For ever: the places in the stream of the next part of this process's share of a batch."""
    share = machine.share(config.batch_size)
    if share % config.accumulate:
        raise InputError(
            f"a share of {share} images cannot be divided into accumulate={config.accumulate} parts; choose a divisor"
        )
    size = share // config.accumulate
    while True:
        first = images_seen + machine.rank * share
        for start in range(first, first + share, size):
            yield list(range(start, start + size))
        images_seen += config.batch_size


def batches(
    stage: Stage[SampleT, BatchT],
    drawings: Drawings,
    config: TrainConfig,
    machine: Machine,
    images_seen: int,
    kept: KeptViews | None = None,
) -> Generator[list[Part[BatchT]], None, None]:
    """This process's share of every batch from `images_seen` on, in parts; `config.workers` processes prepare them.

    With `config.views` the prepared samples are kept in `kept`.

    Raises:
        NurieError: whatever reading or preparing a drawing raised.
    """
    names = split(drawings.names, config.sheet_drawings).training
    seed = config.stream_seed
    loader = DataLoader(
        Samples(
            drawings, names, stage.prepare, seed, config.views, kept, config.mosaics, config.side, config.referenced
        ),
        batch_sampler=_Endless(config, machine, images_seen),
        collate_fn=_Collate(stage.collate),
        num_workers=config.workers,
        worker_init_fn=_be_a_worker,
        multiprocessing_context=_start_method() if config.workers else None,
        pin_memory=False,
    )
    noises = (Noise(seed, part) for part in places(config, machine, images_seen))
    parts = []
    for batch in loader:
        if isinstance(batch, NurieError):
            raise batch
        parts.append(Part(batch, next(noises)))
        if len(parts) == config.accumulate:
            yield parts
            parts = []


def _start_method() -> str:
    """How workers start: forked from here they would inherit locks of torch's threads and a CUDA context of no use.

    Where there is a fork server they come from that: it has read all modules before, so that each starts at once, and
    they end without taking the interpreter down. A spawned worker does, and torch aborts now and then if its queue's
    thread is still at work then.
    """
    if "forkserver" not in get_all_start_methods():
        return "spawn"
    set_forkserver_preload([__name__])
    return "forkserver"


@contextmanager
def lost_workers() -> Iterator[None]:
    """Turn the loader's complaint about a worker that died into one sentence; it may arrive at any time.

    Raises:
        TrainingError: a worker died.
    """
    try:
        yield
    except RuntimeError as error:
        if "DataLoader worker" not in str(error):
            raise
        raise TrainingError(
            f"a process that prepares drawings died ({_reason(str(error))}); if memory ran out, set fewer workers; "
            "go on from the last checkpoint with --resume"
        ) from error


def _reason(complaint: str) -> str:
    """The end of sentences like 'DataLoader worker (pid 7) is killed by signal: Killed. '."""
    return complaint.strip().splitlines()[0].partition("DataLoader worker ")[2].strip(" .")


def sheet_samples(stage: Stage[SampleT, BatchT], drawings: Drawings, config: TrainConfig) -> list[SampleT]:
    """The fixed examples: the same samples at every call of every run with this seed."""
    names = split(drawings.names, config.sheet_drawings).sheet
    return [
        stage.prepare(drawings.load(name), np.random.default_rng((config.seed, SHEET, number)))
        for number, name in enumerate(names)
    ]


@dataclass(frozen=True)
class _Endless:
    """`places` as something that can be iterated afresh, as DataLoader wants it."""

    config: TrainConfig
    machine: Machine
    images_seen: int

    def __iter__(self) -> Iterator[list[int]]:
        return places(self.config, self.machine, self.images_seen)


@dataclass(frozen=True)
class _Collate(Generic[SampleT, BatchT]):
    collate: Callable[[list[SampleT]], BatchT]

    def __call__(self, samples: list[SampleT | NurieError]) -> BatchT | NurieError:
        errors = [sample for sample in samples if isinstance(sample, NurieError)]
        return errors[0] if errors else self.collate(samples)  # type: ignore[arg-type]


@lru_cache(maxsize=2)  # a batch may span two rounds
def _order(num_drawings: int, seed: int, round_: int, blocks: tuple[int, ...]) -> Order:
    rng = np.random.default_rng((seed, ORDER, round_))
    if not blocks:
        return rng.permutation(num_drawings)
    ends = np.cumsum(blocks)
    assert ends[-1] == num_drawings, "blocks have all drawings"
    shards = rng.permutation(len(blocks))
    windows = (shards[start : start + WINDOW] for start in range(0, len(blocks), WINDOW))
    return np.concatenate(
        [
            rng.permutation(np.concatenate([np.arange(ends[i] - blocks[i], ends[i]) for i in window]))
            for window in windows
        ]
    )


def _be_a_worker(number: int) -> None:
    """One thread each, and leave signals to the training process, which saves first and then ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    torch.set_num_threads(1)
    cv2.setNumThreads(0)

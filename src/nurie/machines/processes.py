"""Work in this process, or in several of this computer."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import cv2

from nurie.errors import InputError, OutputError
from nurie.machines.machines import ResultT, TaskT, Tick, Work

QUEUE = 4
"""Tasks that wait for each process, so that none is idle."""

TICK = 0.25
"""Seconds between two looks at how far the processes are."""


@dataclass(frozen=True)
class Processes:
    """This computer; one worker is this process itself."""

    workers: int = 1
    copies: bool = False
    """Whether processes may be copies of this one, with all that it has loaded, where that is safe (`can_fork`)."""

    def __post_init__(self) -> None:
        """Refuse to work with nobody."""
        if self.workers < 1:
            raise InputError(f"there must be at least 1 worker, got {self.workers}")

    def map(self, work: Work[TaskT, ResultT], tasks: Sequence[TaskT], tick: Tick) -> Iterator[ResultT]:
        """Do all tasks.

        Raises:
            OutputError: a worker was killed from outside.
        """
        if self.workers == 1 or len(tasks) == 1:
            yield from (work(task, tick) for task in tasks)
            return
        context: BaseContext = get_context("fork" if self.copies and can_fork() else "spawn")
        done = context.Value("q", 0)
        workers = min(self.workers, max(1, len(tasks)))
        with ProcessPoolExecutor(workers, context, _be_a_worker, (done,)) as pool:
            try:
                yield from _as_ready(pool, work, iter(tasks), QUEUE * workers, _Meter(done, tick))
            except BrokenProcessPool:
                raise OutputError(
                    "a working process was ended from outside, perhaps for want of memory; "
                    "run again with fewer workers, what is done is kept"
                ) from None
            finally:
                pool.shutdown(cancel_futures=True)


def can_fork() -> bool:
    """Whether this process has one thread only, and the system can copy it with all that it has loaded.

    Copying a process with more threads (of skia, of OpenCV) would copy locks that nobody opens.
    """
    threads = Path("/proc/self/task")
    return threads.is_dir() and len(list(threads.iterdir())) == 1


class _Meter:
    """Passes on what the processes have counted since the last look."""

    def __init__(self, done: "Synchronized[int]", tick: Tick) -> None:
        self._done, self._tick, self._seen = done, tick, 0

    def look(self) -> None:
        now = self._done.value
        self._tick(now - self._seen)
        self._seen = now


def _as_ready(
    pool: ProcessPoolExecutor, work: Work[TaskT, ResultT], tasks: Iterator[TaskT], queue: int, meter: _Meter
) -> Iterator[ResultT]:
    running: set[Future[ResultT]] = set()
    while True:
        running |= {pool.submit(_do, work, task) for task in islice(tasks, queue - len(running))}
        if not running:
            return
        ready, running = wait(running, TICK, FIRST_COMPLETED)
        meter.look()
        yield from (future.result() for future in ready)


_done: "Synchronized[int] | None" = None  # of a worker: what it shares with the process that asked


def _be_a_worker(done: "Synchronized[int]") -> None:
    """Leave Ctrl-C to the process that asked, the other cores to the others, and end when that process does."""
    global _done
    _done = done
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    wait_for([parent.sentinel])
    os._exit(1)  # nobody is left to tell


def _do(work: Work[TaskT, ResultT], task: TaskT) -> ResultT:
    return work(task, _count)


def _count(number: int) -> None:
    assert _done is not None
    with _done.get_lock():
        _done.value += number

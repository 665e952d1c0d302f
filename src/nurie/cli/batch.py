"""Many pictures: several at once, errors at the end, and an exit code that tells."""

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from nurie.cli import EXIT_USER_ERROR, report_error
from nurie.cli.paths import Job
from nurie.cli.progress import Progress
from nurie.errors import NurieError

MOST_WORKERS = 4
"""Pictures at once unless asked otherwise: each needs memory of its own."""

Work = Callable[[Job], str]
"""Does one job; what it returns is said beside its name, such as why nothing was done."""


def count_workers(asked: int | None, num_jobs: int) -> int:
    """How many pictures are worked on at once."""
    if asked is not None:
        return min(asked, num_jobs)
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(cores, num_jobs, MOST_WORKERS))


def run_batch(
    jobs: Sequence[Job], work: Work, *, workers: int = 1, alone: Callable[[], bool] = lambda: False, debug: bool = False
) -> int:
    """Do `work` for each job, in threads; one that fails is reported, and the rest still done.

    As long as `alone` says so, one job is done after the other.

    Returns:
        0, or 2 if any failed; those are listed once more at the end.
    """
    progress = Progress(len(jobs))
    failed: dict[Job, str] = {}

    def do(job: Job) -> None:
        try:
            note = work(job)
        except NurieError as error:
            progress.clear()
            report_error(error, debug=debug)
            failed[job] = note = "failed"
        progress.step(job.name, note)

    waiting = list(jobs)
    while waiting and (workers == 1 or alone()):
        do(waiting.pop(0))
    _run_threads(waiting, do, workers)
    if failed and len(jobs) > 1:
        names = ", ".join(job.name for job in jobs if job in failed)
        print(f"{len(failed)} of {len(jobs)} not colored: {names}", file=sys.stderr)
    return EXIT_USER_ERROR if failed else 0


def _run_threads(jobs: Sequence[Job], do: Callable[[Job], None], workers: int) -> None:
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(do, job) for job in jobs]
        try:
            for future in as_completed(futures):
                future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

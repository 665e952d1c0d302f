"""Many pictures: several at once, errors at the end, and an exit code that tells."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from nurie.cli import EXIT_USER_ERROR, report_error
from nurie.cli.paths import Job
from nurie.cli.progress import Progress
from nurie.errors import NurieError
from nurie.machines import Machines, Work
from nurie.machines.processes import can_fork

MOST_WORKERS = 4
"""Pictures at once unless asked otherwise: each needs memory of its own."""

COPIED, SPAWNED = 2, 8
"""Pictures for each process, which is a copy of this one or has to load everything anew: fewer are done sooner here."""


@dataclass(frozen=True)
class Outcome:
    """What became of a job."""

    job: Job
    note: str = ""
    """What there is to say beside its name, such as why nothing was done."""
    error: NurieError | None = None


def attempt(job: Job, work: Callable[[Job], str]) -> Outcome:
    """Do a job; what the user can mend is part of the outcome."""
    try:
        return Outcome(job, work(job))
    except NurieError as error:
        return Outcome(job, "failed", error)


def count_workers(asked: int | None, num_jobs: int) -> int:
    """How many pictures are worked on at once."""
    if asked is not None:
        return min(asked, num_jobs)
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(cores, num_jobs // (COPIED if can_fork() else SPAWNED), MOST_WORKERS))


@dataclass
class Batch:
    """Does jobs, says how far it is, and remembers which ones failed."""

    jobs: Sequence[Job]
    debug: bool = False
    _failed: set[Job] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin to count the time."""
        self._progress = Progress(len(self.jobs))
        self._waiting = list(self.jobs)

    def do_here(self, work: Callable[[Job], str], must: Callable[[Job], bool]) -> None:
        """Do jobs in this process, one after the other, as long as the next one must be."""
        while self._waiting and must(self._waiting[0]):
            self._note(attempt(self._waiting.pop(0), work))

    def do_on(self, machines: Machines, work: Work[Job, Outcome]) -> None:
        """Do all that are left; one that fails is reported, and the rest still done."""
        for outcome in machines.map(work, self._waiting, _ignore):
            self._note(outcome)
        self._waiting = []

    def finish(self) -> int:
        """0, or 2 if any failed; those are listed once more."""
        if self._failed and len(self.jobs) > 1:
            names = ", ".join(job.name for job in self.jobs if job in self._failed)
            print(f"{len(self._failed)} of {len(self.jobs)} not colored: {names}", file=sys.stderr)
        return EXIT_USER_ERROR if self._failed else 0

    def _note(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            self._progress.clear()
            report_error(outcome.error, debug=self.debug)
            self._failed.add(outcome.job)
        self._progress.step(outcome.job.name, outcome.note)


def _ignore(_: int) -> None:
    """Pictures are counted by their outcomes."""

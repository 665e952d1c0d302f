import io
from pathlib import Path

import pytest

from nurie.cli.batch import MOST_WORKERS, Batch, Outcome, attempt, count_workers
from nurie.cli.paths import Job
from nurie.cli.progress import Progress
from nurie.errors import InputError
from nurie.machines.processes import Processes

JOBS = [Job(Path(f"{k}.png"), Path(f"out/{k}.png")) for k in range(6)]


def color(job, tick):
    return attempt(job, refuse_some)


def refuse_some(job):
    if job.source.stem in ("1", "4"):
        raise InputError(f"{job.source} is bad")
    return ""


def divide_by_nothing(job, tick):
    raise ZeroDivisionError


@pytest.mark.parametrize("workers", [1, 2])
def test_failures_are_listed_at_the_end_and_the_exit_code_tells(workers, capsys):
    batch = Batch(JOBS)
    batch.do_on(Processes(workers), color)
    assert batch.finish() == 2
    lines = capsys.readouterr().err.splitlines()
    assert "nurie: error: 1.png is bad" in lines
    assert sum(line.startswith("[") for line in lines) == 6
    assert lines[-1] == "2 of 6 not colored: 1.png, 4.png"


def test_all_went_well():
    batch = Batch(JOBS[2:4])
    batch.do_on(Processes(), color)
    assert batch.finish() == 0


def test_jobs_that_must_be_done_here_come_first_and_in_order():
    here, there = [], []
    batch = Batch(JOBS)
    batch.do_here(lambda job: here.append(job) or "", lambda job: len(here) < 4)
    batch.do_on(Processes(), lambda job, tick: there.append(job) or Outcome(job))
    assert here == JOBS[:4]
    assert there == JOBS[4:]
    assert batch.finish() == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_bugs_are_not_swallowed(workers):
    with pytest.raises(ZeroDivisionError):
        Batch(JOBS).do_on(Processes(workers), divide_by_nothing)


def test_how_many_at_once():
    assert count_workers(3, 10) == 3
    assert count_workers(3, 2) == 2
    assert count_workers(None, 1) == 1
    assert 1 <= count_workers(None, 100) <= MOST_WORKERS


def test_progress_counts_and_says_what_is_left(monkeypatch):
    clock = iter([0.0, 10.0, 20.0])
    monkeypatch.setattr("nurie.cli.progress.monotonic", lambda: next(clock))
    stream = io.StringIO()
    progress = Progress(3, stream)
    for name in ("a", "b", "c"):
        progress.step(name, "done before" if name == "b" else "")
    assert stream.getvalue() == "[1/3] a  0:20 left\n[2/3] b (done before)  0:10 left\n[3/3] c\n"


def test_on_a_terminal_one_line_moves(monkeypatch):
    monkeypatch.setattr("nurie.cli.progress.monotonic", lambda: 0.0)

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream = Terminal()
    progress = Progress(2, stream)
    progress.step("a")
    progress.clear()
    progress.step("b")
    text = stream.getvalue()
    assert text.count("\n") == 1
    assert text.endswith(f"{'#' * 24} [2/2] b\n")
    assert f"{'#' * 12}{'.' * 12} [1/2] a" in text

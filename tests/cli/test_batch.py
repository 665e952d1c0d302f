import io
from pathlib import Path
from threading import Barrier, Lock

import pytest

from nurie.cli.batch import MOST_WORKERS, count_workers, run_batch
from nurie.cli.paths import Job
from nurie.cli.progress import Progress
from nurie.errors import InputError

JOBS = [Job(Path(f"{k}.png"), Path(f"out/{k}.png")) for k in range(6)]


def test_failures_are_listed_at_the_end_and_the_exit_code_tells(capsys):
    def work(job):
        if job.source.stem in ("1", "4"):
            raise InputError(f"{job.source} is bad")
        return ""

    assert run_batch(JOBS, work, workers=2) == 2
    lines = capsys.readouterr().err.splitlines()
    assert "nurie: error: 1.png is bad" in lines
    assert lines[-1] == "2 of 6 not colored: 1.png, 4.png"
    assert run_batch(JOBS, lambda job: "") == 0


def test_jobs_run_at_the_same_time():
    barrier = Barrier(2, timeout=30)  # broken if two are never there at once

    def work(job):
        barrier.wait()
        return ""

    assert run_batch(JOBS, work, workers=2) == 0


def test_jobs_that_go_alone_come_first_and_in_order():
    order, lock = [], Lock()

    def work(job):
        with lock:
            order.append(job)
        return ""

    assert run_batch(JOBS, work, workers=3, alone=lambda: len(order) < 4) == 0
    assert order[:4] == JOBS[:4]
    assert set(order) == set(JOBS)


def test_bugs_are_not_swallowed():
    def work(job):
        raise ZeroDivisionError

    for workers in (1, 2):
        with pytest.raises(ZeroDivisionError):
            run_batch(JOBS, work, workers=workers)


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

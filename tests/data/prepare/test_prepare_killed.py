"""Killed by SIGKILL, as by a power cut: nothing can be tidied up, and the next run still ends with the same bytes."""

import os
import signal
import subprocess
import sys
import time

import pytest
from heaps import digests, write_heap

COMMAND = ["prepare", "--side", "64", "--regions", "trapped_ball", "--shard-size", "20", "--val", "0.1"]
PATIENCE = 120  # seconds; a moment that never comes fails the test

MOMENTS = {
    "while listing": lambda out: any(out.glob("work")),
    "while looking": lambda out: any(out.glob("work/plan.json")),
    "after the first chunk": lambda out: any(out.glob("work/look-*.jsonl")),
    "while writing": lambda out: any(out.glob("work/train-*.jsonl")),
    "after two shards": lambda out: len(list(out.glob("*.tar"))) >= 2,
    "before the report": lambda out: len(list(out.glob("*.tar"))) >= 8,
    "while tidying up": lambda out: any(out.glob("shards.json")),
}


def start(heap, out, workers):
    words = [*COMMAND, str(heap), "-o", str(out), "--workers", str(workers)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "nurie", *words], env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )


def kill_when(process, moment, *, whole_group):
    """Whether the moment came before the process was done."""
    end = time.monotonic() + PATIENCE
    while not moment():
        if process.poll() is not None:
            return False
        assert time.monotonic() < end, "the moment never came"
        time.sleep(0.002)
    if whole_group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()  # the workers find out by themselves
    process.wait()
    return True


@pytest.fixture(scope="module")
def heap(tmp_path_factory):
    return write_heap(tmp_path_factory.mktemp("heap"), 170)


@pytest.fixture(scope="module")
def whole(heap, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    assert start(heap, out, 1).wait() == 0
    return digests(out)


@pytest.mark.slow
@pytest.mark.parametrize("whole_group", [True, False], ids=["all", "parent"])
def test_killed_at_every_moment_in_turn_it_ends_as_if_never_stopped(heap, whole, tmp_path, whole_group):
    out = tmp_path / "out"
    killed = [
        name
        for name, moment in MOMENTS.items()
        if kill_when(start(heap, out, 2), lambda moment=moment: moment(out), whole_group=whole_group)
    ]
    assert start(heap, out, 2).wait() == 0
    assert digests(out) == whole
    assert len(killed) >= 5, killed

import os
import subprocess
import sys
import threading
from functools import partial

import pytest

from nurie.errors import InputError, OutputError
from nurie.machines.processes import Processes, can_fork


def square(number, tick):
    tick(1)
    return number * number


def die(number, tick):
    if number == 3:
        os._exit(9)
    return number


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_is_done_and_counted(workers):
    told = []
    results = Processes(workers).map(square, range(20), told.append)
    assert sorted(results) == [number * number for number in range(20)]
    assert sum(told) == 20


def test_no_task_is_no_process():
    assert list(Processes(2).map(square, [], print)) == []


def test_a_process_that_dies_is_one_sentence():
    with pytest.raises(OutputError, match=r"ended from outside.*fewer workers, what is done is kept"):
        list(Processes(2).map(die, range(8), partial(int)))


def test_somebody_must_work():
    with pytest.raises(InputError, match="at least 1 worker, got 0"):
        Processes(0)


COPIES = """
from nurie.machines.processes import Processes, can_fork

loaded = []

def count(task, tick):
    return len(loaded)

loaded.append("what takes long to load")
assert can_fork()
print(set(Processes(2, copies=True).map(count, range(4), print)) - {None})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_copies_have_what_was_loaded():
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", COPIES]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.splitlines()[-1] == "{1}"


def test_a_process_with_threads_is_not_copied():
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        assert not can_fork()
    finally:
        end.set()
        other.join()

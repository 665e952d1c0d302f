import os
from functools import partial

import pytest

from nurie.errors import InputError, OutputError
from nurie.machines.processes import Processes


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

from itertools import islice

import numpy as np
import pytest
import torch
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.errors import DataError, InputError
from nurie.training.batches import batches, drawing_at, places, sheet_samples, split, step_seed
from nurie.training.distributed import Machine

CPU = Machine(torch.device("cpu"))


def ranks(world):
    return [Machine(torch.device("cpu"), rank, world) for rank in range(world)]


def first_batches(count, *, images_seen=0, machine=CPU, **changes):
    config = toy_config(**changes)
    stage = ToyStage(config, machine)
    return list(islice(batches(stage, ToyDrawings(), config, machine, images_seen), count))


def test_each_round_shows_every_drawing_once_in_another_order():
    rounds = [[drawing_at(place, 7, 0) for place in range(7 * r, 7 * r + 7)] for r in range(3)]
    assert all(sorted(order) == list(range(7)) for order in rounds)
    assert rounds[0] != rounds[1] != rounds[2]


def test_processes_share_each_batch_and_together_see_the_stream():
    whole = list(islice(places(6, CPU, 12), 2))
    parts = [list(islice(places(6, machine, 12), 2)) for machine in ranks(3)]
    assert whole == [[12, 13, 14, 15, 16, 17], [18, 19, 20, 21, 22, 23]]
    assert [[*a, *b, *c] for a, b, c in zip(*parts, strict=True)] == whole


def test_a_batch_that_cannot_be_shared_is_refused():
    with pytest.raises(InputError, match="batch of 8 cannot be shared by 3"):
        next(places(8, ranks(3)[0], 0))


def test_starting_later_gives_the_later_batches():
    late = first_batches(1, images_seen=8)[0]
    assert torch.equal(first_batches(3)[2].x, late.x)


def test_two_processes_see_the_halves_of_the_batch():
    whole = first_batches(1)[0]
    halves = [first_batches(1, machine=machine)[0] for machine in ranks(2)]
    assert torch.equal(torch.cat([half.x for half in halves]), whole.x)


def test_another_seed_gives_other_batches():
    assert not torch.equal(first_batches(1)[0].x, first_batches(1, seed=1)[0].x)


@pytest.mark.slow
def test_workers_change_nothing():
    alone, helped = first_batches(4), first_batches(4, workers=2)
    assert all(torch.equal(a.x, b.x) for a, b in zip(alone, helped, strict=True))


@pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_a_damaged_drawing_is_one_sentence(workers):
    config = toy_config(workers=workers)
    stream = batches(ToyStage(config, CPU), ToyDrawings(broken=5), config, CPU, 0)
    with pytest.raises(DataError, match=r"^toy-000005 is damaged; draw it again$"):
        list(islice(stream, 4))


def test_drawings_for_sheets_are_not_trained_on():
    parts = split(list("abcdef"), 2)
    assert parts.sheet == ("a", "b")
    assert parts.training == tuple("cdef")
    assert split(list("abc"), 2).training == tuple("abc")


def test_sheets_show_the_same_samples_again():
    config = toy_config()
    stage = ToyStage(config, CPU)
    once, twice = (sheet_samples(stage, ToyDrawings(), config) for _ in range(2))
    assert len(once) == 2
    assert all(np.array_equal(a[0], b[0]) for a, b in zip(once, twice, strict=True))


def test_step_seeds_differ_in_every_argument():
    seeds = {step_seed(*key) for key in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 8)]}
    assert len(seeds) == 4
    assert all(0 <= seed < 2**64 for seed in seeds)

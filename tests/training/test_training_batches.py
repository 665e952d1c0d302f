from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.data.drawings import read_drawings
from nurie.data.prepare import PrepareConfig, prepare
from nurie.data.samples import UNKNOWN
from nurie.errors import DataError, InputError
from nurie.images import write_image
from nurie.training.batches import batches, drawing_at, places, sheet_samples, split, step_seed
from nurie.training.distributed import Machine
from nurie.training.palette import KIND, PaletteStage

CPU = Machine(torch.device("cpu"))


def ranks(world):
    return [Machine(torch.device("cpu"), rank, world) for rank in range(world)]


def first_batches(count, *, images_seen=0, machine=CPU, **changes):
    config = toy_config(**changes)
    stage = ToyStage(config, machine)
    return [parts[0].batch for parts in islice(batches(stage, ToyDrawings(), config, machine, images_seen), count)]


def test_each_round_shows_every_drawing_once_in_another_order():
    rounds = [[drawing_at(place, 7, 0) for place in range(7 * r, 7 * r + 7)] for r in range(3)]
    assert all(sorted(order) == list(range(7)) for order in rounds)
    assert rounds[0] != rounds[1] != rounds[2]


def test_processes_share_each_batch_and_together_see_the_stream():
    whole = list(islice(places(toy_config(batch_size=6), CPU, 12), 2))
    parts = [list(islice(places(toy_config(batch_size=6), machine, 12), 2)) for machine in ranks(3)]
    assert whole == [[12, 13, 14, 15, 16, 17], [18, 19, 20, 21, 22, 23]]
    assert [[*a, *b, *c] for a, b, c in zip(*parts, strict=True)] == whole


def test_a_batch_that_cannot_be_shared_is_refused():
    with pytest.raises(InputError, match="batch of 8 cannot be shared by 3"):
        next(places(toy_config(batch_size=8), ranks(3)[0], 0))


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


def test_shards_are_shuffled_in_windows_and_each_drawing_comes_once_a_round(monkeypatch):
    monkeypatch.setattr("nurie.training.batches.WINDOW", 2)
    blocks = (5, 4, 3, 4, 1)
    shard_of = np.repeat(np.arange(5), blocks)
    rounds = [[drawing_at(place, 17, 3, blocks) for place in range(17 * r, 17 * r + 17)] for r in range(3)]
    assert all(sorted(order) == list(range(17)) for order in rounds)
    assert rounds[0] != rounds[1] != rounds[2]
    for order in rounds:
        shards = shard_of[order].tolist()
        spans = [(shards.index(shard), 17 - shards[::-1].index(shard)) for shard in range(5)]
        together = [sum(a < d and c < b for c, d in spans) for a, b in spans]
        assert max(together) <= 2  # a shard mixes with at most one other


@pytest.fixture
def shards(tmp_path):
    packed = tmp_path / "shards"
    heap = tmp_path / "heap"
    heap.mkdir()
    for number in range(12):
        color = np.random.default_rng(number).integers(60, 255, (1, 1, 3), np.uint8)
        picture = np.broadcast_to(color, (140, 140, 3)).copy()
        picture[60:66], picture[:, 30 + 4 * number : 34 + 4 * number] = 0, 0
        write_image(heap / f"{number}.png", picture)
    config = PrepareConfig(
        sources=(str(heap),), side=48, regions="flood_fill", shard_size=3, val=0.0, test=0.0, filters=False
    )
    prepare(config, packed)
    return read_drawings(packed)


def palette_batches(drawings, count, *, images_seen=0, machine=CPU, **changes):
    config = replace(
        KIND.presets["tiny"], side=48, batch_size=4, workers=0, region_method="flood_fill", sheet_drawings=2, **changes
    )
    stage = PaletteStage(config, machine)
    return [parts[0].batch for parts in islice(batches(stage, drawings, config, machine, images_seen), count)]


def test_shards_resume_at_an_exact_position(shards):
    whole = palette_batches(shards, 5)
    late = palette_batches(shards, 2, images_seen=12)
    assert all(torch.equal(a.sketch, b.sketch) for a, b in zip(whole[3:], late, strict=True))
    assert not torch.equal(whole[0].sketch, whole[1].sketch)


def test_processes_share_the_batches_of_shards(shards):
    whole = palette_batches(shards, 2)
    halves = [palette_batches(shards, 2, machine=machine) for machine in ranks(2)]
    for number, batch in enumerate(whole):
        assert torch.equal(torch.cat([half[number].sketch for half in halves]), batch.sketch)


def test_mosaics_have_more_regions_and_are_as_exact(shards):
    plain, pages = palette_batches(shards, 3), palette_batches(shards, 3, mosaics=1.0)
    regions = [float(np.mean([batch.regions.present.sum(1).mean() for batch in run])) for run in (plain, pages)]
    assert regions[1] > 1.5 * regions[0]
    assert torch.equal(palette_batches(shards, 1, images_seen=8, mosaics=1.0)[0].sketch, pages[2].sketch)


def test_a_plain_folder_is_trained_on_without_being_prepared(tmp_path, shards):
    folder = read_drawings(tmp_path / "heap")
    batch = palette_batches(folder, 1)[0]
    assert batch.regions.present.sum(1).min() >= 2
    assert (batch.kinds == UNKNOWN).all()


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

from collections import Counter

import numpy as np
import pytest

from nurie.data.prepare.assign import assign
from nurie.data.prepare.config import PrepareConfig


def config(**options):
    return PrepareConfig(sources=("a",), **options)


def look(seed, **more):
    rng = np.random.default_rng(seed)
    return {"sha256": rng.bytes(32).hex(), "look": f"{int(rng.integers(2**63)):016x}", **more}


def splits(assignment):
    return {number: shard.name.partition("-")[0] for shard in assignment.shards for number in shard.numbers}


def test_shards_are_filled_in_order():
    assignment = assign([look(n) for n in range(10)], config(val=0.0, test=0.0, shard_size=4))
    assert [(s.name, s.numbers) for s in assignment.shards] == [
        ("train-000000", (0, 1, 2, 3)),
        ("train-000001", (4, 5, 6, 7)),
        ("train-000002", (8, 9)),
    ]


def test_shares_are_kept():
    counts = Counter(splits(assign([look(n) for n in range(4000)], config(val=0.1, test=0.2))).values())
    assert counts["val"] == pytest.approx(400, abs=60)
    assert counts["test"] == pytest.approx(800, abs=80)
    assert counts.total() == 4000


def test_copies_are_dropped_and_rejected_ones_are_nowhere():
    looks = [look(1), {"rejected": "corrupt"}, look(2), look(1), look(1)]
    assignment = assign(looks, config())
    assert assignment.duplicates == {3: 0, 4: 0}
    assert set(splits(assignment)) == {0, 2}


def test_what_looks_alike_is_never_parted():
    looks = [look(n) for n in range(600)]
    for number in range(0, 600, 2):
        alike = int(looks[number]["look"], 16) ^ (1 << number % 64)
        looks[number + 1]["look"] = f"{alike:016x}"
    assignment = assign(looks, config(val=0.3, test=0.3))
    where = splits(assignment)
    assert all(where[number] == where[number + 1] for number in range(0, 600, 2))
    assert len(set(where.values())) == 3
    assert all(assignment.groups[number + 1] == number for number in range(0, 600, 2))


def test_more_pictures_leave_the_others_where_they_were():
    before = splits(assign([look(n) for n in range(300)], config(val=0.2, test=0.2)))
    after = splits(assign([look(n) for n in range(500)], config(val=0.2, test=0.2)))
    assert all(after[number] == split for number, split in before.items())


def test_drawings_for_tests_go_to_the_tests():
    looks = [look(n, test=n >= 20) for n in range(40)]
    where = splits(assign(looks, config(val=0.0, test=0.0)))
    assert {number for number, split in where.items() if split == "test"} == set(range(20, 40))


def test_nothing_kept_is_no_shard():
    assert assign([{"rejected": "corrupt"}], config()).shards == ()

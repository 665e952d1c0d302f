"""Step 3: which pictures are kept, in which split, in which shard. A function of what was seen alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Int64, UInt64

from nurie.data.prepare.config import SPLITS, PrepareConfig
from nurie.data.prepare.fingerprint import group_alike

DUPLICATE = "duplicate"


class ShardPlan(NamedTuple):
    """A shard to write."""

    name: str
    numbers: tuple[int, ...]
    """Of the pictures, in the order of the list."""


@dataclass(frozen=True)
class Assignment:
    """Everything that is decided before anything is written."""

    shards: tuple[ShardPlan, ...]
    duplicates: Mapping[int, int]
    """Number of a picture -> number of the first with the same bytes."""
    groups: Mapping[int, int]
    """Number of a kept picture that is alike to another -> number of the first of its group."""


def assign(looks: Iterable[Mapping[str, Any]], config: PrepareConfig) -> Assignment:
    """Drop copies, keep near duplicates together, and split by hash.

    A group goes where the smallest SHA-256 in it says, so adding pictures moves few of those that were there. Drawings
    with seeds for tests go to `test`.
    """
    seen = _Seen.of(looks)
    _, first, inverse = np.unique(seen.identity, return_index=True, return_inverse=True)
    original = first[inverse.ravel()]
    kept = original == np.arange(len(seen.numbers))
    duplicates = zip(seen.numbers[~kept].tolist(), seen.numbers[original[~kept]].tolist(), strict=True)
    numbers, identity = seen.numbers[kept], seen.identity[kept]
    group = group_alike(seen.look[kept])
    splits = np.where(seen.test[kept], SPLITS.index("test"), _split(group, identity, config))
    shards = chain.from_iterable(
        _shards(split, numbers[splits == index], config.shard_size) for index, split in enumerate(SPLITS)
    )
    shared = np.bincount(group, minlength=len(group))[group] > 1
    groups = zip(numbers[shared].tolist(), numbers[group[shared]].tolist(), strict=True)
    return Assignment(tuple(shards), dict(duplicates), dict(groups))


class _Seen(NamedTuple):
    """What was seen in the pictures that were not rejected, in columns: millions of them fit into memory."""

    numbers: Int64[np.ndarray, " pictures"]
    identity: UInt64[np.ndarray, " pictures"]
    """The first 64 bits of the SHA-256: of 4 million pictures, two agree by chance once in two million heaps."""
    look: UInt64[np.ndarray, " pictures"]
    test: np.ndarray

    @classmethod
    def of(cls, looks: Iterable[Mapping[str, Any]]) -> "_Seen":
        rows = [
            (number, int(look["sha256"][:16], 16), int(look.get("look", "0"), 16), look.get("test", False))
            for number, look in enumerate(looks)
            if "rejected" not in look
        ]
        numbers, identity, seen, test = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(
            np.array(numbers, np.int64), np.array(identity, np.uint64), np.array(seen, np.uint64), np.array(test, bool)
        )


def _split(
    group: Int64[np.ndarray, " pictures"], identity: UInt64[np.ndarray, " pictures"], config: PrepareConfig
) -> Int64[np.ndarray, " pictures"]:
    smallest = np.full(len(group), np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(smallest, group, identity)
    place = smallest[group] / 2.0**64
    is_test, is_val = place < config.test, place < config.test + config.val
    return np.where(is_test, SPLITS.index("test"), np.where(is_val, SPLITS.index("val"), SPLITS.index("train")))


def _shards(split: str, numbers: Int64[np.ndarray, " pictures"], size: int) -> Iterable[ShardPlan]:
    for index, start in enumerate(range(0, len(numbers), size)):
        yield ShardPlan(f"{split}-{index:06d}", tuple(numbers[start : start + size].tolist()))

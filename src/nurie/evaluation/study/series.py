"""What one rater sees, in which order.

The sets of a rater come in rounds. In a round every method is seen once, so that no method has only the fresh or only
the tired rater; the order within a round is random. Sets of one sketch come far apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nurie.evaluation.study.settings import SCALE, StudySettings

TOLD = tuple(score for score in SCALE if score != 3)
"""What raters are told to choose: never the middle, where those click who do not read."""


class Kind(StrEnum):
    """Why a set is shown."""

    RATING = "rating"
    REPEAT = "repeat"
    INSTRUCTED = "instructed"


@dataclass(frozen=True)
class Item:
    """A set of pictures on one page: what a method made of a sketch."""

    kind: Kind
    sketch: str
    method: str
    told: int | None = None
    """The number to choose, for `Kind.INSTRUCTED`."""


def make_series(settings: StudySettings, sketches: Sequence[str], rater: int) -> list[Item]:
    """Give the series of the rater number `rater`, counted from 0: the same one for the same settings.

    Every (sketch, method) of the rater's sketches comes once as `Kind.RATING`. Raters take turns with the sketches:
    after a full turn all sketches have been given equally often.
    """
    rng = np.random.default_rng((settings.seed, rater))
    ratings = _rounds(settings.methods, _pick_sketches(settings, sketches, rater), rng)
    return _add_checks(ratings, settings, rng)


def _pick_sketches(settings: StudySettings, sketches: Sequence[str], rater: int) -> list[str]:
    shuffled = np.random.default_rng(settings.seed).permutation(len(sketches))
    count = min(settings.sketches_per_rater, len(sketches)) or len(sketches)
    return [sketches[shuffled[(rater * count + i) % len(sketches)]] for i in range(count)]


def _rounds(methods: Sequence[str], sketches: list[str], rng: np.random.Generator) -> list[Item]:
    """Make one round a sketch: in round r, the m-th method gets the sketch r + m n / M, counted around."""
    sketches = [sketches[i] for i in rng.permutation(len(sketches))]
    order = [methods[i] for i in rng.permutation(len(methods))]
    offsets = [position * len(sketches) // len(methods) for position in range(len(methods))]
    items: list[Item] = []
    for turn in range(len(sketches)):
        row = [
            Item(Kind.RATING, sketches[(turn + offset) % len(sketches)], method)
            for method, offset in zip(order, offsets, strict=True)
        ]
        row = [row[i] for i in rng.permutation(len(row))]
        if items and row[0].sketch == items[-1].sketch:
            row.append(row.pop(0))
        items += row
    return items


def _add_checks(ratings: list[Item], settings: StudySettings, rng: np.random.Generator) -> list[Item]:
    """Put repeats of the first third among the last third, and told ones, with pictures seen before, in between."""
    third = -(-len(ratings) // 3)
    items = list(ratings)
    for _ in range(settings.instructed):
        place = int(rng.integers(third, max(third, len(ratings) - third) + 1))
        seen = ratings[int(rng.integers(third))]
        items.insert(place, Item(Kind.INSTRUCTED, seen.sketch, seen.method, int(rng.choice(TOLD))))
    for i in rng.permutation(third)[: settings.repeats]:
        place = int(rng.integers(len(items) - third + 1, len(items) + 1))
        items.insert(place, Item(Kind.REPEAT, ratings[i].sketch, ratings[i].method))
    return items

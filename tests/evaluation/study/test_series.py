from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.evaluation.study.series import TOLD, Kind, make_series
from nurie.evaluation.study.settings import StudySettings


def settings(methods, **others):
    return StudySettings(methods=tuple(f"m{i}" for i in range(methods)), **others)


def names(count):
    return [f"s{i}" for i in range(count)]


sizes = {
    "methods": st.integers(1, 6),
    "sketches": st.integers(1, 9),
    "rater": st.integers(0, 30),
    "seed": st.integers(0, 99),
}


def ratings(items):
    return [item for item in items if item.kind is Kind.RATING]


@given(**sizes)
def test_each_sketch_comes_once_for_each_method(methods, sketches, rater, seed):
    series = ratings(make_series(settings(methods, seed=seed), names(sketches), rater))
    assert Counter((item.sketch, item.method) for item in series) == Counter(
        {(sketch, f"m{i}"): 1 for sketch in names(sketches) for i in range(methods)}
    )


@given(**sizes)
def test_each_round_has_every_method_once(methods, sketches, rater, seed):
    series = ratings(make_series(settings(methods, seed=seed), names(sketches), rater))
    rounds = [series[i : i + methods] for i in range(0, len(series), methods)]
    assert all(len({item.method for item in turn}) == methods for turn in rounds)


@given(**sizes)
def test_no_sketch_comes_twice_in_a_row_if_there_are_enough(methods, sketches, rater, seed):
    series = ratings(make_series(settings(methods, seed=seed), names(sketches), rater))
    if sketches >= max(2, methods) and methods > 1:
        assert all(a.sketch != b.sketch for a, b in pairwise(series))


@given(**sizes, repeats=st.integers(0, 4), instructed=st.integers(0, 3))
def test_checks_show_what_was_seen_before(methods, sketches, rater, seed, repeats, instructed):
    chosen = settings(methods, seed=seed, repeats=repeats, instructed=instructed)
    series = make_series(chosen, names(sketches), rater)
    third = -(-methods * sketches // 3)
    assert sum(item.kind is Kind.REPEAT for item in series) == min(repeats, third)
    assert sum(item.kind is Kind.INSTRUCTED for item in series) == instructed
    for position, item in enumerate(series):
        before = {(other.sketch, other.method) for other in ratings(series[:position])}
        if item.kind is not Kind.RATING:
            assert (item.sketch, item.method) in before
        assert (item.told in TOLD) == (item.kind is Kind.INSTRUCTED)


def test_a_repeat_comes_a_third_of_the_series_later_at_least():
    for rater in range(50):
        series = make_series(settings(4, repeats=3), names(9), rater)
        places = {(item.sketch, item.method): i for i, item in enumerate(series) if item.kind is Kind.RATING}
        repeats = [(i, item) for i, item in enumerate(series) if item.kind is Kind.REPEAT]
        assert all(i - places[item.sketch, item.method] >= 12 for i, item in repeats)


def test_the_same_rater_has_the_same_series_and_another_one_another():
    chosen = settings(3)
    assert make_series(chosen, names(6), 4) == make_series(chosen, names(6), 4)
    assert make_series(chosen, names(6), 4) != make_series(chosen, names(6), 5)


@pytest.mark.parametrize(("sketches", "each", "raters"), [(6, 2, 3), (10, 4, 5), (7, 3, 7)])
def test_raters_take_turns_with_the_sketches(sketches, each, raters):
    chosen = settings(2, sketches_per_rater=each)
    count = Counter(
        item.sketch for rater in range(raters) for item in ratings(make_series(chosen, names(sketches), rater))
    )
    assert set(count.values()) == {2 * each * raters // sketches}


def test_methods_come_equally_early_on_average():
    chosen = settings(4)
    places = {method: [] for method in chosen.methods}
    for rater in range(400):
        for i, item in enumerate(ratings(make_series(chosen, names(6), rater))):
            places[item.method].append(i)
    # The mean place is 11.5; of 2400 places its standard error is below 0.03, since rounds are balanced.
    assert all(abs(sum(found) / len(found) - 11.5) < 0.15 for found in places.values())

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nurie.evaluation.region_scores import (
    PairScore,
    adjusted_rand_index,
    fragment_rate,
    leak_rate,
    overlap_regions,
    pair_score,
    score_regions,
)
from nurie.evaluation.tally import Tally

maps = arrays.arrays(np.int32, (4, 5), elements=st.integers(1, 4))


def picture(*rows):
    return np.array([[int(label) for label in row] for row in rows], np.int32)


TWO_HALVES = picture("1122", "1122")
ALL_ONE = picture("1111", "1111")
FOUR_COLUMNS = picture("1234", "1234")


def test_a_leak_costs_precision_and_a_fragment_recall():
    # Pairs: 28 in the whole, 6 + 6 in two halves, 4 x 1 in four columns.
    assert pair_score(TWO_HALVES, ALL_ONE) == PairScore(12 / 28, 1.0)
    assert pair_score(TWO_HALVES, FOUR_COLUMNS) == PairScore(1.0, 4 / 12)
    assert pair_score(TWO_HALVES, ALL_ONE).f1 == pytest.approx(2 * 12 / (12 + 28))


def test_adjusted_rand_of_the_textbook():
    # Hubert & Arabie's formula by hand: 8 pixels, table [[3, 1], [1, 3]]: (6 - 12 * 12 / 28) / (12 - 12 * 12 / 28).
    found = picture("1112", "1222")
    true = picture("1111", "2222")
    assert adjusted_rand_index(true, found) == pytest.approx((6 - 144 / 28) / (12 - 144 / 28))
    assert adjusted_rand_index(TWO_HALVES, ALL_ONE) == 0


def test_without_any_pair_nothing_is_wrong():
    nothing = np.zeros((2, 2), np.int32)
    single = picture("10", "00")
    for true in (nothing, single):
        assert pair_score(true, np.ones((2, 2), np.int32)) == PairScore(1.0, 1.0)
        assert adjusted_rand_index(true, np.ones((2, 2), np.int32)) == 1
    assert leak_rate(nothing, nothing) is None
    assert fragment_rate(nothing, nothing) is None
    assert score_regions(nothing, nothing).count_error == 0


def test_no_pair_in_common_is_zero():
    columns, rows = picture("12", "12"), picture("11", "22")
    assert pair_score(columns, rows).f1 == 0


def test_a_leak_counts_both_regions_and_only_them():
    true = picture("11112222333", "11112222333")
    joined = picture("11111111222", "11111111222")
    assert score_regions(true, joined).leaks == Tally(2, 3)
    assert leak_rate(true, true) == 0


def test_a_region_of_which_only_half_is_joined_does_not_leak():
    true = picture("11112222")
    assert leak_rate(true, picture("11111122")) == 0
    assert leak_rate(true, picture("11111112")) == 1


def test_a_region_is_split_when_nobody_holds_four_fifths_of_it():
    true = picture("1111111111")
    assert fragment_rate(true, picture("1111111122")) == 0
    assert fragment_rate(true, picture("1111111222")) == 1
    assert score_regions(true, picture("1111111222")).fragments == Tally(1, 1)


def test_lines_do_not_count():
    true = picture("1102", "1102")
    found = picture("1132", "1142")
    score = score_regions(true, found)
    assert score.pairs == PairScore(1.0, 1.0)
    assert (score.true_count, score.found_count, score.count_error) == (2, 2, 0)


def test_count_error_goes_both_ways():
    assert score_regions(TWO_HALVES, ALL_ONE).count_error == 0.5
    assert score_regions(TWO_HALVES, FOUR_COLUMNS).count_error == 1


def test_overlaps_count_every_pixel_once():
    overlaps = overlap_regions(TWO_HALVES, FOUR_COLUMNS)
    assert overlaps.pixels.tolist() == [2, 2, 2, 2]
    assert overlaps.true.tolist() == [0, 0, 1, 1]
    assert overlaps.true_areas.tolist() == [4, 4]
    assert overlaps.found_areas.tolist() == [2, 2, 2, 2]


@given(maps)
def test_the_truth_is_perfect(true):
    score = score_regions(true, true)
    assert score.pairs == PairScore(1.0, 1.0)
    assert score.adjusted_rand == 1
    assert score.leaks.hits == score.fragments.hits == score.count_error == 0


@given(maps, maps)
def test_exchanging_the_maps_exchanges_precision_and_recall(one, other):
    there, back = pair_score(one, other), pair_score(other, one)
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert adjusted_rand_index(one, other) == pytest.approx(adjusted_rand_index(other, one))


@given(maps, maps, st.permutations(range(4)), st.permutations(range(4)))
def test_the_numbers_of_the_labels_do_not_matter(true, found, true_order, found_order):
    renamed = np.array([0, *true_order])[true] + (true > 0), np.array([7, *found_order])[found]
    assert score_regions(*renamed) == score_regions(true, found)


@given(maps, maps)
def test_pairs_agree_with_counting_them_one_by_one(true, found):
    same = [labels.ravel()[:, None] == labels.ravel() for labels in (true, found)]
    once = np.triu(np.ones(same[0].shape, bool), 1)
    in_true, in_found, in_both = ((each & once).sum() for each in (*same, same[0] & same[1]))
    score = pair_score(true, found)
    assert score.precision == (in_both / in_found if in_found else 1)
    assert score.recall == (in_both / in_true if in_true else 1)


@given(maps, maps)
def test_joining_all_splits_nothing_and_leaks_all_of_several(true, found):
    whole = np.ones_like(true)
    assert fragment_rate(true, whole) == 0
    assert leak_rate(true, whole) == (1 if len(np.unique(true)) > 1 else 0)
    assert pair_score(true, found).f1 <= 1

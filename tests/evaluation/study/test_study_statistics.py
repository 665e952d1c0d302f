import numpy as np
import pytest

from nurie.evaluation.study.statistics import (
    estimate_differences,
    estimate_means,
    krippendorff_alpha,
    mean_scores,
    resampled_means,
)


def scores(values):
    """Nested lists [raters sketches methods questions]; None for no rating."""
    return np.array(values, dtype=float)


def one_number_each(numbers):
    """Raters who gave everything the same number: 3 sketches, 1 method, 1 question."""
    return np.broadcast_to(np.array(numbers, dtype=float)[:, None, None, None], (len(numbers), 3, 1, 1))


def test_means_are_over_all_ratings_and_the_mos_over_questions():
    values = scores([[[[1, 5], [2, 2]], [[3, 5], [2, 4]]], [[[5, 5], [None, None]], [[None, None], [4, 4]]]])
    # Method 0: question 0 has 1, 3, 5, question 1 has 5, 5, 5; method 1: 2, 2, 4 and 2, 4, 4.
    assert mean_scores(values) == pytest.approx(np.array([[3, 5, 4], [8 / 3, 10 / 3, 3]]))


def test_a_method_nobody_rated_has_no_mean():
    values = scores([[[[4], [None]]], [[[2], [None]]]])
    means = mean_scores(values)
    assert means[0] == pytest.approx([3, 3])
    assert np.isnan(means[1]).all()
    estimates = estimate_means(values, resampled_means(values, resamples=50))
    assert np.isnan([estimates[1][0].value, estimates[1][0].low, estimates[1][0].high]).all()
    assert estimates[1][0].ratings == 0


def test_raters_who_agree_leave_no_doubt():
    values = one_number_each([4, 4, 4, 4])
    estimate = estimate_means(values, resampled_means(values, resamples=200))[0][0]
    assert (estimate.value, estimate.low, estimate.high, estimate.ratings) == (4, 4, 4, 12)


def test_the_interval_of_two_raters_spans_both():
    # Of two raters a resample has both or one of them twice: 1, 3, 5 with shares 1/4, 1/2, 1/4.
    values = one_number_each([1, 5])
    resampled = resampled_means(values, resamples=20_000)[:, 0, 0]
    shares = [np.mean(resampled == mean) for mean in (1, 3, 5)]
    assert shares == pytest.approx([0.25, 0.5, 0.25], abs=0.02)
    estimate = estimate_means(values, resampled_means(values))[0][0]
    assert (estimate.value, estimate.low, estimate.high) == (3, 1, 5)


def test_one_rater_says_nothing_of_others():
    values = one_number_each([4])
    estimate = estimate_means(values, resampled_means(values))[0][0]
    assert estimate.value == 4
    assert np.isnan([estimate.low, estimate.high]).all()


def test_many_raters_give_the_interval_of_the_normal_distribution():
    rng = np.random.default_rng(0)
    numbers = rng.integers(1, 6, 200).astype(float)
    values = one_number_each(numbers)
    estimate = estimate_means(values, resampled_means(values))[0][0]
    half = 1.96 * numbers.std() / np.sqrt(200)
    assert [estimate.low, estimate.high] == pytest.approx([numbers.mean() - half, numbers.mean() + half], abs=0.02)


def test_ratings_of_one_rater_stay_together():
    """More sketches by the same raters, who rate all alike, make no interval narrower."""
    numbers = np.array([1, 2, 4, 5, 3, 3])
    few, many = (np.broadcast_to(numbers[:, None, None, None], (6, count, 1, 1)).astype(float) for count in (1, 50))
    a, b = (estimate_means(values, resampled_means(values))[0][0] for values in (few, many))
    assert (a.low, a.high) == (b.low, b.high)


def test_what_strict_raters_share_falls_out_of_a_difference():
    strictness = np.array([1, 2, 3, 4])
    values = np.stack([strictness + 1, strictness], -1)[:, None, :, None].astype(float)
    estimate = estimate_differences(values, resampled_means(values, resamples=500), 0, 1)[0]
    assert (estimate.value, estimate.low, estimate.high) == (1, 1, 1)
    means = estimate_means(values, resampled_means(values, resamples=500))
    assert means[0][0].high - means[0][0].low > 1


def test_a_difference_turned_around_has_the_other_sign():
    values = np.random.default_rng(1).integers(1, 6, (7, 5, 3, 2)).astype(float)
    resampled = resampled_means(values, resamples=300)
    a = estimate_differences(values, resampled, 0, 2)
    b = estimate_differences(values, resampled, 2, 0)
    for one, other in zip(a, b, strict=True):
        assert [one.value, one.low, one.high] == pytest.approx([-other.value, -other.high, -other.low])


def test_the_same_seed_gives_the_same_intervals():
    values = np.random.default_rng(1).integers(1, 6, (7, 5, 3, 2)).astype(float)
    assert np.array_equal(resampled_means(values, seed=3), resampled_means(values, seed=3))
    assert not np.array_equal(resampled_means(values, seed=3), resampled_means(values, seed=4))


def units(rows):
    """Raters times units as one method and one question."""
    return np.array(rows, dtype=float)[:, :, None, None]


def test_alpha_of_krippendorffs_own_example():
    """Four observers, twelve units with gaps: 0.815 for ordered categories.

    Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C and D.
    """
    gap = None
    example = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, gap, gap, gap],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, gap, 3],
        [gap, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, gap],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, gap],
    ]
    assert krippendorff_alpha(units(example), 0) == pytest.approx(0.815, abs=5e-4)


def test_alpha_at_its_ends():
    assert krippendorff_alpha(units([[1, 3, 5, 2], [1, 3, 5, 2]]), 0) == pytest.approx(1)
    # Two raters who always say the opposite: below what chance gives.
    assert krippendorff_alpha(units([[1, 5], [5, 1]]), 0) == pytest.approx(-0.5)


@pytest.mark.parametrize("rows", [[[3, 3], [3, 3]], [[1, 2, None], [None, None, 3]], [[1, 2, 3]]])
def test_alpha_is_not_defined_without_two_numbers_that_two_raters_gave(rows):
    assert krippendorff_alpha(units(rows), 0) is None


def test_alpha_of_chance_is_none_at_all():
    values = np.random.default_rng(0).integers(1, 6, (10, 400, 1, 1)).astype(float)
    assert krippendorff_alpha(values, 0) == pytest.approx(0, abs=0.02)

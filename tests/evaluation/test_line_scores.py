import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.errors import InputError
from nurie.evaluation.line_scores import LineScore, score_lines
from nurie.evaluation.tally import Tally

masks = hnp.arrays(bool, (14, 17))


def line(row, thickness=1):
    mask = np.zeros((40, 60), bool)
    mask[row : row + thickness, 5:55] = True
    return mask


@settings(max_examples=25)
@given(masks)
def test_lines_equal_themselves(mask):
    score = score_lines(mask, mask)
    assert score.precision == score.recall == score.f1 == 1


@settings(max_examples=25)
@given(masks, masks)
def test_swapping_found_and_true_swaps_precision_and_recall(a, b):
    one, other = score_lines(a, b), score_lines(b, a)
    assert (one.precision, one.recall) == (other.recall, other.precision)


@settings(max_examples=25)
@given(masks, masks, st.integers(0, 4))
def test_more_tolerance_never_scores_less(a, b, tolerance):
    near, far = (score_lines(a, b, tolerance=t) for t in (tolerance, tolerance + 1))
    assert near.precision <= far.precision
    assert near.recall <= far.recall


@pytest.mark.parametrize(("away", "expected"), [(0, 1), (2, 1), (3, 0)])
def test_two_pixels_away_is_near(away, expected):
    assert score_lines(line(10 + away), line(10)).f1 == expected


def test_thickness_does_not_count():
    score = score_lines(line(10, 5), line(12))
    assert score.precision == 1
    assert score.recall == pytest.approx(1, abs=0.1)  # thick lines end a little earlier when thinned


def test_half_of_a_line_is_half_of_recall():
    half = line(10)
    half[:, 30:] = False
    score = score_lines(half, line(10))
    assert score.precision == 1
    assert score.recall == pytest.approx(0.5, abs=0.05)


def test_nothing_found_is_precise_and_finds_nothing():
    score = score_lines(np.zeros((40, 60), bool), line(10))
    assert (score.precision, score.recall, score.f1) == (1, 0, 0)


def test_scores_add_up_by_length():
    total = LineScore(Tally(1, 2), Tally(3, 4)) + LineScore(Tally(2, 2), Tally(0, 4))
    assert total == LineScore(Tally(3, 4), Tally(3, 8))
    assert LineScore().f1 == 1


def test_wrong_arguments_are_refused():
    with pytest.raises(InputError, match="at least 0"):
        score_lines(line(3), line(3), tolerance=-1)

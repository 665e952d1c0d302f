import numpy as np
import pytest
from scored_drawings import make_person

from nurie.evaluation.picture_scores import References, mean_of, score_pictures, way_between
from nurie.evaluation.plausibility import skin_colors
from nurie.evaluation.tally import Tally


def featurize(pictures):
    return np.array([np.resize(p.mean((0, 1)), 8) for p in pictures], np.float32)


def references(count=3, **changes):
    drawings = [make_person(seed) for seed in range(count)]
    known = {"has_color": [True] * count, "true_regions": True, "skin": skin_colors(drawings), "featurize": featurize}
    return References(drawings, **{**known, **changes})


def test_the_truth_is_perfect():
    beside = references()
    scores = score_pictures([drawing.color for drawing in beside.drawings], beside)
    assert (scores.pictures, scores.compared) == (3, 3)
    assert scores.fid == pytest.approx(0, abs=1e-6)
    assert (scores.psnr, scores.ssim, scores.histogram) == (100, pytest.approx(1), 0)
    assert scores.deviation == pytest.approx(0, abs=1e-9)
    assert scores.change == 0
    assert scores.skin == scores.eyes == Tally(3, 3)
    assert scores.way is None


def test_drawings_without_a_truth_count_for_what_needs_none():
    beside = references(has_color=[True, False, True])
    pictures = [drawing.color for drawing in beside.drawings]
    pictures[1] = np.zeros_like(pictures[1])
    scores = score_pictures(pictures, beside)
    assert (scores.pictures, scores.compared) == (3, 2)
    assert scores.psnr == 100


def test_one_picture_has_no_distribution():
    beside = references(1)
    scores = score_pictures([beside.drawings[0].color], beside)
    assert scores.fid is None
    assert scores.kid is None
    assert scores.psnr == 100


def test_what_nobody_knows_is_not_scored():
    beside = references(has_color=[False] * 3, true_regions=False, skin=None, featurize=None)
    scores = score_pictures([drawing.color for drawing in beside.drawings], beside)
    assert scores.psnr is scores.ssim is scores.histogram is scores.deviation is scores.fid is None
    assert scores.skin == Tally()
    assert scores.change == 0


def test_the_mean_is_over_what_could_be_measured():
    assert mean_of([1.0, None, 3.0]) == 2
    assert mean_of([None]) is None
    assert mean_of([]) is None


def test_the_way_from_random_to_flattened():
    assert way_between(70.0, 70.0, 30.0) == 0
    assert way_between(30.0, 70.0, 30.0) == 1
    assert way_between(50.0, 70.0, 30.0) == 0.5
    assert way_between(90.0, 70.0, 30.0) == -0.5


@pytest.mark.parametrize("ends", [(None, 30.0), (70.0, None), (30.0, 30.0), (20.0, 30.0)])
def test_without_two_ends_there_is_no_way(ends):
    assert way_between(50.0, *ends) is None
    assert way_between(None, 70.0, 30.0) is None

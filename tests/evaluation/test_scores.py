import numpy as np
import pytest
from scored_drawings import make_drawing, make_person

from nurie.errors import DataError
from nurie.evaluation.painters import paint_truth
from nurie.evaluation.scores import Yardstick, make_yardstick, score_painter
from nurie.evaluation.tally import Tally


def featurize(pictures):
    rows = [[p.mean(), p.std(), p[0, 0, 0]] for p in pictures]
    return np.array(rows, np.float32).reshape(-1, 3)


@pytest.fixture(scope="module")
def drawings():
    return [make_person(seed, hair=(90, 60, 30 + 40 * seed)) for seed in range(4)]


def test_the_truth_scores_full_marks_and_never_varies(drawings):
    score = score_painter(drawings, paint_truth, make_yardstick(drawings, drawings, featurize))
    assert score.pictures == 4
    assert score.fid == pytest.approx(0, abs=1e-9)
    assert score.kid is not None
    assert (score.skin, score.eyes) == (Tally(4, 4), Tally(4, 4))
    assert (score.hair, score.heads) == (Tally(8, 8), Tally(4, 4))
    assert score.difference == 0


def test_each_drawing_is_painted_with_two_seeds_of_its_own(drawings):
    seeds = []

    def painter(drawing, seed):
        seeds.append(seed)
        return drawing.color

    told = []
    yardstick = make_yardstick(drawings, drawings)
    score_painter(drawings, painter, yardstick, seed=10, progress=lambda *at: told.append(at))
    assert seeds == [10, 11, 12, 13, 14, 15, 16, 17]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_green_people_score_nothing_but_agree_with_themselves(drawings):
    score = score_painter(
        drawings,
        lambda drawing, seed: np.full_like(drawing.color, (0, 200 * (seed % 2), 0)),
        make_yardstick(drawings, drawings, featurize),
    )
    assert score.skin == Tally(0, 4)
    assert score.eyes == Tally(4, 4)
    assert score.hair == Tally(8, 8)
    assert score.difference is not None
    assert score.difference > 50
    assert score.fid is not None
    assert score.fid > 0


def test_without_features_there_is_no_distance(drawings):
    score = score_painter(drawings, paint_truth, make_yardstick(drawings, drawings))
    assert score.fid is None
    assert score.kid is None


@pytest.mark.parametrize("count", [0, 1])
def test_less_than_two_drawings_have_no_distance_but_everything_else(drawings, count):
    some = drawings[:count]
    score = score_painter(some, paint_truth, make_yardstick(some, drawings, featurize))
    assert score.fid is None
    assert score.skin == Tally(count, count)
    assert score.difference == (0 if count else None)


def test_objects_without_people_have_no_figures():
    things = [make_drawing([("prop", 0, "")], [(9, 9, 9)])] * 2
    score = score_painter(things, paint_truth, Yardstick(np.zeros((1, 3))))
    assert (score.skin, score.eyes, score.hair, score.heads) == (Tally(),) * 4
    assert score.difference is None


def test_a_painter_must_keep_the_size(drawings):
    with pytest.raises(DataError, match="cannot be scored"):
        score_painter(drawings, lambda d, _: d.color[:, :-1], make_yardstick(drawings, drawings))

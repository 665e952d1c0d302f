import numpy as np
import pytest
import torch

from nurie.evaluation.codes import CodeScore, color_difference, largest_step, mean_distance, steps, way


def flat(value):
    return np.full((4, 4, 3), value, np.uint8)


def apart(a, b):
    return float(np.abs(a.astype(float) - b).mean())


def test_the_mean_distance_is_over_all_pairs():
    assert mean_distance([flat(0), flat(1), flat(3)], apart) == pytest.approx((1 + 3 + 2) / 3)
    with pytest.raises(ValueError, match="two pictures"):
        mean_distance([flat(0)], apart)


def test_only_paper_counts_for_the_difference_of_colours():
    sketch = np.zeros((4, 4), np.float32)
    sketch[:2] = 1
    other = flat(0)
    other[:2] = 255
    assert color_difference(flat(0), other, sketch) == 0
    assert color_difference(flat(0), other, 1 - sketch) == pytest.approx(100, abs=0.1)  # black and white
    assert color_difference(flat(0), other, np.ones((4, 4), np.float32)) == 0


def test_the_way_goes_straight_from_end_to_end():
    codes = way(torch.zeros(2), torch.tensor([3.0, -3.0]), 4)
    torch.testing.assert_close(codes, torch.tensor([[0.0, 0], [1, -1], [2, -2], [3, -3]]))


@pytest.mark.parametrize(
    ("values", "wanted"), [([0, 1, 2, 3], 1), ([0, 0, 0, 3], 3), ([5, 5, 5], 1), ([0, 1, 3], 4 / 3)]
)
def test_the_largest_step_is_measured_by_the_mean_one(values, wanted):
    assert largest_step(steps([flat(v) for v in values], apart)) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("difference", "step", "different", "smooth"), [(15.0, 3.0, True, True), (14.9, 3.1, False, False)]
)
def test_the_bounds(difference, step, different, smooth):
    score = CodeScore(
        drawings=1,
        codes=2,
        distance=0.1,
        difference=difference,
        truth_distance=0.1,
        largest_step=step,
        typical_step=1.0,
    )
    assert (score.different, score.smooth) == (different, smooth)

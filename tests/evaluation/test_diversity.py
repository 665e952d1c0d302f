import numpy as np
import pytest

from nurie.evaluation.diversity import diversity


def level(value):
    return np.full((2, 2, 3), value, np.uint8)


def difference(a, b):
    return float(abs(int(a[0, 0, 0]) - int(b[0, 0, 0])))


def test_one_and_the_same_picture_has_no_diversity():
    assert diversity([[level(7)] * 3], difference) == 0


def test_all_pairs_of_a_sketch_count_alike():
    assert diversity([[level(0), level(3), level(6)]], difference) == pytest.approx((3 + 6 + 3) / 3)


def test_sketches_count_alike_however_many_pictures_they_have():
    assert diversity([[level(0), level(3), level(6)], [level(0), level(10)]], difference) == pytest.approx(7)


def test_sketches_with_one_picture_are_left_out():
    assert diversity([[level(0)], [level(0), level(10)]], difference) == 10
    assert diversity([[level(0)]], difference) is None
    assert diversity([], difference) is None

import numpy as np
import pytest

from nurie.evaluation.resizing import RESIZE_RULES


@pytest.mark.parametrize("rule", RESIZE_RULES)
@pytest.mark.parametrize(("height", "width"), [(8, 8), (64, 20), (300, 1), (299, 299)])
def test_a_plain_picture_stays_plain_at_every_size(rule, height, width):
    picture = np.full((height, width, 3), (3, 100, 250), np.uint8)
    resized = RESIZE_RULES[rule](picture, 299)
    assert resized.shape == (299, 299, 3)
    assert resized.dtype == np.float32
    np.testing.assert_allclose(resized, np.broadcast_to([3, 100, 250], resized.shape), atol=1e-3)


@pytest.mark.parametrize("rule", RESIZE_RULES)
def test_the_same_size_changes_nothing(rule):
    picture = np.random.default_rng(0).integers(0, 256, (16, 16, 3), np.uint8)
    np.testing.assert_allclose(RESIZE_RULES[rule](picture, 16), picture, atol=1e-3)


def test_clean_shrinking_does_not_alias_and_bilinear_does():
    """Every fifth column black: the mean is 4/5 of white, and a rule that aliases shows stripes."""
    picture = np.full((400, 400, 3), 255, np.uint8)
    picture[:, ::5] = 0
    clean, bilinear = (RESIZE_RULES[rule](picture, 40)[4:-4, 4:-4] for rule in ("clean", "bilinear"))
    assert abs(clean.mean() - 204) < 3
    assert abs(bilinear.mean() - 204) > 20


def test_bicubic_overshoot_is_clipped():
    picture = np.zeros((8, 8, 3), np.uint8)
    picture[:, 4:] = 255
    resized = RESIZE_RULES["clean"](picture, 64)
    assert resized.min() == 0
    assert resized.max() == 255

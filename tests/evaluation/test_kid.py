import numpy as np
import pytest

from nurie.errors import InputError
from nurie.evaluation.kid import kid, squared_mmd


def draw(seed, samples, shift=0.0):
    return np.random.default_rng(seed).normal(shift, size=(samples, 8))


def test_squared_mmd_equals_the_sums_of_the_definition():
    a, b = draw(0, 5), draw(1, 5, 0.5)

    def kernel(x, y):
        return (sum(u * v for u, v in zip(x, y, strict=True)) / 8 + 1) ** 3

    within = sum(kernel(x[i], x[j]) for x in (a, b) for i in range(5) for j in range(5) if i != j)
    between = sum(kernel(x, y) for x in a for y in b)
    assert squared_mmd(a, b) == pytest.approx(within / 20 - 2 * between / 25)


def test_the_mean_over_many_sets_from_one_source_is_zero():
    """Unbiased: the spread of 400 values of sets of 10 would show a bias like FID's at once."""
    values = np.array([squared_mmd(draw(seed, 10), draw(seed + 1000, 10)) for seed in range(400)])
    assert abs(values.mean()) < 3 * values.std() / np.sqrt(len(values))


def test_a_shift_is_seen_and_more_shift_is_more():
    near, far = (kid(draw(0, 200), draw(1, 200, shift)) for shift in (0.5, 1.5))
    assert 0 < near.mean < far.mean
    assert near.mean > near.std


def test_a_set_against_itself_is_about_zero():
    """Slightly below: the two draws share rows, which are more alike than independent ones."""
    features = draw(0, 400)
    assert -0.5 < kid(features, features).mean < 0 < kid(features, draw(0, 400, 1)).mean


def test_equal_seeds_give_equal_values_and_others_differ():
    a, b = draw(0, 60), draw(1, 60)
    assert kid(a, b, seed=3) == kid(a, b, seed=3)
    assert kid(a, b, seed=3) != kid(a, b, seed=4)


def test_small_sets_of_different_size_have_a_spread():
    score = kid(draw(0, 9), draw(1, 300).astype(np.float32))
    assert score.std > 0


def test_two_pictures_are_enough():
    features = draw(0, 2)
    assert kid(features, features).std == pytest.approx(0, abs=1e-12)


def test_one_picture_is_not():
    with pytest.raises(InputError, match="2 pictures or more in each set, got 1"):
        kid(draw(0, 1), draw(1, 5))


@pytest.mark.parametrize("options", [{"subsets": 0}, {"subset_size": 1}])
def test_too_little_to_draw_is_an_error(options):
    with pytest.raises(ValueError, match="at least 1 subset of 2 pictures"):
        kid(draw(0, 5), draw(1, 5), **options)

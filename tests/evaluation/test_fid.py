import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurie.errors import InputError
from nurie.evaluation.fid import fid, frechet_distance


def random_moments(seed, dimensions, samples):
    features = np.random.default_rng(seed).normal(size=(samples, dimensions))
    return features.mean(0), np.cov(features, rowvar=False)


def test_one_dimension_is_the_distance_of_two_normal_distributions():
    found = frechet_distance(np.array([1.0]), np.array([[4.0]]), np.array([4.0]), np.array([[25.0]]))
    assert found == pytest.approx((1 - 4) ** 2 + (2 - 5) ** 2)


def test_equal_covariances_leave_the_distance_of_the_means():
    mean, cov = random_moments(0, 6, 50)
    assert frechet_distance(mean, cov, mean + 2, cov) == pytest.approx(6 * 4)


def test_diagonal_covariances_give_the_distance_of_their_roots():
    a, b = np.array([1.0, 4.0, 9.0]), np.array([16.0, 4.0, 0.0])
    found = frechet_distance(np.zeros(3), np.diag(a), np.zeros(3), np.diag(b))
    assert found == pytest.approx(9 + 0 + 9)


def test_rotated_covariances_give_the_closed_form_of_two_dimensions():
    """tr sqrt(M) = sqrt(tr M + 2 sqrt(det M)) for a 2 by 2 matrix M = A B."""
    _, a = random_moments(1, 2, 20)
    _, b = random_moments(2, 2, 20)
    product = a @ b
    root = np.sqrt(np.trace(product) + 2 * np.sqrt(np.linalg.det(product)))
    found = frechet_distance(np.zeros(2), a, np.zeros(2), b)
    assert found == pytest.approx(np.trace(a) + np.trace(b) - 2 * root)


@pytest.mark.parametrize("samples", [3, 40])
def test_a_distribution_is_at_distance_zero_from_itself_even_without_full_rank(samples):
    mean, cov = random_moments(3, 16, samples)
    assert 0 <= frechet_distance(mean, cov, mean, cov) < 1e-9


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_the_distance_is_symmetric_and_not_negative(seed):
    a, b = random_moments(seed, 5, 4), random_moments(seed + 1, 5, 9)
    there, back = frechet_distance(*a, *b), frechet_distance(*b, *a)
    assert there >= 0
    assert there == pytest.approx(back, abs=1e-9)


@pytest.mark.parametrize(("samples_a", "samples_b"), [(5, 5), (5, 90), (90, 70), (2, 3)])
def test_fid_of_features_is_the_distance_of_their_moments(samples_a, samples_b):
    """Fewer rows than columns, more, and mixed: roots of features against those of covariances."""
    rng = np.random.default_rng(4)
    a, b = rng.normal(size=(samples_a, 12)), 1 + 2 * rng.normal(size=(samples_b, 12))
    moments = [part for x in (a, b) for part in (x.mean(0), np.cov(x, rowvar=False))]
    assert fid(a, b) == pytest.approx(frechet_distance(*moments))


@pytest.mark.parametrize("samples", [2, 30, 300])
def test_fid_of_a_set_with_itself_is_zero_in_any_order(samples):
    features = np.random.default_rng(5).normal(size=(samples, 64)).astype(np.float32)
    assert 0 <= fid(features, features[::-1]) < 1e-9


def test_fid_of_constant_sets_is_the_distance_of_the_constants():
    assert fid(np.full((3, 4), 1.0), np.full((7, 4), 3.0)) == pytest.approx(16)


@pytest.mark.parametrize("samples", [0, 1])
def test_fid_needs_two_pictures(samples):
    with pytest.raises(InputError, match=f"2 pictures or more in each set, got {samples}"):
        fid(np.zeros((5, 3)), np.zeros((samples, 3)))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.errors import InputError
from nurie.sketch import SKETCH_METHODS, extract_sketch
from nurie.sketch.xdog import xdog, xdog_response

SIGMAS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
images = hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(3)))


def scene():
    image = np.full((48, 48, 3), 230, np.uint8)
    rows, columns = np.mgrid[:48, :48]
    image[(rows - 24) ** 2 + (columns - 20) ** 2 < 150] = (180, 60, 40)
    image[30:44, 25:40] = (20, 90, 160)
    return image


def closed_form(gray, sigma, kappa, tau):
    """sigma^2 Laplacian(G I) (kappa - 1) against (1 - tau) G I, with the kernels sampled from formulas."""
    radius = int(np.ceil(6 * sigma)) + 1
    reach = np.arange(-radius, radius + 1)
    kernel = np.exp(-(reach**2) / (2 * sigma**2))
    kernel /= kernel.sum()
    # d/d(ln sigma) of a sampled and normalized Gaussian is (x^2 - mean x^2) / sigma^2 of it: the sampled
    # form of sigma^2 Laplacian, since dG/d(ln sigma) = sigma^2 G''.
    second = kernel * (reach**2 - (kernel * reach**2).sum()) / sigma**2
    padded = np.pad(gray, radius, mode="reflect")
    apply = lambda k, a, axis: np.apply_along_axis(np.convolve, axis, a, k, mode="valid")  # noqa: E731
    blurred = apply(kernel, apply(kernel, padded, 0), 1)
    laplacian = apply(second, apply(kernel, padded, 0), 1) + apply(kernel, apply(second, padded, 0), 1)
    return (1 - tau) * blurred - (kappa - 1) * tau * laplacian


@pytest.mark.parametrize("sigma", SIGMAS)
def test_difference_equals_the_closed_form(sigma):
    gray = np.random.default_rng(0).random((40, 40))
    difference = xdog_response(gray, sigma, 1.0001, 0.999997)
    closed = closed_form(gray, sigma, 1.0001, 0.999997)
    assert np.abs(difference - closed).max() < 2e-3 * np.abs(closed).max()


def test_single_precision_would_not_do():
    gray = np.random.default_rng(0).random((40, 40))
    exact = xdog_response(gray, 0.7, 1.0001, 0.999997)
    assert np.abs(exact).max() < 1000 * np.finfo(np.float32).eps


def test_lines_lie_along_the_edges():
    lines = xdog(scene()) == 0
    assert lines[24, 5:11].any()
    assert not lines[24, 20]
    assert not lines[:4].any()
    assert 0.01 < lines.mean() < 0.2


@pytest.mark.parametrize("method", SKETCH_METHODS)
@given(image=images)
def test_sketch_has_the_size_of_the_picture(method, image):
    assert extract_sketch(image, method).shape == image.shape[:2]


@given(image=images)
def test_mirroring_the_picture_mirrors_the_lines(image):
    assert np.array_equal(xdog(image)[:, ::-1], xdog(np.ascontiguousarray(image[:, ::-1])))


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_flat_picture_has_no_lines(level):
    assert (xdog(np.full((9, 9, 3), level, np.uint8)) == 255).all()


def test_hard_edges_are_the_default():
    assert set(np.unique(xdog(scene()))) == {0, 255}
    assert len(np.unique(xdog(scene(), supersample=2))) > 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"sigma": 0.0}, "sigma"),
        ({"kappa": 1.0}, "kappa"),
        ({"tau": 1.5}, "tau"),
        ({"supersample": 0}, "supersample"),
        ({"sgima": 1.0}, "no option"),
        ({"method": "canny"}, "choose from xdog"),
    ],
)
def test_wrong_options(options, words):
    with pytest.raises(InputError, match=words):
        extract_sketch(scene(), **options)


def test_a_picture_without_pixels():
    with pytest.raises(InputError, match="no pixels"):
        extract_sketch(np.zeros((0, 4, 3), np.uint8))

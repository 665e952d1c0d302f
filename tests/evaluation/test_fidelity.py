import numpy as np
import pytest

from nurie.errors import InputError
from nurie.evaluation.fidelity import LARGEST_PSNR, histogram_distance, psnr, ssim


def flat(level, side=16):
    return np.full((side, side, 3), level, np.uint8)


def noise(seed, side=16):
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)


@pytest.mark.parametrize(("step", "decibels"), [(255, 0.0), (51, 13.9794), (1, 48.1308)])
def test_psnr_of_a_constant_difference_is_known(step, decibels):
    assert psnr(flat(0), flat(step)) == pytest.approx(decibels, abs=1e-4)


def test_one_wrong_pixel_of_256_costs_its_share():
    picture = flat(0)
    picture[3, 4] = 255
    assert psnr(flat(0), picture) == pytest.approx(10 * np.log10(256))


def test_equal_pictures_have_the_largest_psnr_and_ssim_1():
    assert psnr(noise(0), noise(0)) == LARGEST_PSNR
    assert ssim(noise(0), noise(0)) == pytest.approx(1)


def test_ssim_of_two_constants_is_that_of_their_means():
    # Without variance only the luminance term is left: (2ab + c) / (a^2 + b^2 + c), c = (0.01 * 255)^2.
    a, b, c = 100, 50, 2.55**2
    assert ssim(flat(a), flat(b)) == pytest.approx((2 * a * b + c) / (a * a + b * b + c))


def test_ssim_is_symmetric_and_falls_with_noise():
    a, b = noise(0), noise(1)
    assert ssim(a, b) == pytest.approx(ssim(b, a))
    assert ssim(a, b) < ssim(a, (a // 2 + b // 2).astype(np.uint8)) < 1


def test_pictures_below_the_window_have_no_ssim():
    assert ssim(flat(0, 10), flat(0, 10)) is None


def test_histograms_see_how_much_of_each_colour_and_not_where():
    a = flat(0)
    a[:4] = 255
    assert histogram_distance(a, a[::-1].copy()) == 0
    assert histogram_distance(a, flat(0)) == pytest.approx(0.25)
    assert histogram_distance(flat(0), flat(255)) == 1
    assert histogram_distance(flat(0), flat(31)) == 0  # one bin of eight
    assert histogram_distance(flat(0), flat(0, 7)) == 0


@pytest.mark.parametrize("measure", [psnr, ssim])
def test_pairs_must_have_one_size(measure):
    with pytest.raises(InputError, match="pictures of 16x16 and 8x8 pixels cannot be compared"):
        measure(flat(0), flat(0, 8))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.colors import (
    ciede2000,
    oklab_to_rgb,
    palette_to_rgb,
    rgb_to_cielab,
    rgb_to_oklab,
    rgb_to_palette,
)

colors = st.tuples(*[st.integers(0, 255)] * 3).map(lambda c: np.array([c], np.uint8))

# From the supplement of Sharma, Wu and Dalal (2005): pairs that find the usual mistakes in the hue terms.
SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("a", "b", "difference"), SHARMA)
def test_ciede2000_of_published_pairs(a, b, difference):
    assert ciede2000(np.array(a, float), np.array(b, float)) == pytest.approx(difference, abs=5e-5)


@given(colors, colors)
def test_ciede2000_is_symmetric_and_zero_only_for_equal_colors(a, b):
    a, b = rgb_to_cielab(a), rgb_to_cielab(b)
    assert ciede2000(a, b) == pytest.approx(ciede2000(b, a), abs=1e-9)
    assert ciede2000(a, a) == 0


@given(colors)
def test_there_and_back_again(rgb):
    assert (oklab_to_rgb(rgb_to_oklab(rgb)) == rgb).all()
    assert (palette_to_rgb(rgb_to_palette(rgb)) == rgb).all()


def test_white_and_gray_have_no_hue():
    gray = np.array([[255, 255, 255], [128, 128, 128], [0, 0, 0]], np.uint8)
    assert rgb_to_oklab(gray)[0] == pytest.approx([1, 0, 0], abs=1e-4)
    assert np.abs(rgb_to_oklab(gray)[:, 1:]).max() < 1e-4
    assert rgb_to_cielab(gray)[0] == pytest.approx([100, 0, 0], abs=0.02)


def test_red_in_cielab_is_where_the_tables_have_it():
    red = np.array([[255, 0, 0]], np.uint8)
    assert rgb_to_cielab(red)[0] == pytest.approx([53.24, 80.09, 67.20], abs=0.05)


def test_colors_out_of_gamut_are_clipped():
    far = np.array([[9, 9, 9], [-9, -9, -9]], np.float32)
    assert palette_to_rgb(far).dtype == np.uint8

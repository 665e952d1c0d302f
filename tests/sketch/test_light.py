import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.sketch.light import find_possible_ink, flatten_light, read_lines, stretch_ink


def drawing(side=128, ink=20, paper=255):
    sketch = np.full((side, side), paper, np.uint8)
    sketch[20:24, 10 : side - 10] = ink
    sketch[30 : side - 20, 60:63] = ink
    return sketch


def photographed(sketch, light):
    return np.rint(sketch * light).astype(np.uint8)


def falling(side=128):
    return np.linspace(1, 0.45, side, dtype=np.float32)[:, None] * np.linspace(1, 0.9, side, dtype=np.float32)


@pytest.mark.parametrize("paper", [60, 128, 200, 255])
def test_paper_of_any_gray_becomes_white(paper):
    assert (flatten_light(np.full((50, 70), paper, np.uint8)) == 255).all()


def test_falling_light_is_taken_out():
    sketch = drawing()
    flat = flatten_light(photographed(sketch, falling()))
    assert np.abs(flat.astype(int) - sketch).mean() < 4
    assert flat[sketch == 255].min() > 225
    assert flat[sketch < 255].max() < 60


def test_large_solid_ink_stays_dark():
    sketch = drawing()
    sketch[70:120, 70:125] = 10
    assert flatten_light(sketch)[80:110, 80:115].max() < 60


def test_what_is_clean_stays():
    sketch = drawing()
    assert np.array_equal(flatten_light(sketch), sketch)
    assert np.array_equal(stretch_ink(drawing(ink=0)), drawing(ink=0))


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20))))
def test_light_is_only_ever_added(gray):
    assert (flatten_light(gray) >= gray).all()


def test_black_all_over_is_no_light():
    assert (flatten_light(np.zeros((9, 9), np.uint8)) == 0).all()


def test_faint_lines_are_darkened_and_fainter_ones_stay_fainter():
    sketch = drawing(ink=200)
    sketch[100:102] = 240
    stretched = stretch_ink(sketch)
    assert stretched[20:24, 20:100].max() < 80
    assert stretched[100:102].min() > stretched[20:24, 20:100].max() + 80
    assert (stretched[sketch == 255] == 255).all()


def test_an_empty_noisy_page_is_not_stretched():
    noise = np.random.default_rng(0).normal(244, 4, (100, 100))
    gray = np.clip(noise, 0, 255).astype(np.uint8)
    assert find_possible_ink(gray).mean() < 1e-3
    assert np.array_equal(stretch_ink(gray), gray)


def test_colored_lines_on_tinted_paper():
    sketch = drawing()
    image = np.where(sketch[..., None] < 255, np.uint8((240, 120, 60)), np.uint8((250, 240, 215)))
    lines = read_lines(np.ascontiguousarray(image))
    assert lines[sketch == 255].min() > 250
    assert lines[sketch < 255].max() < 80


def test_white_lines_on_black():
    negative = np.repeat(255 - drawing()[..., None], 3, axis=2)
    assert np.array_equal(read_lines(negative), drawing())


def test_gray_pictures_are_read_like_colored_ones():
    gray = photographed(drawing(), falling())
    image = np.repeat(gray[..., None], 3, axis=2)
    other = image.copy()
    other[0, 0, 0] ^= 1  # one odd pixel sends it the long way
    assert np.abs(read_lines(image).astype(int) - read_lines(other)).max() <= 1

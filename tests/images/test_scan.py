import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from nurie.images import clean_scan, read_sketch


def drawing(line=0, paper=255, side=64):
    sketch = np.full((side, side), paper, np.uint8)
    sketch[10:50, 10:12] = line
    sketch[10:50, 40:42] = line
    sketch[10:12, 10:42] = line
    sketch[48:50, 10:42] = line
    return sketch


def in_color(line, paper):
    mask = drawing()[..., None] == 0
    return np.where(mask, np.uint8(line), np.uint8(paper))


def test_gray_lines_on_white_stay_as_they_are():
    sketch = drawing()
    sketch[30, 12:40] = np.arange(100, 128)
    assert np.array_equal(clean_scan(np.dstack([sketch] * 3)), sketch)


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        ((255, 255, 255), (0, 0, 0)),
        ((0, 0, 0), (244, 228, 190)),
        ((200, 30, 30), (255, 255, 255)),
        ((120, 170, 255), (255, 255, 255)),
        ((255, 220, 0), (255, 255, 255)),
        ((30, 40, 120), (250, 240, 220)),
        ((240, 240, 200), (20, 30, 60)),
        ((170, 170, 170), (255, 255, 255)),
        ((150, 160, 150), (220, 220, 210)),
    ],
)
def test_lines_of_any_color_on_any_paper(line, paper):
    sketch = clean_scan(in_color(line, paper))
    assert (sketch[drawing() == 255] == 255).all()
    assert (sketch[drawing() == 0] < 128).all()


def test_black_fills_do_not_turn_a_page_into_a_negative():
    page = np.full((64, 64), 0, np.uint8)
    page[10:30, 10:50] = 255
    assert np.array_equal(clean_scan(np.dstack([page] * 3)), page)


@pytest.mark.parametrize(("level", "expected"), [(255, 255), (128, 255), (127, 0), (0, 0)])
def test_a_picture_without_contrast(level, expected):
    flat = np.full((5, 4, 3), level, np.uint8)
    assert (clean_scan(flat) == expected).all()


@pytest.mark.parametrize("ink", [0, 255])
def test_lines_on_transparent_ground(ink):
    rgba = np.full((64, 64, 4), ink, np.uint8)
    rgba[..., 3] = 255 - drawing()
    assert np.array_equal(read_sketch(Image.fromarray(rgba)), drawing())


def test_a_gray_array_is_a_sketch_already():
    sketch = np.full((3, 3), 40, np.uint8)
    assert read_sketch(sketch) is sketch


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))))
def test_any_picture_gives_a_sketch_of_its_size(image):
    assert clean_scan(image).shape == image.shape[:2]

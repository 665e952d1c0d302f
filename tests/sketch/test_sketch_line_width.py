import cv2
import numpy as np
import pytest

from nurie.sketch.line_width import line_width


def circles(width, side=400):
    sketch = np.full((side, side), 255, np.uint8)
    for radius in (60, 120, 170):
        cv2.circle(sketch, (side // 2, side // 2), radius, 0, width, cv2.LINE_AA)
    return sketch


@pytest.mark.parametrize("width", [3, 5, 8, 12])
def test_lines_are_as_wide_as_they_were_drawn(width):
    sketch = circles(width)
    drawn = (255 - sketch).sum() / 255 / (2 * np.pi * (60 + 120 + 170))  # cv2 draws a little wider than asked
    assert line_width(sketch) == pytest.approx(drawn, rel=1 / 3)


def test_width_grows_with_the_picture():
    small = circles(5)
    large = cv2.resize(small, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    assert line_width(large) == pytest.approx(4 * line_width(small), rel=1 / 3)


def test_light_grain_and_specks_hardly_count():
    rng = np.random.default_rng(0)
    light = np.linspace(0.5, 0.9, 400)[:, None]
    sketch = circles(5)
    cv2.circle(sketch, (15, 15), 4, 0, -1)
    photo = np.clip(sketch * light + rng.normal(0, 5, sketch.shape), 0, 255).astype(np.uint8)
    assert line_width(photo) == pytest.approx(line_width(circles(5)), rel=0.25)


def test_an_empty_page_has_none():
    assert line_width(np.full((50, 60), 240, np.uint8)) == 0

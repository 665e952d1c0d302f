import cv2
import numpy as np
import pytest

from nurie.data.thin_lines import SOLID_RADIUS, middle_lines, thin_lines


def circle(width, side=120):
    sketch = np.full((side, side), 255, np.uint8)
    cv2.circle(sketch, (side // 2, side // 2), 40, 0, width, cv2.LINE_AA)
    return sketch


@pytest.mark.parametrize("width", [1, 2, 4, 8])
def test_lines_of_any_width_become_one_width(width):
    thin = thin_lines(circle(width))
    assert (255 - thin).sum() / 255 == pytest.approx(2 * 2 * np.pi * 40, rel=0.2)
    pieces, _ = cv2.connectedComponents((thin > 128).astype(np.uint8), connectivity=4)
    assert pieces == 3  # ink, inside, outside: the circle stays closed


def test_solid_ink_stays_solid():
    sketch = np.full((80, 80), 255, np.uint8)
    sketch[20:60, 20:60] = 0
    _, solid = middle_lines(sketch)
    assert solid[25:55, 25:55].all()
    assert (thin_lines(sketch)[25:55, 25:55] == 0).all()
    assert not middle_lines(circle(SOLID_RADIUS))[1].any()


def test_blank_stays_blank():
    assert (thin_lines(np.full((30, 20), 255, np.uint8)) == 255).all()

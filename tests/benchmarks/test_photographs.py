import cv2
import numpy as np
import pytest

from benchmarks.sketch.photographs import photograph


def drawing(height=200, width=260):
    sketch = np.full((height, width), 255, np.uint8)
    cv2.circle(sketch, (width // 2, height // 2), 60, 0, 3, cv2.LINE_AA)
    return sketch


def test_a_seed_is_one_photograph():
    first, same, other = (photograph(drawing(), seed) for seed in (1, 1, 2))
    assert np.array_equal(first.image, same.image)
    assert not np.array_equal(first.image, other.image)


@pytest.mark.parametrize("seed", range(6))
def test_true_lines_are_where_the_photograph_is_dark(seed):
    image, lines = photograph(drawing(), seed)
    assert image.shape[:2] == lines.shape == (200, 260)
    gray = image.mean(axis=2)
    around = cv2.dilate((lines < 128).astype(np.uint8), np.ones((13, 13))) > 0
    assert gray[lines < 100].mean() < gray[around & (lines > 250)].mean() - 8

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.errors import InputError
from nurie.images import fit_square, resize_area, resize_nearest

sizes = st.integers(1, 40)


@given(height=sizes, width=sizes, side=sizes, mode=st.sampled_from(["reflect", "edge", "paper"]))
def test_any_shape_becomes_a_square_and_comes_back(height, width, side, mode):
    picture = np.full((height, width, 3), 9, np.uint8)
    square, placement = fit_square(picture, side, mode=mode)
    assert square.shape == (side, side, 3)
    assert np.array_equal(placement.undo(square), picture)
    labels = np.arange(height * width, dtype=np.int32).reshape(height, width)
    square, placement = fit_square(labels, side, mode=mode)
    assert placement.undo(square).shape == labels.shape
    assert np.isin(placement.undo(square), labels).all()


@given(height=sizes, width=sizes)
def test_nothing_is_lost_where_nothing_is_resized(height, width):
    picture = np.random.default_rng(0).integers(0, 256, (height, width), dtype=np.uint8)
    square, placement = fit_square(picture, max(height, width))
    assert np.array_equal(placement.undo(square), picture)


def test_the_short_side_is_mirrored():
    square, placement = fit_square(np.array([[1, 2, 3, 4, 5]] * 3, np.int32).T, 5)
    assert (placement.top, placement.left) == (0, 1)
    assert square[0].tolist() == [1] * 5
    square, _ = fit_square(np.array([[1, 1, 1, 1], [2, 2, 2, 2]], np.int32), 4)
    assert square[:, 0].tolist() == [2, 1, 2, 1]


def test_paper_padding():
    square, _ = fit_square(np.zeros((2, 4), np.uint8), 4, mode="paper")
    assert square[:, 0].tolist() == [255, 0, 0, 255]


def test_a_smaller_feature_map_is_placed_too():
    _, placement = fit_square(np.zeros((20, 40), np.uint8), 32)
    features = np.zeros((8, 8), np.float32)
    features[2:6] = 1
    assert (placement.undo(features) == 1).all()


def test_area_is_the_mean():
    assert resize_area(np.array([[0, 100], [100, 200]], np.uint8), 1, 1).tolist() == [[100]]


def test_nearest_takes_the_pixel_under_the_center():
    assert resize_nearest(np.arange(6)[None], 1, 2).tolist() == [[1, 4]]
    assert resize_nearest(np.arange(2)[None], 1, 4).tolist() == [[0, 0, 1, 1]]


@pytest.mark.parametrize(("options", "words"), [({"side": 0}, "side"), ({"side": 4, "mode": "x"}, "x")])
def test_wrong_options(options, words):
    with pytest.raises(InputError, match=words):
        fit_square(np.zeros((2, 2), np.uint8), **options)

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.images import resize_area
from nurie.inference.transfer import REGION_WEIGHT, carry_labels, carry_shading, lay_lines
from nurie.regions import segment_regions
from nurie.regions.flats import compose


def rings(side, thickness):
    sketch = np.full((side, side), 255, np.uint8)
    for radius in (0.15, 0.3, 0.45):
        cv2.circle(sketch, (side // 2, side // 2), int(radius * side), 0, thickness, cv2.LINE_AA)
    return sketch


def test_labels_at_their_own_size_stay():
    regions = np.array([[1, 2], [2, 2]], np.int32)
    assert np.array_equal(carry_labels(regions, np.full((2, 2), 255, np.uint8)), regions)


@pytest.mark.parametrize("scale", [2, 3.7, 8])
def test_no_label_crosses_a_line(scale):
    side = int(128 * scale)
    sketch = rings(side, max(2, round(1.5 * scale)))
    small = segment_regions(resize_area(sketch, 128, 128))
    carried = carry_labels(small, sketch)
    paper = sketch > 200
    pieces = cv2.connectedComponents(paper.astype(np.uint8), connectivity=4)[1]
    assert len(set(zip(pieces[paper], carried[paper], strict=True))) == 4
    assert set(np.unique(carried)) == {1, 2, 3, 4}


def test_a_thin_line_that_the_small_size_displaces_is_found_again():
    sketch = np.full((400, 400), 255, np.uint8)
    sketch[:, 203] = 0  # in the middle of nothing that a quarter of the size could tell
    small = np.ones((100, 100), np.int32)
    small[:, 52:] = 2  # a small pixel beside the line
    carried = carry_labels(small, sketch)
    assert np.all(carried[:, :203] == 1)
    assert np.all(carried[:, 204:] == 2)


def test_a_gap_that_was_closed_stays_closed_about_where_it_was():
    small = np.ones((50, 50), np.int32)
    small[:, 25:] = 2
    carried = carry_labels(small, np.full((200, 200), 255, np.uint8))
    assert np.all(carried[:, :96] == 1)
    assert np.all(carried[:, 104:] == 2)


def test_regions_too_small_to_have_an_inside_are_kept():
    small = np.ones((50, 50), np.int32)
    small[20, 30] = 2
    carried = carry_labels(small, np.full((200, 200), 255, np.uint8))
    assert np.all(carried[80:84, 120:124] == 2)
    assert (carried == 2).sum() <= 12**2


def test_constant_shading_stays_constant():
    regions = np.ones((30, 50), np.int32)
    shading = np.full((12, 20, 3), -7, np.float32)
    carried = carry_shading(shading, np.ones((12, 20), np.int32), np.full((12, 20), 255, np.uint8), regions)
    assert np.allclose(carried, -7)


def test_shading_neither_crosses_regions_nor_takes_up_ink():
    small = np.ones((8, 8), np.int32)
    small[:, 4:] = 2
    sketch = np.full((8, 8), 255, np.uint8)
    sketch[:, 4] = 0
    shading = np.where(small == 1, 50, -30).astype(np.float32)[..., None].repeat(3, 2)
    shading[sketch == 0] = 1000  # the ink that a network paints
    regions = small.repeat(5, 0).repeat(5, 1)
    carried = carry_shading(shading, small, sketch, regions)
    assert np.allclose(carried[regions == 1], 50)
    assert np.allclose(carried[regions == 2], -30)


def test_a_region_lost_at_the_small_size_gets_no_shading():
    regions = np.ones((9, 9), np.int32)
    regions[4, 4] = 2
    shading = np.full((3, 3, 3), 11, np.float32)
    carried = carry_shading(shading, np.ones((3, 3), np.int32), np.full((3, 3), 255, np.uint8), regions)
    assert np.all(carried[4, 4] == 0)
    assert np.allclose(carried[0], 11)


@given(seed=st.integers(0, 2**32), height=st.integers(1, 12), width=st.integers(1, 12))
def test_shading_equals_the_sum_written_out(seed, height, width):
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 7, 2)
    shading = rng.normal(0, 20, (rows, columns, 3)).astype(np.float32)
    small = rng.integers(1, 4, (rows, columns)).astype(np.int32)
    sketch = rng.integers(0, 256, (rows, columns)).astype(np.uint8)
    regions = rng.integers(1, 4, (height, width)).astype(np.int32)
    paper = (sketch / 255) ** 2
    expected = np.zeros((height, width, 3))
    for y, x in np.ndindex(height, width):
        label = regions[y, x]
        own = paper * (small == label)
        mean = (own[..., None] * shading).sum((0, 1)) / max(own.sum(), 1e-6)
        total, mass = REGION_WEIGHT * mean, REGION_WEIGHT
        at_row, at_column = (y + 0.5) * rows / height - 0.5, (x + 0.5) * columns / width - 0.5
        for row in (int(np.floor(at_row)), int(np.floor(at_row)) + 1):
            for column in (int(np.floor(at_column)), int(np.floor(at_column)) + 1):
                near = (1 - abs(row - at_row)) * (1 - abs(column - at_column))
                r, c = min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
                total, mass = total + near * own[r, c] * shading[r, c], mass + near * own[r, c]
        expected[y, x] = total / mass
    assert np.allclose(carry_shading(shading, small, sketch, regions), expected, atol=2e-2)


def random_picture(seed, shape=(20, 30)):
    return np.random.default_rng(seed).integers(0, 256, (*shape, 3)).astype(np.uint8)


def test_black_lines_on_white_are_multiplied():
    sketch = random_picture(0)[..., 0]
    sketch[0] = 255
    picture = sketch[..., None].repeat(3, 2)
    flats = random_picture(1)
    assert np.array_equal(lay_lines(flats, picture, sketch), compose(flats, sketch))


def test_full_ink_is_the_picture_and_bare_paper_the_color():
    picture, flats = random_picture(2), random_picture(3)
    sketch = np.full((20, 30), 255, np.uint8)
    sketch[:10] = 0
    laid = lay_lines(flats, picture, sketch)
    assert np.array_equal(laid[:10], picture[:10])
    assert np.array_equal(laid[10:], flats[10:])


def test_the_tint_of_the_paper_does_not_stain_the_colors():
    sketch = np.array([[255, 255, 255, 128, 0]], np.uint8)
    paper = np.array([240, 230, 200])
    picture = np.rint(sketch[..., None] / 255 * paper).astype(np.uint8)
    flats = np.full((1, 5, 3), 100, np.uint8)
    laid = lay_lines(flats, picture, sketch)
    assert np.abs(laid[0, :, 0].astype(int) - [100, 100, 100, 50, 0]).max() <= 1
    assert np.ptp(laid.astype(int), axis=2).max() <= 1


def test_half_a_red_line_is_half_red():
    sketch = np.array([[255, 255, 128, 0]], np.uint8)
    share = sketch[..., None] / 255
    picture = np.rint(share * 255 + (1 - share) * [200, 0, 0]).astype(np.uint8)
    laid = lay_lines(np.full((1, 4, 3), (0, 0, 80), np.uint8), picture, sketch)
    assert np.abs(laid[0, 2].astype(int) - [100, 0, 40]).max() <= 1
    assert laid[0, 3].tolist() == [200, 0, 0]


def test_white_lines_on_black_stay_white():
    sketch = np.array([[255, 255, 0]], np.uint8)
    picture = np.array([[[0] * 3, [0] * 3, [255] * 3]], np.uint8)
    laid = lay_lines(np.full((1, 3, 3), 77, np.uint8), picture, sketch)
    assert laid[0, :, 0].tolist() == [77, 77, 255]


def test_a_drawing_without_paper_stays_as_it_is():
    picture = random_picture(4)
    assert np.array_equal(lay_lines(random_picture(5), picture, np.zeros((20, 30), np.uint8)), picture)

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.data.line_breaks import MARGIN_PIXELS, OPENING_PIXELS, break_lines, keep_clear, open_outlines
from nurie.regions.region_map import connect_regions


def ring(width=2, side=128):
    regions = np.ones((side, side), np.int32)
    cv2.circle(regions, (side // 2, side // 2), side // 3, 2, -1)
    sketch = np.full((side, side), 255, np.uint8)
    cv2.circle(sketch, (side // 2, side // 2), side // 3, 0, width, cv2.LINE_AA)
    return sketch, regions


@given(st.integers(0, 10**6), st.sampled_from([1, 2]))
def test_a_break_opens_the_line(seed, width):
    sketch, regions = ring(width)
    broken = break_lines(sketch, regions, 1, np.random.default_rng(seed))
    assert connect_regions((sketch > 200).astype(np.int32)).max() == 2
    assert (broken >= sketch).all()
    assert 1 <= (broken != sketch).sum() < 80
    assert (broken[sketch == 255] == 255).all()


def test_longer_scales_take_more_ink():
    sketch, regions = ring(2)
    taken = [
        sum(
            int((break_lines(sketch, regions, 3, np.random.default_rng(seed), scale=scale) != sketch).sum())
            for seed in range(10)
        )
        for scale in (1.0, 3.0)
    ]
    assert taken[1] > 1.5 * taken[0]


@pytest.mark.parametrize("count", [0, 40])
def test_nothing_is_broken_where_there_is_nothing_to_break(count):
    sketch, regions = ring()
    rng = np.random.default_rng(0)
    assert np.array_equal(break_lines(sketch, np.ones_like(regions), count, rng), sketch)
    assert np.array_equal(break_lines(np.full_like(sketch, 255), regions, count, rng), np.full_like(sketch, 255))


def test_black_areas_have_no_gaps():
    sketch = np.full((64, 64), 255, np.uint8)
    sketch[:, 20:44] = 0
    regions = np.ones((64, 64), np.int32)
    regions[:, 32:] = 2
    assert np.array_equal(break_lines(sketch, regions, 9, np.random.default_rng(0)), sketch)


@given(st.integers(0, 10**6))
def test_an_outline_is_open_where_ink_was_taken_and_nowhere_else(seed):
    sketch, regions = ring(2)
    sketch[:12] = 0  # of no two regions
    opened = open_outlines(sketch, regions, 1, np.random.default_rng(seed))
    rows, columns = np.nonzero(opened != sketch)
    assert (opened[rows, columns] == 255).all()
    assert connect_regions((opened[12:] > 200).astype(np.int32)).max() == 1
    assert max(np.ptp(rows), np.ptp(columns)) <= OPENING_PIXELS[1] + 1
    assert (opened[:12] == 0).all()


def test_lines_of_other_regions_stay():
    sketch = np.full((64, 64), 255, np.uint8)
    sketch[31:33], sketch[32:, 31:33] = 0, 0
    regions = np.ones((64, 64), np.int32)
    regions[32:, :32], regions[32:, 32:] = 2, 3
    for seed in range(20):
        opened = open_outlines(sketch, regions, 1, np.random.default_rng(seed))
        upright, level = (opened[36:, 31:33] != 0).any(), (opened[31:33, :28] != 0).any()
        assert not (upright and level)


def test_where_there_is_no_outline_nothing_is_opened():
    sketch, regions = ring()
    assert np.array_equal(open_outlines(sketch, np.ones_like(regions), 4, np.random.default_rng(0)), sketch)


def leaf_on_a_fruit(side=128):
    """A ring, a small disk on its top, and a mouth within the ring."""
    sketch, regions = ring(2, side)
    top = (side // 2, side // 2 - side // 3)
    cv2.circle(regions, top, side // 8, 3, -1)
    cv2.circle(sketch, top, side // 8, 255, -1)
    cv2.circle(sketch, top, side // 8, 0, 2, cv2.LINE_AA)
    cv2.line(sketch, (side // 2 - 6, side // 2 + 20), (side // 2 + 6, side // 2 + 20), 0, 2)
    return sketch, regions, top


@given(st.integers(0, 10**6))
def test_lines_end_before_a_region_that_is_kept_clear_and_its_own_stay(seed):
    sketch, regions, top = leaf_on_a_fruit()
    cleared = keep_clear(sketch, regions, 1, np.random.default_rng(seed))  # only the disk is small enough
    rows, columns = np.nonzero(cleared != sketch)
    assert len(rows)
    assert (cleared[rows, columns] == 255).all()
    away = np.hypot(rows - top[1], columns - top[0]) - 128 // 8
    assert away.min() > 1
    assert away.max() <= MARGIN_PIXELS[1] + 2
    assert connect_regions((cleared > 200).astype(np.int32)).max() == 2  # the fruit is open, the disk is not


def test_what_would_vanish_beside_a_region_stays():
    sketch, regions, top = leaf_on_a_fruit()
    cv2.line(sketch, (top[0] - 4, top[1] + 20), (top[0] + 4, top[1] + 20), 0, 1)
    mouth = np.s_[top[1] + 19 : top[1] + 22, top[0] - 4 : top[0] + 5]
    for seed in range(10):
        cleared = keep_clear(sketch, regions, 1, np.random.default_rng(seed))
        assert (cleared[mouth] == sketch[mouth]).all()


def test_without_regions_of_that_size_nothing_is_cleared():
    sketch, regions = ring()
    assert np.array_equal(keep_clear(sketch, np.ones_like(regions), 4, np.random.default_rng(0)), sketch)

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.data.line_breaks import OPENING_PIXELS, break_lines, open_outlines
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

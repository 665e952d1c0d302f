import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nurie.regions.descriptors import GEOMETRY, describe_regions

maps = st.tuples(st.integers(4, 20), st.integers(4, 20)).flatmap(
    lambda shape: arrays(np.int32, shape, elements={"min_value": 0, "max_value": 5})
)


def column(table, name):
    return table.geometry[:, GEOMETRY.index(name)]


def paper(regions):
    return np.full(regions.shape, 255, np.uint8)


@given(maps)
def test_the_pairs_hold_every_pixel_of_every_region_once(regions):
    table = describe_regions(regions, paper(regions), grid=4)
    pixels = np.bincount(table.pair_region, table.pair_pixels, regions.max())
    assert (pixels == np.bincount(regions.ravel(), minlength=regions.max() + 1)[1:]).all()
    assert len(np.unique(table.pair_region * 16 + table.pair_cell)) == len(table.pair_cell)


@given(maps)
def test_cells_lie_where_the_pixels_lie(regions):
    table = describe_regions(regions, paper(regions), grid=4)
    height, width = regions.shape
    for region, cell in zip(table.pair_region, table.pair_cell, strict=True):
        rows = np.flatnonzero(np.arange(height) * 4 // height == cell // 4)
        columns = np.flatnonzero(np.arange(width) * 4 // width == cell % 4)
        assert (regions[np.ix_(rows, columns)] == region + 1).any()


@given(maps)
def test_all_numbers_are_finite_and_small(regions):
    geometry = describe_regions(regions, paper(regions), grid=4).geometry
    assert np.isfinite(geometry).all()
    assert np.abs(geometry).max(initial=0) <= 4


@given(maps)
def test_a_mirrored_map_has_mirrored_geometry(regions):
    here = describe_regions(regions, paper(regions), grid=4)
    there = describe_regions(np.ascontiguousarray(regions[:, ::-1]), paper(regions), grid=4)
    present = np.bincount(regions.ravel(), minlength=regions.max() + 1)[1:] > 0
    for name, twin, sign in [
        ("row", "row", 1), ("column", "column", -1), ("tilt", "tilt", -1), ("left", "right", -1),
        ("size", "size", 1), ("roundness", "roundness", 1), ("border", "border", 1),
    ]:  # fmt: skip
        assert column(here, name)[present] == pytest.approx(sign * column(there, twin)[present], abs=1e-5)


def test_a_square_in_the_middle():
    regions = np.ones((8, 8), np.int32)
    regions[2:6, 2:6] = 2
    sketch = paper(regions)
    sketch[2, 2:6] = 0
    table = describe_regions(regions, sketch, grid=4)
    expected = {
        "row": 0, "column": 0, "size": 0.5, "top": -0.5, "left": -0.5, "bottom": 0.5, "right": 0.5,
        "border": 0, "fullness": 1, "roundness": np.pi / 4, "ink": 0.25, "tilt": 0,
    }  # fmt: skip
    for name, value in expected.items():
        assert column(table, name)[1] == pytest.approx(value, abs=1e-6), name
    assert column(table, "border")[0] == 1


def test_a_region_smaller_than_a_cell_is_not_lost():
    regions = np.ones((64, 64), np.int32)
    regions[17, 33] = 2
    table = describe_regions(regions, paper(regions), grid=4)
    assert table.pair_cell[table.pair_region == 1] == [1 * 4 + 2]
    assert table.pair_pixels[table.pair_region == 1] == [1]

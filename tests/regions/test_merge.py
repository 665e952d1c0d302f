import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import as_text, block, region_map

from nurie.errors import InputError
from nurie.regions import merge_small_regions
from nurie.regions.region_map import (
    connect_regions,
    find_roots,
    number_regions,
    region_areas,
    region_borders,
    spread_labels,
)

shapes = st.tuples(st.integers(1, 14), st.integers(1, 14))
maps = hnp.arrays(np.int32, shapes, elements=st.integers(0, 6)).map(connect_regions)


def test_a_sliver_joins_the_neighbor_of_longest_border():
    regions = region_map("1112 1332 4444 4444")
    assert as_text(merge_small_regions(regions, min_area=3)) == block("1112 1112 2222 2222")


def test_ink_keeps_a_small_region_apart():
    regions = region_map("1#2 1#2 1#2 1#2")
    assert as_text(merge_small_regions(regions, min_area=100)) == as_text(regions)


def test_the_smallest_are_merged_first():
    regions = region_map("111223 111223 111223")
    assert as_text(merge_small_regions(regions, min_area=0, max_regions=2)) == block("111222 111222 111222")


@given(regions=maps, min_area=st.integers(0, 20), max_regions=st.integers(1, 9))
def test_merging_twice_equals_merging_once(regions, min_area, max_regions):
    once = merge_small_regions(regions, min_area=min_area, max_regions=max_regions)
    again = merge_small_regions(once, min_area=min_area, max_regions=max_regions)
    assert np.array_equal(once, again)


@given(regions=maps, min_area=st.integers(0, 20))
def test_no_sliver_is_left_that_has_a_neighbor(regions, min_area):
    merged = merge_small_regions(regions, min_area=min_area)
    pairs, _ = region_borders(merged)
    assert (region_areas(merged)[pairs] >= min_area).all()
    assert np.array_equal(merged == 0, regions == 0)


@given(regions=maps)
def test_nothing_happens_where_nothing_is_small(regions):
    assert np.array_equal(merge_small_regions(regions, min_area=0), regions)


@pytest.mark.parametrize(("options", "words"), [({"min_area": -1}, "min_area"), ({"max_regions": 0}, "max_regions")])
def test_wrong_bounds(options, words):
    with pytest.raises(InputError, match=words):
        merge_small_regions(region_map("12"), **options)


@given(regions=maps.filter(np.any))
def test_spread_labels_are_nearest(regions):
    """Against all pixels at once; OpenCV's distance is exact to a few percent."""
    spread = spread_labels(regions)
    known = np.argwhere(regions > 0)
    for row, column in np.argwhere(regions == 0):
        distance = np.hypot(*(known - (row, column)).T)
        same = regions[tuple(known.T)] == spread[row, column]
        assert distance[same].min() <= 1.05 * distance.min()


@given(hnp.arrays(np.int32, shapes, elements=st.integers(0, 5)))
def test_numbering_is_in_reading_order_and_changes_no_border(labels):
    numbered = number_regions(labels)
    found, first = np.unique(numbered[numbered > 0], return_index=True)
    assert found.tolist() == list(range(1, len(found) + 1))
    assert (np.diff(first) > 0).all()
    assert np.array_equal(numbered == 0, labels == 0)
    for offset in ((slice(1, None), slice(None, -1)),):
        assert np.array_equal(labels[offset[0]] == labels[offset[1]], numbered[offset[0]] == numbered[offset[1]])


@given(hnp.arrays(np.int32, shapes, elements=st.integers(0, 3)))
def test_connecting_equals_a_search_by_hand(labels):
    connected = connect_regions(labels)
    expected, count = np.zeros_like(labels), 0
    for start in np.ndindex(labels.shape):
        if labels[start] == 0 or expected[start]:
            continue
        count += 1
        stack = [start]
        while stack:
            row, column = stack.pop()
            if not (0 <= row < labels.shape[0] and 0 <= column < labels.shape[1]):
                continue
            if expected[row, column] or labels[row, column] != labels[start]:
                continue
            expected[row, column] = count
            stack += [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]
    assert np.array_equal(connected, expected)


def test_borders_count_pixel_edges():
    pairs, lengths = region_borders(region_map("112 332 ##2"))
    assert dict(zip(map(tuple, pairs.tolist()), lengths.tolist(), strict=True)) == {
        (1, 2): 1, (2, 1): 1, (1, 3): 2, (3, 1): 2, (2, 3): 1, (3, 2): 1,
    }  # fmt: skip


def test_roots_of_a_chain():
    assert find_roots(np.array([0, 0, 1, 2, 4])).tolist() == [0, 0, 0, 0, 4]

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import as_text, block, region_map

from nurie.regions import fill_lines
from nurie.regions.growth import grow_regions
from nurie.regions.region_map import connect_regions, number_regions, region_areas

shapes = st.tuples(st.integers(1, 14), st.integers(1, 14))
maps = hnp.arrays(np.int32, shapes, elements=st.integers(0, 6)).map(connect_regions)
holey = hnp.arrays(np.int32, shapes, elements=st.sampled_from([0, 0, 0, 1, 2])).map(connect_regions)


@given(regions=st.one_of(maps, holey))
def test_filling_keeps_what_is_labeled_and_connects_the_rest(regions):
    filled = fill_lines(regions)
    assert filled.min() == 1
    assert filled.max() == max(1, regions.max())
    assert np.array_equal(filled, connect_regions(filled))
    labeled = regions > 0
    order = np.zeros(regions.max() + 1, np.int32)
    order[regions[labeled]] = filled[labeled]
    assert np.array_equal(order[regions][labeled], filled[labeled])


@given(regions=holey.filter(np.any))
def test_a_pixel_goes_to_a_region_that_is_nearest_in_city_blocks_through_what_is_empty(regions):
    """No pixel is farther from its own region's labels than from another's by more than what lies in the way."""
    areas = region_areas(regions)
    grown = grow_regions(regions, np.arange(len(areas)), areas)
    order = np.zeros(len(areas), np.int32)
    order[regions[regions > 0]] = grown[regions > 0]
    known = np.argwhere(regions > 0)
    for row, column in np.argwhere(regions == 0):
        nearest = np.abs(known - (row, column)).sum(1).min()
        own = np.abs(np.argwhere(order[regions] == grown[row, column]) - (row, column)).sum(1).min()
        # Empty pixels lie all along the shortest ways, or a nearer label would be on them.
        assert own == nearest


@given(regions=holey.filter(np.any), turns=st.integers(1, 3), mirrored=st.booleans())
def test_turning_the_map_turns_the_result(regions, turns, mirrored):
    areas = np.concatenate([[0], 100 + np.arange(regions.max())])  # all different: no ties but by place

    def turn(picture):
        return np.ascontiguousarray(np.rot90(picture[:, ::-1] if mirrored else picture, turns))

    label = np.arange(len(areas))
    turned = grow_regions(turn(regions), label, areas)
    assert np.array_equal(number_regions(turn(grow_regions(regions, label, areas))), turned)


def test_a_line_is_shared_by_its_two_sides():
    assert as_text(fill_lines(region_map("1####2 1####2"))) == block("111222 111222")


def test_of_two_equally_near_the_larger_region_gets_the_pixel():
    assert as_text(fill_lines(region_map("1#22 1#22"))) == block("1222 1222")
    assert as_text(fill_lines(region_map("11#2 11#2"))) == block("1112 1112")


def test_a_map_of_lines_only_is_one_region():
    assert as_text(fill_lines(region_map("## ##"))) == block("11 11")

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.regions.doors import (
    Doors,
    find_doors,
    find_gaps,
    find_rooms,
    measure_depth,
    open_doors,
    room_heights,
)

lines = hnp.arrays(np.bool_, st.tuples(st.integers(1, 20), st.integers(1, 20)))


def two_rooms(gap, *, passage=1):
    """Two halls of 40 x 40 and an opening of `gap` pixels in a wall `passage` pixels thick."""
    wall = np.zeros((40, 80 + passage), bool)
    wall[:, 40 : 40 + passage] = True
    wall[20 - gap // 2 : 20 - gap // 2 + gap, 40 : 40 + passage] = False
    return np.pad(wall, 2, constant_values=True)


def test_depth_is_the_distance_to_ink():
    depth = measure_depth(np.array([[True, False, False, False]]))
    assert depth[0].tolist() == pytest.approx([0, 1, 2, 3], abs=0.01)


def test_a_blank_picture_is_deep_everywhere():
    assert (measure_depth(np.zeros((3, 4), bool)) == 5).all()


@given(lines)
def test_rooms_cover_the_paper_and_are_numbered(lines):
    rooms = find_rooms(measure_depth(lines))
    assert np.array_equal(rooms == 0, lines)
    assert np.unique(rooms[rooms > 0]).tolist() == list(range(1, rooms.max() + 1))


@given(lines)
def test_doors_equal_a_search_by_hand(lines):
    depth = measure_depth(lines)
    rooms = find_rooms(depth)
    doors = find_doors(rooms, depth)
    expected = {}
    for row, column in np.ndindex(rooms.shape):
        for other in ((row + 1, column), (row, column + 1)):
            if other[0] == rooms.shape[0] or other[1] == rooms.shape[1]:
                continue
            a, b = sorted((int(rooms[row, column]), int(rooms[other])))
            if a and a != b:
                width = min(depth[row, column], depth[other])
                expected[a, b] = max(expected.get((a, b), 0), width)
    found = dict(zip(map(tuple, doors.rooms.tolist()), doors.width.tolist(), strict=True))
    assert found == expected
    assert np.array_equal(depth.ravel()[doors.place], doors.width)


@given(lines)
def test_heights_are_the_greatest_depths(lines):
    depth = measure_depth(lines)
    rooms = find_rooms(depth)
    for label, height in enumerate(room_heights(rooms, depth)):
        assert height == depth[rooms == label].max(initial=0)


def test_a_hollow_in_a_gap_joins_one_side_only():
    doors = Doors(np.array([[1, 2], [2, 3]]), np.array([2.0, 2.1], np.float32), np.array([0, 0]))
    heights = np.array([0, 9, 2.2, 8], np.float32)
    label = open_doors(doors, heights, limit=1.5 * doors.width, order=doors.width)
    assert label.tolist() == [0, 1, 3, 3]


def test_wide_doors_join_everything():
    doors = Doors(np.array([[1, 2], [2, 3]]), np.array([9, 9], np.float32), np.array([0, 0]))
    heights = np.array([0, 9, 10, 11], np.float32)
    label = open_doors(doors, heights, limit=np.array([np.inf, np.inf]), order=doors.width)
    assert label.tolist() == [0, 3, 3, 3]


def odds_between_halls(lines):
    depth = measure_depth(lines)
    rooms = np.where(lines, 0, np.where(np.arange(lines.shape[1]) < lines.shape[1] // 2, 1, 2))
    rooms = rooms.astype(np.int32)
    return float(find_gaps(rooms, depth, find_doors(rooms, depth), 1.0)[0])


def test_a_hole_in_a_line_is_more_of_a_gap_than_a_corridor():
    assert odds_between_halls(two_rooms(3)) > 0 > odds_between_halls(two_rooms(3, passage=13))


def test_a_narrow_hole_is_more_of_a_gap_than_a_wide_one():
    assert odds_between_halls(two_rooms(2)) > odds_between_halls(two_rooms(5))


def test_a_passage_along_the_frame_is_no_gap():
    lines = np.zeros((40, 81), bool)
    lines[:38, 40] = True
    assert odds_between_halls(lines) == -np.inf


def test_no_doors_no_gaps():
    depth = measure_depth(np.zeros((4, 4), bool))
    rooms = find_rooms(depth)
    assert find_gaps(rooms, depth, find_doors(rooms, depth), 1.0).shape == (0,)


def test_blocks_of_doors_change_nothing(monkeypatch):
    ink = np.random.default_rng(0).random((40, 40)) < 0.2
    depth = measure_depth(ink)
    rooms = find_rooms(depth)
    doors = find_doors(rooms, depth)
    whole = find_gaps(rooms, depth, doors, 1.0)
    monkeypatch.setattr("nurie.regions.doors.BLOCK", 7)
    assert np.array_equal(find_gaps(rooms, depth, doors, 1.0), whole)

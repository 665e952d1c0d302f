import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nurie.regions.room_graph import Doors, RoomGraph, join_rooms, join_small, join_touches, open_doors


def doors_of(pairs, width=None, length=None):
    count = len(pairs)
    return Doors(
        np.array(pairs, np.int64).reshape(count, 2),
        np.array(width if width is not None else [1] * count, np.float32),
        np.arange(count),
        np.array(length if length is not None else [1] * count, np.int64),
    )


graphs = st.integers(2, 8).flatmap(
    lambda rooms: st.tuples(
        st.just(rooms),
        st.lists(st.tuples(st.integers(1, rooms), st.integers(1, rooms)).filter(lambda p: p[0] != p[1]), max_size=20),
        st.lists(st.integers(1, 30), min_size=rooms, max_size=rooms),
    )
)


def test_the_widest_touch_is_the_door_and_lengths_add_up():
    doors = join_touches([doors_of([(2, 1), (1, 2), (1, 3)], [1, 3, 2]), doors_of([(2, 1), (3, 3)], [2, 9])])
    assert doors.rooms.tolist() == [[1, 2], [1, 3]]
    assert doors.width.tolist() == [3, 2]
    assert doors.place.tolist() == [1, 2]
    assert doors.length.tolist() == [3, 1]


def test_a_hollow_in_a_gap_joins_one_side_only():
    doors = doors_of([[1, 2], [2, 3]], [2.0, 2.1])
    heights = np.array([0, 9, 2.2, 8], np.float32)
    label = open_doors(doors, heights, limit=1.5 * doors.width.astype(float), order=doors.width.astype(float))
    assert label.tolist() == [0, 1, 3, 3]


def test_wide_doors_join_everything():
    doors = doors_of([[1, 2], [2, 3]], [9, 9])
    heights = np.array([0, 9, 10, 11], np.float32)
    label = open_doors(doors, heights, limit=np.array([np.inf, np.inf]), order=doors.width.astype(float))
    assert label.tolist() == [0, 3, 3, 3]


@given(graphs)
def test_joining_keeps_pixels_and_the_greatest_height(graph):
    rooms, pairs, areas = graph
    areas = np.array([0, *areas])
    before = RoomGraph(areas.astype(np.float32), areas, join_touches([doors_of(pairs)]), np.arange(rooms + 1))
    limit = np.full(len(before.doors.place), np.inf)
    after = join_rooms(before, open_doors(before.doors, before.heights, limit=limit, order=np.zeros(len(limit))))
    assert after.areas.sum() == areas.sum()
    assert len(after.doors.place) == 0
    for label in np.unique(after.label[1:]):
        together = after.label == label
        assert after.areas[label] == areas[together].sum()
        assert after.heights[label] == areas[together].max()


@given(graphs, st.integers(0, 40), st.integers(1, 9))
def test_nothing_small_is_left_that_has_a_neighbor(graph, min_area, most):
    _, pairs, areas = graph
    areas = np.array([0, *areas])
    doors = join_touches([doors_of(pairs)])
    label = join_small(doors.rooms, doors.length, areas, min_area=min_area, max_regions=most)
    joined = np.bincount(label, areas, len(areas))
    assert (label[label] == label).all()
    ends = label[doors.rooms]
    ends = ends[ends[:, 0] != ends[:, 1]]
    assert (joined[ends] >= min_area).all()
    assert len(ends) == 0 or (joined > 0).sum() <= most


def test_a_sliver_joins_the_neighbor_with_the_longest_border():
    doors = doors_of([(1, 2), (2, 3)], length=[3, 5])
    label = join_small(doors.rooms, doors.length, np.array([0, 90, 4, 50]), min_area=10, max_regions=9)
    assert label.tolist() == [0, 1, 3, 3]

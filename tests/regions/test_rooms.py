import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.regions.region_map import connect_regions, number_regions
from nurie.regions.room_graph import open_doors
from nurie.regions.rooms import find_rooms, measure_depth

lines = hnp.arrays(np.bool_, st.tuples(st.integers(1, 20), st.integers(1, 20)))


def scribble(seed, side, strokes=40):
    """Straight strokes of one pixel."""
    rng = np.random.default_rng(seed)
    ink = np.zeros((side, side), bool)
    for _ in range(strokes):
        (r, c), (dr, dc) = rng.integers(0, side, 2), rng.normal(size=2)
        steps = np.arange(rng.integers(4, side))
        rows, columns = np.rint(r + steps * dr).astype(int), np.rint(c + steps * dc).astype(int)
        inside = (rows >= 0) & (rows < side) & (columns >= 0) & (columns < side)
        ink[rows[inside], columns[inside]] = True
    return ink


def test_depth_is_the_distance_to_ink():
    depth = measure_depth(np.array([[True, False, False, False]]))
    assert depth[0].tolist() == pytest.approx([0, 1, 2, 3], abs=0.01)


def test_a_blank_picture_is_deep_everywhere():
    assert (measure_depth(np.zeros((3, 4), bool)) == 5).all()


@given(lines)
def test_rooms_cover_the_paper_and_are_numbered(lines):
    labels, graph = find_rooms(measure_depth(lines))
    assert np.array_equal(labels == 0, lines)
    assert np.unique(labels[labels > 0]).tolist() == list(range(1, len(graph.heights)))


@given(lines)
def test_rooms_are_the_hills_that_climbing_by_hand_finds(lines):
    depth = measure_depth(lines)
    labels, _ = find_rooms(depth, cell=1)
    level = np.rint(depth * np.float32(64))

    def top(place):
        while True:
            row, column = place
            around = [(row - 1, column), (row, column - 1), place, (row, column + 1), (row + 1, column)]
            inside = [p for p in around if 0 <= p[0] < lines.shape[0] and 0 <= p[1] < lines.shape[1]]
            best = max(inside, key=lambda p: (level[p], p))
            if best == place:
                return place
            place = best

    tops = {place: top(place) for place in map(tuple, np.argwhere(~lines).tolist())}
    expected = {place: list(dict.fromkeys(tops.values())).index(end) + 1 for place, end in tops.items()}
    by_hand = np.zeros(lines.shape, np.int32)
    for place, label in expected.items():
        by_hand[place] = label
    assert np.array_equal(number_regions(labels), number_regions(by_hand))


@given(lines)
def test_doors_equal_a_search_by_hand(lines):
    depth = measure_depth(lines)
    rooms, graph = find_rooms(depth, cell=1)
    widths, lengths = {}, {}
    for row, column in np.ndindex(rooms.shape):
        for other in ((row + 1, column), (row, column + 1)):
            if other[0] == rooms.shape[0] or other[1] == rooms.shape[1]:
                continue
            pair = tuple(sorted((int(rooms[row, column]), int(rooms[other]))))
            if pair[0] and pair[0] != pair[1]:
                width = min(depth[row, column], depth[other])
                widths[pair] = max(widths.get(pair, 0), width)
                lengths[pair] = lengths.get(pair, 0) + 1
    pairs = list(map(tuple, graph.doors.rooms.tolist()))
    assert dict(zip(pairs, graph.doors.width.tolist(), strict=True)) == widths
    assert dict(zip(pairs, graph.doors.length.tolist(), strict=True)) == lengths
    assert np.array_equal(depth.ravel()[graph.doors.place], graph.doors.width)


@given(lines)
def test_heights_and_areas_are_those_of_the_pixels(lines):
    depth = measure_depth(lines)
    labels, graph = find_rooms(depth, cell=1)
    for label, (height, area) in enumerate(zip(graph.heights, graph.areas, strict=True)):
        inside = (labels == label) & ~lines
        # Depths are compared in steps of 1/64.
        assert height == pytest.approx(depth[inside].max(initial=0), abs=1 / 64)
        assert area == inside.sum()


@pytest.mark.parametrize("cell", [2, 3, 5, 8])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), side=st.integers(20, 150))
def test_cells_change_nothing_near_the_ink(cell, seed, side):
    """Where the paper is wide rooms may be split otherwise; what narrow doors part stays the same."""
    ink = scribble(seed, side)
    depth = measure_depth(ink)
    labels, graph = find_rooms(depth, cell=cell)
    assert np.array_equal(labels == 0, ink)
    assert np.array_equal(graph.areas[1:], np.bincount(labels[~ink], minlength=len(graph.areas))[1:])
    assert connect_regions(labels).max() == labels.max()
    assert np.array_equal(behind_doors(labels, graph, 1.2), behind_doors(*find_rooms(depth, cell=1), 1.2))


def behind_doors(labels, graph, width):
    """The paper as doors up to this width part it."""
    limit = np.where(graph.doors.width > width, np.inf, 0)
    return number_regions(open_doors(graph.doors, graph.heights, limit=limit, order=np.zeros(len(limit)))[labels])

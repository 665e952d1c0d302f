"""Doors between rooms, and what becomes of the rooms when doors are opened: all on the graph, without pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of

import numpy as np
from jaxtyping import Bool, Float, Float32, Int, Int64

from nurie.regions.region_map import find_roots, run_lengths, run_starts

Places = Int64[np.ndarray, " places"]
"""Flat indices of pixels."""

Heights = Float32[np.ndarray, " rooms"]
"""Greatest depth of each room: the largest ball that it holds. Index 0 is the ink."""

Areas = Int64[np.ndarray, " rooms"]
"""Pixels of each room. Index 0 is the ink, which is not counted."""

Pairs = Int[np.ndarray, "pairs 2"]
"""Two labels each."""

NewLabels = Int[np.ndarray, " rooms"]
"""The label that each room gets: always that of a room which keeps its own. Index 0 is the ink."""


@dataclass(frozen=True)
class Doors:
    """Where rooms touch: a door for each pair of rooms, at the widest place of their border."""

    rooms: Int[np.ndarray, "doors 2"]
    width: Float32[np.ndarray, " doors"]
    """Depth in the doorway: half the width, in pixels. Between ink g pixels apart it is (g + 1) / 2."""
    place: Int64[np.ndarray, " doors"]
    """Flat index of the pixel in the doorway."""
    length: Int64[np.ndarray, " doors"]
    """Pixel edges that the two rooms share."""


@dataclass(frozen=True)
class RoomGraph:
    """Rooms without their pixels."""

    heights: Heights
    areas: Areas
    """0 for labels that joined another."""
    doors: Doors
    label: NewLabels
    """The room that each room of the map has come to."""


def join_touches(touches: Sequence[Doors]) -> Doors:
    """One door for each pair of rooms, the widest; at equal width the first. Lengths are added up."""
    one = touches[0] if len(touches) == 1 else _put_together(touches)
    pair = one.rooms
    low, high = np.minimum(*pair.T), np.maximum(*pair.T)
    parted = np.flatnonzero(low != high)
    low, high = low[parted], high[parted]
    width = one.width[parted]
    key = low.astype(np.int64) * (int(high.max(initial=0)) + 1) + high
    order = np.argsort(key)  # what follows does not depend on the order of equal keys
    starts = run_starts(key[order])
    if len(starts) == 0:
        return Doors(np.zeros((0, 2), low.dtype), width[:0], *(np.zeros(0, np.int64) for _ in range(2)))
    lengths = one.length[parted[order]]
    width = width[order]
    widest = np.maximum.reduceat(width, starts)
    is_widest = width == np.repeat(widest, run_lengths(starts, len(order)))
    first = np.minimum.reduceat(np.where(is_widest, order, len(order)), starts)
    place = one.place[parted[first]]
    return Doors(np.stack([low[first], high[first]], axis=1), widest, place, np.add.reduceat(lengths, starts))


def _put_together(touches: Sequence[Doors]) -> Doors:
    fields = ([getattr(some, field.name) for some in touches] for field in fields_of(Doors))
    return Doors(*(np.concatenate(arrays) for arrays in fields))


def join_rooms(graph: RoomGraph, label: NewLabels) -> RoomGraph:
    """Give rooms new labels: rooms of one label become one, and the doors between them vanish."""
    if np.array_equal(label, np.arange(len(label))):
        return graph
    heights = graph.heights.copy()
    np.maximum.at(heights, label, graph.heights)
    areas = np.bincount(label, graph.areas, len(label)).astype(np.int64)
    doors = graph.doors
    joined = join_touches([Doors(label[doors.rooms], doors.width, doors.place, doors.length)])
    return RoomGraph(heights, areas, joined, label[graph.label])


def open_doors(
    doors: Doors, heights: Heights, *, limit: Float[np.ndarray, " doors"], order: Float[np.ndarray, " doors"]
) -> NewLabels:
    """Join rooms until no door is left whose lower room stays below the door's `limit`.

    Each round, every room that may joins a higher one through its door that comes last in `order`; at equal
    height the smaller label counts as higher. One door a room and round: else a small hollow within a gap
    would join the rooms on both sides of it.
    """
    label = np.arange(len(heights))
    rank = np.empty(len(heights), np.int64)
    rank[np.lexsort((-label, heights))] = label
    sequence = np.argsort(order, kind="stable")
    sequence = sequence[limit[sequence] > 0]  # no room is lower than that
    first, second, limit = *doors.rooms[sequence].T, limit[sequence]
    while True:
        first, second = label[first], label[second]
        swap = rank[first] > rank[second]
        lower, upper = np.where(swap, second, first), np.where(swap, first, second)
        able = (lower != upper) & (heights[lower] < limit)
        if not able.any():
            return label
        parent = np.arange(len(heights))
        # Of repeated indices the last assignment stays.
        parent[lower[able]] = upper[able]
        label = find_roots(parent)[label]
        # Doors within a room stay closed for good: the rounds get shorter.
        first, second, limit = first[lower != upper], second[lower != upper], limit[lower != upper]


def join_small(
    pairs: Pairs, lengths: Int64[np.ndarray, " pairs"], areas: Areas, *, min_area: int, max_regions: int
) -> NewLabels:
    """Join labels below `min_area` pixels, and the smallest while there are more than `max_regions`, to neighbors.

    Each joins the neighbor with the longest common border, at equal border the larger, then the smaller label. It
    ends when nothing small has a neighbor, and no label has one or few enough are left. Labels without pixels do
    not count.
    """
    label = np.arange(len(areas))
    while True:
        small = (areas > 0) & (areas < min_area)
        excess = int((areas > 0).sum()) - max_regions
        if excess > 0:
            able = np.unique(pairs)
            small[able[np.argsort(areas[able], kind="stable")][:excess]] = True
        parent = join_by_border(pairs, lengths, areas, small)
        if parent is None:
            return label
        label = parent[label]
        areas = np.bincount(parent, areas, len(areas)).astype(np.int64)
        pairs, lengths = _add_up(parent[pairs], lengths)


def _add_up(
    pairs: Pairs, lengths: Int64[np.ndarray, " pairs"]
) -> tuple[Int[np.ndarray, "kept 2"], Int64[np.ndarray, " kept"]]:
    """Each pair of different labels once, the smaller first, with the sum of its lengths."""
    pairs = np.sort(pairs, axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    order = order[pairs[order, 0] != pairs[order, 1]]
    pairs, lengths = pairs[order], lengths[order]
    starts = np.flatnonzero(_starts(pairs))
    return pairs[starts], np.add.reduceat(lengths, starts) if len(starts) else lengths[:0]


def _starts(pairs: Pairs) -> Bool[np.ndarray, " pairs"]:
    """True where a sorted list has a pair for the first time."""
    first = np.ones(len(pairs), bool)
    first[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    return first


def join_by_border(
    pairs: Pairs, lengths: Int64[np.ndarray, " pairs"], areas: Areas, movable: Bool[np.ndarray, " rooms"]
) -> NewLabels | None:
    """Join each `movable` label to its neighbor of longest border; None if none can.

    A label joins only one of higher rank, so that the joins form a forest: what may not move, then the
    larger, then the smaller label.
    """
    rank = np.empty(len(areas), np.int64)
    rank[np.lexsort((-np.arange(len(areas)), areas, ~movable))] = np.arange(len(areas))
    swap = rank[pairs[:, 0]] > rank[pairs[:, 1]]
    lower, upper = np.where(swap, pairs[:, 1], pairs[:, 0]), np.where(swap, pairs[:, 0], pairs[:, 1])
    able = np.flatnonzero(movable[lower])
    if len(able) == 0:
        return None
    parent = np.arange(len(areas))
    order = able[np.lexsort((rank[upper[able]], lengths[able]))]
    # Of repeated indices the last assignment stays: the longest border.
    parent[lower[order]] = upper[order]
    return find_roots(parent)

"""Rooms of the paper, the doors between them, and which doors are gaps in the ink.

A room is a hill of the depth (distance to the ink): where the largest ball that fits can roll downhill. Two
rooms touch at a door, whose width is the largest ball that passes. A ball that is larger than all doors of
its room is trapped there: that is Zhang's trapped ball, for all radii at once.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Bool, Float, Float32, Int

from nurie.arrays import LineMask, RegionMap
from nurie.regions.region_map import find_roots, region_areas

Depth = Float32[np.ndarray, "height width"]
"""Pixels to the nearest ink; the frame of the picture is no ink. 0 on ink."""

ASCENT_STEPS = 64
"""Levels of depth in a pixel when rooms are told apart: finer ones would only split ridges."""

WINDOW = 5
"""Pixels at a ball radius of 3: how far around a door its ink is looked at."""


BLOCK = 8192
"""Doors looked at together: bounds the memory for pictures full of hatching."""

GAP_ODDS = np.array([-2.67, -3.51, 0.64, 2.65, -7.63])
"""Logistic fit of 5,000 doors of 110 anime drawings, half of them with 12 gaps of 1-4 pixels, weighted by
the root of the smaller room; for 1, log width, log area, log(across/along) and ink: see `find_gaps`."""


@dataclass(frozen=True)
class Doors:
    """Where rooms touch: the widest place of each pair of rooms."""

    rooms: Int[np.ndarray, "doors 2"]
    width: Float32[np.ndarray, " doors"]
    """Depth in the doorway: half the width, in pixels."""
    place: Int[np.ndarray, " doors"]
    """Flat index of the pixel in the doorway."""


def measure_depth(lines: LineMask) -> Depth:
    """Distance of every pixel to the nearest ink; a blank picture is as deep as its diagonal is long."""
    if not lines.any():
        return np.full(lines.shape, np.hypot(*lines.shape), np.float32)
    paper = np.logical_not(lines).astype(np.uint8)
    depth = cv2.distanceTransform(paper, cv2.DIST_L2, cv2.DIST_MASK_5)
    return np.asarray(depth, np.float32)


def find_rooms(depth: Depth) -> RegionMap:
    """Let every pixel climb to its deepest 4-neighbor until the top; who ends at one top is one room.

    At equal depth the later pixel in reading order is the higher one. Ink is 0.
    """
    size, bits = depth.size, depth.size.bit_length()
    pixels = np.arange(size).reshape(depth.shape)
    # Depth and index in one number: one dilation then finds which neighbor is the highest.
    height = (np.rint(depth * ASCENT_STEPS).astype(np.int64) << bits | pixels).astype(np.float64)
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    higher = cv2.dilate(height, cross).astype(np.int64).ravel() & ((1 << bits) - 1)
    top = find_roots(higher)
    is_top = (higher == np.arange(size)) & (depth.ravel() > 0)
    number = np.cumsum(is_top, dtype=np.int32)
    return np.where(depth > 0, number[top].reshape(depth.shape), np.int32(0))


def find_doors(rooms: RegionMap, depth: Depth) -> Doors:
    """Find the widest place where each two rooms touch; at equal width the first found."""
    width = rooms.shape[1]
    flat, deep = rooms.ravel(), depth.ravel()
    beside = np.flatnonzero(rooms[:, 1:] != rooms[:, :-1])
    beside += beside // max(1, width - 1)
    below = np.flatnonzero(rooms[1:] != rooms[:-1])
    here = np.concatenate([beside, below])
    there = np.concatenate([beside + 1, below + width])
    both = (flat[here] > 0) & (flat[there] > 0)
    here, there = here[both], there[both]
    place = np.where(deep[here] <= deep[there], here, there)
    touches = Doors(np.stack([flat[here], flat[there]], axis=1), deep[place], place)
    return join_doors(touches, np.arange(int(rooms.max(initial=0)) + 1))


def join_doors(doors: Doors, label: Int[np.ndarray, " rooms"]) -> Doors:
    """Give rooms new labels: doors within one room vanish, the widest of each pair of rooms stays."""
    pair = np.sort(label[doors.rooms], axis=1)
    order = np.lexsort((-doors.width, pair[:, 1], pair[:, 0]))
    pair = pair[order]
    kept = pair[:, 0] != pair[:, 1]
    kept[1:] &= (pair[1:] != pair[:-1]).any(axis=1)
    return Doors(pair[kept], doors.width[order][kept], doors.place[order][kept])


def room_heights(rooms: RegionMap, depth: Depth) -> Float32[np.ndarray, " rooms"]:
    """Greatest depth of each room: the largest ball it holds. Index 0 is the ink."""
    heights = np.zeros(int(rooms.max(initial=0)) + 1, np.float32)
    np.maximum.at(heights, rooms.ravel(), depth.ravel())
    return heights


def open_doors(
    doors: Doors,
    heights: Float32[np.ndarray, " rooms"],
    *,
    limit: Float[np.ndarray, " doors"],
    order: Float[np.ndarray, " doors"],
) -> Int[np.ndarray, " rooms"]:
    """Join rooms until no door is left whose lower room stays below the door's `limit`.

    Each round, every room that may joins a higher one through its door that comes last in `order`; at equal
    height the smaller label counts as higher. One door a room and round: else a small hollow within a gap
    would join the rooms on both sides of it. Returns the label that each room gets.
    """
    label = np.arange(len(heights))
    rank = np.empty(len(heights), np.int64)
    rank[np.lexsort((-label, heights))] = label
    sequence = np.argsort(order, kind="stable")
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


def find_gaps(rooms: RegionMap, depth: Depth, doors: Doors, scale: float) -> Float[np.ndarray, " doors"]:
    """Odds (natural logarithm) that a door is a gap in the ink and not a narrow place of one region.

    In a gap the ink runs across the way through the door, at a narrow place along it; a gap is narrow, little
    ink is around it, and both its rooms are large. What lies between ink and the frame is no gap.
    """
    blocks = [slice(start, start + BLOCK) for start in range(0, max(1, len(doors.place)), BLOCK)]
    around = [_ink_around(rooms, doors.rooms[block], doors.place[block], scale) for block in blocks]
    ink, across_to_along = np.concatenate(around, axis=1)
    area = region_areas(rooms)[doors.rooms].min(axis=1) / scale**2
    narrow = (doors.width - 0.5) / scale + 0.5
    odds = GAP_ODDS @ [np.ones(len(ink)), np.log(narrow.clip(0.5)), np.log(area), np.log(across_to_along), ink]
    rows, columns = np.divmod(doors.place, depth.shape[1])
    margin = np.minimum.reduce([rows, columns, depth.shape[0] - 1 - rows, depth.shape[1] - 1 - columns])
    return np.where(margin < 2 * doors.width, -np.inf, odds)


def _ink_around(
    rooms: RegionMap, pairs: Int[np.ndarray, "doors 2"], place: Int[np.ndarray, " doors"], scale: float
) -> Float[np.ndarray, "2 doors"]:
    """Share of ink in the window around each door, and its spread across the way by that along it."""
    height, width = rooms.shape
    reach = np.arange(-WINDOW, WINDOW + 1)
    step = np.rint(reach * scale).astype(np.int64)
    rows, columns = np.divmod(place, width)
    row, column = rows[:, None, None] + step[:, None], columns[:, None, None] + step
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    inside &= reach[:, None] ** 2 + reach**2 <= WINDOW**2 + 1
    label = np.where(inside, rooms[row.clip(0, height - 1), column.clip(0, width - 1)], -1)
    one, other = (_center(label == room[:, None, None]) for room in pairs.T)
    along, across = _spread(label == 0, other - one)
    # A third of a pixel, the spread of ink within one, keeps the ratio finite.
    return np.stack([(label == 0).mean(axis=(1, 2)), (across + 0.3) / (along + 0.3)])


Windows = Bool[np.ndarray, "doors side side"]


def _center(inside: Windows) -> Float[np.ndarray, "doors 2"]:
    """Mean offset (row, column) from the middle of each window; zero where nothing is inside."""
    reach = np.arange(-WINDOW, WINDOW + 1)
    count = inside.sum(axis=(1, 2)).clip(1)
    rows = inside.sum(axis=2) @ reach / count
    columns = inside.sum(axis=1) @ reach / count
    return np.stack([rows, columns], axis=1)


def _spread(
    inside: Windows, ways: Float[np.ndarray, "doors 2"]
) -> tuple[Float[np.ndarray, " doors"], Float[np.ndarray, " doors"]]:
    """Root mean square offset along the way and across it; zero where nothing is inside."""
    reach = np.arange(-WINDOW, WINDOW + 1)
    count = inside.sum(axis=(1, 2)).clip(1)
    rows = inside.sum(axis=2) @ reach**2 / count
    columns = inside.sum(axis=1) @ reach**2 / count
    mixed = (inside @ reach * reach).sum(axis=1) / count
    y, x = (ways / np.linalg.norm(ways, axis=1, keepdims=True).clip(1e-6)).T
    along = y * y * rows + x * x * columns + 2 * x * y * mixed
    return np.sqrt(along.clip(0)), np.sqrt((rows + columns - along).clip(0))

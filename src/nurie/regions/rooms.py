"""Rooms of the paper: the distance to the ink, seen as a landscape.

A room is a hill of the depth (distance to the ink): where the largest ball that fits can roll downhill. Two
rooms touch at a door, whose width is the largest ball that passes. A ball that is larger than all doors of
its room is trapped there: that is Zhang's trapped ball, for all radii at once.

Only the paper near the ink is looked at pixel by pixel. Farther away, where nothing narrow can be, square cells
stand for the pixels: so the time follows the length of the lines more than the size of the picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Bool, Float32, Int32

from nurie.arrays import LineMask, RegionMap
from nurie.regions.region_map import find_roots
from nurie.regions.room_graph import Doors, Places, RoomGraph, join_touches

Depth = Float32[np.ndarray, "height width"]
"""Pixels to the nearest ink; the frame of the picture is no ink. 0 on ink."""

ASCENT_STEPS = 64
"""Levels of depth in a pixel when rooms are told apart: finer ones would only split ridges."""

CELLS = 1 / 8
"""Cells of this share of the root of a picture's side were the fastest from 256 to 4096 pixels."""

CLEAR = 1.5
"""A cell whose middle is farther from the ink than so many of its sides is all paper."""


def measure_depth(lines: LineMask) -> Depth:
    """Distance of every pixel to the nearest ink; a blank picture is as deep as its diagonal is long."""
    if not lines.any():
        return np.full(lines.shape, np.hypot(*lines.shape), np.float32)
    paper = np.logical_not(lines).view(np.uint8)
    depth = cv2.distanceTransform(paper, cv2.DIST_L2, cv2.DIST_MASK_5)
    return np.asarray(depth, np.float32)


def find_rooms(depth: Depth, *, cell: int | None = None) -> tuple[RegionMap, RoomGraph]:
    """Let every pixel climb to its deepest 4-neighbor until the top; who ends at one top is one room.

    At equal depth the later pixel in reading order is the higher one. `cell` is the side of the cells in
    pixels; None suits the picture, 1 does without.

    Returns:
        The rooms 1..R as a map in which ink is 0 and each room is 4-connected, and what is known of them.
    """
    height, width = depth.shape
    cell = cell or max(1, round(CELLS * float(depth.size) ** 0.25))
    clear = _clear_cells(depth, cell)
    rows, columns = clear.shape
    grid = _climb(_frame(clear), np.zeros((rows + 2, columns + 2), np.int32), first=1)
    labels = np.zeros((height + 2, width + 2), np.int32)
    blocks = labels[1 : 1 + rows * cell, 1 : 1 + columns * cell].reshape(rows, cell, columns, cell)
    for column in range(cell):  # long rows one after the other, not cell by cell
        blocks[:, 0, :, column] = grid.labels[1:-1, 1:-1]
    blocks[:, 1:] = blocks[:, :1]
    pixels = _climb(_frame(depth), labels, first=1 + len(grid.heights))
    heights = np.concatenate([np.zeros(1, np.float32), grid.heights, pixels.heights])
    areas = cell**2 * np.bincount(grid.own, minlength=len(heights)) + np.bincount(pixels.own, minlength=len(heights))
    doors = join_touches([*_touches(grid, cell, width), *_touches(pixels, 1, width)])
    graph = RoomGraph(heights, areas, doors, np.arange(len(heights)))
    return np.ascontiguousarray(pixels.labels[1:-1, 1:-1]), graph


@dataclass(frozen=True)
class _Hills:
    """What became of the places of a landscape; its arrays have a frame of one pixel around the picture."""

    depth: Float32[np.ndarray, "framed_height framed_width"]
    labels: Int32[np.ndarray, "framed_height framed_width"]
    is_place: Bool[np.ndarray, "framed_height framed_width"]
    places: Places
    own: Int32[np.ndarray, " places"]
    """The room of each place."""
    heights: Float32[np.ndarray, " new_rooms"]


def _frame(depth: Depth) -> Float32[np.ndarray, "framed_height framed_width"]:
    return np.asarray(cv2.copyMakeBorder(depth, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0))


def _clear_cells(depth: Depth, cell: int) -> Float32[np.ndarray, "rows columns"]:
    """Depth in the middle of each whole cell of paper, 0 for the others; no cells if `cell` is 1."""
    rows, columns = (side // cell for side in depth.shape)
    if cell == 1 or rows * columns == 0:
        return np.zeros((0, 0), np.float32)
    middle = depth[cell // 2 : rows * cell : cell, cell // 2 : columns * cell : cell]
    return np.where(middle > CLEAR * cell, middle, np.float32(0))


def _climb(
    depth: Float32[np.ndarray, "framed_height framed_width"],
    labels: Int32[np.ndarray, "framed_height framed_width"],
    *,
    first: int,
) -> _Hills:
    """Give every place, that is paper without a label, its room; `labels` is changed.

    Rooms that places end in without a label of their own are numbered from `first` on.
    """
    is_place = (depth > 0) & (labels == 0)
    places = np.flatnonzero(is_place)
    above = _deepest_beside(depth, places)
    nodes = np.arange(first, first + len(places), dtype=np.int32)
    flat = labels.reshape(-1)
    flat[places] = nodes
    parent = np.concatenate([np.arange(first), flat[above]])
    root = find_roots(parent)[first:]
    tops = np.flatnonzero(root == nodes)
    label = np.arange(first + len(places), dtype=np.int32)
    label[first + tops] = np.arange(first, first + len(tops), dtype=np.int32)
    own = label[root]
    flat[places] = own
    return _Hills(depth, labels, is_place, places, own, depth.ravel()[places[tops]])


def _deepest_beside(depth: Float32[np.ndarray, "framed_height framed_width"], places: Places) -> Places:
    """The deepest of each place and its four neighbors; of equal ones the last in reading order."""
    level = np.rint(depth * np.float32(ASCENT_STEPS)).ravel()
    stride = depth.shape[1]
    first = places - stride
    ways = np.array([0, stride - 1, stride, stride + 1, 2 * stride])
    levels = np.stack([level[way:].take(first) for way in ways])
    deepest = levels.max(axis=0)
    last = np.zeros(len(places), np.uint8)
    for way in range(1, len(ways)):
        np.maximum(last, np.uint8(way) * (levels[way] == deepest).view(np.uint8), out=last)
    return np.asarray(first + ways.take(last))


def _touches(hills: _Hills, cell: int, width: int) -> list[Doors]:
    """All pairs of neighbors in two rooms of which at least one is a place.

    A neighbor is a cell of `cell` pixels a side; doorways are pixels of a picture that is `width` wide.
    """
    depth, labels, is_place = (array.ravel() for array in (hills.depth, hills.labels, hills.is_place))
    stride = hills.depth.shape[1]
    before, after = [], []
    for offset in (stride, 1):
        meets = _meetings(labels, offset)
        first, second = is_place[meets], is_place[meets + offset]
        before.append((meets[second & ~first] + offset, -offset))  # two places meet once only
        after.append((meets[first], offset))
    touches = []
    for here, offset in (*before, *reversed(after)):
        there = here + offset
        door = np.where(depth[here] <= depth[there], here, there)
        row, column = np.divmod(door, stride)
        place = ((row - 1) * cell + cell // 2) * width + (column - 1) * cell + cell // 2
        pair = np.stack([labels[here], labels[there]], axis=1)
        touches.append(Doors(pair, depth[door], place, np.full(len(door), cell)))
    return touches


def _meetings(labels: Int32[np.ndarray, " pixels"], offset: int) -> Places:
    """Where a label above 0 has another one so many pixels behind it."""
    first, second = labels[:-offset], labels[offset:]
    meets = first != second
    meets &= first > 0
    meets &= second > 0
    return np.flatnonzero(meets)

"""Borders that nobody drew: where two regions meet on bare paper, followed from end to end.

Pixels meet in edges, edges in corners. A border is a chain of edges between two corners where something ends it: ink,
the frame, or other borders.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Complex128, Int64

from nurie.arrays import LineMask, RegionMap

Points = Complex128[np.ndarray, " _points"]
"""Column + 1j * row, in pixels from the upper left corner of the picture."""

_STRIP = 1 << 20  # pixels compared at once: little memory, and they stay in the cache

Pairs = Int64[np.ndarray, "_pairs 2"]
Corners = Int64[np.ndarray, " corners"]


@dataclass(frozen=True)
class Border:
    """Where two regions meet, from corner to corner."""

    points: Points
    ends: tuple[int, int]
    """Numbers of the first and the last corner; equal if it comes back to where it began."""


@dataclass(frozen=True)
class Borders:
    """All borders on bare paper."""

    borders: list[Border]
    pairs: Pairs
    """The two labels that each border parts."""
    forks: frozenset[int]
    """Numbers of corners on bare paper where three borders end."""
    fixed: frozenset[int]
    """Numbers of the other corners where borders end: those touch ink or the frame, or four borders meet there."""


def find_borders(regions: RegionMap, lines: LineMask) -> Borders:
    """The borders between pixels that are both paper, cut where they touch ink, the frame or one another."""
    edges, labels = _find_edges(regions, lines)
    corners, ends = np.unique(edges, return_inverse=True)
    ends = ends.reshape(edges.shape)
    row, column = np.divmod(corners, regions.shape[1] + 1)
    degree = np.bincount(ends.ravel(), minlength=len(corners))
    stop = _touches(lines, row, column)
    fork = (degree == 3) & ~stop
    stop |= degree != 2
    points = column + 1j * row
    followed = _follow(ends, stop)
    borders = [Border(points[path], (path[0], path[-1])) for _, path in followed]
    pairs = labels[np.array([edge for edge, _ in followed], np.int64)]
    return Borders(borders, pairs, _numbers(fork), _numbers(stop & ~fork))


def _find_edges(regions: RegionMap, lines: LineMask) -> tuple[Pairs, Pairs]:
    """The two corners of every edge on bare paper, as row * (width + 1) + column, and the two labels beside it."""
    height, width = regions.shape
    stride = width + 1
    step = max(1, _STRIP // width)
    corners, labels = [], []
    for top in range(0, height, step):
        for down, right in ((1, 0), (0, 1)):
            # Rows overlap by one, so that edges between two strips are there once.
            near = regions[top : min(top + step, height - down), : width - right]
            far = regions[top + down : top + down + len(near), right:]
            row, column = np.divmod(np.flatnonzero(near != far), width - right)
            bare = ~(lines[top + row, column] | lines[top + row + down, column + right])
            row, column = row[bare], column[bare]
            first = (top + row + down) * stride + column + right
            corners.append(np.stack([first, first + (1 if down else stride)], axis=1))
            labels.append(np.stack([near[row, column], far[row, column]], axis=1).astype(np.int64))
    return np.concatenate(corners), np.concatenate(labels)


def _touches(lines: LineMask, row: Corners, column: Corners) -> Bool[np.ndarray, " corners"]:
    """Whether a corner is one of an ink pixel, or lies on the frame."""
    height, width = lines.shape
    touch = (row == 0) | (row == height) | (column == 0) | (column == width)
    for above in (1, 0):
        for left in (1, 0):
            touch |= lines[(row - above).clip(0, height - 1), (column - left).clip(0, width - 1)]
    return np.asarray(touch)


def _follow(ends: Pairs, stop: Bool[np.ndarray, " corners"]) -> list[tuple[int, list[int]]]:
    """Walk from stop to stop, and then around what has none: an edge of each border, and its corners."""
    across = ends.sum(axis=1).tolist()
    onward = np.bincount(ends.ravel(), np.repeat(np.arange(len(ends)), 2), len(stop)).astype(np.int64).tolist()
    stops, first_ends, passed = stop.tolist(), ends[:, 0].tolist(), bytearray(len(ends))
    at_stop = stop[ends]
    starts = np.flatnonzero(at_stop.any(axis=1))
    begin = dict(
        zip(starts.tolist(), np.where(at_stop[starts, 0], ends[starts, 0], ends[starts, 1]).tolist(), strict=True)
    )
    followed = []
    for start in [*begin, *range(len(ends))]:
        if passed[start]:
            continue
        edge, corner = start, begin.get(start, first_ends[start])
        path = [corner]
        while not passed[edge]:
            passed[edge] = 1
            corner = across[edge] - corner
            path.append(corner)
            if stops[corner]:
                break
            edge = onward[corner] - edge  # the other one of its two edges
        followed.append((start, path))
    return followed


def _numbers(chosen: Bool[np.ndarray, " corners"]) -> frozenset[int]:
    return frozenset(np.flatnonzero(chosen).tolist())

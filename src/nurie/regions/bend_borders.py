"""Borders that nobody drew become smooth curves; those that lie on ink stay, and no region falls apart."""

from collections.abc import Iterator

import cv2
import numpy as np
from jaxtyping import Int32, Int64

from nurie.arrays import LineMask, RegionMap
from nurie.regions.borders import Pairs, Points, find_borders
from nurie.regions.curves import smooth_curves

TILE = 8
"""Changes are made in squares of so many times the length over which borders are smoothed: all of one or none."""

Pixels = Int64[np.ndarray, " _pixels"]
"""Flat indices, rows or columns of pixels."""

NewLabels = Int32[np.ndarray, " _pixels"]
Codes = Int64[np.ndarray, " _crossings"]
Window = Int32[np.ndarray, "_height _width"]


def bend_borders(regions: RegionMap, lines: LineMask, length: float) -> None:
    """Smooth borders on bare paper over about `length` pixels to each side, in place.

    Only paper changes, and a pixel only to a region whose border moves over it. A border keeps its ends where it meets
    ink, the frame, or more than two others. Regions that are 4-connected stay so and none is lost: where a
    curve would part or swallow one, the border stays as it is.
    """
    found = find_borders(regions, lines)
    if not found.borders:
        return
    smooth = smooth_curves(found, length)
    pixels, labels = _find_changes(regions, [border.points for border in found.borders], smooth, found.pairs)
    paper = ~lines.ravel()[pixels]
    for some in _tiles(pixels[paper], labels[paper], regions.shape[1], max(1, round(TILE * length))):
        _change(regions, *some)


def _find_changes(regions: RegionMap, old: list[Points], new: list[Points], pairs: Pairs) -> tuple[Pixels, NewLabels]:
    """The pixels between old and new borders, and the regions they come to.

    Who walks along a row and crosses a border comes from one region to the other. So each region has a random
    number and each border the exclusive or of two. All borders crossed since the row began, old and new, turn the
    number of the region that a pixel is in to that of the region it comes to. If no region has that number, curves have
    crossed each other, and the pixel stays.
    """
    height, width = regions.shape
    codes = np.random.default_rng(0).integers(1 << 62, size=int(regions.max()) + 1)
    place, crossed = _crossings(old + new, np.tile(codes[pairs[:, 0]] ^ codes[pairs[:, 1]], 2), height, width)
    change = np.bitwise_xor.accumulate(crossed)
    begin = np.flatnonzero(change[:-1])
    run, step = _count_up(place[begin + 1] - place[begin])
    row, column = np.divmod(place[begin][run] + step, width + 1)
    inside = column < width
    pixel = (row * width + column)[inside]
    wanted = codes[regions.ravel()[pixel]] ^ change[begin][run][inside]
    order = np.argsort(codes)
    label = order[np.searchsorted(codes, wanted, sorter=order).clip(max=len(codes) - 1)]
    known = codes[label] == wanted
    return pixel[known], label[known].astype(np.int32)


def _crossings(curves: list[Points], codes: Codes, height: int, width: int) -> tuple[Pixels, Codes]:
    """Where curves cross the rows of pixel centers: the first pixel behind, as row * (width + 1) + column, in order."""
    sizes = [len(points) for points in curves]
    points = np.concatenate(curves)
    first, last = points[:-1], points[1:]
    # A row is crossed by what begins above its centers, or at their height, and ends below them.
    above, below = np.ceil(first.imag - 0.5), np.ceil(last.imag - 0.5)
    count = np.abs(below - above).astype(np.int64)
    count[np.cumsum(sizes)[:-1] - 1] = 0  # from one curve to the next
    piece, step = _count_up(count)
    row = np.minimum(above, below)[piece] + step
    start, way = first[piece], (last - first)[piece]
    column = np.ceil(start.real + way.real * (row + 0.5 - start.imag) / way.imag - 0.5).clip(0, width)
    inside = (row >= 0) & (row < height)
    place = (row * (width + 1) + column)[inside].astype(np.int64)
    order = np.argsort(place, kind="stable")
    return place[order], np.repeat(codes, sizes)[piece][inside][order]


def _count_up(counts: Int64[np.ndarray, " _runs"]) -> tuple[Int64[np.ndarray, " _total"], Int64[np.ndarray, " _total"]]:
    """For each of `counts` its index so many times, beside 0, 1, ..."""
    run = np.repeat(np.arange(len(counts)), counts)
    return run, np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)


def _tiles(pixels: Pixels, labels: NewLabels, width: int, side: int) -> Iterator[tuple[Pixels, Pixels, NewLabels]]:
    """Rows, columns and labels of the changes in each square of `side` pixels that has some."""
    row, column = np.divmod(pixels, width)
    tile = row // side * (width // side + 1) + column // side
    order = np.argsort(tile, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(tile[order])) + 1):
        if len(some):
            yield row[some], column[some], labels[some]


def _change(regions: RegionMap, row: Pixels, column: Pixels, labels: NewLabels) -> None:
    """Make some changes, unless one of the regions would fall apart."""
    top, left = max(int(row.min()) - 1, 0), max(int(column.min()) - 1, 0)
    window = regions[top : row.max() + 2, left : column.max() + 2]
    changed = window.copy()
    changed[row - top, column - left] = labels
    if _stays_whole(window, changed):
        window[...] = changed


def _stays_whole(old: Window, new: Window) -> bool:
    """Whether each piece of a region that was in one part is so still, and all that is new hangs on such a piece."""
    (num_old, before), (num_new, after) = _pieces(old), _pieces(new)
    same = old == new
    kept = np.unique(before[same].astype(np.int64) * num_new + after[same])
    return (
        len(kept) == num_old
        and len(np.unique(kept // num_new)) == num_old
        and len(np.unique(kept % num_new)) == num_new
    )


def _pieces(labels: Window) -> tuple[int, Window]:
    """How many 4-connected pieces of equal label there are, and which of them each pixel is in, from 0 on."""
    height, width = labels.shape
    lattice = np.ones((2 * height - 1, 2 * width - 1), np.uint8)
    lattice[1::2, 1::2] = 0
    np.equal(labels[:, 1:], labels[:, :-1], out=lattice[::2, 1::2].view(bool))
    np.equal(labels[1:], labels[:-1], out=lattice[1::2, ::2].view(bool))
    count, pieces = cv2.connectedComponents(lattice, connectivity=4, ltype=cv2.CV_32S)
    return count - 1, pieces[::2, ::2] - 1

"""What all region maps share: numbering, connectivity, borders, and giving line pixels away."""

import cv2
import numpy as np
from jaxtyping import Int, Int32, Shaped

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.errors import InputError

INK_THRESHOLD = 200
"""Gray value up to which a pixel is ink: the pale rim of a smooth line still parts two regions."""

REFERENCE_SIDE = 256
"""Defaults in pixels are meant for a picture of this side and grow with the picture."""

Labels = Int[np.ndarray, "height width"]


def find_lines(sketch: Sketch, ink_threshold: int = INK_THRESHOLD) -> LineMask:
    """True where `sketch` is at most `ink_threshold`.

    Raises:
        InputError: the sketch is empty, or `ink_threshold` is not within 0..254.
    """
    if sketch.size == 0:
        raise InputError("the sketch has no pixels; give one of at least 1x1")
    if not 0 <= ink_threshold <= 254:
        raise InputError(f"ink_threshold must be within 0..254, got {ink_threshold}")
    return sketch <= ink_threshold


def relative_side(height: int, width: int) -> float:
    """How many times longer than `REFERENCE_SIDE` the side of a square of equal area is."""
    return float(np.sqrt(height * width)) / REFERENCE_SIDE


def number_regions(labels: Labels) -> RegionMap:
    """Renumber labels 1..K in reading order of their first pixel; 0 stays, unused numbers vanish."""
    flat = labels.ravel()
    starts = run_starts(flat)
    runs = flat[starts]
    first = np.full(int(runs.max(initial=0)) + 1, flat.size, np.int64)
    # Of repeated indices the last assignment stays, so walking backwards leaves the first pixel.
    first[runs[::-1]] = starts[::-1]
    first[0] = -1
    order = np.argsort(first, kind="stable")
    numbers = np.empty(len(first), np.int32)
    numbers[order] = np.arange(len(first), dtype=np.int32)
    return np.repeat(numbers[runs], run_lengths(starts, flat.size)).reshape(labels.shape)


def run_starts(values: Shaped[np.ndarray, " values"]) -> Int[np.ndarray, " runs"]:
    """Where each run of equal values begins."""
    changes = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return np.flatnonzero(changes)


def run_lengths(starts: Int[np.ndarray, " runs"], size: int) -> Int[np.ndarray, " runs"]:
    """How long runs are that begin at `starts`, of `size` values together. `np.diff` takes five times as long."""
    lengths = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1:] = size - starts[-1:]
    return lengths


def connect_regions(labels: Labels) -> RegionMap:
    """Number the 4-connected pieces of equal label in reading order; 0 stays 0.

    The labels are laid on a lattice of twice the size, whose in-between points are set where two
    neighbors agree: so one binary component search does for all labels at once.
    """
    height, width = labels.shape
    lattice = np.zeros((2 * height - 1, 2 * width - 1), np.uint8)
    inside = labels > 0
    lattice[::2, ::2] = inside
    lattice[::2, 1::2] = (labels[:, 1:] == labels[:, :-1]) & inside[:, 1:]
    lattice[1::2, ::2] = (labels[1:] == labels[:-1]) & inside[1:]
    pieces = cv2.connectedComponents(lattice, connectivity=4, ltype=cv2.CV_32S)[1]
    return number_regions(pieces[::2, ::2].astype(np.int32))


def region_areas(regions: Labels) -> Int[np.ndarray, " labels"]:
    """Pixels of each label, from label 0 on."""
    return np.bincount(regions.ravel())


def region_borders(
    regions: Labels,
) -> tuple[Int32[np.ndarray, "pairs 2"], Int[np.ndarray, " pairs"]]:
    """Pairs of labels above 0 that touch, in both orders, and the pixel edges they share."""
    edges = []
    for first, second in ((regions[:, 1:], regions[:, :-1]), (regions[1:], regions[:-1])):
        touch = (first != second) & (first > 0) & (second > 0)
        edges.append(np.stack([first[touch], second[touch]], axis=1))
    both = np.concatenate(edges).astype(np.int64)
    count = int(regions.max(initial=0)) + 1
    keys = np.concatenate([both[:, 0] * count + both[:, 1], both[:, 1] * count + both[:, 0]])
    keys, lengths = np.unique(keys, return_counts=True)
    return np.stack([keys // count, keys % count], axis=1).astype(np.int32), lengths


def spread_labels(regions: Labels) -> RegionMap:
    """Give every 0 the label of the nearest pixel that has one; ties go by scan order.

    At least one label must be there. Regions need not stay connected: see `fill_lines`.
    """
    empty = (regions == 0).astype(np.uint8)
    nearest = cv2.distanceTransformWithLabels(empty, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)[1]
    table = np.zeros(int(nearest.max()) + 1, np.int32)
    known = empty == 0
    table[nearest[known]] = regions[known]
    return table[nearest]


def find_roots(parent: Int[np.ndarray, " labels"]) -> Int[np.ndarray, " labels"]:
    """Follow each label's parent to the end; a label that is its own parent is a root."""
    while True:
        grandparent = parent.take(parent)
        if np.array_equal(grandparent, parent):
            return parent
        parent = grandparent.take(grandparent)

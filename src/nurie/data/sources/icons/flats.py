"""From a picture of plain shapes without lines to its regions, and from regions to lines."""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float32

from nurie.arrays import Image, LineMask, RegionMap

EVEN = 10  # levels; inside a shape, gradients included, no channel changes more between neighbors
SMALLEST = 1.5e-4  # share of the picture; a smaller piece is a stroke or a dot
STROKE = 1.6  # pixels; what is further from all pieces is a thin stroke between them
INK_LIGHTNESS = 32.0  # L*; a piece that is darker can be ink
INK_WIDTH = 0.014  # of the side; half the width of the widest piece that is ink


@dataclass(frozen=True, eq=False)
class Flats:
    """The pieces of a picture."""

    labels: RegionMap
    """1..N everywhere; strokes go to the nearest piece."""
    ink: LineMask
    """Thin strokes and small dark pieces: they are drawn solid."""


def find_flats(color: Image, ground: LineMask, alike: float) -> Flats:
    """Cut a picture into pieces of even colour; neighbours closer than `alike` (CIE76) are one piece.

    The `ground` is cut from the rest, however close its colour.
    """
    kernel = np.ones((3, 3), np.uint8)
    change = cv2.morphologyEx(color, cv2.MORPH_GRADIENT, kernel).max(2)
    even = (change <= EVEN).astype(np.uint8)
    edge = cv2.morphologyEx(ground.astype(np.uint8), cv2.MORPH_GRADIENT, kernel) > 0
    even[edge] = 0
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(even, connectivity=4, ltype=cv2.CV_32S)
    small = stats[:, cv2.CC_STAT_AREA] < max(4, SMALLEST * even.size)
    small[0] = True
    if small.all():
        return Flats(np.ones(color.shape[:2], np.int32), np.zeros(color.shape[:2], bool))
    number = np.where(small, 0, np.cumsum(~small)).astype(np.int32)
    pieces = number[pieces]
    depth, seeds = cv2.distanceTransformWithLabels(
        (pieces == 0).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    piece_of = np.zeros(int(seeds.max()) + 1, np.int32)
    piece_of[seeds[pieces > 0]] = pieces[pieces > 0]
    labels = piece_of[seeds]
    lab = cv2.cvtColor(color.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    ink = (depth > STROKE) & (lab[..., 0] < 60)
    labels = _merge(labels, _means(lab, pieces), ground, alike)
    return Flats(labels, ink | _dark_pieces(labels, _means(lab, np.where(pieces > 0, labels, 0)), ground))


def outlines(labels: RegionMap, width: float) -> LineMask:
    """Where lines of that width, in pixels, run along the borders of regions."""
    border = np.zeros(labels.shape, np.uint8)
    border[:, 1:] |= labels[:, 1:] != labels[:, :-1]
    border[1:] |= labels[1:] != labels[:-1]
    near = cv2.distanceTransform(1 - border, cv2.DIST_L2, cv2.DIST_MASK_5) <= (width - 1) / 2
    return np.asarray(near, bool)


def _means(lab: Float32[np.ndarray, "height width 3"], pieces: RegionMap) -> Float32[np.ndarray, "pieces 3"]:
    """Mean colour of pieces 0..N."""
    count = np.maximum(np.bincount(pieces.ravel()), 1)
    sums = [np.bincount(pieces.ravel(), lab[..., channel].ravel()) for channel in range(3)]
    return (np.stack(sums, 1) / count[:, None]).astype(np.float32)


def _merge(labels: RegionMap, means: Float32[np.ndarray, "pieces 3"], ground: LineMask, alike: float) -> RegionMap:
    """Join neighbours of like colour, as shade on a thing is no thing of its own; number what is left 1..N."""
    first = np.concatenate([labels[:, :-1].ravel(), labels[:-1].ravel()])
    second = np.concatenate([labels[:, 1:].ravel(), labels[1:].ravel()])
    touching = np.unique(np.sort(np.stack([first, second], 1)[first != second], 1), axis=0)
    of_ground = np.zeros(len(means), bool)
    of_ground[labels[ground]] = True
    parent = np.arange(len(means))

    def root(piece: int) -> int:
        while parent[piece] != piece:
            piece = int(parent[piece])
        return piece

    close = np.linalg.norm(means[touching[:, 0]] - means[touching[:, 1]], axis=1) if len(touching) else np.empty(0)
    for a, b in touching[close < alike]:
        if not of_ground[a] and not of_ground[b]:
            low, high = sorted((root(int(a)), root(int(b))))
            parent[high] = low
    roots = np.array([root(piece) for piece in range(len(means))])
    _, joined = np.unique(roots[1:], return_inverse=True)
    merged: RegionMap = np.concatenate([[0], joined + 1]).astype(np.int32)[labels]
    return merged


def _dark_pieces(labels: RegionMap, means: Float32[np.ndarray, "pieces 3"], ground: LineMask) -> LineMask:
    """Dark pieces so narrow that an artist would fill them with ink: eyes of smileys, mouths, wheels' rims."""
    ink = np.zeros(labels.shape, bool)
    for piece in np.flatnonzero(means[:, 0] < INK_LIGHTNESS):
        inside = labels == piece
        if piece == 0 or not inside.any() or ground[inside].any():
            continue
        rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
        box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        depth = cv2.distanceTransform(np.pad(inside[box].astype(np.uint8), 1), cv2.DIST_L2, cv2.DIST_MASK_5)
        if depth.max() <= INK_WIDTH * len(labels):
            ink[inside] = True
    return ink

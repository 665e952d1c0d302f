"""Flat colors -> regions: each connected piece of one color, without the blends at its edges and the lines on top."""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Bool, Int, UInt8

from nurie.arrays import Image, RegionMap
from nurie.regions.merge import MIN_AREA
from nurie.regions.region_map import connect_regions, region_areas, relative_side

SOLID_SIDE = 3
"""Pixels: a color that somewhere fills a square of this side is a color of the picture, not a blend at an edge."""

BLEND_TOLERANCE = 16
"""Levels that a pixel may lie off the mean of what is on both its sides, to be a blend of them."""

CRUMB_AREA = 4
"""Pixels below which a piece of a color that is nowhere solid is a blend: where three colors meet, no two explain
it."""

SMOOTH_SHARE = 0.005
"""Share of blends from which a picture is smoothed; then crumbs are blends up to `MIN_AREA`."""

LINE_BLACK = 48
"""Level up to which the largest channel of a line's color goes."""

LINE_RADIUS = 4
"""Pixels at 256x256 from the middle of a line to its edge; what is broader and black is a black area."""

FAINT_STEP = 6
"""Levels by which neighbors differ at most in shading, texture and the noise of JPEG."""

FAINT_SHARE = 0.1
"""Share of neighbors that differ faintly, above which a picture is not flat: smoothed flats under lines have 0.03, as
JPEG they have 0.2 and more."""

Opaque = Bool[np.ndarray, "height width"]
Packed = Int[np.ndarray, "height width"]
"""A color as one number; what is not opaque is `NO_COLOR`."""

NO_COLOR = 1 << 24


@dataclass(frozen=True)
class Flats:
    """The pieces of a picture of flat colors."""

    labels: RegionMap
    """1..K in reading order; 0 are lines, blends, and what is not opaque."""
    are_flat: bool
    """Whether the picture is of flat colors at all: not painted, photographed, or spoiled by JPEG."""


def label_flats(color: Image, opaque: Opaque) -> Flats:
    """Label the 4-connected pieces of one color.

    0 are lines and blends. A line is near black and no broader than `LINE_RADIUS`. What is of a color that fills no
    square of `SOLID_SIDE` pixels anywhere is a blend if it lies between the colors on two opposite sides, a line if
    it is darker than both, and a blend if it is a crumb. Else a thin piece of a color of its own stays.
    """
    red, green, blue = (channel.astype(np.int32) for channel in cv2.split(color))
    keys = np.where(opaque, red << 16 | green << 8 | blue, NO_COLOR)
    rare = ~_solid(keys)[keys] & opaque
    pieces = connect_regions(np.where(opaque, keys + 1, 0))
    blend = _find_blends(color, rare, pieces)
    smoothed = blend.mean() > SMOOTH_SHARE
    crumb = MIN_AREA * relative_side(*opaque.shape) ** 2 if smoothed else CRUMB_AREA
    blend |= rare & (region_areas(pieces) < crumb)[pieces]
    labels = connect_regions(np.where(blend | find_ink_lines(color, opaque), 0, pieces))
    return Flats(labels, _faint_share(color, opaque) <= FAINT_SHARE)


def _faint_share(color: Image, opaque: Opaque) -> float:
    """Share of the opaque pixels that differ faintly from the one before in their row."""
    if color.shape[1] < 2:
        return 0.0
    step = _lightest(cv2.absdiff(np.ascontiguousarray(color[:, 1:]), np.ascontiguousarray(color[:, :-1])))
    faint = (step > 0) & (step <= FAINT_STEP) & opaque[:, 1:] & opaque[:, :-1]
    return float(faint.sum() / max(1, opaque.sum()))


def find_ink_lines(color: Image, opaque: Opaque) -> Opaque:
    """True where the picture is near black and thin: a black area stays with what of it is broad."""
    black: Opaque = (_lightest(color) <= LINE_BLACK) & opaque
    reach = max(2, round(LINE_RADIUS * relative_side(*black.shape)))
    padded = np.pad(black.astype(np.uint8), 1, mode="edge")
    depth = (
        cv2.distanceTransform(padded, cv2.DIST_L2, cv2.DIST_MASK_5) if not black.all() else np.full_like(padded, 255)
    )
    core = (depth <= reach).astype(np.uint8)
    if core.all():
        return black
    thin: Opaque = np.asarray(cv2.distanceTransform(core, cv2.DIST_L2, cv2.DIST_MASK_5))[1:-1, 1:-1] > reach
    lines: Opaque = black & thin
    return lines


def _lightest(color: Image) -> UInt8[np.ndarray, "height width"]:
    """Level of the largest channel; splitting the channels first is several times faster than `max`."""
    lightest: UInt8[np.ndarray, "height width"] = np.maximum.reduce(cv2.split(color))
    return lightest


def _find_blends(color: Image, rare: Opaque, pieces: RegionMap) -> Opaque:
    """Pixels of pieces that are blends or lines by at least half of their pixels."""
    rows, columns = np.nonzero(rare)
    if not len(rows):
        return rare
    blended = _between(color, rows, columns)
    areas = region_areas(pieces)
    votes = np.bincount(pieces[rows, columns], blended, minlength=len(areas))
    found: Opaque = rare & (votes >= areas / 2)[pieces]
    return found


def _solid(keys: Packed) -> Bool[np.ndarray, " keys"]:
    """For each key whether it fills a square somewhere."""
    height, width = keys.shape
    solid = np.zeros(int(keys.max(initial=0)) + 1, bool)
    if min(height, width) < SOLID_SIDE:
        solid[:] = True
        return solid
    same = keys[:, 1:-1].copy()
    same[(keys[:, 1:-1] != keys[:, :-2]) | (keys[:, 1:-1] != keys[:, 2:])] = -1
    middle = same[1:-1]
    square = (middle >= 0) & (middle == same[:-2]) & (middle == same[2:])
    solid[middle[square]] = True
    return solid


def _between(
    color: Image, rows: Int[np.ndarray, " pixels"], columns: Int[np.ndarray, " pixels"]
) -> Bool[np.ndarray, " pixels"]:
    """Whether a pixel's color lies between those on two opposite sides nearby, or is darker than both."""
    height, width = color.shape[:2]
    here = color[rows, columns].astype(np.float32)
    found = np.zeros(len(rows), bool)
    for step in range(1, SOLID_SIDE + 1):
        for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
            one, other = (
                color[
                    (rows + sign * step * down).clip(0, height - 1), (columns + sign * step * right).clip(0, width - 1)
                ].astype(np.float32)
                for sign in (1, -1)
            )
            way = other - one
            length = np.einsum("nc,nc->n", way, way)
            share = np.einsum("nc,nc->n", here - one, way) / length.clip(1)
            off = np.abs(here - one - share[:, None] * way).max(axis=1)
            found |= (off <= BLEND_TOLERANCE) & (share > 0) & (share < 1) & (length > 0)
            found |= here.max(axis=1) < np.minimum(one.max(axis=1), other.max(axis=1)) - BLEND_TOLERANCE
    return found

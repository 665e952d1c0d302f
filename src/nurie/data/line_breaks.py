"""Gaps in lines whose regions are known: as a pen leaves them that is lifted, and as pale ink does in a scan."""

import cv2
import numpy as np
from jaxtyping import Float, Float32, Int

from nurie.arrays import RegionMap, Sketch
from nurie.regions.region_map import spread_labels

PAPER_LEVEL = 128
"""Gray from which a pixel is paper: half of it or more is not covered by ink."""

BREAK_PIXELS = (1, 4)
"""Least and greatest length of a break along its line."""

OPENING_PIXELS = (5, 26)
"""Least and greatest width of an opening at side 256."""

MARGIN_PIXELS = (5, 16)
"""Least and greatest width of the margin around a region at side 256."""

QUICK, MOST_OPEN = 0.6, 4
"""`leave_open`: share of the drawings by a quick hand, and the most openings or regions with a margin."""

SMALLEST_CLEAR, LARGEST_CLEAR = 0.002, 0.25
"""Shares of the picture between which a region can have a margin."""

THICKEST_LINE = 5.0
"""Pixels at side 256: thicker ink is a black area, and nobody leaves a gap in one."""

REFERENCE_SIDE = 256


def break_lines(
    sketch: Sketch, regions: RegionMap, count: int, rng: np.random.Generator, *, scale: float = 1
) -> Sketch:
    """Erase the ink across the whole line at `count` random places between two regions.

    Each break is `BREAK_PIXELS` times `scale` long along its line. `regions` may have 0 on lines. A drawing without a
    line between two regions stays as it is.
    """
    rows, columns, depth = _places_to_break(sketch, regions)
    ink = 255 - sketch.astype(np.float32)
    for _ in range(count if len(rows) else 0):
        place = rng.integers(len(rows))
        length = scale * rng.integers(BREAK_PIXELS[0], BREAK_PIXELS[1] + 1)
        center = np.array([rows[place], columns[place]])
        along = _direction(np.stack([rows, columns], 1) - center)
        _erase(ink, center, along, length=float(length), thickness=2 * float(depth[place]))
    return np.rint(255 - ink).astype(np.uint8)


def open_outlines(sketch: Sketch, regions: RegionMap, count: int, rng: np.random.Generator) -> Sketch:
    """Leave out the line between two regions over a stretch, at `count` random places, as in a quick sketch.

    An opening is `OPENING_PIXELS` wide (at side 256), and follows its line however that bends. Lines between other
    regions stay. As for `break_lines`, `regions` may have 0 on lines.
    """
    rows, columns, _ = _places_to_break(sketch, regions)
    if not len(rows):
        return sketch
    nearest = spread_labels(regions)
    scale = _scale(sketch)
    opened = sketch.copy()
    for _ in range(count):
        place = rng.integers(len(rows))
        _open(opened, nearest, (int(rows[place]), int(columns[place])), scale * rng.uniform(*OPENING_PIXELS) / 2, scale)
    return opened


def leave_open(sketch: Sketch, regions: RegionMap, rng: np.random.Generator) -> Sketch:
    """One to `MOST_OPEN` outlines are not closed: by a quick hand (`open_outlines`), or with margins (`keep_clear`)."""
    leave = open_outlines if rng.random() < QUICK else keep_clear
    return leave(sketch, regions, int(rng.integers(1, MOST_OPEN + 1)), rng)


def keep_clear(sketch: Sketch, regions: RegionMap, count: int, rng: np.random.Generator) -> Sketch:
    """End all lines that run towards a region a little before they reach it, for `count` random regions.

    So emoji and logos are drawn: a leaf lies on its fruit with a margin around it. The margin is `MARGIN_PIXELS` wide
    (at side 256). Lines of the region itself stay, and so do those that would lose half or more, such as a mouth beside
    it. As for `break_lines`, `regions` may have 0 on lines. Without a region whose share of the picture lies between
    `SMALLEST_CLEAR` and `LARGEST_CLEAR` the drawing stays as it is.
    """
    nearest = spread_labels(regions)
    scale = _scale(sketch)
    share = np.bincount(nearest.ravel()) / nearest.size
    able = np.flatnonzero((share > SMALLEST_CLEAR) & (share < LARGEST_CLEAR))
    cleared = sketch.copy()
    for region in rng.permutation(able)[:count]:
        margin = scale * rng.uniform(*MARGIN_PIXELS)
        away = cv2.distanceTransform((nearest != region).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
        # A region is spread to the middle of its lines; the other half of them stays as well.
        beyond = away > THICKEST_LINE / 2 * scale
        near = beyond & (away <= margin)
        others = ((cleared < PAPER_LEVEL) & beyond).astype(np.uint8)
        count_others, pieces = cv2.connectedComponents(others, connectivity=8)
        whole, gone = np.bincount(pieces.ravel()), np.bincount(pieces[near], minlength=count_others)
        kept = others * (2 * gone >= whole)[pieces]
        cleared[near & (cv2.dilate(kept, np.ones((3, 3), np.uint8)) == 0)] = 255  # soft rims are a line's too
    return cleared


def _scale(sketch: Sketch) -> float:
    """How many pixels stand for one at `REFERENCE_SIDE`; smaller drawings have lines as thick as there."""
    height: int = sketch.shape[0]
    return max(1.0, height / REFERENCE_SIDE)


def _open(sketch: Sketch, nearest: RegionMap, place: tuple[int, int], radius: float, scale: float) -> None:
    """Whiten the line of the two regions that meet at a place, within a circle around it; change `sketch`."""
    reach = int(np.ceil(radius + THICKEST_LINE * scale))
    row, column = place
    window = np.s_[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1]
    labels = nearest[window]
    y, x = row - window[0].start, column - window[1].start
    pair = np.unique(labels[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2])[:2]
    if len(pair) < 2:
        return
    first, second = (cv2.dilate((labels == one).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0 for one in pair)
    apart = np.logical_not(first & second).astype(np.uint8)
    line = cv2.distanceTransform(apart, cv2.DIST_L2, cv2.DIST_MASK_5) <= THICKEST_LINE / 2 * scale
    down, across = np.ogrid[: labels.shape[0], : labels.shape[1]]
    near = (down - y) ** 2 + (across - x) ** 2 <= radius**2
    sketch[window][line & near & np.isin(labels, pair)] = 255


def _places_to_break(
    sketch: Sketch, regions: RegionMap
) -> tuple[Int[np.ndarray, " places"], Int[np.ndarray, " places"], Float32[np.ndarray, " places"]]:
    """Rows and columns of ink pixels halfway between two regions, and how deep in the ink they are."""
    ink = sketch < PAPER_LEVEL
    if not ink.any() or not regions.any():
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)
    nearest = spread_labels(regions)
    border = np.zeros(ink.shape, bool)
    border[:, :-1] |= nearest[:, :-1] != nearest[:, 1:]
    border[:-1] |= nearest[:-1] != nearest[1:]
    depth = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    # A border pixel may lie beside the middle of its line, so the deepest pixel around it says how thick that is.
    depth = cv2.dilate(depth, np.ones((3, 3), np.uint8))
    scale = _scale(sketch)
    rows, columns = np.nonzero(border & ink & (depth <= THICKEST_LINE / 2 * scale))
    return rows, columns, depth[rows, columns]


def _direction(offsets: Int[np.ndarray, "places 2"]) -> Float[np.ndarray, " 2"]:
    """Unit vector along the line: main axis of the border pixels around."""
    around = offsets[np.abs(offsets).max(1) <= 4].astype(np.float64)
    around -= around.mean(0)
    return np.asarray(np.linalg.eigh(around.T @ around)[1][:, 1])


def _erase(
    ink: Float32[np.ndarray, "height width"],
    center: Int[np.ndarray, " 2"],
    along: Float[np.ndarray, " 2"],
    *,
    length: float,
    thickness: float,
) -> None:
    """Take the ink out of a rectangle with soft edges; change `ink`."""
    reach = int(np.ceil(length + thickness)) + 2
    top, left = np.maximum(center - reach, 0)
    window = ink[top : center[0] + reach + 1, left : center[1] + reach + 1]
    row, column = np.ogrid[: window.shape[0], : window.shape[1]]
    row, column = row + top - center[0], column + left - center[1]
    lengthwise = np.abs(row * along[0] + column * along[1])
    across = np.abs(row * along[1] - column * along[0])
    # Half a pixel more on each side of the line: soft rims are ink too.
    window *= 1 - np.clip(length / 2 + 0.5 - lengthwise, 0, 1) * np.clip(thickness / 2 + 1.5 - across, 0, 1)

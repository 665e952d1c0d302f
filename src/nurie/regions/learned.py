"""`close_gaps` on lines that were completed: open eyes too are closed, where a network sees an edge.

The network (`nurie.model.boundary`) sees the drawing as it was trained, with its longer side at `SIDE` pixels; what it
finds is brought to the drawing's size and laid down as ink before the regions are cut. No line of the drawing changes.
Borders that come from there are as ragged as pixels of that size are large, so they are bent to smooth curves.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from jaxtyping import Bool, Float32, Shaped, UInt8

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.errors import InputError
from nurie.images import resize_area
from nurie.regions.close_gaps import CONFIDENCE, GapOptions, part_paper
from nurie.regions.merge import MAX_REGIONS
from nurie.regions.region_map import INK_THRESHOLD, find_lines, run_lengths, run_starts

if TYPE_CHECKING:
    from nurie.graphs import Graph

SIDE = 256
"""Pixels: the longer side of the drawing as the network sees it."""

SHOWN = 1024
"""Pixels: the longer side up to which edges are drawn one pixel wide; larger drawings get wider ones."""

EDGE_LEVEL = 96
"""Of 255, below half: diagonal edges stay closed when they are enlarged."""

SMOOTHED = 3
"""Pixels of the network that borders on bare paper are smoothed over. Of 1 to 4, the more the nearer to the truth, but
corners get round."""

STRIDE = 16
"""The network's height and width are multiples of this."""

WEIGHTS = Path(__file__).parent / "weights" / "boundary.onnx"
"""The network that comes with the package; `nurie export` writes such graphs."""

NETWORKS = {32: WEIGHTS, 8: WEIGHTS.with_name("boundary-8bit.onnx")}
"""By the bits its middle layers compute with."""


def learned(  # noqa: PLR0913 - the options of the method
    sketch: Sketch,
    *,
    confidence: int = 96,
    max_gap: int | None = None,
    ink_threshold: int = INK_THRESHOLD,
    min_area: int | None = None,
    max_regions: int = MAX_REGIONS,
    bits: int = 32,
) -> RegionMap:
    """Split the picture at its lines and at the edges that a network sees between them.

    An edge on bare paper counts if the network is sure of it to more than `confidence` percent; borders between the
    parts of an eye count always. With 8 `bits` the network's middle layers compute in integers: training cuts its views
    so, in a third less of the network's time. One edge pixel in fifty is another then, hardly ever a region. The other
    options are those of `close_gaps`.

    Raises:
        InputError: `confidence` is not within 1..100, `bits` are neither 32 nor 8, or an option of `close_gaps` is out
            of range.
    """
    if not 1 <= confidence <= 100:
        raise InputError(f"confidence is in percent, from 1 to 100, got {confidence}")
    if bits not in NETWORKS:
        raise InputError(f"bits are 32 or 8, got {bits}")
    lines = find_lines(sketch, ink_threshold)  # refuses what cannot be cut, before the network sees it
    options = GapOptions(sketch.shape, max_gap, CONFIDENCE, min_area, max_regions)
    edges = spare_small(find_edges(sketch, confidence, NETWORKS[bits]), lines, options.min_area)
    enlarged = max(sketch.shape) / SIDE
    smoothed = SMOOTHED * enlarged if enlarged > 1 else 0.0
    return part_paper(np.where(edges, np.uint8(0), sketch), lines | edges, lines, options, smoothed=smoothed)


def find_edges(sketch: Sketch, confidence: int, weights: Path = WEIGHTS) -> LineMask:
    """Where two regions meet as the network sees it, drawn lines included; at the sketch's size.

    Raises:
        WeightsError: the network cannot be loaded.
    """
    height, width = sketch.shape
    scale = min(1.0, SIDE / max(height, width))
    small = resize_area(sketch, max(1, round(height * scale)), max(1, round(width * scale)))
    rows, columns = small.shape
    padded = cv2.copyMakeBorder(small, 0, -rows % STRIDE, 0, -columns % STRIDE, cv2.BORDER_CONSTANT, value=255)
    quarters = _graph(weights)({"sketch": 1 - padded[None, None].astype(np.float32) / 255})["quarters"][0]
    logits = quarters.reshape(-1, 2, 2, *quarters.shape[1:])
    logit = np.log(confidence / max(100.5 - confidence, 0.5))
    # Logits are enlarged as far as it shows, and only the finished edges to the size of the drawing.
    shown = min(1.0, SHOWN / max(height, width))
    size = (max(1, round(height * shown)), max(1, round(width * shown)))
    if size == small.shape:  # decisions are put in order, which takes less than logits do
        boundary, parts = (_in_order(some)[:rows, :columns] for some in _decide(logits, logit))
    else:
        boundary, parts = _decide(np.stack([_enlarge(_in_order(one)[:rows, :columns], *size) for one in logits]), logit)
    found = boundary | _borders(parts)
    if found.shape == sketch.shape:
        return np.asarray(found)
    large = cv2.resize(255 * found.view(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large >= EDGE_LEVEL)


def spare_small(edges: LineMask, lines: LineMask, area: int) -> LineMask:
    """Leave out edges in pieces of paper of which they would leave no piece of `area` pixels."""
    pieces, left = _pieces(_paper(lines)), _pieces(_paper(lines | edges))
    # Runs of equal labels stand for their pixels.
    starts = run_starts(left.ravel())
    label = left.ravel().take(starts)
    areas = np.bincount(label, run_lengths(starts, left.size)).astype(np.int64)
    owner = np.zeros(len(areas), np.int32)
    owner[label] = pieces.ravel().take(starts)
    largest = np.zeros(int(pieces.max(initial=0)) + 1, np.int64)
    np.maximum.at(largest, owner[1:], areas[1:])
    at = np.flatnonzero(edges)
    spared = np.zeros(edges.size, bool)
    spared[at] = (largest >= area).take(pieces.ravel().take(at))
    return spared.reshape(edges.shape)


def _pieces(paper: UInt8[np.ndarray, "height width"]) -> RegionMap:
    return np.asarray(cv2.connectedComponents(paper, connectivity=4, ltype=cv2.CV_32S)[1], np.int32)


def _paper(lines: LineMask) -> UInt8[np.ndarray, "height width"]:
    return np.asarray(np.logical_not(lines).view(np.uint8))


def _in_order(quarters: Shaped[np.ndarray, "2 2 rows columns"]) -> Shaped[np.ndarray, "2*rows 2*columns"]:
    """The picture whose squares of 2x2 pixels lie apart: those at the upper left in `quarters[0, 0]`, and so on."""
    _, _, rows, columns = quarters.shape
    picture = np.empty((2 * rows, 2 * columns), quarters.dtype)
    for down in range(2):
        for right in range(2):
            picture[down::2, right::2] = quarters[down, right]
    return picture


def _enlarge(logits: Float32[np.ndarray, "rows columns"], height: int, width: int) -> Float32[np.ndarray, "h w"]:
    return np.asarray(cv2.resize(logits, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _decide(
    logits: Float32[np.ndarray, "kinds ..."], logit: float
) -> tuple[Bool[np.ndarray, "..."], UInt8[np.ndarray, "..."]]:
    """Whether each pixel is an edge, whose logit comes first, and which part of an eye has its largest logit there.

    At equal ones the first part. Eyes are small: few pixels are seen.
    """
    nothing, parts = logits[1], logits[2:]
    likeliest = np.zeros(nothing.shape, np.uint8)
    within = np.flatnonzero(parts.max(axis=0) > nothing)
    likeliest.ravel()[within] = 1 + parts.reshape(len(parts), -1)[:, within].argmax(0)
    return logits[0] > logit, likeliest


def _borders(parts: UInt8[np.ndarray, "height width"]) -> Bool[np.ndarray, "height width"]:
    """True on the lower-numbered side of each edge between two parts: one pixel wide, and closed."""
    borders = np.zeros(parts.shape, bool)
    left, top, width, height = cv2.boundingRect(parts)
    if not width:
        return borders
    around = slice(max(top - 1, 0), top + height + 1), slice(max(left - 1, 0), left + width + 1)
    parts, border = parts[around], borders[around]
    border[:, 1:] |= parts[:, 1:] < parts[:, :-1]
    border[:, :-1] |= parts[:, :-1] < parts[:, 1:]
    border[1:] |= parts[1:] < parts[:-1]
    border[:-1] |= parts[:-1] < parts[1:]
    return borders


@lru_cache(maxsize=2)
def _graph(weights: Path) -> "Graph":
    from nurie.graphs import Graph  # onnxruntime is behind it, and the other methods need none

    # One thread: the network is small, and training cuts regions in many processes at once.
    return Graph(weights, threads=1)

"""From a working size to the drawing's own, so that nothing crosses a line on the way."""

from itertools import product
from math import ceil

import cv2
import numpy as np
from jaxtyping import Bool, Float32, Int, Int32, UInt8, UInt16

from nurie.arrays import Image, RegionMap, Sketch
from nurie.images import resize_nearest
from nurie.regions.region_map import find_lines, spread_labels

SmallRegions = Int32[np.ndarray, "small_height small_width"]
SmallSketch = UInt8[np.ndarray, "small_height small_width"]
SmallShading = Float32[np.ndarray, "small_height small_width 3"]
Shading = Float32[np.ndarray, "height width 3"]
"""What is added to the flats, in sRGB levels: within [-255, 255]."""

REGION_WEIGHT = 1e-2
"""Weight of a region's mean shading: it decides alone where no small pixel of it is near."""

_NO_PAPER = 1e-6  # in pixels
_STRIP = 1 << 20  # pixels computed at once, so that a large drawing needs little memory
_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))


def carry_labels(regions: SmallRegions, sketch: Sketch) -> RegionMap:
    """Bring a region map without 0 to the size of the larger sketch that it was cut from.

    Enlarging alone leaves steps beside the lines. So labels are kept only where they are sure,
    that is away from borders; from there they grow through the paper up to the lines; and line
    pixels take the nearest label. Where a gap was closed, labels that meet stop in the middle; at
    equal distance the larger label wins.
    """
    labels = resize_nearest(regions, *sketch.shape).astype(np.uint16)
    if regions.shape == sketch.shape:
        return regions
    reach = ceil(max(sketch.shape) / max(regions.shape))
    sure = _inner_pixels(labels, reach)
    lines = find_lines(sketch)
    grown = np.where(sure & ~lines, labels, np.uint16(0))
    # Beyond twice the reach there is only paper that no sure pixel can get to: it keeps its label.
    for _ in range(2 * reach):
        grown = np.where((grown == 0) & ~lines, cv2.dilate(grown, _CROSS), grown)
    grown = np.where((grown == 0) & ~lines, labels, grown)
    grown = np.where(lines & sure, labels, grown)
    return spread_labels(grown.astype(np.int32))


def _inner_pixels(labels: UInt16[np.ndarray, "height width"], reach: int) -> Bool[np.ndarray, "height width"]:
    """True `reach` pixels away from other labels; in a region without such pixels, everywhere."""
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    inner = np.asarray(cv2.erode(labels, kernel) == cv2.dilate(labels, kernel))
    counts = np.bincount(labels[inner], minlength=int(labels.max()) + 1)
    inner |= (counts == 0)[labels]
    return inner


def carry_shading(
    shading: SmallShading, small_regions: SmallRegions, small_sketch: SmallSketch, regions: RegionMap
) -> Shading:
    """Bring shading to the size of `regions`, each region from its own pixels only.

    A pixel gets the mean of the four nearest small pixels, weighted by nearness and paper, of
    those that belong to its region (with a small share of the region's mean). So colour cannot
    leak across a line, and the ink that a network paints into its picture does not stain the paper
    beside it. A region without small pixels gets no shading.
    """
    paper = (small_sketch.astype(np.float32) / 255) ** 2
    # Colour times weight, and weight: one look-up for both, and one sum.
    weighted = np.concatenate([shading * paper[..., None], paper[..., None]], 2).reshape(-1, 4)
    means = REGION_WEIGHT * _region_means(weighted, small_regions, int(regions.max(initial=0)))
    height, width = regions.shape
    small_height, small_width = small_regions.shape
    columns = _neighbors(np.arange(width), width, small_width)
    carried = np.empty((height, width, 3), np.float32)
    step = max(1, _STRIP // width)
    for top in range(0, height, step):
        labels = regions[top : top + step]
        rows = _neighbors(np.arange(top, top + len(labels)), height, small_height)
        total = means[labels]
        for (row, near_row), (column, near_column) in product(rows, columns):
            place = row[:, None] * small_width + column
            near = near_row[:, None] * near_column * (small_regions.take(place) == labels)
            total += near[..., None] * weighted.take(place, axis=0)
        carried[top : top + step] = total[..., :3] / total[..., 3:]
    return carried


def lay_lines(flats: Image, picture: Image, sketch: Sketch) -> Image:
    """Lay the drawing's lines over colours: bare paper is the colour alone, full ink the drawing.

    `sketch` says how much ink a pixel of `picture` has; what it shows beyond its share of paper is
    the ink's own colour. For black lines on white this is the multiplication
    `nurie.regions.flats.compose`.
    """
    bare = sketch == 255
    paper = np.median(picture[bare], axis=0).astype(np.uint16) if bare.any() else np.uint16(255)
    share = sketch[..., None].astype(np.uint16)
    ink = picture - ((share * paper + 127) // 255).astype(np.int16)
    ink = np.clip(ink, 0, 255 - share.astype(np.int16))
    return np.asarray((flats * share + 127) // 255 + ink, np.uint8)


def _region_means(
    weighted: Float32[np.ndarray, "small_pixels 4"], regions: SmallRegions, top: int
) -> Float32[np.ndarray, "labels 4"]:
    """Mean shading of each label 0..top, weighted, and 1; a label without weight has no shading."""
    sums = np.stack([np.bincount(regions.ravel(), w, top + 1) for w in weighted.T], 1)
    means = sums / np.maximum(sums[:, 3:], _NO_PAPER)
    means[:, 3] = 1
    return means.astype(np.float32)


def _neighbors(
    positions: Int[np.ndarray, " n"], length: int, small_length: int
) -> list[tuple[Int[np.ndarray, " n"], Float32[np.ndarray, " n"]]]:
    """The two small rows (or columns) around each large one, each with its nearness in [0, 1]."""
    place = (positions + 0.5) * small_length / length - 0.5
    first = np.floor(place).astype(np.int64)
    second = (place - first).astype(np.float32)
    last = small_length - 1
    return [(first.clip(0, last), 1 - second), ((first + 1).clip(0, last), second)]

"""Region map -> a picture for people: each region in its own tint with its number, the lines on top."""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float32, Int
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from nurie.arrays import Colors, Image, RegionMap, Sketch
from nurie.regions.flats import paint_flats
from nurie.regions.region_map import INK_THRESHOLD

GOLDEN_ANGLE = 180 * (3 - 5**0.5)
"""Degrees; successive multiples never come close to each other on the color wheel."""

SMALLEST_TYPE = 8
"""Pixels: smaller numbers cannot be read and are left out."""

LARGEST_TYPE = 1 / 24
"""Share of the shorter side: larger numbers would shout."""

DIGIT_WIDTH = 0.62
"""Of a digit of the type, by its size; its height is `DIGIT_HEIGHT`."""

DIGIT_HEIGHT = 0.74

DARK_TYPE = (24, 24, 24)
LIGHT_TYPE = (255, 255, 255)


@dataclass(frozen=True)
class Spots:
    """The deepest place of each region: where the largest circle lies that holds nothing else, no ink either."""

    row: Int[np.ndarray, " regions"]
    column: Int[np.ndarray, " regions"]
    radius: Float32[np.ndarray, " regions"]
    """Pixels from the middle of the spot's pixel to the nearest one that is not inside; 0 = the region has no paper."""


def tint_regions(regions: RegionMap, sketch: Sketch) -> Image:
    """Paint region k in the k-th hue of the golden angle, the sketch multiplied over; 0 is white."""
    tints = _tints(int(regions.max(initial=0)) + 1)
    flats = paint_flats(tints[1:], regions)
    # As `compose`, with a third of the memory: no product of two bytes by 255 is a half, so both round alike.
    return np.asarray(cv2.multiply(flats, cv2.cvtColor(sketch, cv2.COLOR_GRAY2RGB), dst=flats, scale=1 / 255), np.uint8)


def number_preview(regions: RegionMap, sketch: Sketch) -> Image:
    """`tint_regions` with each region's number at its deepest place, as large as the circle there and the page allow.

    What would be smaller than `SMALLEST_TYPE` is left out.
    """
    picture = PillowImage.fromarray(tint_regions(regions, sketch))
    draw = ImageDraw.Draw(picture)
    spots = find_spots(regions, sketch)
    tints = _tints(len(spots.row) + 1)
    digits = np.char.str_len(np.arange(1, len(spots.row) + 1).astype(str))
    # The corners of the number touch the circle.
    sizes = 2 * spots.radius / np.hypot(DIGIT_WIDTH * digits, DIGIT_HEIGHT)
    sizes = np.minimum(sizes, max(SMALLEST_TYPE + 2, LARGEST_TYPE * min(regions.shape))).astype(int)
    fonts: dict[int, ImageFont.ImageFont | ImageFont.FreeTypeFont] = {}
    for region in np.flatnonzero(sizes >= SMALLEST_TYPE):
        size = int(sizes[region])
        font = fonts.setdefault(size, ImageFont.load_default(size))
        place = (int(spots.column[region]) + 0.5, int(spots.row[region]) + 0.5)
        light = tints[region + 1] @ np.array([0.299, 0.587, 0.114])
        draw.text(place, str(region + 1), DARK_TYPE if light > 128 else LIGHT_TYPE, font, anchor="mm")
    return np.asarray(picture)


def find_spots(regions: RegionMap, sketch: Sketch) -> Spots:
    """Find each region's deepest place; of equally deep ones the first in reading order. The frame is not inside."""
    count = int(regions.max(initial=0))
    depth = _depth_within(regions, sketch)
    flat, deep = regions.ravel(), depth.ravel()
    radius = np.zeros(count + 1, np.float32)
    np.maximum.at(radius, flat, deep)
    deepest = np.flatnonzero(deep == radius[flat])[::-1]
    place = np.zeros(count + 1, np.int64)
    # Of repeated indices the last assignment stays: the first in reading order.
    place[flat[deepest]] = deepest
    rows, columns = np.divmod(place[1:], max(1, regions.shape[1]))
    return Spots(rows, columns, radius[1:])


def _depth_within(regions: RegionMap, sketch: Sketch) -> Float32[np.ndarray, "height width"]:
    """Pixels to the nearest border, ink or frame; 0 on them."""
    inside = (sketch > INK_THRESHOLD).astype(np.uint8)
    beside = regions[:, 1:] != regions[:, :-1]
    below = regions[1:] != regions[:-1]
    inside[:, 1:][beside] = 0
    inside[:, :-1][beside] = 0
    inside[1:][below] = 0
    inside[:-1][below] = 0
    framed = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_5)[1:-1, 1:-1], np.float32)


def _tints(count: int) -> Colors:
    """Colors of the labels from 0 on."""
    labels = np.arange(count)
    wheel = np.empty((1, count, 3), np.float32)
    wheel[..., 0] = labels * GOLDEN_ANGLE % 360
    wheel[..., 1] = 0.3 + 0.15 * (labels % 3)
    wheel[..., 2] = 1 - 0.12 * (labels // 3 % 3)
    tints: Colors = np.rint(cv2.cvtColor(wheel, cv2.COLOR_HSV2RGB)[0] * 255).astype(np.uint8)
    tints[0] = 255
    return tints

"""A picture with the number of each region in it: what to call a region when recolouring."""

import cv2
import numpy as np
from jaxtyping import Int64

from nurie.arrays import Image, RegionMap
from nurie.images import resize_area, resize_nearest
from nurie.inference.contact_sheet import AnyImage

SIDE = 1600
"""Pixels: the longer side of the picture, so that numbers fit into small regions."""

PALE = 0.45
"""How much of the picture's own colour is left: numbers must be read."""

SMALLEST, LARGEST = 0.3, 0.9
"""Sizes of the numbers, in OpenCV's unit of 22 pixels or so."""


def draw_numbers(image: Image, regions: RegionMap) -> AnyImage:
    """The picture, paler and `SIDE` pixels long, with each region's number where the region is widest.

    Regions that vanish at that size have none.
    """
    scale = SIDE / max(regions.shape)
    height, width = (max(1, round(scale * length)) for length in regions.shape)
    labels = resize_nearest(regions, height, width)
    page = resize_area(image, height, width).astype(np.float32)
    canvas = np.asarray(255 - PALE * (255 - page), np.uint8)
    for label, row, column, radius in _find_centers(labels):
        size = float(np.clip(radius / 20, SMALLEST, LARGEST))
        text = str(label)
        (text_width, text_height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, 1)
        place = (column - text_width // 2, row + text_height // 2)
        for color, thickness in (((255, 255, 255), 3), ((0, 0, 0), 1)):
            cv2.putText(canvas, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, color, thickness, cv2.LINE_AA)
    return canvas


def _find_centers(labels: RegionMap) -> Int64[np.ndarray, "regions 4"]:
    """Label, row, column and distance to the border of the innermost pixel of each region."""
    inside = np.ones(labels.shape, np.uint8)
    inside[:, 1:] &= labels[:, 1:] == labels[:, :-1]
    inside[1:] &= labels[1:] == labels[:-1]
    depth = cv2.distanceTransform(np.pad(inside, 1), cv2.DIST_L2, 3)[1:-1, 1:-1].ravel()
    flat = labels.ravel()
    order = np.lexsort((-depth, flat))
    found, first = np.unique(flat[order], return_index=True)
    places = order[first]
    rows, columns = np.divmod(places, labels.shape[1])
    return np.stack([found, rows, columns, depth[places].round()], 1).astype(np.int64)

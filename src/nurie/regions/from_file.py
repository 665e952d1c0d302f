"""Regions from elsewhere: a label picture, flat colors, or the layers of a PSD or ORA, made by others."""

from pathlib import Path

import cv2
import numpy as np
from jaxtyping import Int32, Integer

from nurie.arrays import RegionMap
from nurie.errors import InputError
from nurie.images import MAX_PIXELS, Source, read_image, resize_nearest
from nurie.images.labels import read_labels
from nurie.regions.flat_colors import label_flats
from nurie.regions.growth import fill_lines
from nurie.regions.layer_files import HALF, Layer, Layers, is_layer_file, overlap, read_layers
from nurie.regions.region_map import connect_regions

SEAM = 3
"""Pixels: what no layer covers and is narrower is a seam under a line, and no region."""

FLAT_REMEDY = "save it as PNG without shading, texture or JPEG, or give a label picture"


def read_regions(source: Source, shape: tuple[int, int] | None = None, *, max_pixels: int = MAX_PIXELS) -> RegionMap:
    """Read regions that were made elsewhere, as a partition numbered in reading order.

    - A gray picture of 16 or 32 bits, one of 8 bits whose numbers have no gap, or an array [h w] of integers: its
      numbers are labels. 0 is line.
    - Any other picture: flat colors. Each 4-connected piece of one color is a region; near black lines and the blends
      at smooth edges belong to none (`label_flats`); what is transparent is a region, too.
    - PSD and ORA: what the visible layers in normal mode show, the topmost first, where their alpha is at least a
      half. A layer of flat colors is split by them, a painted one is one region.

    What belongs to none is given to the nearest region, after pieces that it parts have become regions each. `shape` is
    (height, width) of the drawing: a map of the same aspect ratio (to within a pixel) is resized to it by nearest
    neighbor.

    Raises:
        ImageError: the file cannot be read.
        InputError: negative labels, no flat colors, or another aspect ratio than the drawing's.
        MissingExtraError: a PSD, and psd-tools is not installed.
    """
    name = str(source) if isinstance(source, str | Path) else "the region picture"
    pieces = _label(source, name, max_pixels)
    if shape is not None:
        pieces = _fit(pieces, shape, name)
    return fill_lines(pieces)


def label_layers(canvas: Layers, name: str) -> RegionMap:
    """Label what is seen of the layers, in pieces perhaps; 0 are lines, blends, and seams that nothing covers.

    Raises:
        InputError: there is but one layer, and it is painted.
    """
    labels = np.zeros((canvas.height, canvas.width), np.int32)
    covered = np.zeros(labels.shape, bool)
    for layer in canvas.layers:
        flats = label_flats(layer.color, layer.opaque)
        if len(canvas.layers) == 1 and not flats.are_flat:
            raise InputError(f"{name} is not of flat colors; {FLAT_REMEDY}")
        inner, outer = overlap(labels.shape, layer.opaque.shape, layer.top, layer.left)
        own = flats.labels if flats.are_flat else layer.opaque.astype(np.int32)
        seen = layer.opaque[inner]
        labels[outer][seen] = np.where(own > 0, own + labels.max(initial=0), 0)[inner][seen]
        covered[outer] |= seen
    ground = cv2.morphologyEx((~covered).astype(np.uint8), cv2.MORPH_OPEN, np.ones((SEAM, SEAM), np.uint8))
    labels[(ground > 0) & ~covered] = labels.max(initial=0) + 1
    return labels


def _label(source: Source, name: str, max_pixels: int) -> RegionMap:
    if isinstance(source, str | Path | bytes):
        data = source if isinstance(source, bytes) else _read_bytes(Path(source))
        if is_layer_file(data):
            return label_layers(read_layers(data, name, max_pixels=max_pixels), name)
    if not _is_numbers(source):
        read_image(source, max_pixels=max_pixels)  # says what is wrong with a file, and how large it may be
    labels = read_labels(source)
    if labels is not None and labels.size and _are_labels(labels):
        if labels.min() < 0:
            raise InputError(f"{name} has negative labels; number the regions from 1, with 0 for lines")
        return connect_regions(labels.astype(np.int64))
    picture = read_image(source, max_pixels=max_pixels)
    opaque = np.ones(picture.color.shape[:2], bool) if picture.alpha is None else picture.alpha >= HALF
    return label_layers(Layers(opaque.shape[0], opaque.shape[1], [Layer(picture.color, opaque, 0, 0)]), name)


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read()
    except OSError:
        return b""  # `read_image` says why


def _is_numbers(source: Source) -> bool:
    return isinstance(source, np.ndarray) and source.ndim == 2 and np.issubdtype(source.dtype, np.integer)


def _are_labels(labels: Integer[np.ndarray, "height width"]) -> bool:
    """Whether the numbers of a gray picture are labels: always above 8 bits, else if there is no gap between them."""
    if labels.dtype != np.uint8:
        return True
    used = np.bincount(labels.ravel(), minlength=256)[1:] > 0
    return bool(used[: int(used.sum())].all())


def _fit(pieces: RegionMap, shape: tuple[int, int], name: str) -> Int32[np.ndarray, "rows columns"]:
    (height, width), (rows, columns) = shape, pieces.shape
    if (height, width) == (rows, columns):
        return pieces
    scale = max(height / rows, width / columns)
    if abs(height - rows * scale) > max(1, scale) or abs(width - columns * scale) > max(1, scale):
        raise InputError(f"{name} is {columns}x{rows} and the drawing {width}x{height}; give regions of the same shape")
    return resize_nearest(pieces, height, width)

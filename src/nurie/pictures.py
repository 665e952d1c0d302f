"""The first two steps for any kind of picture: what comes in decides what goes out.

An array gives an array, a Pillow picture a Pillow picture; a path or bytes give an array.
"""

from pathlib import Path
from typing import overload

import numpy as np
from jaxtyping import Shaped
from PIL import Image as PillowImage

from nurie import regions, sketch
from nurie.arrays import RegionMap, Sketch
from nurie.images import Source, read_color, read_sketch
from nurie.regions.large import segment_large

Pillow = PillowImage.Image
NotPillow = str | Path | bytes | Shaped[np.ndarray, "..."]


@overload
def extract_sketch(picture: Pillow, method: str = ..., **options: float | int) -> Pillow: ...
@overload
def extract_sketch(picture: NotPillow, method: str = ..., **options: float | int) -> Sketch: ...
def extract_sketch(picture: Source, method: str = "xdog", **options: float | int) -> Sketch | Pillow:
    """Draw the lines of a color picture. See `nurie.sketch.extract_sketch` for methods and options.

    Raises:
        ImageError: the picture cannot be read.
        InputError: no such method or option, or an option out of range.
    """
    lines = sketch.extract_sketch(read_color(picture), method, **options)
    return PillowImage.fromarray(lines) if isinstance(picture, Pillow) else lines


@overload
def segment_regions(picture: Pillow, method: str = ..., **options: int | None) -> Pillow: ...
@overload
def segment_regions(picture: NotPillow, method: str = ..., **options: int | None) -> RegionMap: ...
def segment_regions(picture: Source, method: str = regions.DEFAULT_METHOD, **options: int | None) -> RegionMap | Pillow:
    """Split a line drawing of any size into regions 1..K. See `nurie.regions.segment_regions`.

    The lines may be of any color on any paper (`nurie.images.clean_scan`); an array [h w] of uint8 is a
    sketch already. A Pillow picture gives one of mode `I;16` with the labels.

    Raises:
        ImageError: the picture cannot be read.
        InputError: no such method or option, or an option out of range.
    """
    labels = segment_large(read_sketch(picture), method, **options)
    if isinstance(picture, Pillow):
        return PillowImage.fromarray(labels.astype(np.uint16))
    return labels

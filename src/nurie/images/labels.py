"""Pictures whose numbers are labels: 8, 16 or 32 bits a pixel, as they are in the file."""

from pathlib import Path

import numpy as np
from jaxtyping import Integer
from PIL import Image as PillowImage

from nurie.images.reading import DECODER_ERRORS, Source, open_unlimited

LABEL_MODES = ("L", "I", "I;16", "I;16B", "I;16L")
"""Pillow's modes of one whole number a pixel."""

Labels = Integer[np.ndarray, "height width"]


def read_labels(source: Source) -> Labels | None:
    """The whole numbers of a gray picture or an array [h w], not scaled to gray levels; None of any other picture.

    What cannot be read is None too: `nurie.images.read_image` says why. Orientation in EXIF is not applied.
    """
    if isinstance(source, np.ndarray):
        return source if source.ndim == 2 and np.issubdtype(source.dtype, np.integer) else None
    if isinstance(source, PillowImage.Image):
        return _numbers(source)
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        with open_unlimited(data) as image:
            return _numbers(image)
    except DECODER_ERRORS:
        return None


def _numbers(image: PillowImage.Image) -> Labels | None:
    return np.asarray(image) if image.mode in LABEL_MODES else None

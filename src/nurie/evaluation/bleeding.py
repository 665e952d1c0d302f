"""Does colour stay where it belongs? Two figures: one needs the true regions, the other the lines alone.

Both are of the picture as it is, so shade and texture count too: read them beside those of the true pictures.
"""

import cv2
import numpy as np
from jaxtyping import Bool, Float64

from nurie.arrays import Image, RegionMap, Sketch
from nurie.colors import rgb_to_cielab
from nurie.evaluation.painted import PAPER

BARE = 250
"""Gray from which a pixel has no trace of ink: in reduced drawings fine lines are as light as 220."""


def region_deviation(colorized: Image, sketch: Sketch, regions: RegionMap) -> float | None:
    """Give the deviation of the colour within regions, in CIELAB: 0 for flat colours.

    It is the root of the variance (of all three channels together) of the paper pixels about the mean of their region,
    over all pixels of all regions. Pixels of no region (label 0) do not count. None without a paper pixel.
    """
    used = (sketch > PAPER) & (regions > 0)
    if not used.any():
        return None
    labels, colors = regions[used], rgb_to_cielab(colorized[used])
    count = np.bincount(labels)
    squares = 0.0
    for channel in colors.T:
        mean = np.bincount(labels, channel) / np.maximum(count, 1)
        squares += float(np.square(channel - mean[labels]).sum())
    return float(np.sqrt(squares / len(labels)))


def open_paper_change(colorized: Image, sketch: Sketch) -> float | None:
    """Give the mean change of colour between neighbours where no line is, in CIELAB: 0 if colour changes at lines only.

    Neighbours are two pixels side by side or one above the other, both of which have bare paper (gray from 250) on all
    eight sides: so the blurred border of a line does not count. None if there is no such pair.
    """
    clear = _open_paper(sketch)
    colors = rgb_to_cielab(colorized)
    changes = [np.linalg.norm(_step(colors, axis), axis=-1)[_both(clear, axis)] for axis in (0, 1)]
    together = np.concatenate(changes)
    return float(together.mean()) if together.size else None


def _open_paper(sketch: Sketch) -> Bool[np.ndarray, "height width"]:
    paper = (sketch >= BARE).astype(np.uint8)
    # Beyond the frame is no line.
    eroded = cv2.erode(paper, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=1)
    return np.asarray(eroded, bool)


def _step(colors: Float64[np.ndarray, "height width 3"], axis: int) -> Float64[np.ndarray, "_ _ 3"]:
    return np.asarray(np.diff(colors, axis=axis))


def _both(clear: Bool[np.ndarray, "height width"], axis: int) -> Bool[np.ndarray, "_ _"]:
    return np.asarray(clear[1:] & clear[:-1] if axis == 0 else clear[:, 1:] & clear[:, :-1])

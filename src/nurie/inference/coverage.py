"""How much of each pixel is ink: from the sketch, which has 8 bits, was cleaned, and saw the drawing on white."""

import numpy as np
from jaxtyping import Float32, Int, UInt8, UInt16

from nurie.arrays import Image, Sketch
from nurie.images import DEEP_STEP, Pixels

Share = UInt8[np.ndarray, "height width"] | UInt16[np.ndarray, "height width"]
"""How much paper each pixel shows: 0 = none, it is all ink; 255, or 65535 in 16 bits = nothing but paper."""

Paper = UInt8[np.ndarray, " 3"] | UInt16[np.ndarray, " 3"]
"""The color of bare paper."""

COLORED_INK = 24
"""Levels between the channel in which ink differs most from the paper, and that in which it does least: gray ink has
fewer, in spite of the color noise of a scan. Ink of twice as many is colored, in between it is partly."""

DARKEST_INK = 0.05
"""Share of the ink of one color that counts as full ink: the middle of strokes, but for what noise has darkened."""

LIGHTEST_INK = 96
"""Level of full ink up to which colored ink is taken to cover the paper; lighter marks are left translucent."""

HUES = 24
"""Sectors of the color wheel that are told apart: 15 degrees each, as between red and brown."""

FEWEST_PIXELS = 64
"""Of one color, below which it is not looked at."""


def share_at_depth(sketch: Sketch, color: Image, own: Pixels, alpha: Share | None) -> Share:
    """A sketch as the share of paper in `own`, whose 8-bit sRGB on white is `color`; `alpha` is that of a cut-out.

    Where the sketch is the darkest channel of `color`, as it is for lines on white, it becomes that of `own`. Full ink
    and bare paper stay that; what is transparent is bare paper.
    """
    top = int(np.iinfo(own.dtype).max)
    deep = sketch if own.dtype == np.uint8 else sketch.astype(np.uint16) * DEEP_STEP
    deep = deep if alpha is None else _straighten(deep, alpha)
    same = (color.min(2) == sketch) & (sketch > 0) & (sketch < 255)
    return np.where(same, np.clip(own.min(2), 1, top - 1), deep)


def cover_with_color(share: Share, pixels: Pixels, paper: Paper) -> Share:
    """Make colored ink cover the paper: the darkest of each of `HUES` shows none of it, the rest less in proportion.

    A blue line of (30, 60, 200) has 30 of 255 levels in its darkest channel. They may be paper that shines through, but
    on other paper the artist would want the same blue. Gray ink stays as it is: it darkens what is below it.
    """
    top = int(np.iinfo(share.dtype).max)
    if all(np.array_equal(pixels[..., 0], pixels[..., channel]) for channel in (1, 2)):
        return share
    place = np.nonzero(share < top)
    apart = paper.astype(np.float32) - pixels[place]
    hue = _hue(apart)
    colored = np.clip(np.ptp(apart, axis=1) / (COLORED_INK * (top // 255)) - 1, 0, 1)
    levels = share[place].astype(np.float64)
    for number in np.unique(hue[colored > 0]):
        chosen = np.flatnonzero((colored > 0) & (hue == number))
        darkest = np.quantile(levels[chosen], DARKEST_INK, method="lower")
        if len(chosen) >= FEWEST_PIXELS and darkest <= LIGHTEST_INK * (top // 255):
            through = np.minimum((top - levels[chosen]) * darkest / (top - darkest), levels[chosen])
            levels[chosen] -= colored[chosen] * through
    covered = share.copy()
    covered[place] = np.rint(levels)
    return covered


def _hue(color: Float32[np.ndarray, "n 3"]) -> Int[np.ndarray, " n"]:
    """The sector 0..`HUES` - 1 that a color lies in."""
    red, green, blue = color.T
    angle = np.arctan2(np.sqrt(3) / 2 * (green - blue), red - (green + blue) / 2)
    return np.asarray(np.floor(angle / (2 * np.pi) * HUES) % HUES, np.int64)


def _straighten(share: Share, alpha: Share) -> Share:
    """Take the white that is seen through translucent pixels out of a share; what is transparent is bare paper."""
    top = int(np.iinfo(alpha.dtype).max)
    straight = share.copy()
    place = np.nonzero(alpha < top)
    weight = alpha[place].astype(np.int64)
    shown = (share[place].astype(np.int64) - (top - weight)) * top // np.maximum(weight, 1)
    straight[place] = np.where(weight > 0, shown.clip(0, top), top)
    return straight

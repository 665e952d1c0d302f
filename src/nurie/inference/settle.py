"""Colours are drawn region by region; here small things are kept calm, and what means the same becomes the same.

The network draws a head's locks in nearly one colour, two sleeves often in two, and paper in nearly white. It also says
which regions have one colour. Whoever fills flats by hand uses one for them, and selects by it in a painting program.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float32, Int64

from nurie.arrays import Palette
from nurie.colors import PALETTE_STD, ciede2000, palette_to_rgb, rgb_to_cielab, rgb_to_palette
from nurie.graphs import Arrays
from nurie.inference.palette import Known, find_ground


class Join(NamedTuple):
    """How regions that the network takes for one kind come together."""

    reach: float
    """OKLab: how near colours draw each other; 0 leaves them alone."""
    sure_reach: float
    """OKLab: the same for two regions of which the network is sure that they have one colour."""
    doubt: float = 0.2
    """Probability of one colour up to which it counts nothing."""
    led: bool = False
    """Whether what came together takes the colour of its largest region. Else it keeps the mean, which is a good skin;
    of sleeves in red and green it would be brown."""


JOINS = {
    "background": Join(0.0, 0.03, led=True),
    "skin": Join(0.03, 0.2),
    "hair": Join(0.05, 0.15),
    "eye": Join(0.07, 0.15),
    "mouth": Join(0.05, 0.05),
    "cloth": Join(0.0, 0.25, doubt=0.08, led=True),
    "prop": Join(0.0, 0.15, led=True),
}
"""By kind, in the order of the encoder's output `kinds`. Pieces of cloth and things are as often of two colours that
lie near, so nearness alone joins none; and the network is never sure of two sleeves, as most clothes could have any
colour (docs/log.md, 2026-11-27)."""

CERTAINTY = 0.2
"""How far above a kind's `doubt` a probability of one colour counts fully."""

MERGED = 0.02
"""OKLab: up to here colours have come together."""

NARROW = 1e-3
"""OKLab: the least width, so that nothing is divided by 0; no one sees such a difference."""

ROUNDS = 5
"""Of mean shift: groups have contracted to a point by then."""

PAPER, PALE = 5.0, 8.0
"""CIEDE2000 to white: up to where a background is white, and from where it keeps its colour."""

THING = list(JOINS).index("prop")
"""Place of things among the kinds of regions."""

SMALLEST_NOISE, FULL_SIDE = 0.5, 0.1
"""Scale of the noise of the smallest things, and the side (of that of the whole drawing) from which it is 1."""

Pixels = Float32[np.ndarray, " regions"]


def calm(noise: Palette, tokens: Arrays, pixels: Pixels) -> Palette:
    """Noise that is smaller for small things: a cone's hundred cells are not of a hundred colours.

    The scale rises in a line with the side, the root of a region's share of the drawing.
    """
    if "kinds" not in tokens:
        return noise
    side = np.sqrt(pixels / pixels.sum())
    scale = SMALLEST_NOISE + (1 - SMALLEST_NOISE) * np.minimum(side / FULL_SIDE, 1)
    things = tokens["kinds"][0].argmax(1) == THING
    return np.asarray(noise * np.where(things, scale, 1)[:, None], np.float32)


def settle(palette: Palette, tokens: Arrays, pixels: Pixels, known: Known) -> Palette:
    """The palette as a person would have chosen it: one hair for a head, white where paper was meant.

    `pixels` counts those of each region. What is `known` stays, and draws others to it. Neighbouring noise gives
    neighbouring pictures, but where a region of a `led` kind goes over from one group to another. Weights that tell no
    kinds apart change nothing.
    """
    if "kinds" not in tokens:
        return palette
    alike = tokens["alike"][0] if "alike" in tokens else None
    palette = unify(palette, tokens["kinds"][0].argmax(1), pixels, known, alike)
    return whiten(palette, find_ground(tokens) & ~known)


def unify(
    palette: Palette,
    kinds: Int64[np.ndarray, " regions"],
    pixels: Pixels,
    known: Known,
    alike: Float32[np.ndarray, "regions regions"] | None = None,
) -> Palette:
    """Draw the colours of each kind together where they are near, large regions more than small ones.

    Blurring mean shift with a Gaussian kernel (Cheng 1995): groups of colours go to their mean, while those that differ
    clearly keep apart. A region counts by its side, the root of its pixels. How near is near: a kind's `reach`
    (`JOINS`), and up to its `sure_reach` by the probability `alike` that two regions have one colour, if the network
    tells it; regions of `led` kinds then take the colour of the largest of their group.
    """
    scale = np.array(PALETTE_STD, np.float32)
    side = np.sqrt(pixels)
    settled = palette.copy()
    for kind, join in enumerate(JOINS.values()):
        members = np.flatnonzero(kinds == kind)
        if len(members) < 2 or (join.reach == 0 and alike is None):
            continue
        width = np.full((1, 1), max(join.reach, NARROW), np.float32)
        if alike is not None:
            sure = np.clip((alike[np.ix_(members, members)] - join.doubt) / CERTAINTY, 0, 1)
            width = np.maximum(width, join.sure_reach * sure)
        colors = palette[members] * scale
        moving = ~known[members][:, None]
        for _ in range(ROUNDS):
            length = np.square(colors).sum(1)
            near = colors @ colors.T  # in place from here on: of a thousand locks it is a million numbers
            near -= length / 2
            near -= length[:, None] / 2
            near /= np.square(width)  # minus half the squared distance, in widths
            np.exp(near, out=near)
            near *= side[members]
            colors = np.where(moving, near @ colors / near.sum(1, keepdims=True), colors)
        if join.led and alike is not None:
            colors = palette[members[_leaders(colors, pixels[members], known[members])]] * scale
        settled[members] = np.where(moving, colors / scale, palette[members])
    return settled


def _leaders(colors: Float32[np.ndarray, "members 3"], pixels: Pixels, known: Known) -> Int64[np.ndarray, " members"]:
    """For each the largest of those that have come together with it, known ones before others, the first of equals."""
    rank = np.empty(len(pixels), np.int64)
    rank[np.lexsort((-pixels, ~known))] = np.arange(len(pixels))
    length = np.square(colors).sum(1)
    apart = length + length[:, None] - 2 * colors @ colors.T
    return np.asarray(np.where(apart < MERGED**2, rank, len(rank)).argmin(1), np.int64)


def whiten(palette: Palette, ground: Known) -> Palette:
    """Make backgrounds white that nearly are; between `PAPER` and `PALE` a part of the way, so that none jumps."""
    drawn = palette_to_rgb(palette)
    away = ciede2000(rgb_to_cielab(drawn), rgb_to_cielab(np.full_like(drawn, 255)))
    kept = np.where(ground, np.clip((away - PAPER) / (PALE - PAPER), 0, 1), 1)[:, None]
    white = rgb_to_palette(np.array([255, 255, 255], np.uint8))
    return np.asarray(np.where(kept < 1, white + kept * (palette - white), palette), np.float32)

"""Colours are drawn region by region; here small things are kept calm, and what means the same becomes the same.

The network draws a head's locks in nearly one colour, and paper in nearly white. Whoever fills a flat by hand uses one
colour for both, and selects by it in a painting program.
"""

import numpy as np
from jaxtyping import Float32, Int64

from nurie.arrays import Palette
from nurie.colors import PALETTE_STD, ciede2000, palette_to_rgb, rgb_to_cielab, rgb_to_palette
from nurie.graphs import Arrays
from nurie.inference.palette import Known, find_ground

ALIKE = (0.0, 0.03, 0.05, 0.07, 0.05, 0.0, 0.0)
"""OKLab: how near colours draw each other, for background, skin, hair, eye, mouth, cloth and prop; 0 leaves them alone.
Pieces of cloth and things are as often of two colours that lie near (docs/log.md, 2026-11-27)."""

ROUNDS = 5
"""Of mean shift: groups have contracted to a point by then."""

PAPER, PALE = 5.0, 8.0
"""CIEDE2000 to white: up to where a background is white, and from where it keeps its colour."""

THING = 6
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

    `pixels` counts those of each region. What is `known` stays, and draws others to it. A continuous function of
    `palette`, so that neighbouring noise gives neighbouring pictures. Weights that tell no kinds apart change nothing.
    """
    if "kinds" not in tokens:
        return palette
    palette = unify(palette, tokens["kinds"][0].argmax(1), pixels, known)
    return whiten(palette, find_ground(tokens) & ~known)


def unify(palette: Palette, kinds: Int64[np.ndarray, " regions"], pixels: Pixels, known: Known) -> Palette:
    """Draw the colours of each kind together where they are `ALIKE`, large regions more than small ones.

    Blurring mean shift with a Gaussian kernel (Cheng 1995): groups of colours go to their mean, while those that differ
    clearly keep apart. A region counts by its side, the root of its pixels.
    """
    scale = np.array(PALETTE_STD, np.float32)
    side = np.sqrt(pixels)
    settled = palette.copy()
    for kind, width in enumerate(ALIKE):
        members = np.flatnonzero(kinds == kind)
        if width == 0 or len(members) < 2:
            continue
        colors = palette[members] * scale
        moving = ~known[members][:, None]
        for _ in range(ROUNDS):
            length = np.square(colors).sum(1)
            near = colors @ colors.T  # in place from here on: of a thousand locks it is a million numbers
            near -= length / 2
            near -= length[:, None] / 2
            near /= np.float32(width**2)  # minus half the squared distance, in widths
            np.exp(near, out=near)
            near *= side[members]
            colors = np.where(moving, near @ colors / near.sum(1, keepdims=True), colors)
        settled[members] = np.where(moving, colors / scale, palette[members])
    return settled


def whiten(palette: Palette, ground: Known) -> Palette:
    """Make backgrounds white that nearly are; between `PAPER` and `PALE` a part of the way, so that none jumps."""
    drawn = palette_to_rgb(palette)
    away = ciede2000(rgb_to_cielab(drawn), rgb_to_cielab(np.full_like(drawn, 255)))
    kept = np.where(ground, np.clip((away - PAPER) / (PALE - PAPER), 0, 1), 1)[:, None]
    white = rgb_to_palette(np.array([255, 255, 255], np.uint8))
    return np.asarray(np.where(kept < 1, white + kept * (palette - white), palette), np.float32)

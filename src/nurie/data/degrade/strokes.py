"""What a hand does to lines: pressure, second strokes, gaps, graphite, lines that were only meant to help.

Functions of (ink, rng): ink is 1 and paper 0; the result lies within 0..1. A true line stays where it was, to within
the hand's tremor, and darker than what is added to it.
"""

import cv2
import numpy as np

from nurie.data.degrade.fields import Field, blur, displace, noise, patches, smooth_field

PRESSURE = (0.12, 0.42)
"""Levels at which a slightly blurred line is cut: low makes it thick, high thin."""

LEAST_PRESSURE = 0.44
"""At this level a line of one pixel is just not cut off."""

FAINT = (0.08, 0.42)
"""Opacity of lines that are not meant: below that of any true line."""


def press(ink: Field, rng: np.random.Generator) -> Field:
    """Lines thicker here and thinner there, and by another pen."""
    level = rng.uniform(*PRESSURE) + rng.uniform(0, 0.06) * smooth_field(ink.shape, rng.uniform(12, 50), rng)
    soft = rng.uniform(0.1, 0.3)
    lines = (blur(ink, rng.uniform(0.5, 1.1)) - np.clip(level, 0.08, LEAST_PRESSURE)) / soft + 0.5
    return np.asarray(np.clip(lines, 0, 1), np.float32)


def redraw(ink: Field, rng: np.random.Generator) -> Field:
    """Two to four strokes for each line, none of them all the way, each a little elsewhere."""
    # Mostly where the line is, so that the eye still sees which one is meant.
    paper = 1 - displace(ink, rng.uniform(0, 0.5), 24, rng) * np.float32(rng.uniform(0.6, 1))
    apart = rng.uniform(0.6, 3)
    for _ in range(rng.integers(1, 4)):
        stroke = displace(ink, apart, rng.uniform(20, 90), rng)
        there = patches(ink.shape, rng.uniform(20, 70), rng.uniform(0.3, 0.8), rng)
        paper *= 1 - stroke * rng.uniform(0.25, 0.9) * there
    return np.asarray(1 - paper, np.float32)


def break_lines(ink: Field, rng: np.random.Generator) -> Field:
    """Small gaps: about one for each hundred pixels of ink."""
    rows, columns = np.nonzero(ink > 0.5)
    if not len(rows):
        return ink
    mask = np.zeros(ink.shape, np.float32)
    for place in rng.integers(len(rows), size=1 + rng.poisson(len(rows) * rng.uniform(0.002, 0.012))):
        center, radius = (int(columns[place]), int(rows[place])), int(rng.integers(1, 4))
        cv2.circle(mask, center, radius, 1.0, -1)
    return ink * (1 - blur(mask, 0.7) * np.float32(rng.uniform(0.7, 1)))


def fade(ink: Field, rng: np.random.Generator) -> Field:
    """Lines paler here than there."""
    depth = rng.uniform(0.1, 0.45)
    return ink * (1 - np.float32(depth) * np.clip(0.5 + smooth_field(ink.shape, rng.uniform(10, 60), rng), 0, 1))


def graphite(ink: Field, rng: np.random.Generator) -> Field:
    """The tooth of the paper shows through the stroke."""
    grain = noise(ink.shape, rng.uniform(0, 0.9), rng)
    cover = np.clip(rng.uniform(0.55, 0.95) + rng.uniform(0.15, 0.45) * grain, 0, 1)
    edge = blur(ink, 0.6)
    return np.asarray(np.clip((0.5 * ink + 0.7 * edge) * cover, 0, 1), np.float32)


def construct(ink: Field, rng: np.random.Generator) -> Field:
    """Faint straight lines, circles and ellipses that helped to find the form."""
    height, width = ink.shape
    lines = np.zeros(ink.shape, np.float32)
    size = max(height, width)
    for _ in range(rng.integers(1, 7)):
        opacity, thickness = rng.uniform(*FAINT), int(rng.integers(1, 3))
        center = int(rng.uniform(-0.2, 1.2) * width), int(rng.uniform(-0.2, 1.2) * height)
        layer = np.zeros(ink.shape, np.uint8)
        angle = float(rng.uniform(0, 180))
        if rng.random() < 0.5:
            reach = rng.uniform(0.3, 2) * size * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            cv2.line(layer, center, (center[0] + int(reach[0]), center[1] + int(reach[1])), 255, thickness, cv2.LINE_AA)
        else:
            axes = int(rng.uniform(0.1, 1) * size), int(rng.uniform(0.1, 1) * size)
            cv2.ellipse(layer, center, axes, angle, 0, float(rng.uniform(90, 360)), 255, thickness, cv2.LINE_AA)
        lines = np.maximum(lines, layer * np.float32(opacity / 255))
    return np.asarray(np.maximum(ink, lines), np.float32)


def hatch(ink: Field, rng: np.random.Generator) -> Field:
    """Faint parallel strokes that shade a patch."""
    angle, gap = rng.uniform(0, np.pi), rng.uniform(3, 7)
    rows, columns = np.mgrid[: ink.shape[0], : ink.shape[1]].astype(np.float32)
    across = rows * np.cos(angle) + columns * np.sin(angle) + 1.5 * smooth_field(ink.shape, 20, rng)
    strokes = np.clip(np.cos(across * (2 * np.pi / gap)) * 2 - 0.8, 0, 1)
    where = patches(ink.shape, rng.uniform(20, 60), rng.uniform(0.05, 0.25), rng)
    return np.asarray(np.maximum(ink, strokes * where * rng.uniform(*FAINT)), np.float32)


def smudge(ink: Field, rng: np.random.Generator) -> Field:
    """Graphite that a hand has spread, and gray that an eraser has left."""
    spread = blur(ink, rng.uniform(2, 8)) * rng.uniform(0.2, 0.9)
    gray = rng.uniform(0, 0.25) * patches(ink.shape, rng.uniform(15, 60), rng.uniform(0.02, 0.2), rng)
    where = patches(ink.shape, rng.uniform(20, 80), rng.uniform(0.1, 0.6), rng)
    return np.asarray(np.clip(ink + (1 - ink) * (spread * where + gray), 0, 1), np.float32)


def bleed(ink: Field, rng: np.random.Generator) -> Field:
    """The other side of the sheet shines through: mirrored, blurred and faint."""
    other = blur(np.ascontiguousarray(ink[::-1, ::-1]), rng.uniform(0.6, 2))
    return np.asarray(np.clip(ink + rng.uniform(0.05, 0.3) * other * (1 - ink), 0, 1), np.float32)


def speckle(ink: Field, rng: np.random.Generator) -> Field:
    """Crumbs of graphite and dust."""
    dots = np.zeros(ink.shape, np.float32)
    for _ in range(1 + rng.poisson(ink.size * rng.uniform(1e-4, 1e-3))):
        place = int(rng.integers(ink.shape[1])), int(rng.integers(ink.shape[0]))
        cv2.circle(dots, place, int(rng.integers(0, 2)), float(rng.uniform(0.2, 0.9)), -1)
    return np.asarray(np.maximum(ink, blur(dots, 0.5)), np.float32)

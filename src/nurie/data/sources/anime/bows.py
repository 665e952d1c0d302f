"""Bows, which clothes and hair wear."""

import math
from dataclasses import dataclass

import numpy as np

from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.curves import Points, PointsLike, arc, ellipse, join, polygon
from nurie.data.sources.hex_colors import scale


@dataclass(frozen=True)
class Bow:
    """Where a bow sits, in head or body coordinates."""

    x: float
    y: float
    width: float
    """From the knot to the end of one wing."""
    angle: float = 0.0
    """In radians, clockwise."""
    on_head: bool = False
    """Whether it is given in head coordinates; bows on the body always have tails."""


def draw_bow(figure: Figure, bow: Bow, color: str) -> None:
    """Draw two wings, two tails and a knot."""
    canvas, width = figure.canvas, bow.width
    with figure.part("prop"):
        for side in SIDES:
            wing = polygon(_place(figure, bow, _wing(side, width)))
            canvas.fill(wing, color, shade=figure.shadow(-0.04))
        if not bow.on_head or figure.rng.random() < 0.5:
            for side in SIDES:
                tail = polygon(_place(figure, bow, _tail(side, width)))
                canvas.fill(tail, scale(color, 0.95))
        for side in SIDES:
            start, end = (side * width * 0.2, -0.02), (side * width * 0.6, -width * 0.05)
            fold = _place(figure, bow, arc(start, (side * width * 0.4, -width * 0.1), end))
            figure.crease(fold, color, width=0.8, ends=(0.2, 0.8))
        knot = _place(figure, bow, [(0, 0.02)])[0]
        radius_x, radius_y = width * 0.2 * figure.unit, width * 0.22 * figure.unit
        canvas.fill(ellipse(knot, radius_x, radius_y), scale(color, 1.05))


def _place(figure: Figure, bow: Bow, points: PointsLike) -> Points:
    """Pixels of points given from the knot, along the wings and down."""
    cos, sin = math.cos(bow.angle), math.sin(bow.angle)
    to_pixels = figure.head if bow.on_head else figure.body
    return to_pixels([(bow.x + (a * cos - b * sin), bow.y + (a * sin + b * cos)) for a, b in points])


def _wing(side: int, width: float) -> Points:
    top, bottom = (side * width, -width * 0.5), (side * width * 0.95, width * 0.45)
    return join(
        arc((side * 0.05, 0), (side * width * 0.5, -width * 0.55), top),
        arc(top, (side * width * 1.1, 0), bottom),
        arc(bottom, (side * width * 0.5, width * 0.3), (side * 0.05, 0.05)),
    )


def _tail(side: int, width: float) -> Points:
    return np.array(
        [
            (side * 0.02, 0.05),
            (side * width * 0.75, width * 1.1),
            (side * width * 0.4, width * 1.3),
            (side * width * 0.35, width * 1.05),
            (0, 0.12),
        ]
    )

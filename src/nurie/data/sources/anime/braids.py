"""Buns and braids, which some wear besides their hair style."""

import math

import numpy as np

from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.curves import Points, bezier, disk, ellipse, join, polygon


def draw_buns_or_braids(figure: Figure) -> None:
    """Draw buns to some, braids to others, nothing to most."""
    chance = figure.rng.random()
    if figure.look.male or chance > 0.22:
        return
    if chance < 0.11:
        for side in SIDES:
            _draw_bun(figure, side)
        return
    both = figure.rng.random() < 0.6
    for side in SIDES if both else (int(figure.rng.choice([-1, 1])),):
        _draw_braid(figure, side)


def _draw_bun(figure: Figure, side: int) -> None:
    rng, look = figure.rng, figure.look
    x, y = figure.head_point(side * rng.uniform(0.75, 1.0), rng.uniform(-1.5, -1.2))
    radius = rng.uniform(0.3, 0.48) * figure.unit
    with figure.part("hair"):
        figure.canvas.fill(disk((x, y), radius), look.hair, shade=figure.shadow(-0.06))
    for share in (0.35, 0.65):
        turns = np.linspace(side * 0.5, side * 3.5, 12)
        coil = [(x + radius * share * math.cos(turn), y + radius * share * math.sin(turn)) for turn in turns]
        figure.crease(np.array(coil), look.hair, width=0.9, ends=(0.2, 0.7))


def _draw_braid(figure: Figure, side: int) -> None:
    rng, look, canvas = figure.rng, figure.look, figure.canvas
    x, y = side * 1.15, 0.4
    links, width = int(rng.integers(4, 8)), rng.uniform(0.2, 0.3)
    for link in range(links):
        for half in SIDES:
            outline = _braid_link(x + side * 0.06 * link, y + link * width * 1.35, width, half)
            with figure.part("hair"):
                canvas.fill(polygon(figure.head(outline)), look.hair, shade=figure.shadow(-0.04))
    end_x, end_y = x + side * 0.06 * links, y + links * width * 1.35
    tie = figure.head_point(end_x, end_y - width * 0.3)
    with figure.part("prop"):
        canvas.fill(ellipse(tie, width * 0.7 * figure.unit, width * 0.4 * figure.unit), look.accent)
    left, right = end_x - width * 0.6, end_x + width * 0.6
    top = end_y - width * 0.1
    tuft = figure.lock((left, top), (right, top), (end_x, end_y + width * 2), 0.2)
    with figure.part("hair"):
        canvas.fill(tuft, look.hair)


def _braid_link(x: float, y: float, width: float, half: int) -> Points:
    top, bottom = (x, y - width * 0.7), (x, y + width * 0.9)
    return join(
        bezier(
            top,
            (x + half * width * 1.5, y - width * 0.7),
            (x + half * width * 1.3, y + width * 0.5),
            bottom,
            10,
        ),
        bezier(
            bottom,
            (x + half * width * 0.2, y + width * 0.2),
            (x + half * width * 0.1, y - width * 0.3),
            top,
            8,
        ),
    )

"""What is worn on the head: nothing, or one of twelve things."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from nurie.data.sources.anime.bows import Bow, draw_bow
from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.canvas import Line
from nurie.data.sources.curves import (
    Points,
    arc,
    bezier,
    disk,
    ellipse,
    heart,
    join,
    polygon,
    star,
)
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.sampling import pick

ACCESSORIES = {
    "none": 5.0,
    "ribbon": 1.6,
    "band": 1.2,
    "catears": 1.2,
    "hat": 0.8,
    "flower": 1.0,
    "clip": 1.2,
    "horns": 0.5,
    "phones": 0.6,
    "beret": 0.6,
    "bunny": 0.4,
    "crown": 0.4,
    "maid": 0.5,
}
"""Accessories and how often they are worn."""

THIN = Line(0.8)
EAR_PINK, BUNNY_PINK, BUNNY_WHITE = "#f090a0", "#f5b8c0", "#f7f4f4"
DARK_HORN, BONE = "#3a2a2e", "#efe3cf"
GOLD, POLLEN, LACE = "#f0c243", "#f5d34f", "#fbfaff"


def draw_accessory(figure: Figure) -> None:
    """Draw what the figure wears on its head, if anything."""
    accessory = pick(figure.rng, ACCESSORIES)
    if accessory in DRAW_ACCESSORY:
        with figure.part("prop"):
            DRAW_ACCESSORY[accessory](figure)


def _draw_ribbon(figure: Figure) -> None:
    rng = figure.rng
    x = int(rng.choice([-1, 1])) * rng.uniform(0.0, 0.95)
    y, width, angle = rng.uniform(-1.5, -0.9), rng.uniform(0.35, 0.7), rng.normal(0, 0.3)
    draw_bow(figure, Bow(x, y, width, angle, on_head=True), figure.look.accent)


def _draw_hair_band(figure: Figure) -> None:
    rng, accent = figure.rng, figure.look.accent
    band = join(
        bezier((-1.2, -0.05), (-1.35, -1.75), (1.35, -1.75), (1.2, -0.05), 30),
        bezier((1.12, -0.1), (1.2, -1.52), (-1.2, -1.52), (-1.12, -0.1), 30),
    )
    figure.canvas.fill(polygon(figure.head(band)), accent, shade=figure.shadow(-0.03))
    if rng.random() < 0.5:
        x = float(rng.choice([-0.7, 0.7]))
        draw_bow(figure, Bow(x, -1.1, 0.35, 0.2, on_head=True), accent)


def _draw_cat_ears(figure: Figure) -> None:
    """The ears have the color of the hair and count as hair; their insides do not."""
    look, canvas = figure.look, figure.canvas
    for side in SIDES:
        outer, inner = (side * 0.95, -0.95), (side * 0.35, -1.42)
        tip = (side * figure.rng.uniform(0.85, 1.1), -2.05)
        ear = join(arc(outer, (side * 1.08, -1.5), tip), arc(tip, (side * 0.6, -1.8), inner))
        with figure.part("hair"):
            canvas.fill(polygon(figure.head(ear)), look.hair, shade=figure.shadow(-0.07))
        inside = [(side * 0.86, -1.1), (side * 0.9, -1.85), (side * 0.52, -1.38)]
        pink = mix(look.skin, EAR_PINK, 0.4)
        canvas.fill(polygon(figure.head(inside)), pink, line=THIN)


def _draw_bunny_ears(figure: Figure) -> None:
    """White ears, or ears that are hair."""
    rng, look, canvas = figure.rng, figure.look, figure.canvas
    for side in SIDES:
        tip = (side * rng.uniform(0.4, 0.8), -3.0 + rng.uniform(0, 0.5))
        ear = polygon(figure.head(_bunny_ear(tip, side)))
        white = rng.random() < 0.6
        with figure.part("prop" if white else "hair"):
            canvas.fill(ear, BUNNY_WHITE if white else look.hair, shade=figure.shadow(-0.07))
        inside = polygon(figure.head(_inside_of_bunny_ear(tip, side)))
        canvas.fill(inside, BUNNY_PINK, line=THIN)


def _bunny_ear(tip: tuple[float, float], side: int) -> Points:
    x, _ = tip
    return join(
        bezier((side * 0.2, -1.35), (side * 0.1, -2.2), (x - side * 0.25, -2.8), tip, 12),
        bezier(tip, (x + side * 0.35, -2.6), (side * 0.75, -1.9), (side * 0.62, -1.25), 12),
    )


def _inside_of_bunny_ear(tip: tuple[float, float], side: int) -> Points:
    x, y = tip
    top = (x, y + 0.2)
    return join(
        bezier((side * 0.33, -1.5), (side * 0.25, -2.2), (x - side * 0.12, -2.6), top, 12),
        bezier(top, (x + side * 0.15, -2.5), (side * 0.6, -1.9), (side * 0.5, -1.45), 12),
    )


def _draw_hat(figure: Figure) -> None:
    canvas, look, unit = figure.canvas, figure.look, figure.unit
    point = (figure.rng.uniform(-0.6, 0.9), -3.1)
    cone = join(
        bezier((-1.1, -1.05), (-0.8, -1.9), (-0.5, -2.6), point, 12),
        bezier((0.3, -3.0), (0.6, -2.4), (0.9, -1.8), (1.1, -1.05), 12),
    )
    canvas.fill(polygon(figure.head(cone)), look.accent, shade=figure.shadow(-0.15))
    band = [(-1.07, -1.15), (1.07, -1.15), (0.98, -1.45), (-0.98, -1.45)]
    canvas.fill(polygon(figure.head(band)), look.second_cloth)
    brim = ellipse(figure.head_point(0.0, -1.0), 2.0 * unit, 0.3 * unit)
    canvas.fill(brim, look.accent, shade=(0, -0.1 * unit))


def _draw_beret(figure: Figure) -> None:
    left, top, right = (-1.15, -0.95), (0.2, -2.0), (1.1, -0.9)
    beret = join(
        bezier(left, (-1.7, -1.5), (-0.9, -2.15), top, 16),
        bezier(top, (1.5, -1.85), (1.6, -1.2), right, 14),
        arc(right, (0, -1.35), left),
    )
    path = polygon(figure.head(beret))
    figure.canvas.fill(path, figure.look.accent, shade=figure.shadow(-0.12))


def _clip_place(figure: Figure) -> tuple[float, float, float]:
    """Where in the hair a flower or a clip sits, and its radius, all in pixels."""
    rng = figure.rng
    side = int(rng.choice([-1, 1]))
    x, y = figure.head_point(side * rng.uniform(0.7, 1.0), rng.uniform(-0.9, -0.3))
    return x, y, rng.uniform(0.18, 0.32) * figure.unit


def _draw_flower(figure: Figure) -> None:
    x, y, radius = _clip_place(figure)
    petals = int(figure.rng.integers(4, 7))
    for petal in range(petals):
        angle = 2 * math.pi * petal / petals
        center = (x + radius * math.cos(angle), y + radius * math.sin(angle))
        figure.canvas.fill(disk(center, radius * 0.62), figure.look.accent, line=THIN)
    figure.canvas.fill(disk((x, y), radius * 0.4), POLLEN, line=THIN)


def _draw_clip(figure: Figure) -> None:
    x, y, radius = _clip_place(figure)
    left, right = x - radius, x + radius
    bar = [
        (left, y - radius * 0.25),
        (right, y - radius * 0.5),
        (right, y),
        (left, y + radius * 0.25),
    ]
    shapes = (
        star((x, y), radius, 5),
        heart((x, y), radius * 0.9),
        disk((x, y), radius * 0.7),
        polygon(bar),
    )
    shape = shapes[figure.rng.integers(len(shapes))]
    figure.canvas.fill(shape, figure.look.accent, shade=figure.shadow(-0.03))


def _draw_horns(figure: Figure) -> None:
    rng = figure.rng
    for side in SIDES:
        tip = (side * rng.uniform(1.0, 1.5), -1.9)
        bend = side * rng.uniform(-0.5, 0.5)
        horn = figure.lock((side * 0.9, -1.0), (side * 0.5, -1.35), tip, bend)
        color = str(rng.choice([DARK_HORN, BONE, figure.look.accent]))
        figure.canvas.fill(horn, color, shade=figure.shadow(-0.05))


def _draw_headphones(figure: Figure) -> None:
    canvas, accent, unit = figure.canvas, figure.look.accent, figure.unit
    band = join(
        bezier((-1.22, -0.1), (-1.5, -2.1), (1.5, -2.1), (1.22, -0.1), 30),
        bezier((1.14, -0.1), (1.35, -1.9), (-1.35, -1.9), (-1.14, -0.1), 30),
    )
    canvas.fill(polygon(figure.head(band)), accent)
    for side in SIDES:
        cup = ellipse(figure.head_point(side * 1.18, 0.12), 0.22 * unit, 0.36 * unit)
        canvas.fill(cup, scale(accent, 0.9), shade=figure.shadow(-0.05))


def _draw_crown(figure: Figure) -> None:
    left, right = [(-0.55, -1.4), (-0.65, -2.0), (-0.3, -1.7)], [(0.3, -1.7), (0.65, -2.0)]
    crown = [*left, (0, -2.15), *right, (0.55, -1.4)]
    figure.canvas.fill(polygon(figure.head(crown)), GOLD, shade=figure.shadow(-0.05))


def _draw_maid_lace(figure: Figure) -> None:
    xs = np.linspace(-1.0, 1.0, 9)
    rim = np.stack([xs, -0.95 - 0.72 * np.sqrt(1 - (xs * 0.9) ** 2)], 1)
    for a, b in pairwise(rim):
        top = ((a[0] + b[0]) / 2 * 1.1, (a[1] + b[1]) / 2 - 0.26)
        frill = join(arc(a, (a[0], top[1]), top), arc(top, (b[0], top[1]), b))
        figure.canvas.fill(polygon(figure.head(frill)), LACE, line=THIN)


DRAW_ACCESSORY: dict[str, Callable[[Figure], None]] = {
    "ribbon": _draw_ribbon,
    "band": _draw_hair_band,
    "catears": _draw_cat_ears,
    "hat": _draw_hat,
    "flower": _draw_flower,
    "clip": _draw_clip,
    "horns": _draw_horns,
    "phones": _draw_headphones,
    "beret": _draw_beret,
    "bunny": _draw_bunny_ears,
    "crown": _draw_crown,
    "maid": _draw_maid_lace,
}
"""All of `ACCESSORIES` but "none"."""

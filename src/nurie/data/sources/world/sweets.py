"""Sweets: cakes, ice cream, candy."""

import math
from itertools import pairwise

import numpy as np

from nurie.data.sources.curves import Number, difference, union
from nurie.data.sources.hex_colors import mix
from nurie.data.sources.world.fruit import draw_cherries, draw_strawberry
from nurie.data.sources.world.spot import THIN, Spot, aside

CREAMS = ("#fff6ec", "#f6c1cf", "#f3e2b0", "#7a4a30", "#cfe8c6", "#cdb6e3")


DOUGHS = ("#e0ae6a", "#d99a52", "#c98b45", "#efcf94")


WAFER = ("#dba45a", "#e3b56c", "#c98b45")


def _drips(
    spot: Spot, left: Number, right: Number, top: Number, low: Number, count: int
) -> list[tuple[Number, Number]]:
    """The lower edge of icing, from right to left."""
    edge = []
    xs = np.linspace(right, left, 2 * count + 1)
    for number, x in enumerate(xs):
        edge.append((float(x), low + spot.between(0.0, 0.14) if number % 2 else top + spot.between(0, 0.04)))
    return edge


def draw_cake(spot: Spot) -> None:
    """A cake of one to three tiers, with icing, candles or fruit on top."""
    tiers = int(spot.rng.integers(1, 4))
    dough, icing = spot.choose(CREAMS), spot.choose(CREAMS)
    spot.fill(spot.oval(0, 0.88, 1.0, 0.12), spot.like("#e8e8ee"), shade=0.05)
    height, low = 1.25 / tiers if tiers > 1 else 0.8, 0.86
    for tier in range(tiers):
        half, top = 0.82 * (1 - 0.26 * tier), low - height
        spot.fill(
            spot.round(
                [
                    (-half, top),
                    (-half, top),
                    (-half, low),
                    (-half, low),
                    (0, low + 0.08),
                    (half, low),
                    (half, low),
                    (half, top),
                    (half, top),
                ]
            ),
            dough,
            shade=0.14,
        )
        edge = _drips(spot, -half, half, top + height * 0.25, top + height * 0.45, int(spot.rng.integers(3, 6)))
        spot.fill(
            spot.round([(-half, top), (-half, top), (0, top - 0.1), (half, top), (half, top), *edge]), icing, shade=0.08
        )
        spot.fill(spot.oval(0, top, half, 0.09), mix(icing, "#ffffff", 0.3), line=THIN)
        low = top
    if spot.chance(0.5):
        for x in np.linspace(-0.3, 0.3, int(spot.rng.integers(1, 5))) * (1.6 if tiers == 1 else 0.7):
            candle(spot.inner(float(x), low - 0.22, 0.2))
    else:
        draw_strawberry(spot.inner(0, low - 0.14, 0.24, math.pi * 0))


def candle(spot: Spot) -> None:
    """Draw a candle that burns."""
    color = spot.any_color()
    spot.fill(spot.box(-0.22, -0.2, 0.22, 1.1), color, line=THIN)
    spot.fill(spot.round("0,-1.2! .28,-.6 0,-.25 -.28,-.6"), spot.like("#f8b83c"), line=THIN)


def draw_slice(spot: Spot) -> None:
    """A piece of cake from the side, with layers."""
    dough, cream = spot.choose((*DOUGHS, "#6a3f2a")), spot.choose(CREAMS)
    spot.fill(spot.flat("-.95,-.15 .35,-.55 .95,-.25"), cream, shade=0.05)
    edges = np.linspace(0, 1, 6)
    for number, (a, b) in enumerate(pairwise(edges)):
        color = dough if number % 2 else cream
        left_a, left_b, right_a, right_b = (y * 0.9 for y in (a, b, a, b))
        spot.fill(
            spot.flat(
                [(-0.95, -0.15 + left_a), (0.95, -0.25 + right_a), (0.95, -0.25 + right_b), (-0.95, -0.15 + left_b)]
            ),
            color,
            line=THIN,
        )
    if spot.chance(0.8):
        draw_strawberry(spot.inner(0.2, -0.6, 0.3))


def draw_cupcake(spot: Spot) -> None:
    """A cupcake with a swirl of cream."""
    paper, cream = spot.any_color(), spot.choose(CREAMS)
    spot.fill(spot.flat("-.62,.1 .62,.1 .45,.98 -.45,.98"), paper, shade=0.12)
    for x in np.linspace(-0.45, 0.45, 6):
        spot.stroke([(float(x), 0.12), (float(x) * 0.74, 0.96)], paper, 0.7, round_=False)
    for y, half in ((0.0, 0.75), (-0.3, 0.58), (-0.58, 0.38)):
        spot.fill(
            spot.round(
                [
                    (-half, y),
                    (-half * 0.7, y - 0.26),
                    (half * 0.6, y - 0.3),
                    (half, y - 0.02),
                    (half * 0.8, y + 0.18),
                    (-half * 0.8, y + 0.2),
                ]
            ),
            cream,
            shade=0.12,
        )
    if spot.chance(0.7):
        spot.fill(spot.oval(0.02, -0.86, 0.16), spot.like("#d8323c"), shade=0.06)


def draw_ice_cream(spot: Spot) -> None:
    """A cone with one to three scoops."""
    wafer = spot.choose(WAFER)
    cone = [(-0.42, 0.05), (0.42, 0.05), (0, 1)]
    spot.fill(spot.flat(cone), wafer, shade=0.1)
    with spot.canvas.clipped(spot.flat(cone)):
        for shift in np.linspace(-0.8, 0.8, 7):
            spot.stroke([(shift - 0.35, 0), (shift + 0.35, 1)], wafer, 0.7, round_=False)
            spot.stroke([(shift + 0.35, 0), (shift - 0.35, 1)], wafer, 0.7, round_=False)
    count = int(spot.rng.integers(1, 4))
    for scoop in range(count):
        y, half = -0.08 - scoop * 0.34, 0.5 - 0.05 * scoop
        edge = _drips(spot, -half, half, y + 0.16, y + 0.2, 4)
        spot.fill(
            spot.round([(-half, y), (-half * 0.7, y - 0.34), (0, y - 0.46), (half * 0.7, y - 0.34), (half, y), *edge]),
            spot.choose(CREAMS),
            shade=0.14,
        )
    if spot.chance(0.4):
        spot.fill(spot.oval(0, -0.5 - (count - 1) * 0.34 - 0.14, 0.12), spot.like("#c21f33"), shade=0.05)


def draw_donut(spot: Spot) -> None:
    """A doughnut with icing and sprinkles."""
    dough, icing = spot.choose(DOUGHS), spot.choose((*CREAMS, "#ee8fb0", "#8fd0e8"))
    hole = spot.oval(0, 0, 0.3, 0.28)
    spot.fill(difference(spot.oval(0, 0, 0.96, 0.92), hole), dough, shade=0.14)
    around = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    wave = 0.78 + spot.rng.uniform(-0.06, 0.06, 18)
    glaze = spot.round(np.stack([wave * np.cos(around), wave * 0.95 * np.sin(around)], 1))
    spot.fill(difference(glaze, spot.oval(0, 0, 0.38, 0.36)), icing, shade=0.1)
    for _ in range(spot.rng.integers(0, 14)):
        angle, way = spot.between(0, 6.28), spot.between(0.45, 0.65)
        place = spot.inner(way * math.cos(angle), way * math.sin(angle), 0.09, spot.between(0, 3))
        place.fill(place.box(-1, -0.35, 1, 0.35), spot.any_color(), line=THIN)


def draw_candy(spot: Spot) -> None:
    """A wrapped sweet, or a lollipop."""
    color = spot.any_color()
    if spot.chance(0.5):
        spot.fill(spot.box(-0.06, 0.1, 0.06, 1), spot.like("#f4f0ea"), line=THIN)
        spot.fill(spot.oval(0, -0.35, 0.62), color, shade=0.12)
        turns = np.linspace(0.5, 14, 40)
        swirl = np.stack([0.042 * turns * np.cos(turns), -0.35 + 0.042 * turns * np.sin(turns)], 1)
        spot.stroke(swirl, color, 0.9)
        return
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, ".4,0 .95,-.42! .82,0 .95,.42!")), mix(color, "#ffffff", 0.3), shade=0.06)
    spot.fill(spot.oval(0, 0, 0.52, 0.44), color, shade=0.12)
    with spot.canvas.clipped(spot.oval(0, 0, 0.52, 0.44)):
        for x in (-0.3, 0.1):
            spot.fill(
                spot.round([(x, -0.5), (x + 0.18, -0.5), (x + 0.28, 0.5), (x + 0.08, 0.5)]),
                mix(color, "#ffffff", 0.7),
                line=THIN,
            )


def draw_fruit_bowl(spot: Spot) -> None:
    """A dish of cherries on cream."""
    draw_cherries(spot.inner(0.0, -0.45, 0.5))
    spot.fill(
        union(spot.oval(-0.3, -0.05, 0.45, 0.35), spot.oval(0.3, -0.05, 0.45, 0.35)), spot.choose(CREAMS), shade=0.12
    )
    spot.fill(
        spot.round("-.75,0 .75,0 .5,.45 .12,.6 .12,.85 .45,.98 -.45,.98 -.12,.85 -.12,.6 -.5,.45"),
        spot.choose(("#cfe8f4", "#e3eef4", "#f4d7e3")),
        shade=0.12,
    )

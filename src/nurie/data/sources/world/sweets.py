"""Sweets and meals."""

import math
from itertools import pairwise

import numpy as np

from nurie.data.sources.curves import Number, difference, union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.fruit import draw_cherries, draw_strawberry
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored

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


def draw_burger(spot: Spot) -> None:
    """A burger with all between two buns."""
    bun = spot.choose(DOUGHS)
    spot.fill(spot.soft_box(-0.85, 0.55, 0.85, 0.95, 0.18), bun, shade=0.12)
    spot.fill(spot.soft_box(-0.92, 0.28, 0.92, 0.6, 0.15), spot.like("#6b3d25"), shade=0.08)
    spot.fill(spot.flat("-.9,.2 .9,.2 .92,.3 .5,.34 .25,.52 0,.34 -.92,.3"), spot.like("#f6c33c"))
    spot.fill(spot.soft_box(-0.86, 0.05, 0.86, 0.22, 0.08), spot.like("#d8402f"))
    waves = [(float(x), 0.02 + 0.09 * (-1) ** n) for n, x in enumerate(np.linspace(-0.98, 0.98, 11))]
    spot.fill(spot.round([*waves, (0.9, -0.12), (-0.9, -0.12)]), spot.like("#7ab648"), shade=0.05)
    spot.fill(spot.round("-.9,-.08! -.8,-.55 -.3,-.86 .3,-.86 .8,-.55 .9,-.08!"), bun, shade=0.18)
    for x, y in ((-0.4, -0.5), (0.0, -0.65), (0.42, -0.45), (-0.1, -0.35), (0.2, -0.25)):
        spot.fill(spot.oval(x, y, 0.06, 0.035), "#f7ecd2", line=THIN)


def draw_onigiri(spot: Spot) -> None:
    """A ball of rice in its leaf."""
    spot.fill(spot.round(mirrored("0,-.85 .3,-.7 .8,.2 .9,.65 .6,.9 0,.92")), spot.like("#fbf8f0"), shade=0.14)
    spot.fill(spot.box(-0.34, 0.3, 0.34, 0.93), spot.like("#2c4034"), shade=0.05)


def draw_sushi(spot: Spot) -> None:
    """A piece of sushi: rice with fish, or a roll."""
    fish = spot.choose(("#ee7a52", "#e84f4a", "#f6c95a", "#f4d7cf"))
    if spot.chance(0.5):
        spot.fill(spot.soft_box(-0.8, 0.05, 0.8, 0.75, 0.3), spot.like("#fbf8f0"), shade=0.1)
        spot.fill(spot.round("-.95,.15 -.8,-.35 0,-.55 .8,-.38 .98,.2 .5,.08 0,.02 -.5,.08"), fish, shade=0.12)
        for x in (-0.5, -0.1, 0.3):
            spot.tapered([(x, -0.4), (x + 0.12, -0.2), (x + 0.15, 0.02)], fish, 0.9)
        return
    spot.fill(spot.box(-0.75, -0.2, 0.75, 0.8), spot.like("#2c4034"), shade=0.1)
    spot.fill(spot.oval(0, -0.2, 0.75, 0.42), spot.like("#fbf8f0"))
    spot.fill(spot.oval(0, -0.2, 0.34, 0.2), fish)


def draw_ramen(spot: Spot) -> None:
    """A bowl of soup with noodles, egg and leek."""
    bowl, soup = spot.any_color(), spot.choose(("#d99a52", "#c97a3a", "#e8c98a"))
    if spot.chance(0.6):
        for shift in (0.0, 0.16):
            spot.fill(
                spot.flat([(0.25 + shift, -0.1), (0.85 + shift, -1), (0.92 + shift, -0.97), (0.34 + shift, -0.1)]),
                "#b5824a",
                line=THIN,
            )
    spot.fill(spot.round("-.95,0! -.8,.55 -.4,.9 .4,.9 .8,.55 .95,0!"), bowl, shade=0.2)
    spot.fill(spot.box(-0.4, 0.88, 0.4, 1.0), scale(bowl, 0.85))
    spot.fill(spot.oval(0, 0, 0.95, 0.3), mix(bowl, "#ffffff", 0.4))
    surface = spot.oval(0, 0.01, 0.85, 0.24)
    spot.fill(surface, soup, line=THIN)
    with spot.canvas.clipped(surface):
        for y in (-0.12, 0.0, 0.1):
            spot.fill(
                spot.round(
                    [(-0.6, y), (-0.2, y - 0.06), (0.2, y + 0.03), (0.15, y + 0.08), (-0.2, y), (-0.6, y + 0.06)]
                ),
                "#f6dd9a",
                line=THIN,
            )
    spot.fill(spot.oval(0.42, -0.06, 0.22, 0.13), "#fbf6ea", line=THIN)
    spot.fill(spot.oval(0.42, -0.06, 0.11, 0.07), "#f3a63a", line=THIN)
    spot.fill(spot.oval(-0.5, -0.02, 0.2, 0.1), "#f7f0f0", line=THIN)


def draw_pizza(spot: Spot) -> None:
    """A slice of pizza."""
    crust = spot.choose(DOUGHS)
    spot.fill(spot.round("-.85,-.55 0,-.85 .85,-.55! 0,1! -.85,-.55"), spot.like("#f4c95a"), shade=0.06)
    spot.fill(spot.round("-.95,-.55 -.5,-.88 0,-.97 .5,-.88 .95,-.55 .78,-.42 0,-.7 -.78,-.42"), crust, shade=0.08)
    for x, y in ((-0.35, -0.3), (0.3, -0.25), (0.0, 0.25)):
        spot.fill(spot.oval(x, y, 0.18), spot.like("#cf3f30"))
    for x, y in ((0.0, -0.1), (-0.2, 0.15), (0.2, 0.5 - 0.4)):
        spot.fill(spot.oval(x, y, 0.06, 0.09, 0.6), spot.like("#4f8a3c"), line=THIN)


def draw_bread(spot: Spot) -> None:
    """A slice of toast, or a croissant's plain cousin: a loaf."""
    crust = spot.choose(("#b5753a", "#c98b45", "#a05f2f"))
    if spot.chance(0.5):
        right = [(0, -0.62), (0.6, -0.75), (0.92, -0.4), (0.72, -0.05), (0.74, 0.9), (0.74, 0.9), (0, 0.92)]
        spot.fill(spot.round(mirrored(right)), crust, shade=0.08)
        spot.fill(
            spot.round([(x * 0.86, 0.02 + (y - 0.02) * 0.86) for x, y in mirrored(right)]),
            spot.like("#f6dfa8"),
            line=THIN,
        )
        if spot.chance(0.5):
            spot.fill(spot.soft_box(-0.25, 0.0, 0.25, 0.4, 0.08), spot.like("#f8e27a"), shade=0.06)
        return
    loaf = spot.round("-.95,.45 -.98,-.05 -.6,-.42 .6,-.42 .98,-.05 .95,.45 0,.55")
    spot.fill(loaf, crust, shade=0.2)
    for x in (-0.5, 0, 0.5):
        spot.fill(
            spot.round(
                [(x - 0.2, 0.0), (x - 0.2, 0.0), (x + 0.02, -0.3), (x + 0.2, -0.3), (x + 0.2, -0.3), (x - 0.02, 0.05)]
            ),
            mix(crust, "#ffffff", 0.45),
            line=THIN,
        )


def draw_egg(spot: Spot) -> None:
    """A fried egg, or one in its shell."""
    if spot.chance(0.6):
        around = np.linspace(0, 2 * np.pi, 11, endpoint=False)
        wave = spot.rng.uniform(0.75, 1.0, 11)
        spot.fill(spot.round(np.stack([wave * np.cos(around), 0.85 * wave * np.sin(around)], 1)), "#fdfbf4", shade=0.1)
        spot.fill(spot.oval(0.05, -0.05, 0.34), spot.like("#f6b52c"), shade=0.08)
        return
    spot.fill(
        spot.round(mirrored("0,-.95 .4,-.7 .66,0 .62,.5 .3,.9 0,.96")),
        spot.choose(("#f4dcc0", "#fbf4ea", "#d9a877")),
        shade=0.2,
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

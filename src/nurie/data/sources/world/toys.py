"""Toys and treasures."""

import math

import numpy as np

from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.animal_heads import bear_head
from nurie.data.sources.world.materials import GOLDS, METAL, WOODS
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored


def draw_gift(spot: Spot) -> None:
    """A present with a bow."""
    color, ribbon = spot.any_color(), spot.any_color()
    spot.fill(spot.box(-0.7, -0.2, 0.7, 0.95), color, shade=0.12)
    spot.fill(spot.box(-0.8, -0.42, 0.8, -0.15), scale(color, 1.05), shade=0.04)
    spot.fill(spot.box(-0.13, -0.42, 0.13, 0.95), ribbon, line=THIN)
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, "0,-.45! .25,-.85 .62,-.88 .5,-.5")), ribbon, shade=0.05)
    spot.fill(spot.oval(0, -0.46, 0.12), ribbon, line=THIN)


def draw_ball(spot: Spot) -> None:
    """A ball: striped, of patches, or a basketball."""
    kind = int(spot.rng.integers(3))
    color = spot.any_color()
    ball = spot.oval(0, 0, 0.95)
    spot.fill(ball, color if kind != 1 else "#fbfbfb", shade=0.2)
    with spot.canvas.clipped(ball):
        if kind == 0:
            second = mix(color, "#ffffff", 0.75)
            spot.fill(spot.round("-.4,-1.1 .1,-1.1 .3,0 .1,1.1 -.4,1.1 -.15,0"), second)
            spot.fill(spot.round(".6,-1.1 1.1,-1.1 1.1,1.1 .6,1.1 .8,0"), spot.any_color())
        elif kind == 1:
            dark = spot.choose(("#3a3a40", "#3f5a9a", "#b5403a"))
            spot.fill(spot.flat([(0.34 * math.sin(a), -0.34 * math.cos(a)) for a in np.linspace(0, 6.28, 6)[:5]]), dark)
            for a in np.linspace(0, 2 * np.pi, 6)[:5]:
                x, y = math.sin(a), -math.cos(a)
                spot.stroke([(0.34 * x, 0.34 * y), (0.68 * x, 0.68 * y)], "#888888", 0.9, round_=False)
                spot.fill(spot.oval(0.92 * x, 0.92 * y, 0.26), dark)
        else:
            for points in (
                [(-1, 0), (0, 0.1), (1, 0)],
                [(0, -1), (0.08, 0), (0, 1)],
                [(-0.7, -0.8), (-0.4, 0), (-0.7, 0.8)],
                [(0.7, -0.8), (0.45, 0), (0.7, 0.8)],
            ):
                spot.stroke(points, color, 1.0)


def draw_guitar(spot: Spot) -> None:
    """A guitar."""
    wood = spot.choose((*WOODS, spot.any_color()))
    leaning = spot.inner(0, 0, 1, 0.6)
    leaning.fill(leaning.box(-0.07, -0.98, 0.07, 0.2), leaning.choose(WOODS), line=THIN)
    leaning.fill(leaning.box(-0.12, -1.12, 0.12, -0.88), leaning.choose(WOODS), line=THIN)
    leaning.fill(leaning.round(mirrored("0,-.05 .28,-.02 .34,.2 .28,.36 .48,.6 .36,.95 0,1.02")), wood, shade=0.1)
    leaning.fill(leaning.oval(0, 0.38, 0.15), "#4a3226", line=THIN)
    leaning.fill(leaning.box(-0.2, 0.72, 0.2, 0.79), "#4a3226", line=THIN)
    for x in (-0.035, 0.0, 0.035):
        leaning.stroke([(x, -0.9), (x, 0.74)], "#777777", 0.45, round_=False)


def draw_pencil(spot: Spot) -> None:
    """A pencil."""
    color = spot.any_color()
    place = spot.inner(0, 0, 1, spot.between(-0.9, 0.9))
    place.fill(place.box(-0.16, -0.8, 0.16, 0.55), color, shade=0.06)
    place.stroke(".03,-.75 .03,.55", color, 0.7, round_=False)
    place.fill(place.flat("-.16,.55 .16,.55 0,.98"), place.like("#f0d0a0"), line=THIN)
    place.canvas.ink(place.flat("-.05,.84 .05,.84 0,.98"), scale(color, 0.5))
    place.fill(place.box(-0.16, -0.98, 0.16, -0.8), place.like("#f0a0a8"), line=THIN)


def draw_crown(spot: Spot) -> None:
    """A crown with stones."""
    gold = spot.choose(GOLDS)
    spot.fill(spot.flat("-.8,.6 -.95,-.4 -.45,.05 0,-.7 .45,.05 .95,-.4 .8,.6"), gold, shade=0.08)
    spot.fill(spot.box(-0.8, 0.45, 0.8, 0.72), scale(gold, 0.9), line=THIN)
    for x in (-0.95, 0, 0.95):
        spot.fill(spot.oval(x, -0.45 if x else -0.76, 0.1), spot.any_color(), line=THIN)
    for x in (-0.45, 0, 0.45):
        spot.fill(spot.oval(x, 0.58, 0.09, 0.08), spot.any_color(), line=THIN)


def draw_teddy(spot: Spot) -> None:
    """A teddy bear that sits."""
    fur = spot.choose(("#b5824a", "#c99a6a", "#8a5f3c", "#e8c9d0", "#e0d0b5"))
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.5, 0.75, 0.28, 0.22), fur, shade=0.04)
        spot.fill(spot.oval(side * 0.52, 0.76, 0.14, 0.12), mix(fur, "#ffffff", 0.5), line=THIN)
        spot.fill(spot.oval(side * 0.52, 0.2, 0.16, 0.3, -side * 0.6), fur, shade=0.03)
    spot.fill(spot.oval(0, 0.45, 0.48, 0.5), fur, shade=0.1)
    spot.fill(spot.oval(0, 0.5, 0.28, 0.3), mix(fur, "#ffffff", 0.5), line=THIN)
    bear_head(spot.inner(0, -0.42, 0.52), fur)


def draw_sword(spot: Spot) -> None:
    """A sword, or a wand with a star."""
    place = spot.inner(0, 0, 1, spot.between(-0.4, 0.4))
    if spot.chance(0.5):
        place.fill(place.flat("-.12,-.7 0,-.98 .12,-.7 .12,.35 -.12,.35"), place.choose(METAL), shade=0.03)
        place.stroke("0,-.8 0,.35", METAL[0], 0.7, round_=False)
        place.fill(place.soft_box(-0.4, 0.33, 0.4, 0.46, 0.05), place.choose(GOLDS), line=THIN)
        place.fill(place.box(-0.08, 0.46, 0.08, 0.82), place.choose(WOODS), line=THIN)
        place.fill(place.oval(0, 0.88, 0.12), place.any_color(), line=THIN)
        return
    place.fill(place.box(-0.05, -0.4, 0.05, 0.98), place.any_color(), line=THIN)
    place.fill(place.star(0, -0.55, 0.42), place.choose(GOLDS), shade=0.05)

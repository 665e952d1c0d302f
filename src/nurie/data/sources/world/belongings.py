"""What people wear, carry and have at home."""

import math

import numpy as np

from nurie.data.sources.curves import difference, union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.materials import GOLDS, METAL, WOODS
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored


def draw_book(spot: Spot) -> None:
    """A book, open or shut."""
    color = spot.any_color()
    if spot.chance(0.5):
        spot.fill(spot.round("-1,-.3! -.5,-.42 0,-.2! .5,-.42 1,-.3! 1,.55! 0,.68! -1,.55!"), color, shade=0.05)
        for side in (-1, 1):
            spot.fill(
                spot.round(aside(side, "0,-.2! .45,-.42 .9,-.34! .9,.45! .45,.38 0,.58!")),
                spot.like("#fbf6e8"),
                shade=0.04,
                line=THIN,
            )
            for y in (-0.15, 0.0, 0.15):
                spot.stroke([(side * 0.2, y - 0.05), (side * 0.5, y - 0.1), (side * 0.75, y - 0.06)], "#999999", 0.6)
        return
    spot.fill(spot.flat("-.65,-.75 .55,-.75 .7,-.62 .7,.9 -.5,.9 -.65,.78"), spot.like("#f4ecd8"), line=THIN)
    spot.fill(spot.box(-0.65, -0.78, 0.56, 0.78), color, shade=0.08)
    spot.fill(spot.box(-0.65, -0.78, -0.45, 0.78), scale(color, 0.8), line=THIN)
    if spot.chance(0.7):
        spot.fill(spot.box(-0.2, -0.5, 0.35, -0.1), mix(color, "#ffffff", 0.7), line=THIN)


def draw_bag(spot: Spot) -> None:
    """A handbag or a school bag."""
    color = spot.any_color()
    handle = difference(spot.oval(0, -0.3, 0.45, 0.6), spot.oval(0, -0.3, 0.34, 0.48))
    spot.fill(handle, scale(color, 0.8), line=THIN)
    spot.fill(spot.round("-.7,-.3! .7,-.3! .85,.6 .7,.92 -.7,.92 -.85,.6"), color, shade=0.14)
    if spot.chance(0.6):
        spot.fill(spot.round("-.72,-.3! .72,-.3! .55,.2 0,.32 -.55,.2"), scale(color, 0.9), shade=0.05)
    spot.fill(spot.soft_box(-0.14, 0.15, 0.14, 0.42, 0.05), spot.choose(GOLDS), line=THIN)


def draw_umbrella(spot: Spot) -> None:
    """An umbrella, open."""
    first, second = spot.any_color(), spot.any_color()
    if spot.chance(0.5):
        second = first
    spot.fill(
        spot.round("-.04,-.6 .04,-.6 .04,.8 .16,.92 .28,.8 .34,.84 .16,1.02 -.04,.82"), spot.choose(WOODS), line=THIN
    )
    xs = np.linspace(-0.98, 0.98, 6)
    for number in (0, 4, 1, 3, 2):
        left, right = float(xs[number]), float(xs[number + 1])
        side = 0.9 * (left + right) / 2
        bulge = (left * 0.75, -0.62 + 0.22 * abs(left)), (right * 0.75, -0.62 + 0.22 * abs(right))
        gore = [
            (0, -0.85),
            (0, -0.85),
            bulge[0],
            (left, 0.0),
            (left, 0.0),
            (side, -0.1),
            (right, 0.0),
            (right, 0.0),
            bulge[1],
        ]
        spot.fill(spot.round(gore), first if number % 2 else second, shade=0.04)
    spot.stroke("0,-.85 0,-.98", first, 1.4, round_=False)


def draw_clock(spot: Spot) -> None:
    """An alarm clock."""
    color = spot.any_color()
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.5, -0.72, 0.26, 0.2, side * 0.5), spot.choose(GOLDS), shade=0.04)
        spot.fill(spot.flat(aside(side, ".45,.7 .58,.62 .72,.98 .6,.98")), color, line=THIN)
    spot.fill(spot.oval(0, 0.1, 0.8), color, shade=0.12)
    spot.fill(spot.oval(0, 0.1, 0.62), spot.like("#fbf8ee"), line=THIN)
    for hour in range(12):
        x, y = math.sin(hour * math.pi / 6), math.cos(hour * math.pi / 6)
        spot.stroke([(0.5 * x, 0.1 + 0.5 * y), (0.57 * x, 0.1 + 0.57 * y)], "#555555", 0.8, round_=False)
    a, b = spot.between(0, 6.28), spot.between(0, 6.28)
    spot.stroke([(0, 0.1), (0.3 * math.sin(a), 0.1 + 0.3 * math.cos(a))], "#333333", 1.5, round_=False)
    spot.stroke([(0, 0.1), (0.45 * math.sin(b), 0.1 + 0.45 * math.cos(b))], "#333333", 1.0, round_=False)


def draw_lamp(spot: Spot) -> None:
    """A lamp on its stand."""
    color = spot.any_color()
    spot.fill(spot.box(-0.05, 0.0, 0.05, 0.85), spot.choose((*METAL, *WOODS)), line=THIN)
    spot.fill(spot.round("-.45,.98! -.3,.8 .3,.8 .45,.98!"), spot.choose((*METAL, *WOODS)), line=THIN)
    spot.fill(spot.flat("-.35,-.85 .35,-.85 .75,.05 -.75,.05"), color, shade=0.12)
    if spot.chance(0.5):
        spot.fill(spot.flat("-.68,-.1 .68,-.1 .75,.05 -.75,.05"), mix(color, "#ffffff", 0.6), line=THIN)


def draw_key(spot: Spot) -> None:
    """A key."""
    gold = spot.choose((*GOLDS, *METAL))
    bow = difference(spot.oval(0, -0.58, 0.38), spot.oval(0, -0.62, 0.18))
    bit = spot.flat("-.09,-.25 .09,-.25 .09,.5 .35,.5 .35,.64 .2,.64 .2,.74 .35,.74 .35,.9 -.09,.9")
    spot.fill(union(bow, bit), gold, shade=0.06)


def draw_hat(spot: Spot) -> None:
    """A hat with a band, or a cap."""
    color, band = spot.any_color(), spot.any_color()
    if spot.chance(0.6):
        spot.fill(spot.oval(0, 0.45, 0.98, 0.26), color, shade=0.06)
        crown = spot.round("-.55,.42! -.48,-.2 -.25,-.5 .25,-.5 .48,-.2 .55,.42! 0,.54")
        spot.fill(crown, color, shade=0.12)
        with spot.canvas.clipped(crown):
            spot.fill(spot.round("-.7,.2 0,.3 .7,.2 .7,.42 0,.54 -.7,.42"), band, line=THIN)
        return
    spot.fill(spot.round("-.7,.3! -.6,-.35 0,-.6 .5,-.35 .6,.3!"), color, shade=0.12)
    spot.fill(spot.round(".1,.2 .6,.2 .98,.45 .6,.46 .1,.36"), band, shade=0.04)
    spot.stroke("0,-.6 .15,-.2 .1,.3", color, 0.8)


def draw_shoe(spot: Spot) -> None:
    """A sneaker or a boot."""
    color, sole = spot.any_color(), spot.choose(("#fbfbfb", "#e8e0d0", "#5a4a42"))
    top = -0.85 if spot.chance(0.4) else -0.2
    spot.fill(
        spot.round(
            [
                (-0.75, top),
                (-0.75, top),
                (-0.15, top),
                (-0.15, top),
                (0.0, 0.1),
                (0.6, 0.25),
                (0.92, 0.55),
                (0.92, 0.7),
                (0.92, 0.7),
                (-0.8, 0.7),
                (-0.8, 0.7),
            ]
        ),
        color,
        shade=0.1,
    )
    spot.fill(spot.soft_box(-0.86, 0.66, 0.98, 0.9, 0.1), sole, shade=0.03)
    for x, y in ((-0.05, 0.12), (0.12, 0.22), (0.3, 0.28)):
        spot.stroke([(x, y), (x + 0.16, y - 0.12)], color, 1.0, round_=False)
    spot.stroke(".6,.26 .5,.5 .62,.68", color, 0.8)


def draw_shirt(spot: Spot) -> None:
    """A shirt as in a shop."""
    color = spot.any_color()
    spot.fill(spot.round(mirrored(".25,-.75! .5,-.72 .95,-.3! .72,-.02! .52,-.2! .54,.9!")), color, shade=0.1)
    spot.fill(spot.round("-.25,-.75! 0,-.6 .25,-.75! .18,-.6 0,-.48 -.18,-.6"), scale(color, 0.8), line=THIN)
    if spot.chance(0.6):
        mark = spot.oval(0, 0.05, 0.28) if spot.chance(0.5) else spot.star(0, 0.05, 0.32)
        spot.fill(mark, spot.any_color(), line=THIN)


def draw_chair(spot: Spot) -> None:
    """A chair."""
    wood, seat = spot.choose(WOODS), spot.any_color()
    for x, low in ((-0.4, 0.85), (0.55, 0.85)):
        spot.fill(spot.box(x - 0.05, 0.15, x + 0.05, low), scale(wood, 0.85), line=THIN)
    spot.fill(spot.flat("-.6,-.9 -.48,-.95 -.42,.2 -.55,.2"), wood, line=THIN)
    spot.fill(spot.flat(".3,-.9 .42,-.95 .5,.1 .38,.1"), wood, line=THIN)
    for y in (-0.8, -0.5, -0.2):
        spot.fill(spot.flat([(-0.52, y), (0.36, y - 0.02), (0.37, y + 0.12), (-0.5, y + 0.14)]), wood, line=THIN)
    spot.fill(spot.flat("-.6,.15 .45,.1 .65,.28 -.45,.34"), seat, shade=0.05)
    for x in (-0.4, 0.52):
        spot.fill(spot.box(x - 0.05, 0.3, x + 0.06, 1), wood, line=THIN)


def draw_phone(spot: Spot) -> None:
    """A telephone of glass, or a camera."""
    color = spot.any_color()
    if spot.chance(0.6):
        spot.fill(spot.soft_box(-0.5, -0.95, 0.5, 0.95, 0.12), color, shade=0.06)
        spot.fill(spot.box(-0.42, -0.75, 0.42, 0.7), spot.choose(("#bfe3f4", "#dff0f6", "#3a3a48")), line=THIN)
        spot.fill(spot.oval(0, 0.83, 0.07), "#ffffff", line=THIN)
        return
    spot.fill(spot.box(-0.3, -0.65, 0.3, -0.35), scale(color, 0.85), line=THIN)
    spot.fill(spot.soft_box(-0.95, -0.42, 0.95, 0.65, 0.12), color, shade=0.1)
    spot.fill(spot.oval(0, 0.12, 0.42), "#4a4a55", shade=0.04)
    spot.fill(spot.oval(0, 0.12, 0.26), "#a9d4ec", line=THIN)
    spot.fill(spot.box(0.55, -0.28, 0.82, -0.12), spot.like("#f8e28a"), line=THIN)

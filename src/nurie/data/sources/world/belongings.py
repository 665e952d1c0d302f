"""What people own: cups, books, bags, toys, instruments."""

import math

import numpy as np

from nurie.data.sources.curves import Number, difference, star, union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.animals import bear_head
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored
from nurie.data.sources.world.vehicles import METAL

WOODS = ("#a8703f", "#8a5a35", "#c9965a", "#6b4630")
GOLDS = ("#f0c243", "#e3b53a", "#f6d46a")


def draw_cup(spot: Spot) -> None:
    """A cup or a mug with something to drink."""
    color, drink = spot.any_color(), spot.choose(("#7a4a2a", "#c98b45", "#a9c94a", "#f6efe0"))
    ring = difference(spot.oval(0.62, 0.2, 0.36, 0.38), spot.oval(0.62, 0.2, 0.2, 0.22))
    spot.fill(ring, color, line=THIN)
    spot.fill(spot.round("-.65,-.4! -.6,.5 -.45,.88 0,.94 .45,.88 .6,.5 .65,-.4!"), color, shade=0.16)
    if spot.chance(0.4):
        heart_or_band = spot.chance(0.5)
        if heart_or_band:
            spot.fill(spot.oval(0, 0.25, 0.24), mix(color, "#ffffff", 0.7), line=THIN)
        else:
            spot.fill(spot.flat("-.63,.1 .63,.1 .61,.3 -.61,.3"), mix(color, "#ffffff", 0.7), line=THIN)
    spot.fill(spot.oval(0, -0.4, 0.65, 0.17), mix(color, "#ffffff", 0.5))
    spot.fill(spot.oval(0, -0.38, 0.55, 0.12), drink, line=THIN)
    if spot.chance(0.4):
        for x in (-0.2, 0.15):
            spot.tapered(
                [(x, -0.62), (x + 0.1, -0.72), (x - 0.02, -0.84), (x + 0.08, -0.96)], "#9a9aa5", 1.0, (0.4, 0.4)
            )


def draw_teapot(spot: Spot) -> None:
    """A teapot."""
    color = spot.any_color()
    spot.fill(spot.round(".55,.45 .8,.1 .98,-.25! .78,-.28! .55,0"), color, shade=0.04)
    spot.fill(difference(spot.oval(-0.68, 0.15, 0.3, 0.34), spot.oval(-0.68, 0.15, 0.17, 0.2)), color, line=THIN)
    spot.fill(spot.oval(0, 0.25, 0.7, 0.6), color, shade=0.18)
    if spot.chance(0.6):
        spot.fill(spot.oval(0, 0.25, 0.26), mix(color, "#ffffff", 0.7), line=THIN)
    spot.fill(spot.oval(0, -0.3, 0.4, 0.14), scale(color, 0.92))
    spot.fill(spot.oval(0, -0.48, 0.12), spot.any_color(), line=THIN)


def draw_bottle(spot: Spot) -> None:
    """A bottle with its label, or a jar."""
    glass = spot.choose(("#7ab58a", "#a9d4ec", "#8a5a3a", "#e8c9a0", "#c9a0d0"))
    if spot.chance(0.55):
        spot.fill(spot.round(mirrored(".14,-.85! .16,-.4 .42,-.1 .42,.4 .42,.96!")), glass, shade=0.12)
        spot.fill(spot.box(-0.17, -0.98, 0.17, -0.8), spot.any_color(), line=THIN)
        spot.fill(spot.box(-0.42, 0.1, 0.42, 0.65), spot.like("#f7f0dc"), line=THIN)
        spot.stroke("-.22,.35 .22,.35", "#888888", 0.9, round_=False)
        return
    spot.fill(spot.soft_box(-0.6, -0.5, 0.6, 0.95, 0.2), mix(glass, "#ffffff", 0.65), shade=0.1)
    spot.fill(spot.soft_box(-0.5, -0.1, 0.5, 0.85, 0.16), glass, line=THIN)
    spot.fill(spot.soft_box(-0.55, -0.75, 0.55, -0.48, 0.06), spot.any_color(), shade=0.05)


def draw_glass(spot: Spot) -> None:
    """A glass with a drink, a straw and ice."""
    drink = spot.choose(("#f3a63a", "#e85f6a", "#9fd06a", "#8fd0f0", "#7a4a2a", "#b58ad6"))
    spot.fill(spot.flat(".1,-.3 .4,-.98 .5,-.95 .2,-.3"), spot.any_color(), line=THIN)
    spot.fill(spot.flat("-.55,-.6 .55,-.6 .42,.95 -.42,.95"), spot.like("#e6f2f6"), shade=0.06)
    spot.fill(spot.flat("-.47,-.25 .47,-.25 .38,.86 -.38,.86"), drink, line=THIN)
    for x, y, turn in ((-0.15, -0.1, 0.3), (0.2, 0.05, -0.4)):
        ice = spot.inner(x, y, 0.15, turn)
        ice.fill(ice.soft_box(-1, -1, 1, 1, 0.3), mix(drink, "#ffffff", 0.6), line=THIN)


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
        mark = spot.oval(0, 0.05, 0.28) if spot.chance(0.5) else _star(spot, 0, 0.05, 0.32)
        spot.fill(mark, spot.any_color(), line=THIN)


def _star(spot: Spot, x: Number, y: Number, radius: Number) -> skia.Path:
    path: skia.Path = star(spot.point(x, y), radius * spot.unit, 5)
    return path


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
    place.fill(_star(place, 0, -0.55, 0.42), place.choose(GOLDS), shade=0.05)


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

"""Fruit and vegetables."""

import math

import numpy as np

from nurie.data.sources.curves import Number, union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored

STEM, LEAF = "#7a5230", "#4f9a3c"


def leaf(spot: Spot, x: Number, y: Number, length: Number, angle: Number, color: str = "") -> None:
    """Draw one pointed leaf with its middle vein; `angle` 0 points to the right."""
    color = color or spot.like(LEAF)
    place = spot.inner(x, y, length, angle)
    place.fill(place.round("0,0! .35,-.3 .75,-.22 1,0! .7,.2 .35,.24"), color, shade=0.1, line=THIN)
    if place.chance(0.7):
        place.tapered(".05,0 .4,-.02 .8,0", color, 0.8)


def _stem(spot: Spot, points: list[tuple[Number, Number]], width: Number = 0.05) -> None:
    """Draw a thin stalk from below upwards."""
    way, half = np.asarray(points), np.array([width, 0])
    spot.fill(spot.flat(np.vstack([way + half, (way - half)[::-1]])), spot.like(STEM), line=THIN)


def draw_apple(spot: Spot) -> None:
    """An apple, red, yellow or green."""
    color = spot.choose(("#d8322f", "#e04a35", "#c9d94e", "#7fb83f", "#f0c94a"))
    _stem(spot, [(0, -0.6), (0.03, -0.8), (0.1, -1)])
    spot.fill(spot.round(mirrored("0,-.6! .4,-.75 .82,-.5 .9,.1 .62,.78 .25,.98 0,.9")), color, shade=0.25)
    if spot.chance(0.8):
        leaf(spot, 0.05, -0.75, 0.55, spot.between(-0.7, -0.1))
    if spot.chance(0.4):
        spot.fill(spot.oval(-0.45 * spot.light, -0.25, 0.12, 0.2, 0.3), mix(color, "#ffffff", 0.7), line=THIN)


def draw_strawberry(spot: Spot) -> None:
    """A strawberry with its seeds and its green star."""
    color = spot.like("#dd2f3c")
    wide = spot.between(0.72, 0.9)
    body = spot.round(mirrored([(0, -0.5), (0.4, -0.58), (wide, -0.3), (wide * 0.82, 0.3), (0.3, 0.85), (0, 1)]))
    spot.fill(body, color, shade=0.25)
    seed = "#f6dc8a"
    for row, y in enumerate(np.linspace(-0.22, 0.65, 4)):
        half = wide * (0.8 - 0.62 * max(0.0, y))
        for x in np.linspace(-half, half, 4 - row % 2 - (row > 2)) * 0.8:
            if spot.unit > 40 * spot.canvas.scale * 0.5:
                spot.fill(spot.oval(float(x), float(y), 0.045, 0.075), seed, line=THIN)
            else:
                spot.dot(float(x), float(y), 0.03, scale(color, 0.4))
    _star_of_leaves(spot, -0.5, int(spot.rng.integers(5, 8)), 0.6)
    _stem(spot, [(0, -0.6), (0.02, -0.8), (0.1, -0.98)])


def _star_of_leaves(spot: Spot, y: Number, count: int, length: Number) -> None:
    points = []
    for tip in range(count):
        angle = math.pi * (tip + 0.5) / count + spot.rng.normal(0, 0.05)
        gap = math.pi * (tip + 1) / count
        points += [(length * math.cos(angle) * 1.1, y + length * 0.6 * math.sin(angle))] * 2
        points.append((0.3 * math.cos(gap), y + 0.16 * math.sin(gap)))
    points.append((0, y - 0.15))
    spot.fill(spot.round(points), spot.like(LEAF), shade=0.06)


def draw_cherries(spot: Spot) -> None:
    """Two cherries on their stalks."""
    color = spot.choose(("#c21f33", "#d93a3a", "#7a1530"))
    places = [(-0.5, spot.between(0.4, 0.55)), (0.45, spot.between(0.5, 0.62))]
    for x, y in places:
        spot.fill(
            spot.round(
                [
                    (x * 0.9 - 0.04, y - 0.3),
                    (x * 0.3, -0.4),
                    (0.2, -0.9),
                    (0.26, -0.86),
                    (x * 0.3 + 0.08, -0.4),
                    (x * 0.9 + 0.05, y - 0.3),
                ]
            ),
            spot.like(LEAF),
            line=THIN,
        )
    for x, y in places:
        spot.fill(
            spot.round(
                [(x, y - 0.3), (x + 0.28, y - 0.36), (x + 0.42, y), (x, y + 0.4), (x - 0.42, y), (x - 0.28, y - 0.36)]
            ),
            color,
            shade=0.16,
        )
        spot.fill(
            spot.oval(x - 0.14 * spot.light * spot.flip, y - 0.1, 0.07, 0.11), mix(color, "#ffffff", 0.8), line=THIN
        )
    leaf(spot, 0.22, -0.88, 0.7, spot.between(-0.1, 0.5))


def draw_banana(spot: Spot) -> None:
    """One banana, or three."""
    color = spot.choose(("#f5d442", "#f7dd5e", "#d9d34c"))
    for turn in (0.28, 0.0, -0.28) if spot.chance(0.5) else (0.0,):
        one = spot.inner(0, 0, 1, turn)
        one.fill(
            one.round("-.95,-.5 -.9,-.62 -.78,-.58 -.5,.05 .05,.3 .75,.1 .95,.02 .98,.14 .7,.5 0,.75 -.65,.4"),
            color,
            shade=0.14,
        )
        one.tapered("-.8,-.4 -.55,.2 0,.5 .8,.2", color, 0.9)
        one.fill(one.round("-.95,-.5 -.98,-.75 -.86,-.78 -.78,-.56"), scale(color, 0.7), line=THIN)


def draw_orange(spot: Spot) -> None:
    """An orange cut open: rind, pith and segments; or a lemon or a lime."""
    rind = spot.choose(("#f39a1e", "#f4c63a", "#8fc23c", "#ef6f3c"))
    spot.fill(spot.oval(0, 0, 0.95), rind, shade=0.08)
    spot.fill(spot.oval(0, 0, 0.82), mix(rind, "#ffffff", 0.8), line=THIN)
    count = int(spot.rng.integers(7, 11))
    flesh = mix(rind, "#ffffff", 0.2)
    for piece in range(count):
        turn = 2 * math.pi * piece / count
        place = spot.inner(0, 0, 1, turn)
        half = math.pi / count * 0.82
        tip = [
            (0.72 * math.cos(half), 0.72 * math.sin(half)),
            (0.75, 0),
            (0.72 * math.cos(half), -0.72 * math.sin(half)),
        ]
        place.fill(place.round([(0.14, 0), (0.14, 0), *tip]), flesh, line=THIN)


def draw_watermelon(spot: Spot) -> None:
    """A slice of watermelon."""
    angles = np.linspace(0, np.pi, 14)
    edge = np.stack([np.cos(angles), 1.15 * np.sin(angles) - 0.5], 1)
    flesh, middle = spot.choose(("#e8404a", "#f0606a", "#f4d35a")), np.array([0, -0.5])
    spot.fill(spot.flat(edge), spot.like("#3f8f45"), shade=0.1)
    spot.fill(spot.flat(middle + (edge - middle) * 0.9), "#e9f3c6", line=THIN)
    spot.fill(spot.flat(middle + (edge - middle) * 0.8), flesh)
    for _ in range(spot.rng.integers(4, 9)):
        angle, way = spot.between(0.4, 2.7), spot.between(0.25, 0.62)
        x, y = way * math.cos(angle), 1.15 * way * math.sin(angle) - 0.5
        spot.canvas.ink(spot.oval(x, y, 0.035, 0.06, angle), "#2a1c1c")


def draw_grapes(spot: Spot) -> None:
    """A bunch of grapes."""
    color = spot.choose(("#6d3f8c", "#8a4a9c", "#9fc24f", "#3f3a6e"))
    _stem(spot, [(0, -0.6), (0.02, -0.8), (0.08, -1)])
    size = spot.between(0.17, 0.205)
    for row, count in enumerate((4, 5, 4, 3, 2, 1)):
        for place in range(count):
            x = (place - (count - 1) / 2) * size * 1.75 + spot.rng.normal(0, 0.02)
            spot.fill(spot.oval(x, -0.55 + row * size * 1.35, size), spot.like(color), shade=0.08)
    leaf(spot, 0.0, -0.65, 0.7, spot.between(-0.5, 0.2))


def draw_pear(spot: Spot) -> None:
    """A pear."""
    color = spot.choose(("#c7cf4a", "#a9c34a", "#e3c85a", "#c98b45"))
    _stem(spot, [(0, -0.78), (0.04, -0.9), (0.12, -1.05)])
    spot.fill(spot.round(mirrored("0,-.85 .26,-.72 .34,-.3 .7,.25 .66,.78 .3,.98 0,.96")), color, shade=0.2)
    if spot.chance(0.6):
        leaf(spot, 0.05, -0.85, 0.5, spot.between(-0.6, 0.2))


def draw_pineapple(spot: Spot) -> None:
    """A pineapple with its lattice."""
    color = spot.choose(("#e3a52f", "#d98b2b", "#e9c04a"))
    for angle in (-2.3, -0.85, -2.0, -1.15, -1.57):
        leaf(spot, 0, -0.3, spot.between(0.65, 0.8), angle, spot.like(LEAF))
    body = spot.oval(0, 0.35, 0.52, 0.66)
    spot.fill(body, color, shade=0.16)
    with spot.canvas.clipped(body):
        for shift in np.linspace(-1.2, 1.2, 7):
            spot.stroke([(shift - 0.6, -0.4), (shift + 0.6, 1.1)], color, 0.7, round_=False)
            spot.stroke([(shift + 0.6, -0.4), (shift - 0.6, 1.1)], color, 0.7, round_=False)


def draw_carrot(spot: Spot) -> None:
    """A carrot with its greens."""
    color = spot.choose(("#ef8a2b", "#e8702a"))
    for angle in (-2.1, -1.0, -1.57):
        leaf(spot, 0, -0.4, 0.6, angle)
    spot.fill(spot.round("-.3,-.45 0,-.52 .3,-.45 .26,-.1 .04,1! -.2,.1"), color, shade=0.12)
    for y in (-0.15, 0.15, 0.42):
        half = 0.2 * (1 - y)
        spot.tapered([(-half, y), (0, y + 0.06), (half * 0.3, y)], color, 0.9)


def draw_mushroom(spot: Spot) -> None:
    """A mushroom, with spots or without."""
    cap = spot.choose(("#c9342f", "#a8683c", "#d9a05f", "#8a5a9c", "#efe3cf"))
    spot.fill(spot.round("-.25,0 .25,0 .22,.5 .34,.98! -.34,.98! -.22,.5"), spot.like("#f3ead8"), shade=0.12)
    path = spot.round("-.92,.12 -.85,-.45 -.4,-.9 .2,-.95 .75,-.55 .92,.12 .45,.24 -.45,.24")
    spot.fill(path, cap, shade=0.2)
    if spot.chance(0.7):
        with spot.canvas.clipped(path):
            for x, y, size in ((-0.45, -0.35, 0.18), (0.1, -0.6, 0.2), (0.55, -0.2, 0.16), (0.0, -0.05, 0.13)):
                spot.fill(spot.oval(x, y, size, size * 0.85), mix(cap, "#ffffff", 0.85))


def draw_pumpkin(spot: Spot) -> None:
    """A pumpkin, seldom with a face."""
    color = spot.choose(("#e8872b", "#dd6f22", "#c9a23a"))
    _stem(spot, [(0, -0.55), (0.03, -0.75), (0.16, -0.95)], 0.1)
    for x, half in ((-0.6, 0.38), (0.6, 0.38), (-0.3, 0.4), (0.3, 0.4), (0, 0.36)):
        spot.fill(spot.oval(x, 0.2, half, 0.75 - 0.12 * abs(x)), color, shade=0.12)
    if spot.chance(0.25):
        for side in (-1, 1):
            spot.fill(spot.flat(aside(side, ".15,.1 .5,.1 .34,-.2")), "#3a2a1c")
        spot.fill(spot.flat("-.6,.35 -.3,.45 0,.48 .3,.45 .6,.35 .4,.68 0,.76 -.4,.68"), "#3a2a1c")


def draw_tomato(spot: Spot) -> None:
    """A tomato, or with other colors a bell pepper's cousin."""
    color = spot.choose(("#dd3a2c", "#e85f33", "#f0c23a"))
    lobes = [spot.oval(x, 0.2, 0.6, 0.74) for x in (-0.38, 0.38, 0.0)]
    spot.fill(union(*lobes), color, shade=0.22)
    _star_of_leaves(spot, -0.42, 5, 0.5)
    _stem(spot, [(0, -0.45), (0.02, -0.6), (0.08, -0.8)])

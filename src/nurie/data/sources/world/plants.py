"""Flowers, pots and trees."""

import math

import numpy as np

from nurie.data.sources.curves import Number, union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.fruit import leaf
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored

GREENS = ("#4f9a3c", "#6fae4a", "#3f7f4a", "#8abf5a", "#5f8f3a")
TRUNKS = ("#7a5336", "#8a6a4a", "#5f4630")
PETALS = ("#ee6f8f", "#f4a6c0", "#f6c84a", "#e8503f", "#b58ad6", "#ffffff", "#7fa6e8", "#f39a4a")
POTS = ("#c9704a", "#b5653c", "#e8e0d4", "#7fa0b5", "#d9a05f")


def _stalk(spot: Spot, top: Number, sway: Number, color: str) -> None:
    points, half = np.array([(0, top), (sway, (top + 1) / 2), (0, 1)]), np.array([0.045, 0])
    spot.fill(spot.round(np.vstack([points + half, (points - half)[::-1]])), color, line=THIN)


def blossom(spot: Spot, color: str = "", petals: int = 0) -> None:
    """Draw a flower seen from the front, in the whole square."""
    color = color or spot.choose(PETALS)
    petals = petals or int(spot.rng.integers(5, 9))
    width = 2.6 / petals
    pointed = spot.chance(0.3)
    for petal in range(petals):
        place = spot.inner(0, 0, 1, 2 * math.pi * petal / petals)
        tip = [(0.98, 0), (0.98, 0)] if pointed else [(0.98, 0)]
        place.fill(
            place.round(
                [(0.15, 0), (0.6, -0.5 * width), (0.88, -0.3 * width), *tip, (0.88, 0.3 * width), (0.6, 0.5 * width)]
            ),
            color,
            shade=0.07,
            line=THIN,
        )
    spot.fill(spot.oval(0, 0, 0.3), spot.choose(("#f6c63c", "#f39a3a", "#7a4a2a", "#fbe9a0")), shade=0.06, line=THIN)


def draw_flower(spot: Spot) -> None:
    """A flower on its stalk, with leaves."""
    green = spot.choose(GREENS)
    _stalk(spot, -0.3, spot.between(-0.15, 0.15), green)
    for side in (-1, 1):
        if spot.chance(0.8):
            leaf(spot.inner(0, spot.between(0.35, 0.75), 1, flip=side), 0.03, 0, 0.55, spot.between(-0.9, -0.3), green)
    blossom(spot.inner(0, -0.45, 0.5))


def draw_tulip(spot: Spot) -> None:
    """A tulip."""
    green, color = spot.choose(GREENS), spot.choose(PETALS)
    _stalk(spot, -0.2, spot.between(-0.1, 0.1), green)
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, "0,1! .3,.5 .55,-.1! .1,.5")), green, shade=0.06)
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, "0,-.15 .42,-.3 .46,-.65 .4,-1! .08,-.7")), scale(color, 0.92), shade=0.06)
    spot.fill(spot.round("0,-.12 .28,-.3 .26,-.65 0,-.98! -.26,-.65 -.28,-.3"), color, shade=0.08)


def draw_sunflower(spot: Spot) -> None:
    """A sunflower."""
    green = spot.choose(GREENS)
    _stalk(spot, -0.1, 0.06, green)
    for side in (-1, 1):
        leaf(spot.inner(0, 0.6, 1, flip=side), 0.03, 0, 0.6, -0.5, green)
    head, yellow = spot.inner(0, -0.35, 0.62), spot.like("#f6c22c")
    count = int(spot.rng.integers(11, 16))
    for petal in range(count):
        place = head.inner(0, 0, 1, 2 * math.pi * petal / count)
        place.fill(place.round(".4,0 .7,-.16 1,0! .7,.16"), yellow, line=THIN)
    head.fill(head.oval(0, 0, 0.52), head.like("#7a4a26"), shade=0.1)


def draw_rose(spot: Spot) -> None:
    """A rose, its petals one in another."""
    color, green = spot.choose(PETALS), spot.choose(GREENS)
    _stalk(spot, -0.2, 0.05, green)
    leaf(spot, 0.03, 0.5, 0.55, -0.4, green)
    head = spot.inner(0, -0.4, 0.58)
    for size, turn in ((1.0, 0.0), (0.78, 0.9), (0.55, 0.3), (0.34, 1.2)):
        around = np.linspace(0, 2 * np.pi, 6, endpoint=False) + turn
        wave = size * (0.92 + 0.08 * np.cos(3 * around))
        head.fill(head.round(np.stack([wave * np.cos(around), wave * np.sin(around)], 1)), color, shade=0.08, line=THIN)
    head.stroke("-.12,.02 .02,-.12 .12,.02 0,.1", color, 0.8)


def pot(spot: Spot) -> None:
    """Draw a flower pot in the lower half."""
    color = spot.choose(POTS)
    spot.fill(spot.flat("-.5,.35 .5,.35 .36,1 -.36,1"), color, shade=0.12)
    spot.fill(spot.box(-0.58, 0.2, 0.58, 0.42), color, shade=0.06)


def draw_potted_plant(spot: Spot) -> None:
    """A plant of long leaves in a pot."""
    green = spot.choose(GREENS)
    for angle in np.linspace(-2.7, -0.45, int(spot.rng.integers(4, 9))) + spot.rng.normal(0, 0.1):
        leaf(spot, 0, 0.25, spot.between(0.8, 1.15), float(angle), spot.like(green))
    pot(spot)


def draw_cactus(spot: Spot) -> None:
    """A cactus in a pot."""
    green = spot.choose(GREENS)
    if spot.chance(0.5):
        for side, y in ((-1, -0.2), (1, 0.0)):
            spot.fill(
                spot.round(
                    [
                        (side * 0.2, y),
                        (side * 0.7, y),
                        (side * 0.7, y),
                        (side * 0.72, y - 0.5),
                        (side * 0.6, y - 0.6),
                        (side * 0.48, y - 0.5),
                        (side * 0.48, y - 0.22),
                        (side * 0.2, y - 0.22),
                    ]
                ),
                green,
                shade=0.08,
            )
        body = [(-0.28, 0.3), (-0.3, -0.6), (0, -0.95), (0.3, -0.6), (0.28, 0.3)]
    else:
        body = [(-0.5, 0.3), (-0.66, -0.2), (-0.35, -0.62), (0.35, -0.62), (0.66, -0.2), (0.5, 0.3)]
    path = spot.round(body)
    spot.fill(path, green, shade=0.14)
    for x in (-0.3, 0, 0.3):
        for y in (-0.5, -0.25, 0.0):
            with spot.canvas.clipped(path):
                spot.stroke([(x - 0.05, y - 0.05), (x + 0.05, y + 0.05)], green, 0.8, round_=False)
    if spot.chance(0.5):
        blossom(spot.inner(0, -0.75 if len(body) > 5 else -0.95, 0.2))
    pot(spot)


def draw_tree(spot: Spot) -> None:
    """A round tree, perhaps with fruit."""
    green, trunk = spot.choose((*GREENS, "#e8a0b5", "#e0913a")), spot.choose(TRUNKS)
    spot.fill(spot.round("-.12,.1 -.1,.6 -.26,1! .26,1! .1,.6 .12,.1"), trunk, shade=0.05)
    puffs = [spot.oval(0, -0.25, 0.6, 0.5)]
    for angle in np.linspace(0, 2 * np.pi, 7, endpoint=False):
        puffs.append(spot.oval(0.5 * math.cos(angle), -0.28 + 0.4 * math.sin(angle), spot.between(0.28, 0.4)))
    spot.fill(union(*puffs), green, shade=0.2)
    for x, y in ((-0.4, -0.3), (0.1, -0.5), (0.35, -0.1)):
        spot.tapered([(x - 0.12, y), (x - 0.04, y + 0.1), (x + 0.08, y + 0.02), (x + 0.16, y + 0.08)], green, 0.9)
    if spot.chance(0.3):
        for x, y in ((-0.45, -0.1), (0.05, -0.2), (0.45, -0.35), (-0.15, -0.55)):
            spot.fill(spot.oval(x, y, 0.09), spot.like("#d8322f"), line=THIN)


def draw_pine(spot: Spot) -> None:
    """A fir, seldom with a star."""
    green = spot.choose(("#3f7f4a", "#2f6a48", "#5a8f5a"))
    spot.fill(spot.box(-0.1, 0.7, 0.1, 1), spot.choose(TRUNKS), line=THIN)
    layers = int(spot.rng.integers(2, 5))
    for layer in range(layers):
        share = layer / layers
        half, low = 0.75 - 0.45 * share, 0.75 - 1.15 * share
        top = low - 1.5 / layers
        spot.fill(
            spot.round(
                [
                    (0, top),
                    (0, top),
                    (half * 0.5, (low + top) / 2),
                    (half, low),
                    (half, low),
                    (0, low + 0.08),
                    (-half, low),
                    (-half, low),
                    (-half * 0.5, (low + top) / 2),
                ]
            ),
            green,
            shade=0.1,
        )
    if spot.chance(0.25):
        for x, y in ((-0.3, 0.5), (0.2, 0.35), (0.05, -0.05), (-0.1, -0.4)):
            spot.fill(spot.oval(x, y, 0.08), spot.any_color(), line=THIN)


def draw_palm(spot: Spot) -> None:
    """A palm tree."""
    green, trunk = spot.choose(GREENS), spot.choose(TRUNKS)
    spot.fill(spot.round("-.2,1! -.08,.3 .12,-.35 .24,-.33 .08,.3 .06,1!"), trunk, shade=0.04)
    for y in (0.8, 0.55, 0.3, 0.05):
        x = -0.07 + 0.14 * (0.8 - y)
        spot.stroke([(x - 0.07, y), (x + 0.08, y - 0.02)], trunk, 0.7, round_=False)
    for angle in (-2.9, -0.2, 0.5, 2.6, -2.2, -0.9):
        leaf(spot, 0.18, -0.4, spot.between(0.65, 0.82), angle, green)


def draw_bush(spot: Spot) -> None:
    """A bush, perhaps in flower."""
    green = spot.choose(GREENS)
    puffs = [
        spot.oval(x, y, size) for x, y, size in ((-0.55, 0.6, 0.4), (0, 0.35, 0.5), (0.55, 0.6, 0.4), (0, 0.72, 0.4))
    ]
    spot.fill(union(*puffs), green, shade=0.18)
    if spot.chance(0.4):
        color = spot.choose(PETALS)
        for x, y in ((-0.5, 0.5), (0.0, 0.2), (0.45, 0.55), (-0.1, 0.7)):
            blossom(spot.inner(x, y, 0.15), color, 5)


def draw_leaves(spot: Spot) -> None:
    """A twig with leaves on both sides."""
    green = spot.choose((*GREENS, "#d9822f", "#c9502f"))
    for y in np.linspace(0.6, -0.5, int(spot.rng.integers(3, 6))):
        for side in (-1, 1):
            leaf(spot.inner(0, float(y), 1, flip=side), 0, 0, 0.6 - 0.2 * abs(float(y)), -0.6, green)
    leaf(spot, 0, -0.5, 0.5, -1.57, green)
    spot.fill(spot.flat(mirrored(".02,-.5 .05,1")), spot.choose(TRUNKS), line=THIN)


def draw_bouquet(spot: Spot) -> None:
    """Flowers wrapped in paper."""
    paper, green = spot.any_color(), spot.choose(GREENS)
    for angle in (-2.5, -0.65, -1.9, -1.25):
        leaf(spot, 0, 0.1, 0.95, angle, green)
    for x, y in ((-0.45, -0.3), (0.45, -0.3), (0.0, -0.6), (-0.2, -0.1), (0.22, -0.12)):
        blossom(spot.inner(x, y, 0.28, spot.between(0, 1)))
    spot.fill(spot.flat("-.7,.05 0,.2 .7,.05 .15,.98 -.15,.98"), paper, shade=0.1)
    spot.fill(spot.flat("-.32,.6 .32,.6 .26,.72 -.26,.72"), mix(paper, "#ffffff", 0.6), line=THIN)

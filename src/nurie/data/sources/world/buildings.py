"""Houses, towers and tents."""

import numpy as np

from nurie.data.sources.curves import Number
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.materials import GLASS
from nurie.data.sources.world.spot import THIN, Spot

ROOFS = ("#b5483a", "#8a4a3a", "#5a6a8a", "#7a5a4a", "#4f7f6a", "#c9703a")
WALLS = ("#f6efe0", "#f0dcc0", "#e8d0d0", "#d0dce8", "#fbfaf4", "#d9e3c9", "#c9a08a")
DOORS = ("#8a5a3a", "#6b4a34", "#b5483a", "#4f7f9a")


def window(spot: Spot, x: Number, y: Number, half: Number, glass: str) -> None:
    """Draw a window with its cross."""
    spot.fill(spot.box(x - half, y - half, x + half, y + half), glass, line=THIN)
    spot.stroke([(x, y - half), (x, y + half)], glass, 0.7, round_=False)
    spot.stroke([(x - half, y), (x + half, y)], glass, 0.7, round_=False)


def _door(spot: Spot, x: Number, top: Number, half: Number) -> None:
    spot.fill(spot.box(x - half, top, x + half, 1), spot.choose(DOORS), shade=0.03)
    spot.dot(x + half * 0.6, (top + 1) / 2, 0.025)


def draw_house(spot: Spot) -> None:
    """A house with its roof, chimney, door and windows."""
    wall, roof, glass = spot.choose(WALLS), spot.choose(ROOFS), spot.choose(GLASS)
    if spot.chance(0.6):
        spot.fill(spot.box(0.35, -0.85, 0.55, -0.3), scale(roof, 0.8), shade=0.03)
    spot.fill(spot.box(-0.75, -0.15, 0.75, 1), wall, shade=0.1)
    top = spot.between(-0.95, -0.7)
    if spot.chance(0.6):
        spot.fill(spot.flat([(-0.95, -0.1), (0, top), (0.95, -0.1)]), roof, shade=0.1)
    else:
        spot.fill(spot.flat([(-0.95, -0.1), (-0.6, top + 0.15), (0.6, top + 0.15), (0.95, -0.1)]), roof, shade=0.1)
        for y in np.linspace(top + 0.3, -0.22, 3):
            spot.stroke([(-0.82, float(y)), (0.82, float(y))], roof, 0.6, round_=False)
    x = spot.between(-0.35, 0.35)
    _door(spot, x, 0.38, 0.16)
    for place in (-0.48, 0.48):
        if abs(place - x) > 0.36:
            window(spot, place, 0.25, 0.17, glass)
    if spot.chance(0.5):
        spot.fill(spot.oval(0, -0.32, 0.13), glass, line=THIN)


def draw_tower(spot: Spot) -> None:
    """A castle: towers with pointed roofs and battlements between."""
    wall, roof = spot.choose((*WALLS, "#b8b8bf", "#a3a0a8")), spot.choose(ROOFS)
    battlements: list[tuple[Number, Number]] = []
    for number, x in enumerate(np.linspace(-0.6, 0.6, 9)):
        y = 0.05 if number % 2 else -0.08
        battlements += [(float(x) - 0.075, y), (float(x) + 0.075, y)]
    spot.fill(spot.flat([*battlements, (0.7, 1), (-0.7, 1)]), wall, shade=0.1)
    for x, half, top in ((-0.72, 0.24, -0.25), (0.72, 0.24, -0.25), (0, 0.26, -0.5)):
        spot.fill(spot.box(x - half, top, x + half, 1 if x else 0.05), mix(wall, "#ffffff", 0.2), shade=0.08)
        spot.fill(spot.flat([(x - half - 0.06, top), (x, top - 0.48), (x + half + 0.06, top)]), roof, shade=0.06)
        spot.fill(
            spot.round(
                [
                    (x - 0.07, top + 0.4),
                    (x - 0.07, top + 0.4),
                    (x - 0.07, top + 0.2),
                    (x, top + 0.12),
                    (x + 0.07, top + 0.2),
                    (x + 0.07, top + 0.4),
                    (x + 0.07, top + 0.4),
                ]
            ),
            "#5a5468",
            line=THIN,
        )
    spot.fill(spot.round("-.2,1! -.2,.6 0,.42 .2,.6 .2,1!"), spot.choose(DOORS), shade=0.04)


def draw_lighthouse(spot: Spot) -> None:
    """A lighthouse in bands."""
    color = spot.choose(("#c9403a", "#3f6a9a", "#4a4a55"))
    half = np.linspace(0.24, 0.4, 6)
    ys = np.linspace(-0.4, 0.9, 6)
    for number in range(5):
        spot.fill(
            spot.flat(
                [
                    (-half[number], ys[number]),
                    (half[number], ys[number]),
                    (half[number + 1], ys[number + 1]),
                    (-half[number + 1], ys[number + 1]),
                ]
            ),
            color if number % 2 == 0 else "#fbfaf6",
            shade=0.06,
        )
    spot.fill(spot.box(-0.32, -0.5, 0.32, -0.4), scale(color, 0.8), line=THIN)
    spot.fill(spot.box(-0.18, -0.75, 0.18, -0.5), spot.like("#f8e28a"), line=THIN)
    spot.fill(spot.flat("-.26,-.75 0,-.98 .26,-.75"), color, shade=0.03)
    spot.fill(spot.round("-.85,1 -.6,.82 0,.88 .6,.8 .9,1! -.85,1"), spot.choose(("#8a8a92", "#7aa05a")), line=THIN)


def draw_tent(spot: Spot) -> None:
    """A tent, or a circus."""
    first, second = spot.any_color(), spot.any_color()
    if spot.chance(0.5):
        spot.fill(spot.flat("-.95,.9 0,-.7 .95,.9"), first, shade=0.1)
        spot.fill(spot.flat("-.3,.9 0,-.35 .3,.9"), scale(first, 0.55))
        spot.fill(spot.round("0,-.35! .1,.3 .42,.9! .2,.9!"), mix(first, "#ffffff", 0.3), line=THIN)
        return
    edges = np.linspace(-0.85, 0.85, 6)
    for number in range(5):
        left, right = float(edges[number]), float(edges[number + 1])
        color = first if number % 2 else second
        spot.fill(spot.flat([(left, 0.1), (right, 0.1), (right, 1), (left, 1)]), color, line=THIN)
        spot.fill(spot.flat([(left * 1.1, 0.1), (right * 1.1, 0.1), (0, -0.75)]), color)
    spot.fill(spot.flat("0,-.98 .3,-.88 0,-.78"), second, line=THIN)


def draw_street_lamp(spot: Spot) -> None:
    """A street lamp, or a signpost."""
    dark = spot.choose(("#4a4a55", "#5a6a5a", "#7a5a3a"))
    spot.fill(spot.flat("-.05,-.4 .05,-.4 .07,.9 .18,1 -.18,1 -.07,.9"), dark, shade=0.02)
    if spot.chance(0.5):
        spot.fill(spot.flat("-.16,-.4 .16,-.4 .24,-.8 -.24,-.8"), spot.like("#f8e6a0"), shade=0.04)
        spot.fill(spot.flat("-.3,-.8 .3,-.8 0,-.98"), dark, line=THIN)
        return
    for y, way in ((-0.75, 1), (-0.4, -1)):
        board = [(-0.4, y - 0.13), (0.4, y - 0.13), (0.58, y), (0.4, y + 0.13), (-0.4, y + 0.13)]
        spot.fill(spot.flat([(x * way, down) for x, down in board]), spot.like("#d9b06a"), shade=0.04)


def draw_windmill(spot: Spot) -> None:
    """A windmill."""
    wall, roof = spot.choose(WALLS), spot.choose(ROOFS)
    spot.fill(spot.flat("-.25,-.3 .25,-.3 .42,1 -.42,1"), wall, shade=0.08)
    spot.fill(spot.round("-.32,-.28! 0,-.62 .32,-.28!"), roof, shade=0.04)
    _door(spot, 0, 0.6, 0.13)
    turn = spot.between(0, 1.5)
    for blade in range(4):
        place = spot.inner(0, -0.32, 0.66, turn + blade * np.pi / 2)
        place.fill(place.flat(".2,-.02 1,-.02 1,.26 .2,.26"), "#fbf8f0", line=THIN)
        place.stroke("0,-.02 1,-.02", "#6b4a34", 1.1, round_=False)
    spot.fill(spot.oval(0, -0.32, 0.08), spot.choose(DOORS), line=THIN)

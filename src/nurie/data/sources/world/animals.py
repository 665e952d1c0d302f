"""Whole animals: they sit, walk, sleep, creep."""

import numpy as np

from nurie.data.sources.curves import Number, difference, union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.animal_heads import FURS, HEADS, NOSE_PINK
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored


def draw_sitting(spot: Spot) -> None:
    """A cat, dog, bear or rabbit that sits and looks at us."""
    fur = spot.choose(FURS)
    name = list(HEADS)[int(spot.rng.integers(4))]
    belly = mix(fur, "#ffffff", 0.7)
    side = 1 if spot.chance(0.5) else -1
    if name in ("cat", "dog"):
        spot.fill(spot.round(aside(side, ".4,.9 .85,.85 .95,.4 .8,.1 .68,.2 .75,.5 .4,.68")), fur, shade=0.04)
    spot.fill(spot.round(mirrored("0,-.2 .32,-.05 .52,.4 .6,.9 .4,.98 0,.98")), fur, shade=0.12)
    for way in (-1, 1):
        spot.fill(spot.oval(way * 0.45, 0.85, 0.2, 0.12), fur, line=THIN)
    if spot.chance(0.7):
        spot.fill(spot.oval(0, 0.35, 0.24, 0.36), belly, line=THIN)
    for way in (-1, 1):
        spot.fill(spot.round(aside(way, ".08,.3 .3,.3 .26,.75 .3,.96 .06,.97 .06,.75")), fur, shade=0.03, line=THIN)
    if spot.chance(0.3):
        spot.fill(spot.soft_box(-0.3, -0.14, 0.3, 0.0, 0.05), spot.any_color(), line=THIN)
    HEADS[name](spot.inner(0, -0.45, 0.56, spot.between(-0.12, 0.12)), fur)


def walking_legs(spot: Spot, xs: tuple[float, ...], top: Number, color: str, width: Number = 0.1) -> None:
    """Draw straight legs at these places, from `top` to the ground."""
    for x in xs:
        foot = x + spot.between(-0.08, 0.08)
        spot.fill(
            spot.round(
                [
                    (x - width, top),
                    (x + width, top),
                    (foot + width * 0.7, 0.7),
                    (foot + width, 0.98),
                    (foot + width, 0.98),
                    (foot - width, 0.98),
                    (foot - width, 0.98),
                    (foot - width * 0.7, 0.7),
                ]
            ),
            color,
            shade=0.03,
        )


def draw_walking(spot: Spot) -> None:
    """A dog, a cat, a fox or a cow on four legs, from the side; it looks to the right."""
    fur = spot.choose(FURS)
    far = scale(fur, 0.85)
    walking_legs(spot, (-0.45, 0.32), 0.3, far)
    tails = (
        [(-0.6, 0.0), (-0.95, -0.3), (-0.85, -0.7), (-0.75, -0.65), (-0.8, -0.3), (-0.55, 0.15)],
        [(-0.6, 0.0), (-1.0, 0.1), (-1.0, 0.6), (-0.88, 0.6), (-0.85, 0.25), (-0.55, 0.2)],
    )
    spot.fill(spot.round(tails[int(spot.rng.integers(2))]), fur, shade=0.03)
    spot.fill(spot.round("-.68,.1 -.5,-.14 .1,-.1 .45,-.28 .62,.1 .45,.4 -.1,.42 -.55,.45"), fur, shade=0.12)
    if spot.chance(0.35):
        spot.fill(
            spot.round("-.3,-.1 .05,-.08 0,.15 -.25,.12"),
            mix(fur, "#ffffff", 0.8) if spot.chance(0.5) else scale(fur, 0.5),
            line=THIN,
        )
    walking_legs(spot, (-0.58, 0.45), 0.2, fur)
    head = spot.inner(0.62, -0.45, 0.42)
    profile = [
        (-0.6, 0.6),
        (-0.75, 0.0),
        (-0.5, -0.6),
        (0.0, -0.65),
        (0.35, -0.25),
        (0.85, -0.05),
        (0.9, 0.25),
        (0.45, 0.5),
        (0.0, 0.62),
    ]
    ears = (
        [(-0.6, -0.3), (-0.55, -1.2), (-0.55, -1.2), (-0.05, -0.5)],
        [(-0.5, -0.55), (-0.1, -0.5), (-0.25, 0.3), (-0.6, 0.35)],
    )
    pointed = spot.chance(0.5)
    if pointed:
        head.fill(head.round(ears[0]), far, shade=0.05)
    head.fill(head.round(profile), fur, shade=0.1)
    if not pointed:
        head.fill(head.round(ears[1]), scale(fur, 0.75), shade=0.05)
    head.dot(0.12, -0.18, 0.09)
    head.fill(head.oval(0.88, 0.02, 0.12, 0.1), "#3a2a2a", line=THIN)
    head.tapered(".85,.2 .6,.3 .35,.25", fur, 0.9)


def draw_elephant(spot: Spot) -> None:
    """An elephant from the side."""
    gray = spot.choose(("#a8b0b8", "#98a0b5", "#b5a8a8"))
    walking_legs(spot, (-0.4, 0.2), 0.3, scale(gray, 0.85), 0.15)
    spot.fill(spot.round("-.75,.4 -.75,-.2 -.3,-.5 .2,-.45 .45,0 .3,.5 -.4,.55"), gray, shade=0.14)
    walking_legs(spot, (-0.55, 0.08), 0.35, gray, 0.16)
    spot.fill(spot.round(".1,-.2 .3,-.6 .62,-.55 .8,-.2 .85,.4 .98,.6 .9,.7 .7,.55 .62,.15 .3,.2"), gray, shade=0.08)
    spot.fill(spot.round(".35,-.4 0,-.65 -.22,-.3 -.05,.1 .25,.05"), mix(gray, "#f0b5bd", 0.25), shade=0.08)
    spot.dot(0.55, -0.28, 0.05)


def draw_turtle(spot: Spot) -> None:
    """A turtle."""
    green, shell = spot.choose(("#8abf5a", "#6fae7a", "#a3b565")), spot.choose(("#8a6a3c", "#4f7f4a", "#b5824a"))
    for x in (-0.5, 0.35):
        spot.fill(spot.round([(x - 0.14, 0.4), (x + 0.14, 0.4), (x + 0.2, 0.8), (x - 0.16, 0.8)]), green, shade=0.04)
    spot.fill(spot.round(".4,.3 .55,-.1 .8,-.22 .98,0 .85,.2 .7,.45"), green, shade=0.06)
    spot.dot(0.84, -0.04, 0.05)
    path = spot.round("-.85,.5! -.7,-.1 -.2,-.5 .3,-.3 .6,.5!")
    spot.fill(path, shell, shade=0.14)
    with spot.canvas.clipped(path):
        for points in (
            [(-0.4, -0.6), (-0.3, 0.1), (-0.5, 0.6)],
            [(0.1, -0.6), (0.05, 0.1), (0.25, 0.6)],
            [(-1, 0.12), (-0.3, 0.08), (0.05, 0.1), (0.8, 0.12)],
        ):
            spot.stroke(points, shell, 0.8, round_=False)


def draw_snail(spot: Spot) -> None:
    """A snail."""
    skin, shell = spot.choose(("#e0c9a0", "#c9b58a", "#d9d0b5")), spot.any_color()
    spot.fill(spot.round("-.95,.9 -.5,.65 .4,.6 .6,0 .72,-.1 .9,0 .9,.5 .7,.92 0,.95"), skin, shade=0.06)
    for x in (0.65, 0.88):
        spot.stroke([(x, 0.0), (x + 0.05, -0.35)], skin, 1.0, round_=False)
        spot.dot(x + 0.05, -0.38, 0.05)
    spot.fill(spot.oval(-0.15, 0.2, 0.58), shell, shade=0.12)
    turns = np.linspace(0.3, 12, 40)
    spot.stroke(np.stack([-0.15 + 0.042 * turns * np.cos(turns), 0.2 + 0.042 * turns * np.sin(turns)], 1), shell, 0.9)


def draw_ladybird(spot: Spot) -> None:
    """A ladybird, or a beetle, from above."""
    red = spot.choose(("#d8322f", "#e8702a", "#f0c03a", "#4f8fae"))
    for y in (-0.2, 0.1, 0.4):
        for side in (-1, 1):
            spot.stroke([(side * 0.6, y), (side * 0.95, y + 0.1)], "#333333", 1.2, round_=False)
    spot.fill(spot.oval(0, -0.62, 0.38, 0.3), "#3a3538")
    body = spot.oval(0, 0.15, 0.75, 0.78)
    spot.fill(body, red, shade=0.14)
    spot.stroke("0,-.6 0,.92", red, 1.0, round_=False)
    for x, y in ((0.35, -0.15), (0.45, 0.35), (0.2, 0.6)):
        for side in (-1, 1):
            spot.fill(spot.oval(side * x, y, 0.12), "#3a3538", line=THIN)


def draw_sheep(spot: Spot) -> None:
    """A sheep from the side."""
    wool, skin = spot.choose(("#f7f3ea", "#efe6d6", "#5a5458")), spot.choose(("#3f383c", "#e8c9b0"))
    walking_legs(spot, (-0.35, 0.25, -0.15, 0.42), 0.4, skin, 0.07)
    puffs = [
        spot.oval(x, y, 0.36)
        for x, y in ((-0.5, 0.1), (-0.2, -0.15), (0.2, -0.12), (0.45, 0.1), (-0.25, 0.3), (0.2, 0.3), (0.0, 0.1))
    ]
    spot.fill(union(*puffs), wool, shade=0.14)
    spot.fill(spot.oval(0.68, -0.15, 0.24, 0.3, -0.3), skin, shade=0.06)
    spot.fill(spot.oval(0.5, -0.2, 0.18, 0.08, 0.6), skin, line=THIN)
    spot.fill(union(spot.oval(0.6, -0.42, 0.16), spot.oval(0.75, -0.42, 0.13)), wool, line=THIN)
    spot.fill(spot.oval(0.74, -0.14, 0.06), "#ffffff", line=THIN)


def draw_hedgehog(spot: Spot) -> None:
    """A hedgehog."""
    spines = spot.choose(("#6b4a34", "#5a4a42", "#8a6a4a"))
    angles = np.linspace(np.pi, 2.05 * np.pi, 15)
    outline = []
    for number, angle in enumerate(angles):
        way = 0.95 if number % 2 else 0.76
        outline += [(-0.1 + way * 0.85 * np.cos(angle), 0.4 + way * np.sin(angle))] * 2
    spot.fill(spot.round([*outline, (0.5, 0.8), (-0.6, 0.8)]), spines, shade=0.1)
    spot.fill(spot.round(".2,0 .55,.1 .98,.5 .9,.66 .5,.82 -.6,.82 -.3,.6 .1,.5"), spot.like("#e8cfa8"), shade=0.05)
    spot.dot(0.55, 0.34, 0.06)
    spot.dot(0.96, 0.52, 0.07)


def draw_crescent_cat(spot: Spot) -> None:
    """A cat that sleeps, rolled up."""
    fur = spot.choose(FURS)
    body = spot.oval(0.05, 0.4, 0.9, 0.52)
    spot.fill(body, fur, shade=0.16)
    spot.tapered(".5,.05 .72,.4 .45,.75", fur, 1.0)
    tail = difference(spot.oval(0.05, 0.5, 0.92, 0.5), spot.oval(0.05, 0.34, 0.86, 0.46))
    spot.fill(tail, fur, shade=0.04)
    head = spot.inner(-0.5, 0.35, 0.42, 0.1)
    for side in (-1, 1):
        head.fill(head.round(aside(side, ".85,-.1! .8,-.95! .2,-.6!")), fur, shade=0.06)
    head.fill(head.oval(0, 0.05, 0.95, 0.75), fur, shade=0.1)
    for side in (-1, 1):
        head.stroke(aside(side, ".6,.05 .42,.16 .22,.05"), fur, 1.0)
    head.fill(head.oval(0, 0.28, 0.1, 0.07), NOSE_PINK, line=THIN)

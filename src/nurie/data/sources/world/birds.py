"""Birds, fish, and what flies and swims besides."""

import numpy as np

from nurie.data.sources.curves import union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored

BEAKS = ("#f3a63a", "#f6c84a", "#e8873a")
FEATHERS = ("#6fa8dc", "#e8583f", "#f6d04a", "#8a6a4a", "#7fae5a", "#f2ece2", "#5a5458", "#b58ad6")


def draw_bird(spot: Spot) -> None:
    """A small round bird from the side."""
    color = spot.choose(FEATHERS)
    for x in (-0.05, 0.18):
        spot.stroke([(x, 0.6), (x, 0.95)], "#8a5a2a", 1.1, round_=False)
        spot.stroke([(x - 0.1, 0.97), (x + 0.12, 0.95)], "#8a5a2a", 1.1, round_=False)
    spot.fill(spot.round("-.5,.25 -1,.1! -.98,.32! -.45,.45"), scale(color, 0.8), shade=0.03)
    spot.fill(spot.round(".9,-.35 .62,-.5 .62,-.22"), spot.choose(BEAKS), line=THIN)
    body = spot.round("-.6,.3 -.2,-.2 .1,-.7 .45,-.8 .7,-.5 .68,0 .45,.55 0,.7 -.4,.6")
    spot.fill(body, color, shade=0.12)
    if spot.chance(0.7):
        with spot.canvas.clipped(body):
            spot.fill(spot.oval(0.42, 0.25, 0.4, 0.5), mix(color, "#ffffff", 0.75), line=THIN)
    spot.fill(spot.round("-.55,.35 -.3,-.05 .1,-.05 .2,.2 -.1,.42"), scale(color, 0.85), shade=0.05)
    spot.tapered("-.35,.28 -.1,.22 .08,.1", color, 0.8)
    spot.dot(0.45, -0.48, 0.07)


def draw_owl(spot: Spot) -> None:
    """An owl."""
    color = spot.choose(("#8a6a4a", "#a3805a", "#6b5a5a", "#c9a06a"))
    spot.fill(spot.round(mirrored("0,-.75 .3,-.78 .72,-.98! .7,-.3 .78,.3 .5,.85 0,.95")), color, shade=0.12)
    spot.fill(spot.oval(0, 0.4, 0.45, 0.46), mix(color, "#ffffff", 0.6), line=THIN)
    for y in (0.2, 0.42, 0.62):
        for x in (-0.2, 0, 0.2):
            spot.stroke([(x - 0.07, y), (x, y + 0.06), (x + 0.07, y)], color, 0.8)
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, ".7,-.15 .88,.2 .72,.7 .5,.4")), scale(color, 0.8), shade=0.04)
        spot.fill(spot.oval(side * 0.32, -0.38, 0.3), "#fbf6e6", line=THIN)
        spot.fill(spot.oval(side * 0.3, -0.38, 0.18), spot.choose(("#f3b53a", "#e8873a")), line=THIN)
        spot.dot(side * 0.3, -0.38, 0.09)
    spot.fill(spot.flat("-.1,-.25 .1,-.25 0,-.05"), spot.choose(BEAKS), line=THIN)


def draw_penguin(spot: Spot) -> None:
    """A penguin."""
    dark = spot.choose(("#3a4458", "#33363f", "#4a6a8a"))
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.26, 0.93, 0.24, 0.09), spot.choose(BEAKS), line=THIN)
        spot.fill(spot.round(aside(side, ".5,-.2 .85,.35 .75,.45 .45,.2")), dark, shade=0.03)
    spot.fill(spot.round(mirrored("0,-.95 .35,-.85 .5,-.45 .62,.3 .4,.85 0,.92")), dark, shade=0.1)
    spot.fill(spot.round(mirrored("0,-.5 .2,-.68 .36,-.5 .38,.3 .24,.75 0,.8")), "#fbf8f2", line=THIN)
    for side in (-1, 1):
        spot.dot(side * 0.18, -0.5, 0.06)
    spot.fill(spot.round("-.14,-.38 .14,-.38 0,-.24"), spot.choose(BEAKS), line=THIN)


def draw_duck(spot: Spot) -> None:
    """A duck or a chick from the side, on the water or not."""
    color = spot.choose(("#f6d04a", "#fbf6ea", "#8a7a5a"))
    spot.fill(spot.round(".95,-.38 .6,-.5 .6,-.28"), spot.choose(BEAKS), line=THIN)
    spot.fill(
        spot.round("-.95,0 -.6,.1 -.1,.05 .12,-.2 .1,-.55 .4,-.8 .68,-.5 .55,-.1 .6,.35 .3,.7 -.4,.72 -.8,.4"),
        color,
        shade=0.14,
    )
    spot.fill(spot.round("-.65,.2 -.2,.12 .2,.25 .05,.5 -.4,.5"), scale(color, 0.92), shade=0.05)
    spot.dot(0.42, -0.5, 0.07)


def draw_fish(spot: Spot) -> None:
    """A fish."""
    color, fins = spot.any_color(), spot.any_color()
    spot.fill(spot.round("-.5,0 -.98,-.5! -.82,0 -.98,.5!"), fins, shade=0.05)
    spot.fill(spot.round("-.3,-.4 -.1,-.75 .3,-.65 .4,-.4"), fins, shade=0.03)
    spot.fill(spot.round("-.15,.4 -.2,.68 .1,.6 .2,.38"), fins, shade=0.03)
    body = spot.round("-.65,0 -.3,-.4 .25,-.48 .75,-.22 .95,.04 .75,.25 .25,.48 -.3,.38")
    spot.fill(body, color, shade=0.14)
    with spot.canvas.clipped(body):
        if spot.chance(0.5):
            second = mix(color, "#ffffff", 0.7)
            for x in (-0.3, 0.15):
                spot.fill(
                    spot.round([(x, -0.7), (x + 0.18, -0.7), (x + 0.24, 0), (x + 0.18, 0.7), (x, 0.7), (x + 0.06, 0)]),
                    second,
                    line=THIN,
                )
        else:
            for x in (-0.35, -0.12, 0.1):
                for y in (-0.2, 0.05, 0.28):
                    spot.stroke([(x, y - 0.1), (x - 0.08, y), (x, y + 0.1)], color, 0.7)
        spot.tapered(".42,-.45 .5,0 .4,.42", color, 1.0, (0.2, 0.2))
    spot.fill(spot.oval(0.66, -0.08, 0.11), "#ffffff", line=THIN)
    spot.dot(0.68, -0.08, 0.055)
    spot.fill(spot.round(".12,.05 .35,0 .2,.25"), fins, line=THIN)


def draw_whale(spot: Spot) -> None:
    """A whale with its fountain."""
    blue = spot.choose(("#6f9fc9", "#5a7fae", "#8ab5c9", "#7f8a9f"))
    if spot.chance(0.6):
        spot.fill(
            spot.round(".3,-.4 .24,-.7 0,-.85 .1,-.95 .34,-.8 .58,-.95 .68,-.85 .44,-.7 .4,-.4"), "#bfe3f4", line=THIN
        )
    body = spot.round("-.95,-.55! -.7,-.3 -.55,.1 -.1,-.3 .5,-.42 .92,0 .85,.5 .2,.72 -.5,.6 -.8,.1 -1,-.15! -.88,-.32")
    spot.fill(body, blue, shade=0.12)
    with spot.canvas.clipped(body):
        spot.fill(spot.round("-.5,.4 .2,.35 1.1,.15 1.1,.9 -.5,.9"), "#f2f4f4", line=THIN)
    spot.dot(0.6, 0.02, 0.055)
    spot.fill(spot.round(".1,.4 .3,.4 .1,.85 -.08,.75"), scale(blue, 0.9), shade=0.03)


def draw_butterfly(spot: Spot) -> None:
    """A butterfly from above."""
    color, second = spot.any_color(), spot.any_color()
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, ".05,.1 .6,.2 .7,.6 .35,.85 .1,.5")), second, shade=0.06)
        spot.fill(spot.round(aside(side, ".05,.05 .3,-.6 .85,-.8 .95,-.3 .6,.15")), color, shade=0.06)
        spot.fill(spot.oval(side * 0.62, -0.42, 0.17, 0.2), mix(color, "#ffffff", 0.65), line=THIN)
        spot.fill(spot.oval(side * 0.42, 0.48, 0.12), mix(second, "#ffffff", 0.65), line=THIN)
        spot.stroke(aside(side, ".03,-.4 .15,-.75 .3,-.9"), "#444444", 0.8)
    spot.fill(spot.oval(0, 0.1, 0.09, 0.5), spot.choose(("#4a3a3a", "#6b4a34")), line=THIN)


def draw_bee(spot: Spot) -> None:
    """A bee."""
    for x, turn in ((-0.2, -0.5), (0.15, 0.4)):
        spot.fill(spot.oval(x, -0.5, 0.26, 0.42, turn), "#dff0f8", line=THIN)
    body = spot.oval(0, 0.15, 0.8, 0.52)
    spot.fill(body, spot.like("#f6c63c"), shade=0.1)
    with spot.canvas.clipped(body):
        for x in (-0.45, -0.1, 0.25 - 0.02):
            spot.fill(spot.box(x, -0.5, x + 0.17, 0.8), "#3f3436", line=THIN)
    spot.dot(0.55, 0.05, 0.07)
    spot.stroke(".6,-.2 .7,-.5", "#333333", 0.9, round_=False)


def draw_octopus(spot: Spot) -> None:
    """An octopus, or with fewer arms a jellyfish."""
    color = spot.choose(("#e8707f", "#b58ad6", "#f39a6a", "#8fb5e0"))
    arms = []
    for x in np.linspace(-0.62, 0.62, 5):
        sway = spot.between(-0.15, 0.25) * (1 if x > 0 else -1)
        arms.append(
            spot.round(
                [(x - 0.13, 0.1), (x - 0.1 + sway, 0.6), (x + sway * 1.5, 0.95), (x + 0.1 + sway, 0.6), (x + 0.13, 0.1)]
            )
        )
    head = spot.round(mirrored("0,-.9 .5,-.75 .75,-.2 .7,.3 .3,.4 0,.4"))
    spot.fill(union(head, *arms), color, shade=0.14)
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.27, -0.2, 0.15, 0.18), "#ffffff", line=THIN)
        spot.dot(side * 0.26, -0.17, 0.08)
    spot.stroke("-.12,.08 0,.14 .12,.08", color, 1.0)


def draw_crab(spot: Spot) -> None:
    """A crab."""
    color = spot.choose(("#e0553a", "#e8873a", "#c9403f"))
    for side in (-1, 1):
        for y in (0.3, 0.5, 0.68):
            spot.stroke([(side * 0.5, y - 0.1), (side * 0.85, y), (side * 0.9, y + 0.22)], color, 1.6)
        spot.fill(spot.round(aside(side, ".45,0 .7,-.25 .78,-.2 .55,.15")), color, shade=0.03)
        spot.fill(spot.round(aside(side, ".7,-.2 .55,-.55 .7,-.9! .76,-.6 .98,-.75! .95,-.35")), color, shade=0.05)
        spot.stroke(aside(side, ".2,0 .22,-.25"), color, 1.2, round_=False)
        spot.fill(spot.oval(side * 0.22, -0.3, 0.1), "#ffffff", line=THIN)
        spot.dot(side * 0.22, -0.3, 0.05)
    spot.fill(spot.oval(0, 0.3, 0.66, 0.42), color, shade=0.12)
    spot.stroke("-.2,.4 0,.48 .2,.4", color, 1.0)

"""Large animals from the side: horse, giraffe, dinosaur, lion, cow, dolphin, dragon's plain cousins; and a hen."""

import numpy as np

from nurie.data.sources.curves import union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.animals import walking_legs
from nurie.data.sources.world.spot import THIN, Spot


def draw_horse(spot: Spot) -> None:
    """A horse, in some pictures with a horn or stripes."""
    kind = int(spot.rng.integers(3))
    coat = spot.choose(("#8a5f3c", "#c9a06a", "#4a4246", "#f2ece2")) if kind < 2 else "#faf8f4"
    mane = spot.any_color() if kind == 1 else spot.choose(("#3a2f2a", "#5f4630", "#e8d9b5"))
    walking_legs(spot, (-0.42, 0.22), 0.2, scale(coat, 0.85), 0.08)
    spot.fill(spot.round("-.6,-.15 -.85,.0 -.95,.5 -.82,.65 -.75,.2 -.55,.1"), mane, shade=0.03)
    spot.fill(
        spot.round("-.65,0 -.4,-.25 .15,-.2 .35,-.55 .5,-.9 .62,-.75 .62,-.25 .45,.2 .1,.3 -.4,.32 -.62,.25"),
        coat,
        shade=0.1,
    )
    walking_legs(spot, (-0.54, 0.36), 0.1, coat, 0.09)
    head = spot.round(".42,-.88 .58,-.98 .72,-.85 .98,-.5 .95,-.35 .8,-.35 .6,-.55 .45,-.6")
    spot.fill(head, coat, shade=0.05)
    spot.fill(spot.round(".5,-.95 .36,-.98 .22,-.6 .12,-.25 .3,-.3 .4,-.55 .52,-.75"), mane, shade=0.03)
    if kind == 1:
        spot.fill(spot.flat(".6,-.9 .68,-.88 .8,-.99"), "#f6d46a", line=THIN)
    if kind == 2:
        for x in (-0.45, -0.25, -0.05, 0.12):
            spot.fill(
                spot.round([(x, -0.2), (x + 0.06, -0.2), (x + 0.1, 0.05), (x + 0.05, 0.25)]), "#3f3a40", line=THIN
            )
    spot.dot(0.68, -0.72, 0.04)


def draw_giraffe(spot: Spot) -> None:
    """A giraffe with its patches."""
    coat, patch = spot.like("#f0c460"), spot.like("#a8683c")
    walking_legs(spot, (-0.35, 0.2), 0.2, scale(coat, 0.88), 0.07)
    body = spot.round("-.55,.15 -.35,-.05 .05,-.1 .25,-.7 .36,-.85 .46,-.7 .4,-.2 .3,.25 -.1,.32 -.5,.32")
    spot.fill(body, coat, shade=0.08)
    with spot.canvas.clipped(body):
        for x, y in ((-0.4, 0.1), (-0.2, 0.08), (0.0, 0.1), (-0.28, 0.25), (0.15, 0.15), (0.22, -0.15), (0.3, -0.4)):
            spot.fill(spot.oval(x, y, 0.08, 0.07), patch, line=THIN)
    walking_legs(spot, (-0.46, 0.28), 0.22, coat, 0.07)
    for x in (0.34, 0.42):
        spot.stroke([(x, -0.85), (x - 0.02, -0.98)], coat, 1.2, round_=False)
    spot.fill(spot.round(".26,-.85 .45,-.92 .7,-.75 .72,-.62 .5,-.62 .32,-.68"), coat, shade=0.04)
    spot.dot(0.46, -0.8, 0.04)


def draw_dinosaur(spot: Spot) -> None:
    """A dinosaur with a long neck, or one with plates on its back."""
    color = spot.choose(("#7ab07a", "#6f9fc9", "#b58ad6", "#e0a05a"))
    if spot.chance(0.5):
        for x, y, size in ((-0.5, 0.0, 0.16), (-0.25, -0.2, 0.22), (0.05, -0.25, 0.22), (0.32, -0.1, 0.17)):
            spot.fill(
                spot.flat([(x - size, y + size), (x, y - size * 1.4), (x + size, y + size)]),
                spot.like(scale(color, 0.7)),
                line=THIN,
            )
        body = "-.98,.5! -.6,.1 -.1,-.15 .4,.05 .6,.3 .85,.25 .95,.4 .8,.55 .5,.55 .2,.6 -.3,.62 -.6,.5"
        eye = (0.78, 0.34)
    else:
        body = (
            "-.98,.6! -.6,.2 -.2,-.02 .2,.05 .45,-.3 .55,-.75 .7,-.88 "
            ".92,-.75 .9,-.6 .72,-.55 .65,-.1 .45,.4 .1,.6 -.4,.6"
        )
        eye = (0.74, -0.74)
    walking_legs(spot, (-0.32, 0.2), 0.35, scale(color, 0.85), 0.12)
    spot.fill(spot.round(body), color, shade=0.12)
    walking_legs(spot, (-0.15, 0.36), 0.4, color, 0.12)
    for x, y in ((-0.3, 0.2), (-0.05, 0.1), (0.15, 0.3)):
        spot.fill(spot.oval(x, y, 0.06), mix(color, "#ffffff", 0.4), line=THIN)
    spot.dot(*eye, 0.05)


def draw_lion(spot: Spot) -> None:
    """A lion's head in its mane."""
    coat, mane = spot.like("#e8b45a"), spot.choose(("#a8602f", "#c9782f", "#7a4a2a"))
    around = np.linspace(0, 2 * np.pi, 13)[:12]
    tufts = [spot.oval(0.62 * np.cos(angle), 0.62 * np.sin(angle), 0.32) for angle in around]
    spot.fill(union(spot.oval(0, 0, 0.7), *tufts), mane, shade=0.12)
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.45, -0.5, 0.18), coat, shade=0.03)
    spot.fill(spot.oval(0, 0.05, 0.62, 0.6), coat, shade=0.08)
    spot.fill(spot.oval(0, 0.3, 0.3, 0.24), mix(coat, "#ffffff", 0.7), line=THIN)
    for side in (-1, 1):
        spot.dot(side * 0.25, -0.05, 0.075)
        spot.tapered([(0, 0.25), (side * 0.03, 0.36), (side * 0.16, 0.38)], coat, 0.9, (0.2, 0.3))
    spot.fill(spot.round("-.12,.12 .12,.12 .02,.25 -.02,.25"), "#5a3a30", line=THIN)


def draw_dolphin(spot: Spot) -> None:
    """A dolphin, or with teeth a shark."""
    color = spot.choose(("#7fa6c9", "#8a98ae", "#6f8fc0"))
    spot.fill(spot.round("-.7,.25 -1.0,-.1 -.9,-.2 -.6,.0 -.75,.5 -.92,.62 -.8,.68 -.55,.3"), color, shade=0.03)
    spot.fill(spot.round("-.1,-.25 -.2,-.7! .25,-.35"), color, shade=0.03)
    body = spot.round("-.75,.15 -.3,-.25 .3,-.4 .7,-.25 .98,.05! .7,.18 .3,.3 -.3,.3")
    spot.fill(body, color, shade=0.1)
    with spot.canvas.clipped(body):
        spot.fill(spot.round("-.6,.3 0,.1 .5,.12 1.1,.0 1.1,.6 -.6,.6"), "#f0f4f6", line=THIN)
    spot.fill(spot.round(".1,.2 .25,.22 .1,.6! -.05,.35"), scale(color, 0.9), shade=0.02)
    spot.dot(0.62, -0.06, 0.045)


def draw_hen(spot: Spot) -> None:
    """A hen or a cock."""
    color, comb = spot.choose(("#fbf6ea", "#b5703f", "#e8c99a", "#5a4a42")), "#d8322f"
    for x in (-0.1, 0.12):
        spot.stroke([(x, 0.6), (x, 0.92), (x + 0.14, 0.95)], "#e8a03a", 1.4, round_=False)
    spot.fill(spot.round("-.5,.1 -.95,-.35 -.85,-.55 -.6,-.45 -.55,-.6 -.35,-.3 -.3,.1"), scale(color, 0.8), shade=0.04)
    for x in (0.4, 0.52, 0.62):
        spot.fill(spot.oval(x, -0.78 + 0.25 * abs(x - 0.5), 0.09, 0.12), comb, line=THIN)
    spot.fill(
        spot.round("-.6,.15 -.2,.0 .2,-.2 .35,-.65 .6,-.72 .72,-.5 .65,-.1 .5,.4 .1,.66 -.4,.5"), color, shade=0.12
    )
    spot.fill(spot.flat(".7,-.55 .95,-.42 .7,-.38"), "#f3a63a", line=THIN)
    spot.fill(spot.oval(0.66, -0.25, 0.07, 0.12), comb, line=THIN)
    spot.fill(spot.round("-.4,.15 0,.05 .2,.2 -.05,.4 -.3,.38"), scale(color, 0.88), shade=0.04)
    spot.dot(0.55, -0.52, 0.05)

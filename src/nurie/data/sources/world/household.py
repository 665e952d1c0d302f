"""What stands in a home and lies in a drawer."""

import numpy as np

from nurie.data.sources.curves import difference
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.materials import GLASS, GOLDS, METAL, WOODS
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored


def draw_sofa(spot: Spot) -> None:
    """A sofa with cushions."""
    color = spot.any_color()
    for x in (-0.75, 0.75):
        spot.fill(spot.box(x - 0.06, 0.75, x + 0.06, 0.95), spot.choose(WOODS), line=THIN)
    spot.fill(spot.soft_box(-0.85, -0.5, 0.85, 0.5, 0.2), color, shade=0.1)
    spot.fill(spot.soft_box(-0.8, 0.15, 0.0, 0.55, 0.08), mix(color, "#ffffff", 0.15), shade=0.05)
    spot.fill(spot.soft_box(0.0, 0.15, 0.8, 0.55, 0.08), mix(color, "#ffffff", 0.15), shade=0.05)
    spot.fill(spot.soft_box(-0.85, 0.5, 0.85, 0.78, 0.06), color, shade=0.04)
    for side in (-1, 1):
        arm = spot.soft_box(min(side * 0.7, side * 0.96), -0.05, max(side * 0.7, side * 0.96), 0.78, 0.1)
        spot.fill(arm, scale(color, 0.92), shade=0.05)
    if spot.chance(0.6):
        cushion = spot.inner(0.35, 0.05, 0.26, 0.4)
        cushion.fill(cushion.soft_box(-0.9, -0.9, 0.9, 0.9, 0.3), spot.any_color(), shade=0.1)


def draw_table(spot: Spot) -> None:
    """A table, perhaps with a vase on it."""
    wood = spot.choose(WOODS)
    for x in (-0.75, 0.75):
        spot.fill(spot.flat([(x - 0.07, 0.1), (x + 0.07, 0.1), (x + 0.05, 1), (x - 0.05, 1)]), wood, shade=0.03)
    spot.fill(spot.soft_box(-0.95, 0.0, 0.95, 0.16, 0.05), wood, shade=0.04)
    if spot.chance(0.6):
        vase = spot.any_color()
        spot.fill(spot.round(mirrored("0,-.45 .1,-.42 .08,-.34 .2,-.2 .14,0! 0,0")), vase, shade=0.06)
        for angle in (-0.25, 0.0, 0.25):
            stalk = spot.inner(0.7 * angle, -0.55, 0.2, angle)
            stalk.fill(stalk.oval(0, 0, 0.7), spot.any_color(), shade=0.1)
            stalk.fill(stalk.oval(0, 0, 0.25), "#f6d34a", line=THIN)


def draw_bed(spot: Spot) -> None:
    """A bed from the side."""
    wood, blanket = spot.choose(WOODS), spot.any_color()
    spot.fill(spot.soft_box(-0.98, -0.5, -0.82, 0.85, 0.05), wood, shade=0.03)
    spot.fill(spot.soft_box(0.82, -0.1, 0.98, 0.85, 0.05), wood, shade=0.03)
    spot.fill(spot.box(-0.85, 0.35, 0.85, 0.62), wood, shade=0.03)
    spot.fill(spot.soft_box(-0.83, 0.05, 0.83, 0.4, 0.08), "#f6f2ea", shade=0.05)
    spot.fill(spot.soft_box(-0.8, -0.16, -0.3, 0.12, 0.12), "#fdfdfd", shade=0.06)
    spot.fill(spot.round("-.3,-.02 .3,-.08 .83,.02! .86,.55! .4,.5 -.1,.58 -.35,.5!"), blanket, shade=0.1)


def draw_television(spot: Spot) -> None:
    """A television on its foot, or an old one with aerials."""
    color = spot.choose(("#4a4a55", *WOODS))
    if spot.chance(0.5):
        for side in (-1, 1):
            spot.stroke([(0, -0.5), (side * 0.4, -0.95)], "#555555", 1.0, round_=False)
        spot.fill(spot.soft_box(-0.85, -0.5, 0.85, 0.75, 0.12), color, shade=0.1)
        spot.fill(spot.soft_box(-0.7, -0.36, 0.4, 0.6, 0.14), spot.choose(GLASS), line=THIN)
        for y in (-0.15, 0.2):
            spot.fill(spot.oval(0.62, y, 0.1), spot.choose(METAL), line=THIN)
        return
    spot.fill(spot.soft_box(-0.4, 0.75, 0.4, 0.85, 0.04), color, line=THIN)
    spot.fill(spot.box(-0.1, 0.5, 0.1, 0.78), color, line=THIN)
    spot.fill(spot.soft_box(-0.95, -0.65, 0.95, 0.55, 0.06), color, shade=0.06)
    spot.fill(spot.box(-0.86, -0.56, 0.86, 0.46), spot.choose(GLASS), line=THIN)


def draw_bell(spot: Spot) -> None:
    """A bell with a bow or without."""
    gold = spot.choose(GOLDS)
    spot.fill(spot.oval(0, 0.75, 0.16), scale(gold, 0.8), shade=0.04)
    spot.fill(spot.round(mirrored("0,-.75 .3,-.68 .5,-.2 .55,.35 .82,.65! .4,.72 0,.74")), gold, shade=0.14)
    spot.stroke("-.55,.38 0,.48 .55,.38", gold, 0.8)
    if spot.chance(0.5):
        ribbon = spot.any_color()
        for side in (-1, 1):
            spot.fill(spot.round(aside(side, "0,-.72! .3,-.95 .6,-.8 .55,-.55 .25,-.6")), ribbon, shade=0.04)
        spot.fill(spot.oval(0, -0.72, 0.12), ribbon, line=THIN)


def draw_trophy(spot: Spot) -> None:
    """A cup that somebody won."""
    gold = spot.choose((*GOLDS, *METAL))
    for side in (-1, 1):
        ring = difference(spot.oval(side * 0.55, -0.4, 0.3, 0.34), spot.oval(side * 0.55, -0.4, 0.19, 0.23))
        spot.fill(ring, gold, line=THIN)
    spot.fill(spot.box(-0.36, 0.65, 0.36, 0.95), spot.choose(WOODS), shade=0.05)
    spot.fill(spot.flat(mirrored("0,.25 .1,.25 .12,.5 .28,.65")), scale(gold, 0.9), line=THIN)
    spot.fill(spot.round(mirrored("0,-.8! .58,-.8! .52,-.2 .3,.18 0,.3")), gold, shade=0.12)
    spot.fill(spot.star(0, -0.35, 0.24), mix(gold, "#ffffff", 0.6), line=THIN)


def draw_scissors(spot: Spot) -> None:
    """A pair of scissors, half open."""
    metal, grip = spot.choose(METAL), spot.any_color()
    for side in (-1, 1):
        blade = spot.inner(0, 0.1, 1, side * 0.28)
        shank = [(-side * 0.05, 0.1), (side * 0.07, 0.05), (side * 0.32, 0.42), (side * 0.2, 0.5)]
        spot.fill(spot.flat(shank), metal, line=THIN)
        blade.fill(blade.flat([(-0.06, 0.1), (0.07, 0.1), (0.03, -1.0)]), metal, shade=0.02)
        ring = difference(spot.oval(side * 0.32, 0.62, 0.27, 0.33), spot.oval(side * 0.32, 0.62, 0.16, 0.21))
        spot.fill(ring, grip, shade=0.03)
    spot.fill(spot.oval(0, 0.1, 0.06), scale(metal, 0.7), line=THIN)


def draw_hammer(spot: Spot) -> None:
    """A hammer."""
    place = spot.inner(0, 0, 1, spot.between(-0.5, 0.5))
    place.fill(place.soft_box(-0.09, -0.6, 0.09, 0.92, 0.05), spot.choose(WOODS), shade=0.03)
    place.fill(place.round("-.5,-.8! .35,-.8! .6,-.68 .65,-.5! .35,-.5! -.5,-.5!"), spot.choose(METAL), shade=0.05)


def draw_candle(spot: Spot) -> None:
    """A candle in its holder, or a lantern."""
    color = spot.any_color()
    spot.fill(spot.round("0,-.95! .13,-.68 .1,-.5 0,-.46 -.1,-.5 -.13,-.68"), spot.like("#f8b83c"), line=THIN)
    spot.fill(spot.soft_box(-0.2, -0.42, 0.2, 0.6, 0.06), color, shade=0.06)
    spot.fill(
        spot.round("-.2,-.38 0,-.42 .2,-.38 .2,-.1 .12,.0 .06,-.2 -.06,-.05 -.14,-.22"),
        mix(color, "#ffffff", 0.5),
        line=THIN,
    )
    ring = difference(spot.oval(0.62, 0.62, 0.26, 0.2), spot.oval(0.62, 0.62, 0.14, 0.1))
    spot.fill(ring, spot.choose(GOLDS), line=THIN)
    spot.fill(spot.round("-.6,.5! .6,.5! .45,.85 0,.92 -.45,.85"), spot.choose(GOLDS), shade=0.06)


def draw_drum(spot: Spot) -> None:
    """A drum with its sticks."""
    color, rim = spot.any_color(), spot.choose(GOLDS)
    spot.fill(spot.round("-.75,-.25! -.75,.65 0,.9 .75,.65 .75,-.25!"), color, shade=0.12)
    zigzag = [(x, -0.1 if number % 2 else 0.66) for number, x in enumerate(np.linspace(-0.72, 0.72, 9))]
    spot.stroke(zigzag, color, 0.9, round_=False)
    spot.fill(spot.oval(0, -0.25, 0.75, 0.24), rim, shade=0.03)
    spot.fill(spot.oval(0, -0.27, 0.64, 0.18), spot.like("#f8f2e4"), line=THIN)
    for side in (-1, 1):
        stick = spot.inner(side * 0.3, -0.6, 0.4, side * 0.7)
        stick.fill(stick.soft_box(-0.07, -0.7, 0.07, 0.8, 0.05), spot.choose(WOODS), line=THIN)


def draw_kite(spot: Spot) -> None:
    """A kite with its tail, or a balloon on a string."""
    color = spot.any_color()
    if spot.chance(0.5):
        spot.stroke("0,.35 .1,.6 -.05,.8 .05,.98", "#777777", 0.8)
        spot.fill(spot.round("0,-.95 .45,-.75 .55,-.25 .3,.15 0,.3 -.3,.15 -.55,-.25 -.45,-.75"), color, shade=0.16)
        spot.fill(spot.flat("0,.28 .09,.4 -.09,.4"), color, line=THIN)
        return
    corners = [(0, -0.95), (0.6, -0.3), (0, 0.45), (-0.6, -0.3)]
    for number in range(4):
        shade = mix(color, "#ffffff", 0.25 * (number % 2))
        spot.fill(spot.flat([(0, -0.3), corners[number], corners[(number + 1) % 4]]), shade)
    spot.stroke("0,.45 .15,.62 -.05,.78 .1,.95", "#777777", 0.8)
    for x, y in ((0.1, 0.62), (0.0, 0.82)):
        spot.fill(spot.flat([(x, y), (x + 0.15, y - 0.08), (x + 0.15, y + 0.08)]), spot.any_color(), line=THIN)
        spot.fill(spot.flat([(x, y), (x - 0.15, y - 0.08), (x - 0.15, y + 0.08)]), spot.any_color(), line=THIN)


def draw_mitten(spot: Spot) -> None:
    """A mitten or a sock."""
    color, cuff = spot.any_color(), spot.any_color()
    if spot.chance(0.5):
        spot.fill(
            spot.round("-.35,.5! -.42,-.2 -.2,-.85 .2,-.85 .4,-.3 .42,-.1 .62,-.35 .8,-.2 .65,.15 .38,.5!"),
            color,
            shade=0.1,
        )
        spot.fill(spot.soft_box(-0.42, 0.45, 0.44, 0.88, 0.08), cuff, shade=0.05)
        return
    spot.fill(spot.round("-.3,-.6! .25,-.6! .25,.2 .7,.45 .85,.75 .6,.92 0,.9 -.3,.6"), color, shade=0.1)
    spot.fill(spot.round(".45,.38 .8,.58 .84,.78 .6,.92 .4,.9 .55,.65"), cuff, line=THIN)
    spot.fill(spot.soft_box(-0.36, -0.9, 0.31, -0.55, 0.06), cuff, shade=0.04)


def draw_dress(spot: Spot) -> None:
    """A dress on its own, or a pair of trousers."""
    color, belt = spot.any_color(), spot.any_color()
    if spot.chance(0.4):
        legs = ".45,-.9! .55,.9! .12,.92! 0,-.2"
        spot.fill(spot.round(mirrored(f"0,-.9 {legs}")), color, shade=0.1)
        spot.fill(spot.flat("-.46,-.92 .46,-.92 .47,-.76 -.47,-.76"), belt, line=THIN)
        spot.stroke("0,-.76 .02,-.5 0,-.22", color, 0.8)
        return
    spot.fill(spot.round(mirrored("0,-.6 .14,-.85! .3,-.85! .36,-.55 .3,-.1! .8,.85! .4,.94 0,.9")), color, shade=0.12)
    spot.fill(spot.flat("-.31,-.14 .31,-.14 .33,.02 -.33,.02"), belt, line=THIN)
    for x in (-0.4, -0.1, 0.2, 0.45):
        spot.tapered([(x * 0.5, 0.1), (x * 0.9, 0.5), (x * 1.2, 0.86)], color, 0.9)

"""Cups, pots, bottles and glasses."""

from nurie.data.sources.curves import difference
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.spot import THIN, Spot, mirrored


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

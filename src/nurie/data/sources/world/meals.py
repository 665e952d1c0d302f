"""Meals: burgers, noodles, bread and eggs."""

import numpy as np

from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.spot import THIN, Spot, mirrored
from nurie.data.sources.world.sweets import DOUGHS


def draw_burger(spot: Spot) -> None:
    """A burger with all between two buns."""
    bun = spot.choose(DOUGHS)
    spot.fill(spot.soft_box(-0.85, 0.55, 0.85, 0.95, 0.18), bun, shade=0.12)
    spot.fill(spot.soft_box(-0.92, 0.28, 0.92, 0.6, 0.15), spot.like("#6b3d25"), shade=0.08)
    spot.fill(spot.flat("-.9,.2 .9,.2 .92,.3 .5,.34 .25,.52 0,.34 -.92,.3"), spot.like("#f6c33c"))
    spot.fill(spot.soft_box(-0.86, 0.05, 0.86, 0.22, 0.08), spot.like("#d8402f"))
    waves = [(float(x), 0.02 + 0.09 * (-1) ** n) for n, x in enumerate(np.linspace(-0.98, 0.98, 11))]
    spot.fill(spot.round([*waves, (0.9, -0.12), (-0.9, -0.12)]), spot.like("#7ab648"), shade=0.05)
    spot.fill(spot.round("-.9,-.08! -.8,-.55 -.3,-.86 .3,-.86 .8,-.55 .9,-.08!"), bun, shade=0.18)
    for x, y in ((-0.4, -0.5), (0.0, -0.65), (0.42, -0.45), (-0.1, -0.35), (0.2, -0.25)):
        spot.fill(spot.oval(x, y, 0.06, 0.035), "#f7ecd2", line=THIN)


def draw_onigiri(spot: Spot) -> None:
    """A ball of rice in its leaf."""
    spot.fill(spot.round(mirrored("0,-.85 .3,-.7 .8,.2 .9,.65 .6,.9 0,.92")), spot.like("#fbf8f0"), shade=0.14)
    spot.fill(spot.box(-0.34, 0.3, 0.34, 0.93), spot.like("#2c4034"), shade=0.05)


def draw_sushi(spot: Spot) -> None:
    """A piece of sushi: rice with fish, or a roll."""
    fish = spot.choose(("#ee7a52", "#e84f4a", "#f6c95a", "#f4d7cf"))
    if spot.chance(0.5):
        spot.fill(spot.soft_box(-0.8, 0.05, 0.8, 0.75, 0.3), spot.like("#fbf8f0"), shade=0.1)
        spot.fill(spot.round("-.95,.15 -.8,-.35 0,-.55 .8,-.38 .98,.2 .5,.08 0,.02 -.5,.08"), fish, shade=0.12)
        for x in (-0.5, -0.1, 0.3):
            spot.tapered([(x, -0.4), (x + 0.12, -0.2), (x + 0.15, 0.02)], fish, 0.9)
        return
    spot.fill(spot.box(-0.75, -0.2, 0.75, 0.8), spot.like("#2c4034"), shade=0.1)
    spot.fill(spot.oval(0, -0.2, 0.75, 0.42), spot.like("#fbf8f0"))
    spot.fill(spot.oval(0, -0.2, 0.34, 0.2), fish)


def draw_ramen(spot: Spot) -> None:
    """A bowl of soup with noodles, egg and leek."""
    bowl, soup = spot.any_color(), spot.choose(("#d99a52", "#c97a3a", "#e8c98a"))
    if spot.chance(0.6):
        for shift in (0.0, 0.16):
            spot.fill(
                spot.flat([(0.25 + shift, -0.1), (0.85 + shift, -1), (0.92 + shift, -0.97), (0.34 + shift, -0.1)]),
                "#b5824a",
                line=THIN,
            )
    spot.fill(spot.round("-.95,0! -.8,.55 -.4,.9 .4,.9 .8,.55 .95,0!"), bowl, shade=0.2)
    spot.fill(spot.box(-0.4, 0.88, 0.4, 1.0), scale(bowl, 0.85))
    spot.fill(spot.oval(0, 0, 0.95, 0.3), mix(bowl, "#ffffff", 0.4))
    surface = spot.oval(0, 0.01, 0.85, 0.24)
    spot.fill(surface, soup, line=THIN)
    with spot.canvas.clipped(surface):
        for y in (-0.12, 0.0, 0.1):
            spot.fill(
                spot.round(
                    [(-0.6, y), (-0.2, y - 0.06), (0.2, y + 0.03), (0.15, y + 0.08), (-0.2, y), (-0.6, y + 0.06)]
                ),
                "#f6dd9a",
                line=THIN,
            )
    spot.fill(spot.oval(0.42, -0.06, 0.22, 0.13), "#fbf6ea", line=THIN)
    spot.fill(spot.oval(0.42, -0.06, 0.11, 0.07), "#f3a63a", line=THIN)
    spot.fill(spot.oval(-0.5, -0.02, 0.2, 0.1), "#f7f0f0", line=THIN)


def draw_pizza(spot: Spot) -> None:
    """A slice of pizza."""
    crust = spot.choose(DOUGHS)
    spot.fill(spot.round("-.85,-.55 0,-.85 .85,-.55! 0,1! -.85,-.55"), spot.like("#f4c95a"), shade=0.06)
    spot.fill(spot.round("-.95,-.55 -.5,-.88 0,-.97 .5,-.88 .95,-.55 .78,-.42 0,-.7 -.78,-.42"), crust, shade=0.08)
    for x, y in ((-0.35, -0.3), (0.3, -0.25), (0.0, 0.25)):
        spot.fill(spot.oval(x, y, 0.18), spot.like("#cf3f30"))
    for x, y in ((0.0, -0.1), (-0.2, 0.15), (0.2, 0.5 - 0.4)):
        spot.fill(spot.oval(x, y, 0.06, 0.09, 0.6), spot.like("#4f8a3c"), line=THIN)


def draw_bread(spot: Spot) -> None:
    """A slice of toast, or a croissant's plain cousin: a loaf."""
    crust = spot.choose(("#b5753a", "#c98b45", "#a05f2f"))
    if spot.chance(0.5):
        right = [(0, -0.62), (0.6, -0.75), (0.92, -0.4), (0.72, -0.05), (0.74, 0.9), (0.74, 0.9), (0, 0.92)]
        spot.fill(spot.round(mirrored(right)), crust, shade=0.08)
        spot.fill(
            spot.round([(x * 0.86, 0.02 + (y - 0.02) * 0.86) for x, y in mirrored(right)]),
            spot.like("#f6dfa8"),
            line=THIN,
        )
        if spot.chance(0.5):
            spot.fill(spot.soft_box(-0.25, 0.0, 0.25, 0.4, 0.08), spot.like("#f8e27a"), shade=0.06)
        return
    loaf = spot.round("-.95,.45 -.98,-.05 -.6,-.42 .6,-.42 .98,-.05 .95,.45 0,.55")
    spot.fill(loaf, crust, shade=0.2)
    for x in (-0.5, 0, 0.5):
        spot.fill(
            spot.round(
                [(x - 0.2, 0.0), (x - 0.2, 0.0), (x + 0.02, -0.3), (x + 0.2, -0.3), (x + 0.2, -0.3), (x - 0.02, 0.05)]
            ),
            mix(crust, "#ffffff", 0.45),
            line=THIN,
        )


def draw_egg(spot: Spot) -> None:
    """A fried egg, or one in its shell."""
    if spot.chance(0.6):
        around = np.linspace(0, 2 * np.pi, 11, endpoint=False)
        wave = spot.rng.uniform(0.75, 1.0, 11)
        spot.fill(spot.round(np.stack([wave * np.cos(around), 0.85 * wave * np.sin(around)], 1)), "#fdfbf4", shade=0.1)
        spot.fill(spot.oval(0.05, -0.05, 0.34), spot.like("#f6b52c"), shade=0.08)
        return
    spot.fill(
        spot.round(mirrored("0,-.95 .4,-.7 .66,0 .62,.5 .3,.9 0,.96")),
        spot.choose(("#f4dcc0", "#fbf4ea", "#d9a877")),
        shade=0.2,
    )

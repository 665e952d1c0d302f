"""Food for the hand: pies, fries, sausages, sandwiches, cheese, milk, lollies, corn."""

import numpy as np

from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.spot import THIN, Spot, mirrored
from nurie.data.sources.world.sweets import CREAMS, DOUGHS


def draw_pie(spot: Spot) -> None:
    """A pie with a lattice."""
    dough, fruit = spot.choose(DOUGHS), spot.choose(("#b5303f", "#7a3f6a", "#e8a03a", "#8fb54a"))
    spot.fill(spot.flat("-.8,.25 .8,.25 .6,.75 -.6,.75"), spot.choose(("#b8bec8", "#e8e0d0", "#c9704a")), shade=0.08)
    top = spot.oval(0, 0.1, 0.92, 0.42)
    spot.fill(top, dough, shade=0.04)
    inner = spot.oval(0, 0.08, 0.76, 0.32)
    spot.fill(inner, fruit, line=THIN)
    with spot.canvas.clipped(inner):
        for x in (-0.45, 0.0, 0.45):
            spot.fill(spot.flat([(x - 0.2, -0.4), (x - 0.06, -0.4), (x + 0.2, 0.5), (x + 0.06, 0.5)]), dough, line=THIN)
            spot.fill(spot.flat([(x + 0.2, -0.4), (x + 0.06, -0.4), (x - 0.2, 0.5), (x - 0.06, 0.5)]), dough, line=THIN)


def draw_fries(spot: Spot) -> None:
    """Fries in their paper."""
    paper = spot.any_color()
    for x in np.linspace(-0.5, 0.5, int(spot.rng.integers(6, 9))):
        top, lean = -0.55 - spot.between(0, 0.4), float(x) * 0.3
        fry = [(x - 0.09, 0.4), (x + 0.09, 0.4), (x + lean + 0.09, top), (x + lean - 0.09, top)]
        spot.fill(spot.flat(fry), spot.like("#f4cc55"), shade=0.03)
    spot.fill(spot.round("-.72,-.15! -.3,.05 .3,.05 .72,-.15! .52,.95! -.52,.95!"), paper, shade=0.1)
    if spot.chance(0.5):
        spot.fill(spot.oval(0, 0.5, 0.22), mix(paper, "#ffffff", 0.7), line=THIN)


def draw_hot_dog(spot: Spot) -> None:
    """A sausage in a roll with mustard."""
    roll = spot.choose(DOUGHS)
    spot.fill(spot.soft_box(-0.9, -0.38, 0.9, 0.2, 0.26), roll, shade=0.06)
    spot.fill(spot.soft_box(-0.98, -0.2, 0.98, 0.22, 0.2), spot.like("#b5503a"), shade=0.06)
    spot.fill(spot.soft_box(-0.9, 0.02, 0.9, 0.5, 0.24), mix(roll, "#ffffff", 0.15), shade=0.1)
    wave = [(float(x), -0.12 + 0.08 * (-1) ** number) for number, x in enumerate(np.linspace(-0.8, 0.8, 12))]
    low = [(x, y + 0.1) for x, y in reversed(wave)]
    spot.fill(spot.round([*wave, *low]), spot.like("#f6c93c"), line=THIN)


def draw_sandwich(spot: Spot) -> None:
    """A triangle of bread, ham, cheese and leaves."""
    bread = spot.like("#f6dfa8")
    layers = ((bread, 0.2), ("#7ab648", 0.1), ("#ee9aa0", 0.12), ("#f6c93c", 0.1), ("#d8402f", 0.1), (bread, 0.2))
    y = 0.85
    for color, height in layers:
        corners = [(-0.9, y), (0.9, y), (0.9, y - height), (-0.9, y - height)]
        spot.fill(spot.flat(corners), spot.like(color), shade=0.02)
        y -= height
    spot.fill(spot.flat([(-0.9, y), (0.9, y), (0.35, -0.75)]), bread, shade=0.06)
    spot.stroke([(-0.7, y - 0.05), (0.34, -0.62), (0.78, y - 0.05)], bread, 0.7, round_=False)


def draw_cheese(spot: Spot) -> None:
    """A wedge of cheese."""
    color = spot.choose(("#f6c93c", "#f4dc7a", "#f0a83a"))
    spot.fill(spot.flat("-.95,.0 .5,-.6 .95,-.15"), mix(color, "#ffffff", 0.35), shade=0.03)
    side = spot.flat("-.95,0 .95,-.15 .95,.55 -.95,.75")
    spot.fill(side, color, shade=0.08)
    for x, y, size in ((-0.5, 0.35, 0.14), (0.1, 0.2, 0.17), (0.55, 0.35, 0.11), (-0.1, 0.55, 0.08)):
        spot.fill(spot.oval(x, y, size, size * 0.9), scale(color, 0.82), line=THIN)


def draw_milk(spot: Spot) -> None:
    """A carton of milk or juice."""
    color = spot.any_color()
    spot.fill(spot.flat("-.55,-.3 .25,-.3 .25,.95 -.55,.95"), "#fbfbfd", shade=0.04)
    spot.fill(spot.flat(".25,-.3 .62,-.45 .62,.8 .25,.95"), mix(color, "#ffffff", 0.5), shade=0.04)
    spot.fill(spot.flat("-.55,-.3 .25,-.3 .12,-.75 -.42,-.75"), color, shade=0.04)
    spot.fill(spot.flat(".25,-.3 .62,-.45 .12,-.75"), scale(color, 0.85), line=THIN)
    spot.fill(spot.flat("-.42,-.95 .12,-.95 .12,-.75 -.42,-.75"), color, line=THIN)
    spot.fill(spot.box(-0.55, 0.3, 0.25, 0.65), color, line=THIN)


def draw_ice_lolly(spot: Spot) -> None:
    """Ice on a stick, of one to three colors."""
    spot.fill(spot.soft_box(-0.1, 0.4, 0.1, 0.98, 0.08), spot.like("#e8c99a"), line=THIN)
    body = spot.round("-.42,.5! -.42,-.5 -.25,-.88 .25,-.88 .42,-.5 .42,.5!")
    spot.fill(body, spot.choose((*CREAMS, "#ee6f7a", "#8fd0f0")), shade=0.12)
    with spot.canvas.clipped(body):
        for low in (-0.35, 0.1)[: int(spot.rng.integers(0, 3))]:
            spot.fill(spot.box(-0.6, -1.1 if low < 0 else -0.35, 0.6, low), spot.any_color())
    spot.tapered([(-0.2, -0.5), (-0.22, -0.1), (-0.2, 0.3)], "#ffffff", 0.9)


def draw_corn(spot: Spot) -> None:
    """An ear of corn in its leaves."""
    color, green = spot.like("#f6cf45"), spot.like("#7aae4a")
    ear = spot.round(mirrored("0,-.95 .25,-.75 .36,-.1 .3,.5 0,.7"))
    spot.fill(ear, color, shade=0.12)
    with spot.canvas.clipped(ear):
        for x in (-0.2, 0.0, 0.2):
            spot.stroke([(x, -1.0), (x * 1.4, 0.0), (x, 0.8)], color, 0.6)
        for y in np.linspace(-0.75, 0.6, 9):
            spot.stroke([(-0.5, float(y)), (0.0, float(y) + 0.04), (0.5, float(y))], color, 0.6)
    for side in (-1, 1):
        leaf = [(0, 0.95), (0, 0.95), (side * 0.45, 0.5), (side * 0.5, -0.2), (side * 0.5, -0.2), (side * 0.12, 0.4)]
        spot.fill(spot.round(leaf), green, shade=0.06)

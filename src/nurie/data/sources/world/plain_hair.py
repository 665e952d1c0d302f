"""Hair without locks over the forehead: swept aside, parted, combed back, curly, shaved, none."""

import math
from collections.abc import Callable

import numpy as np

from nurie.data.sources.anime.figure import SKULL_MIDDLE_Y, Figure
from nurie.data.sources.curves import Number, union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.head_parts import head_crease, head_oval, head_round

BACK_DARKNESS = 0.88
LENGTHS = {"short": 0.6, "chin": 1.15, "shoulder": 1.9, "long": 3.2}

FRONTS = {
    "swept": "-1.08,.3! -1.24,-.5 -.95,-1.3 -.1,-1.62 .85,-1.38 1.22,-.6 1.1,.3! .98,-.25 .7,-.62 .2,-.85 -.35,-1.0!"
    " -.7,-.55 -.98,-.1",
    "parted": "-1.08,.5! -1.25,-.5 -.9,-1.35 0,-1.58 .9,-1.35 1.25,-.5 1.08,.5! 1.0,-.1 .7,-.55 .05,-1.05! -.05,-1.05!"
    " -.7,-.55 -1.0,-.1",
    "back": "-1.06,.2! -1.2,-.5 -.9,-1.3 0,-1.55 .9,-1.3 1.2,-.5 1.06,.2! .98,-.3 .75,-.75 0,-.92 -.75,-.75 -.98,-.3",
    "fringe": "-1.1,.3! -1.25,-.5 -.95,-1.35 0,-1.62 .95,-1.35 1.25,-.5 1.1,.3! 1.0,-.15 .85,-.28 .5,-.2 0,-.24"
    " -.5,-.18 -.85,-.28 -1.0,-.15",
}
"""Outlines of the hair around the face, in head coordinates."""


def draw_back(figure: Figure, style: str) -> None:
    """Draw what lies behind the head."""
    if style in ("bald", "shaved"):
        return
    color = scale(figure.look.hair, BACK_DARKNESS)
    with figure.part("hair"):
        figure.canvas.fill(BACKS.get(style, _straight)(figure), color, shade=figure.shadow(-0.12))


def draw_front(figure: Figure, style: str) -> None:
    """Draw what lies on the head; a bald one has nothing."""
    look, rng, canvas = figure.look, figure.rng, figure.canvas
    if style == "bald":
        return
    with figure.part("hair"):
        if style in ("curly", "afro"):
            canvas.fill(_curls(figure, 0.26 if style == "curly" else 0.34), look.hair, shade=figure.shadow(-0.08))
            return
        color = mix(look.hair, look.skin, 0.3) if style == "shaved" else look.hair
        front = "back" if style == "shaved" else str(rng.choice(list(FRONTS)))
        shape = head_round(figure, FRONTS[front], look.sweep)
        if style == "bun":
            shape = union(shape, head_oval(figure, 0, -1.72, 0.42, 0.36))
        canvas.fill(shape, color, shade=figure.shadow(-0.08))
    for _ in range(rng.integers(1, 5)):
        x = rng.uniform(-0.8, 0.8)
        strand = [(x * 0.5, -1.35), (x * 0.85, -1.15), (x * 1.05, -0.8)]
        with canvas.clipped(shape):
            head_crease(figure, strand, color)


def _straight(figure: Figure) -> skia.Path:
    rng = figure.rng
    male = {"short": 1.0}
    length = LENGTHS[str(rng.choice(list(male if figure.look.male else LENGTHS)))] * rng.uniform(0.9, 1.15)
    wide = 1.2 + 0.12 * min(length, 2.0)
    curl = rng.uniform(-0.15, 0.25)
    right = [(0, -1.6), (0.95, -1.3), (1.24, -0.5), (wide, length * 0.5), (wide + curl, length), (wide + curl, length)]
    low = [(0.5, length + 0.12), (0, length), (-0.5, length + 0.1)]
    left = [(-x, y) for x, y in reversed(right)]
    return head_round(figure, np.array([*right, *low, *left[:-1]]))


def _tail(figure: Figure) -> skia.Path:
    side, rng = figure.look.sweep, figure.rng
    low = rng.uniform(1.0, 3.0)
    tail = f".5,-1.2 1.3,-1.1 1.75,-.2 1.5,{low * 0.7:.2f} 1.2,{low:.2f}! 1.2,{low * 0.5:.2f} 1.1,-.3 .8,-.6"
    return union(head_round(figure, tail, side), head_oval(figure, 0, -0.35, 1.2, 1.25))


def _curls(figure: Figure, size: Number) -> skia.Path:
    """Round curls along the upper rim of the head, down to the ears."""
    rng = figure.rng
    curls = [head_round(figure, FRONTS["back"])]
    for angle in np.linspace(0.0, math.pi, 11):
        x, y = 1.08 * math.cos(angle), SKULL_MIDDLE_Y - 1.05 * math.sin(angle)
        curls.append(head_oval(figure, x, y, size * rng.uniform(0.8, 1.15), size * rng.uniform(0.8, 1.15)))
    return union(*curls)


def _wild(figure: Figure) -> skia.Path:
    """Curls that stand off the head and fall to the shoulders or stay above them."""
    rng = figure.rng
    low = 0.3 if figure.look.male else rng.uniform(0.3, 1.8)
    curls = [head_oval(figure, 0, -0.35, 1.25, 1.3)]
    for angle in np.linspace(-0.25, math.pi + 0.25, 11):
        x, y = 1.3 * math.cos(angle), -0.4 - 1.2 * math.sin(angle)
        curls.append(head_oval(figure, x, y, 0.36, 0.36))
    for side in (-1, 1):
        for y in np.arange(0.2, low, 0.4):
            curls.append(head_oval(figure, side * 1.2, float(y), 0.36, 0.34))
    return union(*curls)


BACKS: dict[str, Callable[[Figure], skia.Path]] = {"straight": _straight, "tail": _tail, "curly": _wild, "afro": _wild}
STYLES = {"straight": 5.0, "tail": 1.5, "bun": 0.8, "curly": 1.2, "afro": 0.5, "shaved": 0.6}
MALE_STYLES = {"straight": 5.0, "tail": 0.4, "curly": 1.2, "afro": 0.5, "shaved": 1.2, "bald": 0.8}
"""Styles and how often they are worn."""

"""The hair behind the head, in six styles."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from jaxtyping import Float64

from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.anime.modelling import shade_nape
from nurie.data.sources.curves import (
    Points,
    arc,
    bezier,
    disk,
    join,
    polygon,
    union,
)
from nurie.data.sources.hex_colors import scale
from nurie.data.sources.skia_library import skia

BACK_DARKNESS = 0.86  # the hair behind the head, times the color of the bangs
LEFT_EAR, RIGHT_EAR = (-1.16, 0.3), (1.16, 0.3)  # where the hair over the skull ends


def draw_back_hair(figure: Figure) -> None:
    """Draw all hair that lies behind the face and, mostly, the body."""
    look, canvas = figure.look, figure.canvas
    shapes = BACK_HAIR[look.hair_style](figure)
    for shape in shapes:
        with figure.part("hair"):
            canvas.fill(shape, scale(look.hair, BACK_DARKNESS))
        if look.modelled:
            shade_nape(figure, shape)
        canvas.shade(shape, figure.shadow(-0.12))
    if look.hair_style in ("long", "hime"):
        _draw_long_strands(figure, shapes[0])
    if look.hair_style == "twin":
        _draw_hair_ties(figure)


def _dome(figure: Figure) -> skia.Path:
    """The hair over the skull, from ear to ear."""
    return polygon(figure.head(bezier(LEFT_EAR, (-1.45, -2.05), (1.45, -2.05), RIGHT_EAR, 30)))


def _long(figure: Figure) -> list[skia.Path]:
    rng = figure.rng
    length, width = rng.uniform(2.2, 4.2), rng.uniform(1.25, 1.7)
    tips = int(rng.integers(4, 8))
    fall = length * 0.8  # where the hair begins to part into tips
    left, right = (-1.16, -0.2), (1.16, -0.2)
    curtain = join(
        [left],
        bezier(left, (-1.25, 0.8), (-width, 1.2), (-width - 0.05, fall), 10),
        _tips(rng, np.linspace(-width, width, tips + 1), length),
        bezier((width + 0.05, fall), (width, 1.2), (1.25, 0.8), right, 10),
    )
    return [union(_dome(figure), polygon(figure.head(curtain)))]


def _tips(rng: np.random.Generator, xs: Float64[np.ndarray, " edges"], length: float) -> Points:
    fall = length * 0.8
    pieces = []
    for a, b in pairwise(xs):
        middle = (a + b) / 2 + rng.normal(0, 0.08)
        y = length + rng.uniform(-0.2, 0.35)
        tip = (middle, y)
        start = (a, fall + rng.uniform(0, 0.15))
        pieces.append(arc(start, ((a + middle) / 2 - 0.05, y - 0.1), tip, 6))
        end = (b, fall + rng.uniform(0, 0.15))
        pieces.append(arc(tip, ((middle + b) / 2 + 0.02, y - 0.2), end, 6))
    return join(*pieces)


def _bob(figure: Figure) -> list[skia.Path]:
    rng = figure.rng
    length, width, inner = rng.uniform(1.0, 1.7), rng.uniform(1.3, 1.5), rng.uniform(0.75, 1.2)
    left, right = (-inner, length), (inner, length)
    outline = join(
        bezier((-1.16, -0.3), (-1.4, 0.3), (-width, 0.8), left, 12),
        arc(left, (0, length - 0.25), right, 8),
        bezier(right, (width, 0.8), (1.4, 0.3), (1.16, -0.3), 12),
    )
    return [union(_dome(figure), polygon(figure.head(outline)))]


def _twin_tails(figure: Figure) -> list[skia.Path]:
    return [_dome(figure), *(_tail(figure, side) for side in SIDES)]


def _tail(figure: Figure, side: int) -> skia.Path:
    rng = figure.rng
    root, length, width = rng.uniform(-0.9, -0.2), rng.uniform(1.8, 3.6), rng.uniform(0.45, 0.8)
    middle = side * (1.25 + rng.uniform(0, 0.3))
    tip = (middle + side * (0.35 + rng.normal(0, 0.1)), root + length)
    outer = bezier(
        (side * 0.95, root),
        (middle + side * 0.5, root - 0.35),
        (middle + side * width, root + 0.9),
        tip,
        16,
    )
    inner = bezier(
        (middle + side * 0.35, root + length),
        (middle - side * 0.15, root + length * 0.7),
        (middle - side * width * 0.7, root + 0.9),
        (side * 1.0, root + 0.25),
        16,
    )
    tail = polygon(figure.head(join(outer, inner)))
    for _ in range(rng.integers(1, 3)):
        x = middle + side * rng.uniform(-0.1, 0.5)
        low = root + length * 0.5
        end = (x + side * rng.uniform(0.1, 0.5), root + length * rng.uniform(0.8, 1.05))
        bend = rng.uniform(-0.3, 0.3)
        tail = union(tail, figure.lock((x - 0.18, low), (x + 0.18, low), end, bend))
    return tail


def _pony_tail(figure: Figure) -> list[skia.Path]:
    rng = figure.rng
    side = -1 if figure.look.turn > 0 else 1
    root, length = side * rng.uniform(0.3, 0.9), rng.uniform(1.5, 3.2)
    tip = (root + side * (1.1 + rng.normal(0, 0.2)), length * 0.75)
    outer = bezier((root - 0.2, -1.35), (root + side * 1.2, -2.1), (root + side * 1.7, -0.4), tip, 18)
    inner = bezier(
        (root + side * 1.1, length * 0.75),
        (root + side * 1.0, 0.2),
        (root + side * 0.7, -0.6),
        (root + 0.25, -1.1),
        14,
    )
    return [polygon(figure.head(join(outer, inner))), _dome(figure)]


def _short(figure: Figure) -> list[skia.Path]:
    rng = figure.rng
    hair = _dome(figure)
    for _ in range(rng.integers(4, 8)):
        x = rng.uniform(-1.1, 1.1)
        tip = (x * 1.25 + rng.normal(0, 0.1), rng.uniform(0.6, 1.3))
        bend = rng.uniform(-0.4, 0.4)
        hair = union(hair, figure.lock((x - 0.22, 0.2), (x + 0.22, 0.2), tip, bend))
    return [hair]


BACK_HAIR: dict[str, Callable[[Figure], list[skia.Path]]] = {
    "long": _long,
    "hime": _long,
    "bob": _bob,
    "twin": _twin_tails,
    "pony": _pony_tail,
    "short": _short,
}
"""Hair styles; the shapes of each from the rearmost to the foremost."""


def _draw_long_strands(figure: Figure, hair: skia.Path) -> None:
    rng = figure.rng
    for _ in range(rng.integers(2, 6)):
        x = rng.uniform(-1.2, 1.2)
        middle = (x + rng.normal(0, 0.05), 1.6)
        end = (x * 1.15, rng.uniform(2.2, 3.2))
        strand = figure.head(bezier((x, 0.9), middle, (x * 1.1, 2.0), end, 12))
        with figure.canvas.clipped(hair):
            figure.crease(strand, figure.look.hair, width=0.9, ends=(0.3, 0.6))


def _draw_hair_ties(figure: Figure) -> None:
    for side in SIDES:
        if figure.rng.random() < 0.6:
            tie = disk(figure.head_point(side * 1.0, -0.35), 0.16 * figure.unit)
            with figure.part("prop"):
                figure.canvas.fill(tie, figure.look.accent)

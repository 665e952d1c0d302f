"""The hair in front: a cap with locks over the forehead, side locks, spikes, a cowlick."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nurie.data.sources.anime.figure import SIDES, SKULL_MIDDLE_Y, Figure
from nurie.data.sources.anime.modelling import draw_ring, let_skin_shine_through
from nurie.data.sources.anime.strands import Lock, draw_shine, draw_strands
from nurie.data.sources.canvas import Gradient
from nurie.data.sources.curves import Points, bezier, join, polygon, shifted, union
from nurie.data.sources.skia_library import skia

FACE_SHADOW_TINT = (0.87, 0.72, 0.74)  # what the bangs throw on the skin: warm
SKULL_X, SKULL_Y = 1.1, 1.25  # spikes stand on this ellipse
LEFT_EAR, RIGHT_EAR = (-1.17, 0.18), (1.17, 0.18)
FOREHEAD = (0, -0.78)
ROOT_OVERLAP = 0.07  # by which the roots of neighboring locks overlap


@dataclass(frozen=True)
class Bangs:
    """All hair in front of the face as one shape, and the locks it was made of."""

    path: skia.Path
    locks: tuple[Lock, ...]


def make_bangs(figure: Figure) -> Bangs:
    """Shape the front hair and throw its shadow on the face; it is drawn later, over the eyes."""
    locks, path = _forehead(figure)
    for side in SIDES:
        path = _with_side_lock(figure, path, side)
    if figure.look.spiky:
        path = _with_spikes(figure, path)
    path = _with_cowlick(figure, path)
    shadow = shifted(path, -figure.look.light * 0.05 * figure.unit, 0.13 * figure.unit)
    figure.canvas.darken(shadow, inside=figure.head_path, tint=FACE_SHADOW_TINT)
    return Bangs(path, locks)


def draw_bangs(figure: Figure, bangs: Bangs) -> None:
    """Draw the front hair with its shine and its strands."""
    look, canvas = figure.look, figure.canvas
    with figure.part("hair"):
        canvas.fill(bangs.path, look.hair, gradient=_fade(figure))
    if look.modelled:
        let_skin_shine_through(figure, bangs.path)
    canvas.shade(bangs.path, figure.shadow(-0.1))
    if figure.rng.random() < 0.65 or look.again:
        draw_shine(figure, bangs.path)
    elif look.modelled:
        draw_ring(figure, bangs.path)
    with canvas.clipped(bangs.path):
        draw_strands(figure, bangs.locks, bangs.path)


def _cap() -> Points:
    return join(
        bezier(LEFT_EAR, (-1.42, -2.0), (1.42, -2.0), RIGHT_EAR, 36),
        bezier(RIGHT_EAR, (1.0, -0.35), (0.75, -0.75), FOREHEAD, 14),
        bezier(FOREHEAD, (-0.75, -0.75), (-1.0, -0.35), LEFT_EAR, 14),
    )


def _hairline(x: float) -> float:
    return -0.62 + 0.32 * x * x * 1.3


def _forehead(figure: Figure) -> tuple[tuple[Lock, ...], skia.Path]:
    rng = figure.rng
    parting, _ = figure.turned(rng.normal(0, 0.35), 0.0)
    path = polygon(figure.head(_cap()))
    count = int(rng.integers(4, 9))
    jitter = np.concatenate([[0], rng.normal(0, 0.06, count - 1), [0]])
    xs = np.linspace(-0.98, 0.98, count + 1) + jitter
    tips_y = rng.uniform(-0.12, 0.22)
    locks = []
    for a, b in pairwise(xs):
        middle = (a + b) / 2
        tip, bend = _tip_and_bend(figure, middle, tips_y, parting)
        tip = (max(-1.12, min(1.12, tip[0])), tip[1])
        path = union(path, _forehead_lock(figure, (a, b), tip, tips_y, bend))
        locks.append(Lock(middle, tip))
    return tuple(locks), path


def _tip_and_bend(figure: Figure, middle: float, tips_y: float, parting: float) -> tuple[tuple[float, float], float]:
    rng, look = figure.rng, figure.look
    if look.bangs == "blunt":
        tip = (middle + rng.normal(0, 0.03), tips_y - 0.03 + rng.normal(0, 0.03))
        return tip, rng.normal(0, 0.1)
    if look.bangs == "part":
        return _parted(rng, middle, tips_y, parting)
    lean = look.sweep * rng.uniform(0.1, 0.4)
    tip = (middle + lean, tips_y + rng.uniform(-0.2, 0.3))
    return tip, -look.sweep * rng.uniform(0.1, 0.5)


def _parted(
    rng: np.random.Generator, middle: float, tips_y: float, parting: float
) -> tuple[tuple[float, float], float]:
    away = float(np.sign(middle - parting))
    lean = away * rng.uniform(0.12, 0.35)
    tip = (middle + lean, tips_y + rng.uniform(-0.12, 0.2) + 0.28 * abs(middle))
    bend = -away * rng.uniform(0.1, 0.45)
    if abs(middle - parting) < 0.18 and rng.random() < 0.6:
        tip = (middle + lean * 0.3, tips_y - 0.45)  # the forehead shows at the parting
    return tip, bend


def _forehead_lock(
    figure: Figure,
    edges: tuple[float, float],
    tip: tuple[float, float],
    tips_y: float,
    bend: float,
) -> skia.Path:
    a, b = edges
    left = (a - ROOT_OVERLAP, _hairline(a) - 0.18)
    right = (b + ROOT_OVERLAP, _hairline(b) - 0.18)
    if figure.look.bangs != "blunt":
        return figure.lock(left, right, tip, bend)
    jitter = figure.rng.normal(0, 0.02, 3)
    cut = [
        (a - 0.02, tips_y - 0.02 + jitter[0]),
        ((a + b) / 2, tips_y + 0.04 + jitter[1]),
        (b + 0.02, tips_y - 0.02 + jitter[2]),
    ]
    return polygon(figure.head([left, *cut, right]))


def _with_side_lock(figure: Figure, path: skia.Path, side: int) -> skia.Path:
    rng = figure.rng
    if rng.random() < 0.12:
        return path
    length = rng.uniform(0.2, 0.8) if figure.look.male else rng.uniform(0.5, 2.2)
    width = rng.uniform(0.14, 0.3)
    x, end = side * 1.02, 0.25 + length
    inner = bezier(
        (x - side * width, -0.7),
        (x - side * width * 1.3, 0.1),
        (x - side * width * 0.9, 0.5),
        (x - side * rng.uniform(-0.05, 0.2), end),
        14,
    )
    outer = bezier(
        (x - side * 0.05, end),
        (x + side * 0.2, 0.6),
        (x + side * 0.22, 0.1),
        (x + side * 0.12, -0.5),
        14,
    )
    path = union(path, polygon(figure.head(join(inner, outer))))
    if rng.random() < 0.5:
        middle = x - side * 0.02
        tip = (x + side * rng.uniform(0.05, 0.3), 0.2 + length * rng.uniform(0.5, 0.9))
        bend = side * rng.uniform(-0.3, 0.3)
        path = union(path, figure.lock((middle - 0.12, -0.2), (middle + 0.12, -0.2), tip, bend))
    return path


def _with_spikes(figure: Figure, path: skia.Path) -> skia.Path:
    rng = figure.rng
    for _ in range(rng.integers(4, 9)):
        angle = rng.uniform(-2.6, -0.5)
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = SKULL_X * cos, SKULL_MIDDLE_Y + SKULL_Y * sin
        length = rng.uniform(0.25, 0.6)
        left = (x + 0.22 * sin, y - 0.22 * cos)
        right = (x - 0.22 * sin, y + 0.22 * cos)
        tip = (x + length * cos + rng.normal(0, 0.1), y + length * sin)
        path = union(path, figure.lock(left, right, tip, rng.uniform(-0.5, 0.5)))
    return path


def _with_cowlick(figure: Figure, path: skia.Path) -> skia.Path:
    rng = figure.rng
    if rng.random() >= 0.3:
        return path
    x = rng.normal(0, 0.2)
    side = -1 if rng.random() < 0.5 else 1
    tip = (x + side * 0.7, -1.75)
    outline = join(
        bezier((x - 0.06, -1.4), (x + side * 0.1, -1.9), (x + side * 0.5, -2.1), tip, 12),
        bezier(tip, (x + side * 0.5, -1.9), (x + side * 0.25, -1.75), (x + 0.08, -1.35), 12),
    )
    return union(path, polygon(figure.head(outline)))


def _fade(figure: Figure) -> Gradient | None:
    look = figure.look
    if look.tip_color is None:
        return None
    crown, ends = figure.head([(0, -1.4), (0, 1.6)])
    return Gradient(crown, ends, (look.hair, look.hair, look.tip_color), (0.0, 0.45, 1.0))

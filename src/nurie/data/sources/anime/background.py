"""What is behind the figures: nothing, plain colors, patterns, skies, hills, a room."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nurie.data.sources.canvas import Canvas, Gradient, Line
from nurie.data.sources.curves import PointLike, arc, disk, ellipse, join, polygon, star, union
from nurie.data.sources.hex_colors import WHITE, from_hsv, mix, scale
from nurie.data.sources.sampling import pick
from nurie.data.sources.skia_library import skia

BACKGROUNDS = {
    "white": 1.6,
    "flat": 1.6,
    "grad": 1.6,
    "sky": 1.4,
    "room": 0.9,
    "circles": 1.0,
    "rays": 0.8,
    "dots": 0.7,
    "hills": 1.2,
    "stars": 0.7,
    "win": 0.7,
    "petals": 0.9,
}
"""Backgrounds and how often they are drawn; `win` is stripes."""

THIN = Line(0.8)  # what is far away has thinner lines
PETAL_LINE = Line(0.8 * 0.9)
SKIES = ("#8fd0f5", "#bfe5fb", "#f7c9a8", "#2b3567", "#f5e2b8")
TRUNK, WINDOW_FRAME, PANE = "#7a5336", "#fafafa", "#a9dcf7"
STAR_COLORS, PETAL_COLORS = ("#fff3a8", "#ffffff"), ("#fbc4d4", "#ffe0ea", "#cfe8a8")
BEYOND = 5  # pixels of the canvas by which shapes overhang it, so that no outline shows at the rim


@dataclass(frozen=True)
class Backdrop:
    """A canvas still empty, the dice, and two colors to use."""

    canvas: Canvas
    rng: np.random.Generator
    first: str
    second: str

    @property
    def size(self) -> int:
        """Side of the canvas, in its pixels."""
        return self.canvas.size

    def anywhere(self) -> tuple[float, float]:
        """A point of the canvas by chance."""
        return self.rng.uniform(0, self.size), self.rng.uniform(0, self.size)


def draw_background(canvas: Canvas, rng: np.random.Generator) -> str:
    """Draw a background by chance; returns its name, one of `BACKGROUNDS`."""
    name = pick(rng, BACKGROUNDS)
    first, second = _pastel(rng), _pastel(rng)
    if name != "white":
        canvas.wash(first)
    if name in DRAW_BACKGROUND:
        DRAW_BACKGROUND[name](Backdrop(canvas, rng, first, second))
    return name


def _pastel(rng: np.random.Generator) -> str:
    return from_hsv(rng.random(), rng.uniform(0.05, 0.55), rng.uniform(0.55, 1))


def _rectangle(left_top: PointLike, right_bottom: PointLike) -> skia.Path:
    (left, top), (right, bottom) = left_top, right_bottom
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])


def _wash_gradient(drop: Backdrop) -> None:
    end = (drop.rng.uniform(0, drop.size), drop.size)
    drop.canvas.wash(drop.first, Gradient((0, 0), end, (drop.first, drop.second)))


def _draw_sky(drop: Backdrop) -> None:
    rng, size = drop.rng, drop.size
    sky = str(rng.choice(SKIES))
    colors = (scale(sky, 0.85), mix(sky, WHITE, 0.4))
    drop.canvas.wash(sky, Gradient((0, 0), (0, size), colors))
    for _ in range(rng.integers(1, 5)):
        x, y = rng.uniform(0, size), rng.uniform(0, size * 0.6)
        radius = rng.uniform(0.06, 0.14) * size
        cloud = ellipse((x, y), radius, radius * 0.6)
        for _ in range(rng.integers(2, 5)):
            puff_x = x + rng.uniform(-1.3, 1.3) * radius
            puff_y = y + rng.uniform(-0.2, 0.4) * radius
            puff = (radius * rng.uniform(0.4, 0.8), radius * rng.uniform(0.3, 0.6))
            cloud = union(cloud, ellipse((puff_x, puff_y), *puff))
        drop.canvas.fill(cloud, WHITE, line=THIN, shade=(0, -radius * 0.25))


def _draw_hills(drop: Backdrop) -> None:
    _draw_sky(drop)
    rng, size = drop.rng, drop.size
    xs = np.linspace(-BEYOND, size + BEYOND, 40)
    for hill in range(rng.integers(1, 4)):
        y, waves = size * rng.uniform(0.45, 0.8), rng.uniform(4, 9)
        crest = np.stack([xs, y + size * 0.06 * np.sin(xs / size * waves + hill * 2)], 1)
        bottom = size + BEYOND
        outline = join([(-BEYOND, bottom)], crest, [(size + BEYOND, bottom)])
        green = from_hsv(rng.uniform(0.2, 0.42), rng.uniform(0.3, 0.6), rng.uniform(0.5, 0.85))
        drop.canvas.fill(polygon(outline), green, line=THIN)
    for _ in range(rng.integers(0, 4)):
        _draw_tree(drop)


def _draw_tree(drop: Backdrop) -> None:
    rng, size = drop.rng, drop.size
    x, y = rng.uniform(0, size), size * rng.uniform(0.5, 0.8)
    height = size * rng.uniform(0.1, 0.25)
    foot, top = height * 0.06, height * 0.05
    trunk = [
        (x - foot, y),
        (x - top, y - height * 0.6),
        (x + top, y - height * 0.6),
        (x + foot, y),
    ]
    drop.canvas.fill(polygon(trunk), TRUNK, line=THIN)
    crown = disk((x, y - height * 0.8), height * 0.35)
    for _ in range(4):
        leaves = (x + rng.uniform(-0.35, 0.35) * height, y - height * rng.uniform(0.6, 1.0))
        crown = union(crown, disk(leaves, height * 0.25))
    green = from_hsv(rng.uniform(0.22, 0.4), 0.5, rng.uniform(0.5, 0.8))
    drop.canvas.fill(crown, green, line=THIN, shade=(-height * 0.06, -height * 0.06))


def _draw_room(drop: Backdrop) -> None:
    """A floor and a window, with curtains or without."""
    rng, size, canvas = drop.rng, drop.size, drop.canvas
    floor_y, far = size * rng.uniform(0.6, 0.8), size + BEYOND
    canvas.fill(_rectangle((-BEYOND, floor_y), (far, far)), drop.second, line=THIN)
    left, top = rng.uniform(0, 0.5) * size, rng.uniform(0.02, 0.25) * size
    width, height = rng.uniform(0.3, 0.45) * size, rng.uniform(0.3, 0.4) * size
    frame = _rectangle((left, top), (left + width, top + height))
    canvas.fill(frame, WINDOW_FRAME, line=THIN)
    for column in range(2):
        for row in range(2):
            a, b = 0.05 + 0.48 * column, 0.05 + 0.48 * row
            c, d = 0.47 + 0.48 * column, 0.47 + 0.48 * row
            corner, opposite = (left + width * a, top + height * b), (left + width * c, top + height * d)
            canvas.fill(_rectangle(corner, opposite), PANE, line=THIN)
    if rng.random() < 0.5:
        for x, inner in ((left, 0.04), (left + width, 0.14)):
            _draw_curtain(drop, (x - 0.06 * size, inner), top, height)


def _draw_curtain(drop: Backdrop, edges: tuple[float, float], top: float, height: float) -> None:
    """`edges`: the left edge in pixels, and how far from it the curtain is gathered."""
    size, (left, gathered) = drop.size, edges
    gather = (left + gathered * size, top + height * 0.5)
    low = top + height * 1.1
    outline = join(
        [(left, top - 0.04 * size), (left + 0.12 * size, top - 0.04 * size)],
        arc((left + 0.12 * size, top), gather, (left + 0.1 * size, low)),
        [(left, low)],
    )
    color = drop.first if drop.rng.random() < 0.3 else scale(drop.second, 0.9)
    drop.canvas.fill(polygon(outline), color, line=THIN)


def _draw_circles(drop: Backdrop) -> None:
    rng = drop.rng
    for _ in range(rng.integers(3, 12)):
        circle = disk(drop.anywhere(), rng.uniform(0.03, 0.22) * drop.size)
        drop.canvas.fill(circle, mix(drop.first, drop.second, rng.random()), line=THIN)


def _draw_rays(drop: Backdrop) -> None:
    rng, size = drop.rng, drop.size
    x, y = rng.uniform(0.3, 0.7) * size, rng.uniform(0.3, 0.7) * size
    rays = int(rng.integers(6, 16))
    turn = rng.uniform(0, 6)
    for ray in range(rays):
        start = turn + 2 * math.pi * ray / rays
        ends = [
            (x + 2 * size * math.cos(angle), y + 2 * size * math.sin(angle))
            for angle in (start, start + math.pi / rays)
        ]
        drop.canvas.fill(polygon([(x, y), *ends]), drop.second, line=THIN)


def _draw_dots(drop: Backdrop) -> None:
    count = int(drop.rng.integers(4, 8))
    step = drop.size / count
    for column in range(count + 1):
        for row in range(count + 1):
            dot = disk(((column + 0.5 * (row % 2)) * step, row * step), step * 0.25)
            drop.canvas.fill(dot, drop.second, line=THIN)


def _draw_stars(drop: Backdrop) -> None:
    _wash_gradient(drop)
    rng = drop.rng
    for _ in range(rng.integers(4, 16)):
        place, radius = drop.anywhere(), rng.uniform(0.015, 0.06) * drop.size
        shape = star(place, radius, int(rng.choice([4, 5])))
        color = str(rng.choice([*STAR_COLORS, drop.second]))
        drop.canvas.fill(shape, color, line=THIN)


def _draw_petals(drop: Backdrop) -> None:
    _wash_gradient(drop)
    rng = drop.rng
    for _ in range(rng.integers(4, 16)):
        x, y = drop.anywhere()
        angle, radius = rng.uniform(0, 6), rng.uniform(0.02, 0.05) * drop.size
        cos, sin = math.cos(angle), math.sin(angle)
        tip = (2 * radius, 0)
        leaf = join(arc((0, 0), (radius, -radius * 0.9), tip), arc(tip, (radius, radius * 0.9), (0, 0)))
        petal = polygon([(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in leaf])
        drop.canvas.fill(petal, str(rng.choice(PETAL_COLORS)), line=PETAL_LINE)


def _draw_stripes(drop: Backdrop) -> None:
    count = int(drop.rng.integers(3, 6))
    step = drop.size / count
    for stripe in range(count):
        shape = _rectangle((step * stripe, 0), (step * (stripe + 0.5), drop.size))
        drop.canvas.fill(shape, drop.second, line=THIN)


DRAW_BACKGROUND: dict[str, Callable[[Backdrop], None]] = {
    "grad": _wash_gradient,
    "sky": _draw_sky,
    "room": _draw_room,
    "circles": _draw_circles,
    "rays": _draw_rays,
    "dots": _draw_dots,
    "hills": _draw_hills,
    "stars": _draw_stars,
    "win": _draw_stripes,
    "petals": _draw_petals,
}
"""All of `BACKGROUNDS` that are more than one color."""

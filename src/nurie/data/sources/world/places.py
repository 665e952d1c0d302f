"""What is behind and below: nothing most of the time; plain colors, patterns, a meadow, the sea, a town, a room."""

import numpy as np

from nurie.data.sources.anime.background import draw_background as draw_pattern
from nurie.data.sources.canvas import Canvas, Gradient
from nurie.data.sources.curves import Number, Points, polygon, smooth
from nurie.data.sources.hex_colors import WHITE, from_hsv, mix, scale
from nurie.data.sources.sampling import pick
from nurie.data.sources.world.skies import cloud, draw_sun
from nurie.data.sources.world.spot import THIN, Spot
from nurie.data.sources.world.things import BUILDINGS, PLANTS, DrawThing

PLACES = {
    "white": 6.2,
    "plain": 0.8,
    "pattern": 0.7,
    "meadow": 0.6,
    "sea": 0.3,
    "town": 0.4,
    "room": 0.5,
    "table": 0.5,
}
"""Places and how often they are drawn."""

SKIES = ("#9fd4f4", "#bfe5fb", "#f7d3b0", "#c9c4ec", "#5a6fae", "#dff0f8", "#ffffff")
BEYOND = 8  # pixels of the canvas by which shapes overhang it, so that no outline shows at the rim
TREES = ("tree", "pine", "bush")


def draw_place(canvas: Canvas, rng: np.random.Generator, places: dict[str, float]) -> str:
    """Draw a place by chance, each as often as its weight says; returns its name."""
    name = pick(rng, places)
    match name:
        case "plain":
            canvas.wash(from_hsv(rng.random(), rng.uniform(0.05, 0.4), rng.uniform(0.75, 1)))
        case "pattern":
            draw_pattern(canvas, rng)
        case "meadow":
            _draw_meadow(canvas, rng)
        case "sea":
            _draw_sea(canvas, rng)
        case "town":
            _draw_town(canvas, rng)
        case "room":
            _draw_room(canvas, rng)
        case "table":
            _draw_table(canvas, rng)
    return name


def _wash_sky(canvas: Canvas, rng: np.random.Generator) -> None:
    sky = str(rng.choice(SKIES))
    if rng.random() < 0.5:
        canvas.wash(sky)
    else:
        canvas.wash(sky, Gradient((0, 0), (0, canvas.size), (scale(sky, 0.9), mix(sky, WHITE, 0.5))))


def far(canvas: Canvas, rng: np.random.Generator, draw: DrawThing, x: Number, low: Number, half: Number) -> None:
    """Draw a thing of the background whose foot is at (x, low), shares of the canvas's side; it belongs to nobody."""
    size = canvas.size
    spot = Spot(
        canvas=canvas,
        rng=rng,
        owner=0,
        x=x * size,
        y=(low - half) * size,
        unit=half * size,
        flip=int(rng.choice([-1, 1])),
        kind="background",
    )
    draw(spot)


def _draw_sky_things(canvas: Canvas, rng: np.random.Generator) -> None:
    _wash_sky(canvas, rng)
    if rng.random() < 0.3:
        far(canvas, rng, draw_sun, rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.35), rng.uniform(0.08, 0.14))
    for _ in range(rng.integers(0, 4)):
        draw = lambda spot: cloud(spot, WHITE)  # noqa: E731
        far(canvas, rng, draw, rng.uniform(0, 1), rng.uniform(0.12, 0.4), rng.uniform(0.08, 0.16))


def _ground(canvas: Canvas, rng: np.random.Generator, y: Number, color: str, swing: Number = 0.04) -> Points:
    """Fill all below a wavy line; returns the line."""
    size = canvas.size
    xs = np.linspace(-0.05, 1.05, 7)
    crest = np.stack([xs, y + swing * rng.normal(0, 1, 7).clip(-1.5, 1.5)], 1) * size
    low = size + BEYOND
    outline = smooth(crest, closed=False)
    outline.lineTo(size * 1.05, low)
    outline.lineTo(-size * 0.05, low)
    outline.close()
    canvas.fill(outline, color, line=THIN)
    return crest


def _draw_meadow(canvas: Canvas, rng: np.random.Generator) -> None:
    """Hills, trees, bushes, a path or none."""
    _draw_sky_things(canvas, rng)
    horizon, hue = rng.uniform(0.5, 0.75), rng.uniform(0.2, 0.4)
    for step in range(rng.integers(1, 4)):
        green = from_hsv(hue + rng.normal(0, 0.02), rng.uniform(0.25, 0.6), rng.uniform(0.6, 0.9))
        y = horizon + 0.12 * step
        if step or rng.random() < 0.5:
            for _ in range(rng.integers(0, 4)):
                name = TREES[int(rng.integers(len(TREES)))]
                far(canvas, rng, PLANTS[name], rng.uniform(0, 1), y + 0.04, rng.uniform(0.07, 0.2))
        _ground(canvas, rng, y, green)
    if rng.random() < 0.4:
        for _ in range(rng.integers(2, 6)):
            far(canvas, rng, PLANTS["flower"], rng.uniform(0, 1), rng.uniform(0.85, 1.0), rng.uniform(0.04, 0.08))


def _draw_sea(canvas: Canvas, rng: np.random.Generator) -> None:
    """The sea, and mostly a beach."""
    _draw_sky_things(canvas, rng)
    horizon, size = rng.uniform(0.4, 0.6), canvas.size
    blue = from_hsv(rng.uniform(0.5, 0.6), rng.uniform(0.35, 0.7), rng.uniform(0.7, 0.95))
    low, right = size + BEYOND, size + BEYOND
    sea = [(-BEYOND, horizon * size), (right, horizon * size), (right, low), (-BEYOND, low)]
    canvas.fill(polygon(sea), blue, line=THIN)
    for _ in range(rng.integers(0, 6)):
        x, y = rng.uniform(0, 1) * size, rng.uniform(horizon + 0.03, 0.75) * size
        wave = smooth([(x, y), (x + 8, y - 5), (x + 16, y), (x + 24, y - 5), (x + 32, y)], closed=False)
        canvas.stroke(wave, canvas.line_color(blue), width=0.7)
    if rng.random() < 0.7:
        _ground(canvas, rng, rng.uniform(0.72, 0.85), from_hsv(0.12, rng.uniform(0.15, 0.35), 0.96), 0.02)


def _draw_town(canvas: Canvas, rng: np.random.Generator) -> None:
    """Houses in a row before the sky, and the street."""
    _draw_sky_things(canvas, rng)
    street = rng.uniform(0.65, 0.85)
    x = rng.uniform(-0.1, 0.1)
    while x < 1.05:
        half = rng.uniform(0.1, 0.2)
        name = "house" if rng.random() < 0.75 else str(rng.choice(TREES))
        draw = BUILDINGS.get(name) or PLANTS[name]
        far(canvas, rng, draw, x, street, half)
        x += half * rng.uniform(1.5, 2.2)
    _ground(canvas, rng, street - 0.005, str(rng.choice(["#b8b8bf", "#d9d0c0", "#a8c98a", "#8f8f98"])), 0.0)
    if rng.random() < 0.3:
        far(canvas, rng, BUILDINGS["street lamp"], rng.uniform(0, 1), street + 0.08, rng.uniform(0.2, 0.3))


def _rectangle(canvas: Canvas, left: Number, top: Number, right: Number, bottom: Number, color: str) -> None:
    """Fill a rectangle given in shares of the side."""
    size = canvas.size
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    canvas.fill(polygon([(x * size, y * size) for x, y in corners]), color, line=THIN)


def _draw_room(canvas: Canvas, rng: np.random.Generator) -> None:
    """A wall with a window, pictures or a shelf, and the floor."""
    wall = from_hsv(rng.random(), rng.uniform(0.05, 0.3), rng.uniform(0.8, 1))
    floor = str(rng.choice(["#c99a6a", "#a8784a", "#e0c9a8", "#b8b0a8", "#9fae8a"]))
    canvas.wash(wall)
    line = rng.uniform(0.68, 0.85)
    _rectangle(canvas, -0.05, line, 1.05, 1.05, floor)
    if rng.random() < 0.6:
        _rectangle(canvas, -0.05, line - 0.03, 1.05, line, mix(wall, WHITE, 0.6))
    if rng.random() < 0.5:
        for x in np.linspace(0, 1, 7):
            size = canvas.size
            board = [(x * size, line * size), ((0.5 + (x - 0.5) * 1.8) * size, size + BEYOND)]
            canvas.stroke(polygon(board, closed=False), canvas.line_color(floor), width=0.6)
    if rng.random() < 0.65:
        _draw_window(canvas, rng)
    for _ in range(rng.integers(0, 3)):
        x, y, half = rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.4), rng.uniform(0.05, 0.1)
        _rectangle(
            canvas, x - half, y - half, x + half, y + half * 1.2, str(rng.choice(["#a8703f", "#f6f2ea", "#4a4a55"]))
        )
        inner = half * 0.75
        _rectangle(canvas, x - inner, y - inner, x + inner, y + inner * 1.2, from_hsv(rng.random(), 0.35, 0.9))
    if rng.random() < 0.4:
        far(canvas, rng, PLANTS["potted plant"], float(rng.choice([0.08, 0.92])), line + 0.06, 0.16)


def _draw_window(canvas: Canvas, rng: np.random.Generator) -> None:
    left, top = rng.uniform(0.05, 0.6), rng.uniform(0.05, 0.2)
    width, height = rng.uniform(0.25, 0.4), rng.uniform(0.25, 0.4)
    glass = str(rng.choice(["#bfe3f4", "#a9d4ec", "#f7e3c0", "#3f4a7a"]))
    _rectangle(canvas, left, top, left + width, top + height, "#fafafa")
    for column in range(2):
        a, c = left + width * (0.05 + 0.48 * column), left + width * (0.47 + 0.48 * column)
        _rectangle(canvas, a, top + height * 0.05, c, top + height * 0.95, glass)
    if rng.random() < 0.6:
        size, color = canvas.size, from_hsv(rng.random(), rng.uniform(0.1, 0.5), rng.uniform(0.7, 1))
        for side, x in ((1, left - 0.06), (-1, left + width + 0.06)):
            hang = [
                (x, top - 0.04),
                (x, top - 0.04),
                (x + side * 0.16, top - 0.04),
                (x + side * 0.16, top - 0.04),
                (x + side * 0.08, top + height * 0.6),
                (x + side * 0.13, top + height * 1.1),
                (x + side * 0.13, top + height * 1.1),
                (x, top + height * 1.1),
                (x, top + height * 1.1),
            ]
            canvas.fill(smooth(np.array(hang) * size), color, line=THIN)
            for share in (0.3, 0.65):
                fold = [
                    (x + side * 0.16 * share, top),
                    (x + side * 0.1 * share, top + height * 0.6),
                    (x + side * 0.13 * share, top + height * 1.05),
                ]
                canvas.stroke(smooth(np.array(fold) * size, closed=False), canvas.line_color(color), width=0.6)


def _draw_table(canvas: Canvas, rng: np.random.Generator) -> None:
    """A table top that runs through the picture."""
    canvas.wash(WHITE if rng.random() < 0.5 else from_hsv(rng.random(), rng.uniform(0.05, 0.35), rng.uniform(0.8, 1)))
    y = rng.uniform(0.62, 0.8)
    color = str(rng.choice(["#c99a6a", "#a8703f", "#e8dcc9", "#f4f0ea", "#b5d0c9", "#d9a0a0"]))
    _rectangle(canvas, -0.05, y, 1.05, 1.05, color)
    if rng.random() < 0.5:
        _rectangle(canvas, -0.05, rng.uniform(0.9, 0.95), 1.05, 1.05, scale(color, 0.85))

"""Stripes, dots and emblems printed on cloth."""

from collections.abc import Iterator

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.canvas import Line
from nurie.data.sources.curves import disk, heart, polygon, star
from nurie.data.sources.skia_library import skia

PRINT_LINE = Line(0.8)


def draw_pattern(figure: Figure, cloth: skia.Path, color: str) -> None:
    """Print one of four patterns on a piece of cloth, with outlines or without."""
    rng = figure.rng
    with figure.canvas.clipped(cloth):
        pattern = PATTERNS[rng.integers(len(PATTERNS))]
        width = rng.uniform(0.14, 0.4)
        line = PRINT_LINE if rng.random() < 0.6 else None
        for shape in pattern(figure, width):
            figure.canvas.fill(shape, color, line=line)


def _stripes_across(figure: Figure, width: float) -> Iterator[skia.Path]:
    for stripe in range(int(5 / width / 2)):
        y = 1.4 + 2 * width * stripe
        left, right = -4, 4
        corners = [(left, y), (right, y + 0.1), (right, y + width), (left, y + width - 0.1)]
        yield polygon(figure.body(corners))


def _stripes_down(figure: Figure, width: float) -> Iterator[skia.Path]:
    half = int(3 / width / 2)
    for stripe in range(-half, half + 1):
        top, bottom = 2 * width * stripe, 2.2 * width * stripe
        corners = [(top, 1), (top + width, 1), (bottom + width, 6), (bottom, 6)]
        yield polygon(figure.body(corners))


def _dots(figure: Figure, width: float) -> Iterator[skia.Path]:
    for column in range(-8, 9):
        for row in range(9):
            x, y = column * width * 1.6 + (row % 2) * width * 0.8, 1.5 + row * width * 1.4
            yield disk(figure.body_point(x, y), width * 0.35 * figure.unit)


def _emblems(figure: Figure, width: float) -> Iterator[skia.Path]:
    rng, size = figure.rng, width * figure.unit
    for _ in range(rng.integers(3, 9)):
        place = figure.body_point(rng.uniform(-1.8, 1.8), rng.uniform(1.8, 4))
        shapes = (star(place, size * 0.8, 5), heart(place, size * 0.7), disk(place, size * 0.5))
        yield shapes[rng.integers(len(shapes))]


PATTERNS = (_stripes_across, _stripes_down, _dots, _emblems)

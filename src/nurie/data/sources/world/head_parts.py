"""What heads that `anime` does not have need: round shapes and fine lines in head coordinates."""

import numpy as np

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.curves import Number, Points, smooth, taper
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.spot import Outline, points_of


def head_round(figure: Figure, outline: Outline, side: int = 1, *, closed: bool = True) -> skia.Path:
    """A round shape through head coordinates, mirrored where the side is -1; a point given twice is a corner."""
    return smooth(figure.head(points_of(outline) * (side, 1)), closed=closed)


def head_oval(figure: Figure, x: Number, y: Number, radius_x: Number, radius_y: Number) -> skia.Path:
    """An ellipse in head coordinates."""
    around = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    return head_round(figure, np.stack([x + radius_x * np.cos(around), y + radius_y * np.sin(around)], 1))


def head_line(figure: Figure, outline: Outline, color: str, width: Number = 1.0, side: int = 1) -> None:
    """Ink a tapered line through head coordinates."""
    figure.canvas.ink(taper(_through(figure, outline, side), figure.canvas.line_width * width, (0.25, 0.4)), color)


def head_crease(figure: Figure, outline: Outline, on_color: str, width: Number = 0.8, side: int = 1) -> None:
    """Draw a strand or a fold on a shape of that color; lineless color pictures go without."""
    figure.crease(_through(figure, outline, side), on_color, width=width, ends=(0.2, 0.7))


def _through(figure: Figure, outline: Outline, side: int) -> Points:
    """Sixteen points of a quadratic curve through three, or of straight lines through more."""
    knots = points_of(outline) * (side, 1)
    t = np.linspace(0, 1, len(knots))
    if len(knots) == 3:
        pull = 2 * knots[1] - (knots[0] + knots[2]) / 2
        s = np.linspace(0, 1, 16)[:, None]
        line: Points = (1 - s) ** 2 * knots[0] + 2 * (1 - s) * s * pull + s * s * knots[2]
    else:
        fine = np.linspace(0, 1, 16)
        line = np.stack([np.interp(fine, t, knots[:, axis]) for axis in (0, 1)], 1)
    return figure.head(line)

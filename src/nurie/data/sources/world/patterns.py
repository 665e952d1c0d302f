"""What is on the cloth of a top: stripes, dots, checks, a print."""

import numpy as np

from nurie.data.sources.curves import heart, star
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.spot import THIN
from nurie.data.sources.world.torso import torso_disk
from nurie.data.sources.world.wardrobe import Clothes


def draw_pattern(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """Draw what the top is patterned with, inside its path."""
    if clothes.top not in ("jacket", "coat", "overall") and not (clothes.pattern == "print" and "back" in clothes.top):
        with person.figure.canvas.clipped(path):
            PATTERNS[clothes.pattern](person, clothes)


def _draw_plain(person: Person, clothes: Clothes) -> None:
    """Cloth of one color."""


def _draw_stripes(person: Person, clothes: Clothes) -> None:
    figure, low = person.figure, person.measures.torso + 1
    step = figure.rng.uniform(0.3, 0.55)
    for y in np.arange(0.5, low, 2 * step):
        band = [(-4, y), (4, y), (4, y + step), (-4, y + step)]
        figure.canvas.fill(person.flat(band), clothes.second, line=THIN)


def _draw_checks(person: Person, clothes: Clothes) -> None:
    _draw_stripes(person, clothes)
    figure, half, low = person.figure, person.measures.shoulders, person.measures.torso + 1
    for x in np.arange(-half, half, 0.6):
        line = person.flat([(x, 0), (x, low)], closed=False)
        figure.canvas.stroke(line, figure.canvas.line_color(clothes.second), width=0.7)


def _draw_dots(person: Person, clothes: Clothes) -> None:
    half = person.measures.shoulders
    for row, y in enumerate(np.arange(0.6, person.measures.torso, 0.5)):
        for x in np.arange(-half, half, 0.6) + 0.3 * (row % 2):
            person.figure.canvas.fill(torso_disk(person, float(x), float(y), 0.13), clothes.second, line=THIN)


def _draw_print(person: Person, clothes: Clothes) -> None:
    figure, m = person.figure, person.measures
    small = figure.rng.random() < 0.4
    x, y, size = (m.shoulders * 0.45, person.drop + 0.75, 0.22) if small else (0, m.torso * 0.42, 0.45)
    place = figure.body([person.torso_point(x, y)])[0]
    shapes = (
        star(place, size * figure.unit, 5),
        heart(place, size * figure.unit),
        skia.Path.Circle(*place.tolist(), size * figure.unit * 0.8),
    )
    figure.canvas.fill(shapes[figure.rng.integers(3)], clothes.accent, line=THIN)


PATTERNS = {
    "plain": _draw_plain,
    "stripes": _draw_stripes,
    "checks": _draw_checks,
    "dots": _draw_dots,
    "print": _draw_print,
}


"""What is on the cloth of a top."""

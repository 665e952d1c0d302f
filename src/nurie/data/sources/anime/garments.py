"""What makes a garment what it is: collars, ties, hoods, buttons."""

from collections.abc import Callable
from dataclasses import dataclass

from nurie.data.sources.anime.bows import Bow, draw_bow
from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.anime.torso import Torso
from nurie.data.sources.canvas import Line
from nurie.data.sources.curves import (
    arc,
    bezier,
    disk,
    heart,
    join,
    polygon,
    polyline,
    star,
)
from nurie.data.sources.hex_colors import WHITE, mix, scale
from nurie.data.sources.skia_library import skia

GARMENTS = {
    "sailor": 3.0,
    "blazer": 3.0,
    "hoodie": 2.0,
    "turtle": 1.5,
    "tee": 2.5,
    "dress": 2.0,
    "kimono": 2.0,
    "cape": 1.0,
    "shirt": 2.0,
}
"""Garments and how often they are worn."""

NAVY = "#2b3a67"
SHIRT_WHITE, COLLAR_WHITE = "#f6f4f2", "#fbfbfb"


@dataclass(frozen=True)
class Garment:
    """A garment as far as it is drawn."""

    path: skia.Path
    color: str


def _draw_sailor_collar(figure: Figure, torso: Torso, garment: Garment) -> None:
    rng, look, canvas, lean = figure.rng, figure.look, figure.canvas, torso.lean
    color = look.second_cloth if rng.random() < 0.6 else NAVY
    for side in SIDES:
        neck = (side * 0.42, 1.38)
        shoulder = arc(neck, (side * 0.9, 1.5), (side * 1.35, 1.85), 8)
        collar = join([neck], shoulder, [(side * 1.25, 2.35), (lean, 2.45)])
        canvas.fill(polygon(figure.body(collar)), color, shade=figure.shadow(-0.06))
        stripe = [(side * 1.22, 1.93), (side * 1.13, 2.24), (lean + side * 0.1, 2.34)]
        canvas.stroke(polyline(figure.body(stripe)), WHITE, width=0.8)
    draw_bow(figure, Bow(lean, 2.45, rng.uniform(0.45, 0.7)), look.accent)


def _draw_blazer(figure: Figure, torso: Torso, garment: Garment) -> None:
    rng, look, canvas, lean = figure.rng, figure.look, figure.canvas, torso.lean
    shirt = [(-0.5, 1.4), (lean, 3.2), (0.5, 1.4), (0.2, 1.6), (-0.2, 1.6)]
    shirt_color = SHIRT_WHITE if rng.random() < 0.7 else look.second_cloth
    canvas.fill(polygon(figure.body(shirt)), shirt_color)
    for side in SIDES:
        lapel = [
            (side * 0.5, 1.45),
            (side * 0.85, 1.75),
            (side * 0.95, 2.25),
            (lean + side * 0.02, 3.25),
            (side * 0.35, 2.0),
        ]
        canvas.fill(polygon(figure.body(lapel)), scale(garment.color, 0.9))
    _draw_tie_and_collar(figure, lean, COLLAR_WHITE)


def _draw_shirt(figure: Figure, torso: Torso, garment: Garment) -> None:
    canvas, lean = figure.canvas, torso.lean
    _draw_tie_and_collar(figure, lean, mix(garment.color, WHITE, 0.25))
    placket = polyline(figure.body([(lean * 0.5, 1.9), (lean, 5)]))
    canvas.stroke(placket, canvas.line_color(garment.color), width=0.8)
    for row in range(4):
        button = disk(figure.body_point(lean + 0.08, 2.2 + 0.55 * row), 0.055 * figure.unit)
        canvas.fill(button, mix(garment.color, WHITE, 0.5), line=Line(0.7))


def _draw_tie_and_collar(figure: Figure, lean: float, collar_color: str) -> None:
    canvas, accent, top = figure.canvas, figure.look.accent, lean * 0.3
    if figure.rng.random() < 0.6:
        blade = [(top - 0.1, 1.8), (top + 0.1, 1.8), (0.17 + lean, 2.9), (lean, 3.15)]
        blade.append((-0.17 + lean, 2.9))
        canvas.fill(polygon(figure.body(blade)), accent, shade=figure.shadow(-0.04))
        knot = [(top - 0.14, 1.66), (top + 0.14, 1.66), (top + 0.09, 1.86), (top - 0.09, 1.86)]
        canvas.fill(polygon(figure.body(knot)), accent)
    for side in SIDES:
        flap = [
            (side * 0.4, 1.36),
            (side * 0.62, 1.5),
            (side * 0.5, 1.98),
            (side * 0.05 + top, 1.72),
        ]
        canvas.fill(polygon(figure.body(flap)), collar_color)


def _draw_hood(figure: Figure, torso: Torso, garment: Garment) -> None:
    canvas, front = figure.canvas, (torso.lean, 2.35)
    hood = join(
        bezier((-0.6, 1.25), (-1.35, 1.5), (-1.2, 2.1), front, 14),
        bezier(front, (1.2, 2.1), (1.35, 1.5), (0.6, 1.25), 14),
        bezier((0.5, 1.4), (0.4, 1.85), (-0.4, 1.85), (-0.5, 1.4), 12),
    )
    canvas.fill(polygon(figure.body(hood)), scale(garment.color, 1.07), shade=figure.shadow(-0.1))
    for side in SIDES:
        end = (side * 0.24, figure.rng.uniform(2.8, 3.2))
        string = figure.body(arc((side * 0.22, 2.25), (side * 0.28, 2.6), end))
        canvas.ink(figure.pen(string, 2.0, (0.05, 0.05)), canvas.line_color(garment.color))


def _draw_turtleneck(figure: Figure, torso: Torso, garment: Garment) -> None:
    left, right = (-0.62, 1.62), (0.62, 1.62)
    top_left, top_right = (-0.44, 1.08), (0.44, 1.08)
    collar = join(
        bezier(top_left, (-0.5, 1.3), (-0.55, 1.45), left, 6),
        arc(left, (0, 1.9), right, 8),
        bezier(right, (0.55, 1.45), (0.5, 1.3), top_right, 6),
        arc(top_right, (0, 1.3), top_left, 8),
    )
    color = scale(garment.color, 1.05)
    figure.canvas.fill(polygon(figure.body(collar)), color, shade=figure.shadow(-0.06))


def _draw_kimono(figure: Figure, torso: Torso, garment: Garment) -> None:
    rng, look, canvas, width = figure.rng, figure.look, figure.canvas, torso.half_width
    for side in (1, -1) if rng.random() < 0.5 else (-1, 1):
        collar = join(
            [(side * 0.38, 1.3)],
            arc((side * 0.62, 1.42), (side * 0.5, 1.9), (-side * 0.5, 3.1), 10),
            [(-side * 0.8, 3.0)],
            arc((-side * 0.75, 3.0), (side * 0.2, 1.9), (side * 0.36, 1.36), 10),
        )
        canvas.fill(polygon(figure.body(collar)), look.second_cloth)
    if rng.random() < 0.6:
        obi = [(-width * 0.8, 3.2), (width * 0.8, 3.2), (width * 0.85, 4.4), (-width * 0.85, 4.4)]
        with canvas.clipped(garment.path):
            canvas.fill(polygon(figure.body(obi)), look.accent)


def _draw_cape(figure: Figure, torso: Torso, garment: Garment) -> None:
    canvas, look, lean = figure.canvas, figure.look, torso.lean
    clasp, left, right = (lean, 2.1), (-1.2, 4.0), (1.2, 4.0)
    cape = join(
        bezier((-0.55, 1.35), (-1.2, 1.5), (-2.0, 1.9), (-2.5, 4.0), 12),
        [(-1.2, 4.3)],
        arc(left, (-0.5, 2.5), clasp, 8),
        arc(clasp, (0.5, 2.5), right, 8),
        [(2.5, 4.0)],
        bezier((2.5, 4.0), (2.0, 1.9), (1.2, 1.5), (0.55, 1.35), 12),
    )
    canvas.fill(polygon(figure.body(cape)), look.second_cloth, shade=figure.shadow(-0.12))
    with figure.part("prop"):
        canvas.fill(disk(figure.body_point(lean, 2.05), 0.16 * figure.unit), look.accent)


def _draw_tee_print(figure: Figure, torso: Torso, garment: Garment) -> None:
    if figure.rng.random() >= 0.5:
        return
    place, unit = figure.body_point(torso.lean, 2.9), figure.unit
    prints = (star(place, 0.42 * unit, 5), disk(place, 0.38 * unit), heart(place, 0.4 * unit))
    figure.canvas.fill(prints[figure.rng.integers(len(prints))], figure.look.accent)


GARMENT_DETAILS: dict[str, Callable[[Figure, Torso, Garment], None]] = {
    "sailor": _draw_sailor_collar,
    "blazer": _draw_blazer,
    "shirt": _draw_shirt,
    "hoodie": _draw_hood,
    "turtle": _draw_turtleneck,
    "kimono": _draw_kimono,
    "cape": _draw_cape,
    "tee": _draw_tee_print,
}
"""What comes on top of a garment's cloth, for those that have more than cloth."""

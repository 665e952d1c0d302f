"""The face but for the eyes: head, ears, cheeks, nose, mouth and glasses."""

import numpy as np

from nurie.data.sources.anime.eyes import Eyes
from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.anime.modelling import BLUSH_ALPHA
from nurie.data.sources.canvas import INK, Line
from nurie.data.sources.curves import Points, arc, bezier, ellipse, join, polygon, polyline
from nurie.data.sources.hex_colors import WHITE, mix
from nurie.data.sources.sampling import pick
from nurie.data.sources.skia_library import skia

FAR_EAR = 0.25  # times the head's turn: beyond it the ear on the far side is hidden
BLUSH, BLUSH_LINES = "#ff6f7d", "#e0606a"
MOUTH_INSIDE, TONGUE, TEETH_LINE = "#8c2f3c", "#e9808c", "#999999"
GLASSES_FRAME = "#222228"
MOUTHS = {"smile": 4.0, "open": 3.5, "flat": 1.5, "frown": 1.0, "o": 1.0, "cat": 0.7, "grin": 0.8}
MOUTH_BENDS = {
    "smile": 0.09,
    "flat": 0.0,
    "frown": -0.07,
}  # how far the closed mouth's middle sinks


def draw_head(figure: Figure) -> None:
    """Draw the bare face."""
    shade = figure.shadow(-0.06) if figure.rng.random() < 0.5 or figure.look.modelled else None
    with figure.part("skin"):
        figure.canvas.fill(figure.head_path, figure.look.skin, shade=shade)


def draw_ears(figure: Figure) -> None:
    """Draw the ears that show, rarely those of an elf, with or without earrings."""
    rng, look, canvas = figure.rng, figure.look, figure.canvas
    elf = rng.random() < 0.08
    for side in SIDES:
        if side * look.turn > FAR_EAR:
            continue
        x = side * 0.98 - np.sin(look.turn) * 0.12
        outline = _elf_ear(x, side) if elf else _ear(x, side)
        with figure.part("skin"):
            canvas.fill(polygon(figure.head(outline)), look.skin, shade=figure.shadow(-0.04))
        fold = arc((x + side * 0.04, 0.08), (x + side * 0.14, 0.06), (x + side * 0.1, 0.3))
        figure.crease(figure.head(fold), look.skin, width=0.8, ends=(0.3, 0.6))
        if rng.random() < 0.15:
            lobe = figure.head_point(x + side * 0.1, 0.55)
            earring = ellipse(lobe, 0.06 * figure.unit, 0.08 * figure.unit)
            with figure.part("prop"):
                canvas.fill(earring, look.accent, line=Line(0.8))


def _ear(x: float, side: int) -> Points:
    lobe = (x + side * 0.15, 0.38)
    return join(
        bezier((x, 0.02), (x + side * 0.16, -0.14), (x + side * 0.26, 0.1), lobe, 10),
        arc(lobe, (x + side * 0.08, 0.52), (x - side * 0.03, 0.5), 6),
    )


def _elf_ear(x: float, side: int) -> Points:
    tip = (x + side * 0.85, -0.5)
    return join(
        bezier((x, 0.0), (x + side * 0.3, -0.25), (x + side * 0.6, -0.35), tip, 10),
        bezier(tip, (x + side * 0.6, 0.1), (x + side * 0.3, 0.35), (x - side * 0.02, 0.5), 10),
    )


def redden_cheek(figure: Figure, side: int, alpha: int, color: str = BLUSH) -> None:
    """Color one cheek."""
    unit = figure.unit
    cheek = ellipse(figure.face_point(side * 0.58, 0.62), 0.2 * unit, 0.1 * unit)
    figure.canvas.lighten(cheek, inside=figure.head_path, alpha=alpha, color=color, blur=0.06 * unit)


def model_cheek(figure: Figure, side: int) -> None:
    """Color one cheek as on all figures that are modelled."""
    redden_cheek(figure, side, BLUSH_ALPHA, mix(figure.look.skin, BLUSH, 0.7))


def draw_blush(figure: Figure) -> None:
    """Color the cheeks, and hatch some."""
    rng = figure.rng
    for side in SIDES:
        alpha = int(rng.uniform(50, 140))
        if figure.look.modelled:
            model_cheek(figure, side)
        else:
            redden_cheek(figure, side, alpha)
        if rng.random() < 0.25:
            for stroke in (-1, 0, 1):
                x = side * 0.58 + stroke * 0.09
                hatch = figure.face([(x + 0.03, 0.56), (x - 0.02, 0.66)])
                figure.canvas.ink(figure.pen(hatch, 0.8, (0.1, 0.1)), BLUSH_LINES)


def draw_nose_and_mouth(figure: Figure) -> None:
    """Draw the point of a nose and one of seven mouths."""
    rng = figure.rng
    nose_y = rng.uniform(0.5, 0.6)
    mouth_y = nose_y + (figure.look.chin - nose_y) * rng.uniform(0.38, 0.5)
    if rng.random() < 0.9:
        nose = arc((0.02, nose_y - 0.08), (0.05, nose_y - 0.02), (0.0, nose_y + 0.01))
        path = figure.pen(figure.face(nose), 1.1, (0.3, 0.5))
        figure.canvas.ink(path, figure.canvas.line_color(figure.look.skin))
    mouth = pick(rng, MOUTHS)
    width = rng.uniform(0.12, 0.26)
    if mouth in MOUTH_BENDS:
        _draw_closed_mouth(figure, mouth_y, width, MOUTH_BENDS[mouth])
    elif mouth == "cat":
        _draw_cat_mouth(figure, mouth_y, width)
    elif mouth == "o":
        _draw_round_mouth(figure, mouth_y)
    elif mouth == "open":
        _draw_open_mouth(figure, mouth_y, width)
    else:
        _draw_grin(figure, mouth_y, width)


def _draw_closed_mouth(figure: Figure, y: float, width: float, bend: float) -> None:
    line = figure.face(arc((-width, y), (0, y + bend), (width, y)))
    tinted = figure.rng.random() < 0.4
    ink = figure.canvas.line_color(figure.look.skin) if tinted else INK
    figure.canvas.ink(figure.pen(line, 1.2, (0.2, 0.2)), ink)


def _draw_cat_mouth(figure: Figure, y: float, width: float) -> None:
    middle = (0, y + 0.01)
    left = arc((-width, y), (-width * 0.5, y + 0.1), middle)
    right = arc(middle, (width * 0.5, y + 0.1), (width, y))
    figure.canvas.ink(figure.pen(figure.face(join(left, right)), 1.2, (0.15, 0.15)))


def _mouth_path(figure: Figure, y: float, width: float, height: float, upper: float) -> skia.Path:
    """Lips from corner to corner; `upper` is how far the middle of the upper lip sinks."""
    left, right = (-width, y), (width, y)
    upper_lip = arc(left, (0, y + upper), right)
    lower_lip = bezier(right, (width * 0.8, y + height), (-width * 0.8, y + height), left, 14)
    return polygon(figure.face(join(upper_lip, lower_lip)))


def _draw_round_mouth(figure: Figure, y: float) -> None:
    height = figure.rng.uniform(0.08, 0.14)
    with figure.part("mouth"):
        figure.canvas.fill(_mouth_path(figure, y, height * 0.8, height, -height), MOUTH_INSIDE)


def _draw_open_mouth(figure: Figure, y: float, width: float) -> None:
    rng, canvas, unit = figure.rng, figure.canvas, figure.unit
    height = rng.uniform(0.12, 0.3)
    mouth = _mouth_path(figure, y, width, height, 0.03)
    with figure.part("mouth"):
        canvas.fill(mouth, MOUTH_INSIDE)
        if height <= 0.16:
            return
        with canvas.clipped(mouth):
            middle = figure.face_point(0.0, y + height * 0.85)
            tongue = ellipse(middle, width * 0.6 * unit, height * 0.42 * unit)
            canvas.fill(tongue, TONGUE, line=Line(0.6))
            if rng.random() < 0.5:
                top, bottom = y - 0.02, y + 0.05
                row = [(-width, top), (width, top), (width * 0.8, bottom), (-width * 0.8, bottom)]
                canvas.fill(polygon(figure.face(row)), WHITE, line=Line(0.6))
    canvas.stroke(mouth)


def _draw_grin(figure: Figure, y: float, width: float) -> None:
    height = figure.rng.uniform(0.12, 0.3)
    with figure.part("mouth"):
        figure.canvas.fill(_mouth_path(figure, y, width, height, 0.03), WHITE)
    bite_y = y + height * 0.4
    bite = arc((-width * 0.8, bite_y), (0, y + height * 0.45), (width * 0.8, bite_y))
    path = figure.pen(figure.face(bite), 0.7, (0.1, 0.1))
    figure.canvas.ink(path, TEETH_LINE, optional=True)


def draw_glasses(figure: Figure, eyes: Eyes) -> None:
    """Draw thin glasses: lines and a gleam, through which the eyes stay what they are."""
    canvas = figure.canvas
    frame = str(figure.rng.choice([GLASSES_FRAME, figure.look.accent]))
    angles = np.linspace(0, 2 * np.pi, 28)
    for side in SIDES:
        xs = side * eyes.x + 0.34 * np.cos(angles)
        ys = eyes.y + 0.02 + 0.3 * np.sin(angles)
        lens = polygon(figure.face(np.stack([xs, ys], 1)))
        canvas.lighten(lens, inside=lens, alpha=40)
        canvas.stroke(lens, frame, width=1.6)
    bridge = figure.face([(-0.12, eyes.y - 0.02), (0.12, eyes.y - 0.02)])
    canvas.stroke(polyline(bridge), frame, width=1.6)

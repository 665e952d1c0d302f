"""Faces that are plainer than `anime`'s: small eyes, a longer nose, beards."""

from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.canvas import INK, Line
from nurie.data.sources.curves import Number, polygon
from nurie.data.sources.hex_colors import WHITE, mix, scale
from nurie.data.sources.sampling import pick
from nurie.data.sources.world.head_parts import head_crease, head_line, head_oval, head_round

EYES = {"dots": 1.5, "small": 4.0, "closed": 0.8}
MOUTHS = {"smile": 4.0, "flat": 1.5, "frown": 1.0, "open": 1.5, "lips": 1.5}
BEARD_SHARE = 0.3  # of grown men
LIPS = "#c9606a"


def draw_plain_face(figure: Figure, *, grown: bool) -> None:
    """Draw a beard or none, eyes, brows, nose and mouth."""
    look, rng = figure.look, figure.rng
    if look.male and grown and rng.random() < BEARD_SHARE:
        _draw_beard(figure)
    x, y = rng.uniform(0.36, 0.46), rng.uniform(0.12, 0.25)
    kind = pick(rng, EYES)
    shift = look.turn * 0.5
    for number, side in enumerate(SIDES, 1):
        middle = shift + side * x
        if kind == "dots":
            figure.canvas.ink(head_oval(figure, middle, y, 0.08, 0.11), INK)
        elif kind == "closed":
            head_line(figure, [(middle - 0.18, y), (middle, y + 0.09), (middle + 0.18, y)], INK, 1.3)
        else:
            _draw_small_eye(figure, number, middle, y)
        _draw_brow(figure, side, middle, y)
    _draw_nose(figure, shift)
    _draw_mouth(figure, shift)


def _draw_small_eye(figure: Figure, number: int, x: Number, y: Number) -> None:
    canvas, look, rng = figure.canvas, figure.look, figure.rng
    tall = rng.uniform(0.11, 0.17)
    white = head_round(figure, [(x - 0.22, y), (x - 0.1, y - tall), (x + 0.1, y - tall), (x + 0.22, y), (x, y + tall)])
    with figure.part("eye", f"white{number}"):
        canvas.fill(white, "#fdfdff", line=Line(0.8))
    with canvas.clipped(white):
        with figure.part("eye", f"iris{number}"):
            canvas.fill(head_oval(figure, x, y - 0.01, 0.11, 0.12), look.eyes, line=Line(0.7, scale(look.eyes, 0.4)))
        canvas.ink(head_oval(figure, x, y - 0.01, 0.05, 0.055), scale(look.eyes, 0.2))
    canvas.gleam(head_oval(figure, x + 0.04 * look.light, y - 0.05, 0.03, 0.03))
    head_line(figure, [(x - 0.24, y), (x, y - tall * 1.25), (x + 0.24, y - 0.02)], INK, 1.5)


def _draw_brow(figure: Figure, side: int, x: Number, y: Number) -> None:
    rng, look = figure.rng, figure.look
    lift, slant = rng.uniform(0.24, 0.34), rng.normal(0, 0.05) * side
    brow = [(x - 0.24, y - lift + slant), (x, y - lift - 0.07), (x + 0.24, y - lift - slant)]
    head_line(figure, brow, scale(look.hair, 0.6), 2.2 if look.male else 1.5)


def _draw_nose(figure: Figure, x: Number) -> None:
    rng, side = figure.rng, 1 if figure.look.turn >= 0 else -1
    low = rng.uniform(0.52, 0.64)
    if rng.random() < 0.5:
        head_crease(figure, [(x, 0.2), (x + side * 0.16, low - 0.04), (x, low)], figure.look.skin, 1.0)
    else:
        head_crease(figure, [(x - 0.1, low - 0.02), (x, low + 0.06), (x + 0.1, low - 0.02)], figure.look.skin, 1.0)


def _draw_mouth(figure: Figure, x: Number) -> None:
    rng, canvas = figure.rng, figure.canvas
    y, wide = rng.uniform(0.8, 0.88), rng.uniform(0.2, 0.32)
    kind = pick(rng, MOUTHS)
    if kind in ("smile", "flat", "frown"):
        sag = {"smile": 0.12, "flat": 0.0, "frown": -0.1}[kind]
        head_line(figure, [(x - wide, y), (x, y + sag), (x + wide, y)], INK, 1.2)
        return
    with figure.part("mouth"):
        if kind == "open":
            teeth = [(x - wide, y), (x - wide, y), (x, y + 0.04), (x + wide, y), (x + wide, y), (x, y + 0.24)]
            canvas.fill(head_round(figure, teeth), WHITE if rng.random() < 0.5 else "#8c2f3c")
        else:
            lips = [
                (x - wide, y),
                (x - 0.06, y - 0.08),
                (x, y - 0.05),
                (x + 0.06, y - 0.08),
                (x + wide, y),
                (x, y + 0.12),
            ]
            canvas.fill(head_round(figure, lips), mix(figure.look.skin, LIPS, 0.7), line=Line(0.8))
            head_line(figure, [(x - wide, y), (x, y + 0.02), (x + wide, y)], INK, 0.8)


def _draw_beard(figure: Figure) -> None:
    """A full beard, or a moustache."""
    look, rng, canvas = figure.look, figure.rng, figure.canvas
    color = scale(look.hair, 0.9)
    with figure.part("hair"):
        if rng.random() < 0.65:
            chin = look.chin + rng.uniform(0.05, 0.5)
            low = f"-.85,.8 -.45,{chin - 0.05:.2f} 0,{chin:.2f} .45,{chin - 0.05:.2f} .85,.8"
            canvas.fill(head_round(figure, f".92,.3! .72,.68 .25,.66 0,.7 -.25,.66 -.72,.68 -.92,.3! {low}"), color)
            if rng.random() < 0.7:
                with figure.part("skin"):
                    canvas.fill(head_oval(figure, 0, 0.86, 0.36, 0.13), look.skin, line=Line(0.7))
            return
        wing = "0,.66 .3,.62 .5,.78! .2,.78 0,.72 -.2,.78 -.5,.78! -.3,.62"
        canvas.fill(head_round(figure, wing), color, line=Line(0.8))


def bare_head(figure: Figure) -> None:
    """Draw the face and the whole skull, for heads whose hair does not cover it."""
    with figure.part("skin"):
        figure.canvas.fill(figure.head_path, figure.look.skin, shade=figure.shadow(-0.06))
    skull = head_round(figure, "-1,-.35 -.95,-.95 -.5,-1.35 0,-1.45 .5,-1.35 .95,-.95 1,-.35! .9,-.3 -.9,-.3 -1,-.35!")
    with figure.part("skin"):
        figure.canvas.fill(skull, figure.look.skin, line=None)
    rim = figure.head([(-1, -0.35), (-0.95, -0.95), (-0.5, -1.35), (0, -1.45), (0.5, -1.35), (0.95, -0.95), (1, -0.35)])
    figure.canvas.stroke(polygon(rim, closed=False), figure.canvas.line_color(figure.look.skin))

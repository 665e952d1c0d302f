"""A whole drawing: a background, one to three figures, some light."""

import math
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float32

from nurie.data.sources.anime.accessories import draw_accessory
from nurie.data.sources.anime.back_hair import draw_back_hair
from nurie.data.sources.anime.background import draw_background
from nurie.data.sources.anime.bangs_and_face import draw_bangs_and_face
from nurie.data.sources.anime.body import draw_upper_body
from nurie.data.sources.anime.braids import draw_buns_or_braids
from nurie.data.sources.anime.face import (
    draw_ears,
    draw_glasses,
    draw_head,
)
from nurie.data.sources.anime.figure import Figure, Look, choose_character, choose_look
from nurie.data.sources.anime.whole_body import draw_whole_body
from nurie.data.sources.canvas import DESIGN_SIDE, Canvas, InkStyle, reduce_color
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.sampling import pick

INK_STYLES: dict[InkStyle, float] = {"black": 5.0, "tinted": 4.0, "none": 0.6}
LINE_WIDTHS = (0.85, 1.7)  # pixels of a finished picture
WHOLE_BODY_LINES = 0.8  # smaller figures have finer lines
WHOLE_BODY_SHARE = 0.35
LIT_SHARE = 0.35
BUST_COUNTS = {1: 0.8, 2: 0.15, 3: 0.05}
WHOLE_BODY_COUNTS = {1: 0.55, 2: 0.3, 3: 0.15}
CHIBI_HEIGHT, TEEN_HEIGHT = 9.4, 15.2  # units from the hair to the feet, with air

FRAMINGS = {"bust": 6.0, "close": 2.5, "far": 2.0}
FRAMING_UNITS = {"bust": (46, 62), "close": (66, 96), "far": (30, 44)}
FRAMING_YS = {"bust": (88, 116), "close": (105, 140), "far": (70, 110)}


@dataclass(frozen=True)
class Place:
    """Where a figure stands, in pixels of a finished picture of side 256."""

    x: float
    y: float
    unit: float
    body: str = "upper"
    """`upper`, `chibi` or `teen`."""


def draw_picture(seed: int, side: int, line_width: float | None = None, character: int | None = None) -> Drawing:
    """Draw what the seed says; see `draw_anime`, and `draw_character` for a `character`."""
    rng = np.random.default_rng(seed)
    own_width = rng.uniform(*LINE_WIDTHS)
    canvas = Canvas(side, line_width=own_width if line_width is None else line_width, ink_style=pick(rng, INK_STYLES))
    background = draw_background(canvas, rng)
    canvas.modelled = character is not None
    looks = _draw_figures(canvas, rng, character)
    color = canvas.color()
    if rng.random() < LIT_SHARE and character is None:
        color = _lit(color, rng)
    regions, parts = canvas.regions()
    meta = {
        "source": "anime" if character is None else "characters",
        "seed": seed,
        "license": "Apache-2.0",
        "author": "nurie founders",
        "background": background,
        "figures": [look.colors() for look in looks],
        "light": looks[0].light,
    } | ({} if character is None else {"character": character})
    return Drawing(reduce_color(color, side), canvas.sketch(), regions, parts, meta)


def _draw_figures(canvas: Canvas, rng: np.random.Generator, character: int | None) -> list[Look]:
    count = pick(rng, BUST_COUNTS)
    whole_body = rng.random() < WHOLE_BODY_SHARE
    if whole_body:
        count = pick(rng, WHOLE_BODY_COUNTS)
        canvas.line_width *= WHOLE_BODY_LINES
    looks: list[Look] = []
    for index in range(count):
        place = _whole_place(rng, index, count) if whole_body else _bust_place(rng, index, count)
        look = choose_look(rng, full_body=whole_body)
        if index == 0 and character is not None:
            look = choose_character(character).like(look)
        if looks:  # one sun for all
            look = replace(look, light=looks[0].light, shade=looks[0].shade)
        scale = canvas.scale
        x, y, unit = place.x * scale, place.y * scale, place.unit * scale
        _draw_figure(Figure(canvas, rng, look, index + 1, x, y, unit), place.body)
        looks.append(look)
    return looks


def _whole_place(rng: np.random.Generator, index: int, count: int) -> Place:
    body, height = ("chibi", CHIBI_HEIGHT) if rng.random() < 0.4 else ("teen", TEEN_HEIGHT)
    unit = DESIGN_SIDE / height * rng.uniform(0.82, 1.02)
    if rng.random() < 0.25:
        unit *= rng.uniform(1.2, 1.7)  # from the knees up
    x = _slot(index, count) + rng.normal(0, 8 if count == 1 else 6)
    room = max(0, DESIGN_SIDE - unit * height)
    return Place(x, unit * 2.2 + rng.uniform(0, max(1, room) * 0.8), unit, body)


def _bust_place(rng: np.random.Generator, index: int, count: int) -> Place:
    if count == 1:
        framing = pick(rng, FRAMINGS)
        units = {name: rng.uniform(*span) for name, span in FRAMING_UNITS.items()}
        x = _slot(index, count) + rng.normal(0, 14)
        ys = {name: rng.uniform(*span) for name, span in FRAMING_YS.items()}
        return Place(x, ys[framing], units[framing])
    unit = rng.uniform(28, 42) * (1 if count == 2 else 0.82)
    x = _slot(index, count) + rng.normal(0, 8)
    return Place(x, rng.uniform(90, 140), unit)


def _slot(index: int, count: int) -> float:
    """The middle of one of `count` equal columns."""
    return DESIGN_SIDE * (index + 0.5) / count


def _draw_figure(figure: Figure, body: str) -> None:
    """From back to front."""
    rng = figure.rng
    braids_in_front = rng.random() < 0.5
    draw_back_hair(figure)
    if not braids_in_front:
        draw_buns_or_braids(figure)
    if body == "upper":
        draw_upper_body(figure)
    else:
        draw_whole_body(figure, chibi=body == "chibi")
    if braids_in_front:
        draw_buns_or_braids(figure)
    draw_ears(figure)
    draw_head(figure)
    eyes = draw_bangs_and_face(figure, blush=0.6, eyes_shown=0.25)
    if rng.random() < 0.9 and rng.random() < 0.1:
        draw_glasses(figure, eyes)
    draw_accessory(figure)


def _lit(
    color: Float32[np.ndarray, "height width 3"], rng: np.random.Generator
) -> Float32[np.ndarray, "height width 3"]:
    """Let the light fall from one side, a little colored."""
    size = color.shape[0]
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32) / size
    angle = rng.uniform(0, 6.28)
    ramp = (xs - 0.5) * math.cos(angle) + (ys - 0.5) * math.sin(angle)
    strength = (rng.uniform(-0.2, 0.2) + rng.uniform(-0.1, 0.1, 3)).astype(np.float32)
    lit: Float32[np.ndarray, "height width 3"] = np.clip(color * (1 + ramp[..., None] * strength), 0, 1)
    return lit

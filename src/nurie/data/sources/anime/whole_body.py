"""Figures from head to foot: legs, arms and what is worn around the upper body."""

from nurie.data.sources.anime.arms import draw_arms
from nurie.data.sources.anime.body import draw_upper_body
from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.anime.legs import draw_leg
from nurie.data.sources.anime.outfit import choose_outfit
from nurie.data.sources.anime.proportions import Proportions, choose_proportions
from nurie.data.sources.anime.skirts import draw_skirt, draw_trousers
from nurie.data.sources.curves import Points, bezier, join, polygon, polyline


def draw_whole_body(figure: Figure, *, chibi: bool) -> None:
    """Draw all below the head."""
    body = choose_proportions(figure, chibi=chibi)
    outfit = choose_outfit(figure)
    for side in SIDES:
        draw_leg(figure, body, outfit, side)
    top = _draw_clipped_upper_body(figure, body)
    with figure.part("cloth"):
        if outfit.bottom in ("skirt", "dress"):
            draw_skirt(figure, body, outfit)
        else:
            draw_trousers(figure, body, outfit)
    draw_arms(figure, body, top)


def _draw_clipped_upper_body(figure: Figure, body: Proportions) -> str:
    """The chest of a bust, cut to a waist; returns the garment's name."""
    left, right = (_flank(body, side) for side in SIDES)
    shape = join([(-0.5, 0.3)], left, right[::-1], [(0.5, 0.3)])
    with figure.canvas.clipped(polygon(figure.body(shape))):
        garment = draw_upper_body(figure, shoulders=body.shoulder_width)
    ink = figure.canvas.line_color(figure.look.cloth)
    for flank in (left, right):
        figure.canvas.stroke(polyline(figure.body(flank)), ink)
    return garment


def _flank(body: Proportions, side: int) -> Points:
    shoulder = (side * body.shoulder_width, 2.05)
    waist = (side * body.waist_width, body.waist)
    return join(
        bezier(
            (side * 0.3, 1.5),
            (side * 0.5, 1.72),
            (side * body.shoulder_width * 0.8, 1.72),
            shoulder,
            10,
        ),
        bezier(
            shoulder,
            (side * body.shoulder_width * 0.86, 2.7),
            (side * body.waist_width, body.waist - 0.5),
            waist,
            10,
        ),
        bezier(
            waist,
            (side * body.waist_width * 1.05, body.waist + 0.3),
            (side * body.hip_width, body.hips - 0.4),
            (side * body.hip_width, body.hips),
            8,
        ),
    )

"""Skirts and trousers of whole figures, and their belts."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float64

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.anime.modelling import shade_fold
from nurie.data.sources.anime.outfit import Outfit
from nurie.data.sources.anime.proportions import Proportions
from nurie.data.sources.curves import Point, Points, arc, bezier, join, polygon
from nurie.data.sources.skia_library import skia


@dataclass(frozen=True)
class _Hem:
    """The lower edge of a skirt."""

    y: float
    half_width: float
    xs: Float64[np.ndarray, " folds"]

    def point(self, x: float, sag: float = 0.0) -> Point:
        """The edge hangs lower in the middle."""
        return np.array([x, self.y + 0.12 * (1 - (x / self.half_width) ** 2) + sag])


def _choose_hem(figure: Figure, body: Proportions, *, skirt: bool) -> _Hem:
    rng = figure.rng
    share = rng.uniform(0.12, 0.35) if skirt else rng.uniform(0.55, 0.92)
    flare = (1.25 + rng.uniform(0.1, 0.5)) * (1 if skirt else 1.25)
    half_width = body.hip_width * flare
    folds = int(rng.integers(5, 10))
    return _Hem(body.hips + body.leg * share, half_width, np.linspace(-half_width, half_width, folds + 1))


def draw_skirt(figure: Figure, body: Proportions, outfit: Outfit) -> None:
    """Draw a skirt, or the lower half of a dress, with pleats."""
    rng, canvas, look = figure.rng, figure.canvas, figure.look
    hem = _choose_hem(figure, body, skirt=outfit.bottom == "skirt")
    color = outfit.bottom_color if outfit.bottom == "skirt" else look.cloth
    skirt = polygon(figure.body(_skirt_outline(figure, body, hem)))
    canvas.fill(skirt, color)
    if rng.random() < 0.25:
        with canvas.clipped(skirt):
            top, bottom = hem.y - 0.42, hem.y - 0.18
            band = [(-9, top), (9, top), (9, bottom), (-9, bottom)]
            canvas.fill(polygon(figure.body(band)), look.accent)
    canvas.shade(skirt, figure.shadow(-0.12))
    canvas.stroke(skirt, canvas.line_color(color))
    _draw_pleats(figure, body, hem, color, skirt)
    if rng.random() < 0.5:
        _draw_belt(figure, body, (-0.16, 0.14), (1.02, 1.04))


def _skirt_outline(figure: Figure, body: Proportions, hem: _Hem) -> Points:
    low, fall = hem.half_width, hem.y - 0.5
    waist, hip = body.waist_width, body.hip_width
    pieces = [bezier((-waist, body.waist), (-hip, body.waist + 0.4), (-low * 0.9, fall), (-low, hem.y), 10)]
    for a, b in pairwise(hem.xs):
        sag = figure.rng.uniform(0.0, 0.22)
        pieces.append(arc(hem.point(a), hem.point((a + b) / 2, sag), hem.point(b), 6))
    pieces.append(bezier((low, hem.y), (low * 0.9, fall), (hip, body.waist + 0.4), (waist, body.waist), 10))
    return join(*pieces)


def _draw_pleats(figure: Figure, body: Proportions, hem: _Hem, color: str, skirt: skia.Path) -> None:
    for x in hem.xs[1:-1]:
        if figure.rng.random() < 0.8:
            end = (x * body.waist_width / hem.half_width * 1.1, body.waist + 0.35)
            pleat = figure.body(arc((x, hem.y), (x * 0.85, (body.waist + hem.y) / 2), end))
            if figure.look.modelled:
                shade_fold(figure, pleat, 0.2, inside=skirt)
            figure.crease(pleat, color, width=1.0, ends=(0.05, 0.7))


def draw_trousers(figure: Figure, body: Proportions, outfit: Outfit) -> None:
    """Draw shorts, or the part of trousers above the legs."""
    waist, hip, crotch = body.waist_width, body.hip_width, body.hips + 0.15
    low = body.hips + body.leg * (0.18 if outfit.bottom == "shorts" else 0.05)
    outline = [
        (-waist, body.waist),
        (waist, body.waist),
        (hip * 1.02, body.hips - 0.1),
        (hip * 1.1, low),
        (0.08, low),
        (0, crotch),
        (-0.08, low),
        (-hip * 1.1, low),
        (-hip * 1.02, body.hips - 0.1),
    ]
    trousers = polygon(figure.body(outline))
    figure.canvas.fill(trousers, outfit.bottom_color, shade=figure.shadow(-0.08))
    if figure.rng.random() < 0.6:
        _draw_belt(figure, body, (-0.1, 0.14), (1.02, 1.02))


def _draw_belt(figure: Figure, body: Proportions, edges: tuple[float, float], widths: tuple[float, float]) -> None:
    """`edges` from the waist down, `widths` times the waist's, each above and below."""
    top, bottom = body.waist + edges[0], body.waist + edges[1]
    above, below = body.waist_width * widths[0], body.waist_width * widths[1]
    belt = [(-above, top), (above, top), (below, bottom), (-below, bottom)]
    figure.canvas.fill(polygon(figure.body(belt)), figure.look.accent)

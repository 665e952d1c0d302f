"""Neck, shoulders and chest, and what is worn on them: the upper body of every figure."""

from nurie.data.sources.anime.cloth_patterns import draw_pattern
from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.anime.garments import GARMENT_DETAILS, GARMENTS, Garment
from nurie.data.sources.anime.modelling import shade_chest, shade_fold
from nurie.data.sources.anime.outlines import frill_outline
from nurie.data.sources.anime.torso import Torso, choose_torso
from nurie.data.sources.curves import (
    Points,
    arc,
    bezier,
    difference,
    join,
    polygon,
    shifted,
    union,
)
from nurie.data.sources.hex_colors import WHITE, mix
from nurie.data.sources.sampling import pick

CHIN_SHADOW_TINT = (0.86, 0.7, 0.7)
BLACK_CHOKER = "#2a2a30"
V, U, ROUND = "v", "u", "round"  # necklines


def draw_upper_body(figure: Figure, *, shoulders: float | None = None) -> str:
    """Draw neck, chest and clothes; the shoulders' half width is drawn by chance if not given.

    Returns:
        The name of the garment, one of `GARMENTS`.
    """
    rng = figure.rng
    torso = choose_torso(figure, shoulders)
    _draw_skin(figure, torso)
    name = pick(rng, GARMENTS)
    rng.random()  # decides nothing; without it all later choices, and so all known pictures, change
    with figure.part("cloth"):
        dress = name == "dress"
        garment = _draw_dress(figure, torso) if dress else _draw_top(figure, torso, name)
        _draw_folds(figure, torso, garment)
        if name in GARMENT_DETAILS:
            GARMENT_DETAILS[name](figure, torso, garment)
        if figure.look.modelled:
            shade_chest(figure, garment.path)
    if rng.random() < 0.25:
        _draw_choker(figure, torso)
    return name


def _draw_skin(figure: Figure, torso: Torso) -> None:
    look, canvas = figure.look, figure.canvas
    chest = polygon(figure.body(torso.outline()))
    body = union(chest, polygon(figure.body(torso.neck_outline())))
    with figure.part("skin"):
        canvas.fill(body, look.skin, shade=figure.shadow(-0.12) if look.modelled else None)
    chin_shadow = shifted(figure.head_path, 0.0, 0.28 * figure.unit)
    canvas.darken(chin_shadow, inside=body, tint=CHIN_SHADOW_TINT)
    for side in SIDES:
        collarbone = bezier((side * 0.12, 1.72), (side * 0.4, 1.86), (side * 0.7, 1.84), (side * 1.0, 1.78), 10)
        figure.crease(figure.body(collarbone), look.skin, width=0.8, ends=(0.2, 0.7))


def _draw_dress(figure: Figure, torso: Torso) -> Garment:
    """A dress off the shoulders, with straps and a frill or without."""
    rng, canvas, color = figure.rng, figure.canvas, figure.look.cloth
    whole = polygon(figure.body(torso.outline(0.05, 0.06)))
    bodice = difference(whole, polygon(figure.body(_above_dress(torso.half_width))))
    arms = union(*(polygon(figure.body(_beside_dress(torso.half_width, side))) for side in SIDES))
    dress = difference(bodice, arms)
    for side in SIDES:
        if rng.random() < 0.7:
            strap = [(0.7, 1.62), (0.95, 1.65), (1.05, 2.5), (0.8, 2.5)]
            canvas.fill(polygon(figure.body([(side * x, y) for x, y in strap])), color)
    canvas.fill(dress, color, shade=figure.shadow(-0.15))
    if rng.random() < 0.5:
        folds = int(rng.integers(7, 13))
        edge = torso.half_width - 0.1
        frill = polygon(figure.body(frill_outline(-edge, edge, 2.42, 0.16, folds)))
        canvas.fill(frill, mix(color, WHITE, 0.7))
    return Garment(dress, color)


def _above_dress(half_width: float) -> Points:
    middle = (0, 2.35)
    left, right = (-half_width - 0.4, 2.35), (half_width + 0.4, 2.35)
    return join(
        [(-half_width - 0.6, 1.0), (-half_width - 0.6, 2.35)],
        bezier(left, (-0.8, 2.15), (-0.4, 2.6), middle, 10),
        bezier(middle, (0.4, 2.6), (0.8, 2.15), right, 10),
        [(half_width + 0.6, 1.0)],
    )


def _beside_dress(half_width: float, side: int) -> Points:
    outside = half_width + 0.9
    line = [
        (outside, 1.5),
        (half_width * 0.8, 1.5),
        (half_width * 0.76, 2.5),
        (half_width * 0.8, 3.3),
        (half_width * 0.86, 7),
        (outside, 7),
    ]
    return join([(side * x, y) for x, y in line])


def _draw_top(figure: Figure, torso: Torso, name: str) -> Garment:
    """Whatever covers the shoulders, cut out at the neck."""
    rng, canvas, color = figure.rng, figure.canvas, figure.look.cloth
    open_shirt, wide_tee = rng.random() < 0.5, rng.random() < 0.4
    necklines = {
        "sailor": V,
        "blazer": V,
        "kimono": V,
        "shirt": V if open_shirt else ROUND,
        "tee": U if wide_tee else ROUND,
    }
    hole = _neckline(figure, torso, necklines.get(name, ROUND))
    whole = polygon(figure.body(torso.outline(0.05, 0.06)))
    top = difference(whole, polygon(figure.body(hole)))
    canvas.fill(top, color)
    if rng.random() < 0.22:
        draw_pattern(figure, top, figure.look.second_cloth)
    canvas.shade(top, figure.shadow(-0.15))
    canvas.stroke(top, canvas.line_color(color))
    return Garment(top, color)


def _neckline(figure: Figure, torso: Torso, shape: str) -> Points:
    if shape == V:
        point = (torso.lean, 2.3 + figure.rng.uniform(-0.2, 0.5))
        return join([(-0.55, 1.35), (-0.6, 1.55), point, (0.6, 1.55), (0.55, 1.35)])
    if shape == U:
        curve = bezier((-0.72, 1.62), (-0.5, 2.1), (0.5, 2.1), (0.72, 1.62), 12)
        return join([(-0.7, 1.3)], curve, [(0.7, 1.3)])
    curve = bezier((-0.52, 1.5), (-0.35, 1.78), (0.35, 1.78), (0.52, 1.5), 12)
    return join([(-0.5, 1.3)], curve, [(0.5, 1.3)])


def _draw_folds(figure: Figure, torso: Torso, garment: Garment) -> None:
    """Sleeve seams and a few creases."""
    rng = figure.rng
    for side in SIDES:
        edge = side * torso.half_width
        seam = bezier((edge * 0.82, 2.35), (edge * 0.78, 2.8), (edge * 0.8, 3.3), (edge * 0.84, 4.2), 12)
        if figure.look.modelled:
            shade_fold(figure, figure.body(seam[::-1]), 0.16, inside=garment.path)
        figure.crease(figure.body(seam), garment.color, width=1.1, ends=(0.1, 0.4))
        for _ in range(rng.integers(0, 3)):
            x, y = side * rng.uniform(0.3, torso.half_width), rng.uniform(2.3, 3.4)
            middle = (x + rng.normal(0, 0.1), y + 0.2)
            end = (x + rng.normal(0, 0.15), y + rng.uniform(0.3, 0.6))
            fold = figure.body(arc((x, y), middle, end))
            if figure.look.modelled:
                shade_fold(figure, fold, 0.16, inside=garment.path)
            figure.crease(fold, garment.color, width=0.9, ends=(0.3, 0.8))


def _draw_choker(figure: Figure, torso: Torso) -> None:
    left, right = -torso.neck - 0.01, torso.neck + 0.01
    band = join(arc((left, 1.32), (0, 1.5), (right, 1.32)), arc((right, 1.42), (0, 1.6), (left, 1.42)))
    color = figure.look.accent if figure.rng.random() < 0.5 else BLACK_CHOKER
    with figure.part("prop"):
        figure.canvas.fill(polygon(figure.body(band)), color)

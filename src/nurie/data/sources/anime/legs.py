"""Legs, socks and shoes of whole figures."""

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.anime.limbs import draw_limb
from nurie.data.sources.anime.outfit import SOCK_TOPS, Outfit
from nurie.data.sources.anime.proportions import Proportions
from nurie.data.sources.curves import bezier, join, polygon, rest_of_arc


def draw_leg(figure: Figure, body: Proportions, outfit: Outfit, side: int) -> None:
    """Draw one leg, bare or covered, with a shoe."""
    rng = figure.rng
    knee_shift = rng.normal(0, 0.12)
    hip = (side * body.hip_width * 0.5, body.hips - 0.2)
    knee = (
        side * (body.hip_width * 0.5 + body.spread * 0.3) + knee_shift,
        body.hips + body.leg * 0.5,
    )
    foot = (side * (0.3 + body.spread * 0.5) + knee_shift, body.feet)
    thick, thin = body.leg_width * 1.1, body.leg_width * 0.55
    cover = outfit.leg_cover()
    with figure.part("skin" if cover is None else "cloth"):
        draw_limb(figure, (hip, knee, foot), (thick, thin), cover or figure.look.skin)
    with figure.part("cloth"):
        if outfit.bottom != "pants" and outfit.socks in SOCK_TOPS:
            top = SOCK_TOPS[outfit.socks]
            width = thick + (thin - thick) * top
            sock = (width * 1.04, body.leg_width * 0.57)
            draw_limb(figure, rest_of_arc(hip, knee, foot, top), sock, outfit.sock_color)
        _draw_shoe(figure, body, outfit, foot, side)


def _draw_shoe(figure: Figure, body: Proportions, outfit: Outfit, foot: tuple[float, float], side: int) -> None:
    x, y = foot
    toe = (x + side * 0.12, y + 0.34)
    shoe = join(
        bezier(
            (x - 0.26, y - 0.25),
            (x - 0.3, y + 0.05),
            (x - 0.32 + min(0, side) * 0.2, y + 0.32),
            toe,
            10,
        ),
        bezier(
            toe,
            (x + 0.32 + max(0, side) * 0.2, y + 0.32),
            (x + 0.3, y + 0.05),
            (x + 0.26, y - 0.25),
            10,
        ),
    )
    canvas = figure.canvas
    canvas.fill(polygon(figure.body(shoe)), outfit.shoe_color, shade=figure.shadow(-0.05))
    if figure.rng.random() < 0.4 and not body.chibi:
        top = y - body.leg * 0.22
        shaft = [(x - 0.3, top), (x + 0.3, top), (x + 0.27, y - 0.1), (x - 0.27, y - 0.1)]
        canvas.fill(polygon(figure.body(shaft)), outfit.shoe_color)

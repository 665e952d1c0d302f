"""Bangs and all that may lie under them or show through them."""

from nurie.data.sources.anime.bangs import draw_bangs, make_bangs
from nurie.data.sources.anime.eyes import Eyes, draw_eyes
from nurie.data.sources.anime.face import draw_blush, draw_nose_and_mouth, model_cheek
from nurie.data.sources.anime.figure import SIDES, Figure


def draw_bangs_and_face(figure: Figure, *, blush: float, eyes_shown: float) -> Eyes:
    """Draw them on a bare head; in such shares with a blush, and with eyes that show through the bangs."""
    rng = figure.rng
    bangs = make_bangs(figure)
    if rng.random() < blush:
        draw_blush(figure)
    elif figure.look.modelled:
        for side in SIDES:
            model_cheek(figure, side)
    if rng.random() < eyes_shown:
        draw_nose_and_mouth(figure)
        draw_bangs(figure, bangs)
        return draw_eyes(figure)
    eyes = draw_eyes(figure)
    draw_nose_and_mouth(figure)
    draw_bangs(figure, bangs)
    return eyes

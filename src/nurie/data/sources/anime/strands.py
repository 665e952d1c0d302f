"""Light and lines on the hair in front."""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from nurie.data.sources.anime.figure import SKULL_MIDDLE_Y, Figure
from nurie.data.sources.anime.modelling import draw_ring, shade_fold
from nurie.data.sources.curves import arc, join, polygon
from nurie.data.sources.hex_colors import WHITE, mix
from nurie.data.sources.skia_library import skia


@dataclass(frozen=True)
class Lock:
    """One lock over the forehead, in head coordinates."""

    middle: float
    tip: tuple[float, float]


def draw_shine(figure: Figure, hair: skia.Path) -> None:
    """Draw the zigzag ring of light around the crown."""
    rng = figure.rng
    y = rng.uniform(-1.05, -0.75)
    points = 16
    xs = np.linspace(-1.05, 1.05, points)
    height = rng.uniform(0.08, 0.18)
    zigzag = rng.uniform(0, 0.1, points) * np.where(np.arange(points) % 2, 1, -1)
    level = y - 0.25 * (1 - xs * xs) * 0.8
    top = np.stack([xs, level + zigzag * 0.5], 1)
    bottom = np.stack([xs, level + height * (1 - abs(xs) * 0.6) + zigzag], 1)
    alpha = int(rng.uniform(50, 130))
    if figure.look.modelled:
        draw_ring(figure, hair)
        return
    figure.canvas.lighten(
        polygon(figure.head(join(top, bottom[::-1]))),
        inside=hair,
        alpha=alpha,
        color=mix(figure.look.hair, WHITE, 0.8),
    )


def draw_strands(figure: Figure, locks: tuple[Lock, ...], hair: skia.Path) -> None:
    """Draw strands from the notches between locks, within locks, and around the crown."""
    crown = (figure.rng.normal(0, 0.15), -1.35)
    middles = np.array([lock.middle for lock in locks])
    _draw_notch_strands(figure, (middles[:-1] + middles[1:]) / 2, crown, hair)
    for lock in locks:
        if figure.rng.random() < 0.5:
            _draw_lock_strand(figure, lock)
    for _ in range(figure.rng.integers(0, 5)):
        _draw_crown_strand(figure, crown)


def _draw_notch_strands(
    figure: Figure, notches: Float64[np.ndarray, " notches"], crown: tuple[float, float], hair: skia.Path
) -> None:
    """From where two locks part some way up to the crown."""
    rng = figure.rng
    for x in notches:
        if rng.random() < 0.75:
            y = -0.55 + rng.uniform(-0.1, 0.1)
            way = rng.uniform(0.35, 0.8)
            end = (x + (crown[0] - x) * way, y + (crown[1] - y) * way)
            strand = figure.head(arc((x, y), (x * 1.12, (y + end[1]) / 2), end))
            if figure.look.modelled:
                shade_fold(figure, strand, 0.13, inside=hair)
            figure.crease(strand, figure.look.hair, width=1.1, ends=(0.1, 0.7))


def _draw_lock_strand(figure: Figure, lock: Lock) -> None:
    start = (lock.tip[0] * 0.4 + lock.middle * 0.6 + 0.04, lock.tip[1] - 0.18)
    pull = (lock.middle, (lock.tip[1] - 0.75) / 2)
    strand = figure.head(arc(start, pull, (lock.middle * 0.95, -0.75)))
    figure.crease(strand, figure.look.hair, width=0.8, ends=(0.3, 0.6))


def _draw_crown_strand(figure: Figure, crown: tuple[float, float]) -> None:
    angle = figure.rng.uniform(-2.7, -0.45)
    x, y = 1.2 * math.cos(angle), SKULL_MIDDLE_Y + 1.2 * math.sin(angle)
    end = (x * 0.55 + crown[0] * 0.3, y * 0.7 - 0.3)
    strand = figure.head(arc((x, y), (x * 0.8, y * 0.85 - 0.1), end))
    figure.crease(strand, figure.look.hair, width=0.8, ends=(0.2, 0.8))

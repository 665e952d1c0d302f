"""What is up there: sun, moon, clouds, stars; and signs like them."""

import math

import numpy as np

from nurie.data.sources.curves import difference, heart, union
from nurie.data.sources.hex_colors import mix
from nurie.data.sources.world.spot import THIN, Spot


def draw_sun(spot: Spot) -> None:
    """The sun with its rays, seldom with a face."""
    color = spot.choose(("#f8c83c", "#f6a63a", "#f4e06a"))
    count = int(spot.rng.integers(7, 13))
    for ray in range(count):
        place = spot.inner(0, 0, 1, 2 * math.pi * ray / count)
        place.fill(place.flat(".62,-.13 .98,0 .62,.13"), color, line=THIN)
    spot.fill(spot.oval(0, 0, 0.56), color, shade=0.1)
    if spot.chance(0.3):
        for side in (-1, 1):
            spot.dot(side * 0.2, -0.08, 0.05)
        spot.stroke("-.2,.14 0,.25 .2,.14", color, 1.0)


def draw_moon(spot: Spot) -> None:
    """The moon as a sickle, with a star or two."""
    color = spot.choose(("#f8e28a", "#f6d46a", "#e8e8f0"))
    spot.fill(difference(spot.oval(0, 0, 0.9), spot.oval(0.42, -0.15, 0.75)), color, shade=0.1)
    for x, y, radius in ((0.4, -0.3, 0.2), (0.6, 0.3, 0.14)):
        if spot.chance(0.7):
            spot.fill(spot.star(x, y, radius, 5), color, line=THIN)


def cloud(spot: Spot, color: str) -> None:
    """Draw a cloud in the middle of the square."""
    puffs = [
        spot.oval(x, y, size)
        for x, y, size in (
            (-0.55, 0.2, 0.34),
            (-0.15, -0.08, 0.46),
            (0.35, 0.0, 0.38),
            (0.66, 0.25, 0.28),
            (0.1, 0.3, 0.34),
        )
    ]
    base = spot.soft_box(-0.85, 0.2, 0.9, 0.54, 0.16)
    spot.fill(union(base, *puffs), color, shade=0.1)


def draw_cloud(spot: Spot) -> None:
    """A cloud, with rain, a flash or the sun behind it."""
    kind = int(spot.rng.integers(4))
    if kind == 1:
        draw_sun(spot.inner(-0.4, -0.35, 0.6))
    if kind == 2:
        for x in (-0.5, -0.1, 0.3, 0.65):
            drop = spot.inner(x, 0.78, 0.16)
            drop.fill(drop.round("0,-1.1! .5,.2 0,.8 -.5,.2"), spot.like("#6fb5e8"), line=THIN)
    if kind == 3:
        spot.fill(spot.flat(".05,.4 -.2,.75 0,.72 -.12,1.02 .3,.62 .1,.64 .25,.4"), spot.like("#f8d23c"), line=THIN)
    cloud(spot, spot.choose(("#ffffff", "#eaf2f8", "#c9d0dc", "#f4dce3")))


def draw_star(spot: Spot) -> None:
    """A star, a heart, a diamond or a snowflake's plain cousin."""
    kind, color = int(spot.rng.integers(3)), spot.choose(("#f8d23c", "#e8505f", "#8fd0f0", "#b58ad6", "#f4a6c0"))
    if kind == 0:
        spot.fill(spot.star(0, 0, 0.95, int(spot.rng.integers(4, 8))), color, shade=0.14)
    elif kind == 1:
        spot.fill(heart(spot.point(0, -0.1), 0.9 * spot.unit), color, shade=0.14)
    else:
        top = [(-0.5, -0.6), (-0.2, -0.6), (0.2, -0.6), (0.5, -0.6)]
        girdle = [(-0.9, -0.15), (-0.32, -0.15), (0.32, -0.15), (0.9, -0.15)]
        for number in range(3):
            pale = mix(color, "#ffffff", 0.2 + 0.2 * number)
            spot.fill(spot.flat([top[number], top[number + 1], girdle[number + 1], girdle[number]]), pale, line=THIN)
            spot.fill(
                spot.flat([girdle[number], girdle[number + 1], (0, 0.9)]),
                mix(color, "#ffffff", 0.15 * (2 - number)),
                line=THIN,
            )


def draw_rainbow(spot: Spot) -> None:
    """A rainbow that ends in clouds."""
    angles = np.linspace(np.pi, 2 * np.pi, 20)
    arch = np.stack([np.cos(angles), 1.1 * np.sin(angles)], 1)
    colors = ("#e8504a", "#f39a3a", "#f8d84a", "#7ab648", "#5a9fd8", "#8a6ab5")
    bands = int(spot.rng.integers(4, 7))
    for band in range(bands):
        outer, inner = 0.95 - 0.09 * band, 0.95 - 0.09 * (band + 1)
        ring = np.vstack([arch * outer + (0, 0.6), (arch * inner + (0, 0.6))[::-1]])
        spot.fill(spot.flat(ring), spot.like(colors[band]), line=THIN)
    for side in (-1, 1):
        cloud(spot.inner(side * 0.65, 0.62, 0.38), "#ffffff")

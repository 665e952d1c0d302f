"""What is left to chance: weighted choices, and the colors of skin, hair, cloth and eyes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from nurie.data.sources.hex_colors import from_hsv

Choice = TypeVar("Choice")

SKIN_COLORS: Mapping[str, float] = MappingProxyType(
    {
        "#fff0e5": 14.0,
        "#ffe6d5": 14.0,
        "#ffe0c8": 12.0,
        "#fbdcc4": 10.0,
        "#f9d3b4": 9.0,
        "#f2d3b1": 8.0,
        "#f5c9a5": 7.0,
        "#ecad80": 5.0,
        "#e0a878": 5.0,
        "#c98e63": 4.0,
        "#b57548": 4.0,
        "#9e5622": 3.0,
        "#8a4b2a": 3.0,
        "#6b3a20": 2.0,
    }
)
"""Every skin color that a drawing can have, light to dark, and how often (weights of any sum)."""

NATURAL_HAIR_COLORS = (
    "#2b2523",
    "#3b2a22",
    "#5a3a26",
    "#7b4e2d",
    "#a4672f",
    "#c98b45",
    "#e3bd6f",
    "#f3dc9a",
    "#d9d4cf",
    "#f4f1ec",
    "#9c2f22",
    "#c4512c",
    "#25304a",
    "#1c1c24",
)
"""Hair as people have it; the other half of all hair has any hue."""

DARK_BROWN_EYES = "#3a2418"


def pick(rng: np.random.Generator, weights: Mapping[Choice, float]) -> Choice:
    """Draw one key, each as often as its weight says."""
    keys = list(weights)
    shares = np.array([weights[key] for key in keys], dtype=np.float64)
    return keys[rng.choice(len(keys), p=shares / shares.sum())]


def random_skin_color(rng: np.random.Generator) -> str:
    """Draw one of `SKIN_COLORS`."""
    return pick(rng, SKIN_COLORS)


def random_hair_color(rng: np.random.Generator) -> str:
    """Draw a natural hair color, or as often any hue."""
    if rng.random() < 0.5:
        return NATURAL_HAIR_COLORS[rng.integers(len(NATURAL_HAIR_COLORS))]
    return from_hsv(rng.random(), rng.uniform(0.25, 0.8), rng.uniform(0.45, 1))


def random_cloth_color(rng: np.random.Generator) -> str:
    """Draw a cloth color: mostly colorful, 15 % nearly white, 12 % dark."""
    tone = rng.random()
    if tone < 0.15:
        return from_hsv(rng.random(), rng.uniform(0, 0.08), rng.uniform(0.85, 1))
    if tone < 0.27:
        return from_hsv(rng.random(), rng.uniform(0, 0.3), rng.uniform(0.15, 0.35))
    return from_hsv(rng.random(), rng.uniform(0.2, 0.85), rng.uniform(0.4, 1))


def random_eye_color(rng: np.random.Generator) -> str:
    """Draw an eye color: any hue, or in a quarter of the cases dark brown."""
    if rng.random() < 0.75:
        return from_hsv(rng.random(), rng.uniform(0.4, 0.9), rng.uniform(0.25, 0.8))
    return DARK_BROWN_EYES

"""One figure or background of a DiceBear style, in colors of our own choice."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
from dicebear import Avatar

from nurie.data.sources.dicebear.styles import AvatarStyle, unchecked
from nurie.data.sources.dicebear.svg import inline_components, parse_svg
from nurie.data.sources.hex_colors import from_hsv, scale
from nurie.data.sources.sampling import (
    random_cloth_color,
    random_eye_color,
    random_hair_color,
    random_skin_color,
)

COLOR_ROLES = {
    "hair": ("hair", "headContrast", "top", "facialHair"),
    "skin": ("skin", "base"),
    "cloth": ("clothes", "clothing", "shirt"),
    "ink": ("ink", "stroke", "outline", "nose"),
    "accent": (
        "glasses", "earrings", "earring", "hat", "accessories", "accent", "body",
        "hairAccessories", "eyepatch", "eyeShadow",
    ),
}  # fmt: skip
"""What the color names of the styles mean; names that are not here keep the style's own colors."""

ROLE_OF = {name: role for role, names in COLOR_ROLES.items() for name in names}

BLACK = "#000000"
LIPS = "#c2384a"
TRANSPARENT = "#ffffff00"

OCCASIONAL = {
    "earrings": 35,
    "glasses": 20,
    "details": 35,
    "hairAccessories": 35,
    "facialHair": 15,
    "beard": 15,
    "accessories": 35,
}
"""How many figures in a hundred have a component that not all have."""

Colors = dict[str, str]
"""Color name of a style -> "#rrggbb"."""


@dataclass(frozen=True)
class Figure:
    """A drawn figure or background."""

    style: AvatarStyle
    root: Element
    """Its SVG tree: one group per component (see `inline_components`)."""
    view: float
    """Side of its coordinate system, in user units."""
    seed: str
    """What DiceBear drew it from."""


def draw_figure(style: AvatarStyle, colors: Colors, rng: np.random.Generator) -> Figure:
    """Draw a figure whose components are chosen by chance."""
    seed = f"{rng.integers(1 << 62):016x}"
    with unchecked():
        text = Avatar(style.style, figure_options(style, colors, seed)).to_string()
    root = parse_svg(text)
    inline_components(root)
    return Figure(style, root, float(root.get("viewBox", "").split()[2]), seed)


def figure_options(style: AvatarStyle, colors: Colors, seed: str) -> dict[str, object]:
    """What DiceBear is told: the colors, how many figures have what not all have, and its seed."""
    options: dict[str, object] = {f"{name}Color": [color] for name, color in colors.items()}
    options["seed"] = seed
    for component, percent in OCCASIONAL.items():
        if component in style.optional_components:
            options[f"{component}Probability"] = percent
    return options


def character_colors(style: AvatarStyle, rng: np.random.Generator) -> Colors:
    """Draw the colors of a figure: skin, hair, clothes, eyes, and all that it wears."""
    hair = random_hair_color(rng)
    skin = random_skin_color(rng)
    roles = {"hair": hair, "skin": skin, "cloth": random_cloth_color(rng), "ink": BLACK}
    # Lorelei's lines are thin: mouths are black, and brows take the hair's color.
    thin_lines = style.name == "lorelei"
    fixed = {
        "eyebrows": scale(hair, 0.6) if thin_lines else BLACK,
        "mouth": BLACK if thin_lines else LIPS,
        "background": TRANSPARENT,
        "freckles": scale(skin, 0.75),
    }
    colors: Colors = {}
    for name in style.color_names:
        role = ROLE_OF.get(name)
        if role == "accent":
            colors[name] = random_cloth_color(rng)
        elif role is not None:
            colors[name] = roles[role]
        elif name == "eyes":
            colors[name] = random_eye_color(rng)
        elif name in fixed:
            colors[name] = fixed[name]
    return colors


def background_colors(style_name: str, rng: np.random.Generator) -> Colors:
    """Draw a plain color for styles that else paint in a blend mode, which skia ignores."""
    color = from_hsv(rng.random(), rng.uniform(0.1, 0.6), rng.uniform(0.6, 1))
    names = {"stripes": "stripe", "triangles": "shape"}
    return {names[style_name]: color} if style_name in names else {}

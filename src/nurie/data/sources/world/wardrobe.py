"""What a person wears: chosen before the first stroke."""

from dataclasses import dataclass

import numpy as np

from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.sampling import pick, random_cloth_color

TOPS = {
    "tee": 3.0,
    "shirt": 2.0,
    "sweater": 1.6,
    "hoodie": 1.3,
    "tank": 1.0,
    "jacket": 1.4,
    "coat": 0.8,
    "sailor": 0.8,
    "overall": 0.5,
}
DRESS_SHARE, FEMALE_ONLY = 0.22, ("skirt", "long skirt")
BOTTOMS = {"trousers": 3.0, "shorts": 1.4, "skirt": 2.4, "long skirt": 0.8}
SLEEVES = {"tee": "short", "tank": "none", "sailor": "long", "overall": "short"}
SOCKS = {"none": 2.0, "ankle": 1.5, "knee": 1.3, "tights": 0.8}
SHOES = {"sneakers": 3.0, "shoes": 2.0, "boots": 1.3, "sandals": 0.4, "bare": 0.5}
DENIM, BLACK, WHITE = "#5a78a8", "#3a3a42", "#f8f6f2"
TROUSER_COLORS = (DENIM, "#3f5273", BLACK, "#8a7a63", "#c9b591", "#5f6a5a")


@dataclass(frozen=True, kw_only=True)
class Clothes:
    """Kinds and colors of all that is worn."""

    top: str
    """One of `TOPS`, or `dress`; seen from behind `back` or `dress back`."""
    sleeves: str
    """`none`, `short`, `half` or `long`."""
    wide: bool
    """Sleeves and legs that hang."""
    tucked: bool
    bottom: str
    socks: str
    shoes: str
    color: str
    second: str
    accent: str
    bottom_color: str
    sock_color: str
    shoe_color: str
    pattern: str
    """`plain`, `stripes`, `dots`, `print` or `checks`."""


def choose_clothes(rng: np.random.Generator, *, male: bool, color: str) -> Clothes:
    """Draw clothes by chance; `color` is that of the top."""
    dress = not male and rng.random() < DRESS_SHARE
    top = "dress" if dress else pick(rng, TOPS)
    bottom = pick(rng, BOTTOMS)
    if male and bottom in FEMALE_ONLY:
        bottom = "trousers"
    if dress:
        bottom = "skirt" if rng.random() < 0.6 else "long skirt"
    plain_trousers = bottom in ("trousers", "shorts") and rng.random() < 0.6
    bottom_color = str(rng.choice(TROUSER_COLORS)) if plain_trousers else random_cloth_color(rng)
    sleeves = SLEEVES.get(top) or str(
        rng.choice(["short", "half", "long", "none"] if dress else ["long", "long", "half"])
    )
    sock_color = str(rng.choice([WHITE, BLACK, random_cloth_color(rng)]))
    return Clothes(
        top=top,
        sleeves=sleeves,
        wide=bool(rng.random() < 0.25),
        tucked=bool(rng.random() < (0.45 if bottom in FEMALE_ONLY else 0.15)) or top == "overall",
        bottom="trousers" if top == "overall" else bottom,
        socks=pick(rng, SOCKS),
        shoes=pick(rng, SHOES),
        color=color,
        second=random_cloth_color(rng) if rng.random() < 0.6 else mix(color, "#ffffff", 0.6),
        accent=random_cloth_color(rng),
        bottom_color=color if dress else bottom_color,
        sock_color=sock_color,
        shoe_color=str(rng.choice([random_cloth_color(rng), BLACK, "#7a5236", WHITE])),
        pattern=pick(rng, {"plain": 6.0, "stripes": 1.2, "dots": 0.5, "print": 1.6, "checks": 0.4}),
    )


def darker(color: str) -> str:
    """The color of a hem, a cuff or a pocket."""
    return scale(color, 0.86)

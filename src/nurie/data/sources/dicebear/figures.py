"""Figures and backdrops of DiceBear styles, chosen by chance, coming to stand on a board."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nurie.data.sources.dicebear.avatar import (
    ROLE_OF,
    Colors,
    Figure,
    character_colors,
    draw_figure,
)
from nurie.data.sources.dicebear.board import CENTER, VIEW, Board
from nurie.data.sources.dicebear.layers import Ink, KindOf, Pen
from nurie.data.sources.dicebear.styles import (
    BACKGROUND_STYLES,
    BUST_STYLES,
    CHARACTER_STYLES,
    INKED_STYLES,
    load_style,
)
from nurie.data.sources.hex_colors import WHITE, from_hsv
from nurie.data.sources.sampling import pick

COMPONENT_KINDS = {
    "hair": ("hair", "rearHair", "frontHair", "sideburns", "beard", "facialHair", "mustache",
             "eyebrows", "brows", "top"),
    "skin": ("head", "ears", "nose", "freckles", "cheeks", "blush", "expression"),
    "eye": ("eyes",),
    "mouth": ("mouth",),
    "cloth": ("clothes", "body", "pattern"),
}  # fmt: skip
"""What the components of the styles are; what is not here is a prop, or what its color says."""

KIND_OF_COMPONENT = {name: kind for kind, names in COMPONENT_KINDS.items() for name in names}

KIND_OF_OPEN_PEEPS = {**KIND_OF_COMPONENT, "head": "hair", "": "cloth"}
"""Their heads are hair and skin, and what is in no component is the body."""

TOLD_BY_COLOR = frozenset({"skin", "hair", "cloth"})
"""Roles whose color says what a shape is, whatever component it is in."""

OUTLINED_COLORS = ("eyes", "earrings", "glasses")
"""Color names of inked styles whose fills have no outline of their own."""

OUTLINED_FILLS = ("#d31e1e", "#ea869e")
"""Lips and tongues of inked styles, which have no outline of their own either."""

ADVENTURER_ZOOM = 1.12  # its figures leave more of their square empty
BACKDROP_LINE = 0.8  # times the line width of the figures
BACKDROP_FAINTEST = 0.06  # opacity; waves and blobs are translucent, but regions
BACKDROP_TURNED_ZOOM = 1.45  # a turned square must be this much larger to fill the picture


@dataclass(frozen=True)
class Layout:
    """How figures fill a picture. Lengths are in units of the board."""

    zooms: tuple[tuple[float, float], ...]
    """Smallest and largest zoom of a figure alone, of one of two, of one of three, ..."""
    spread: tuple[float, float]
    """How far a figure alone strays sideways and up and down (standard deviation)."""
    close_ups: bool = False
    """Whether a large figure alone is moved so that its face stays in the picture."""


@dataclass(frozen=True)
class Spot:
    """Where a figure stands, in units of the board and degrees."""

    x: float
    y: float
    rotation: float
    zoom: float
    """1 fills the board."""
    flip: int
    """-1 mirrors the figure, 1 does not."""


def random_ground(rng: np.random.Generator, *, pale: float, white: float) -> str | None:
    """Draw the color of the ground; None where a backdrop shall cover it.

    Args:
        rng: what to draw from.
        pale: share of pictures with a white or pale ground; as many again get a strong color.
        white: share of white among those.
    """
    choice = rng.random()
    if choice < pale:
        if rng.random() < white:
            return WHITE
        return from_hsv(rng.random(), rng.uniform(0, 0.12), rng.uniform(0.92, 1))
    if choice < 2 * pale:
        return from_hsv(rng.random(), rng.uniform(0.1, 0.6), rng.uniform(0.5, 1))
    return None


def random_cast(rng: np.random.Generator, counts: Mapping[int, float], *, alike: float) -> list[str]:
    """Draw the number of figures and the style of each; `alike`: share of one style for all."""
    names = [pick(rng, CHARACTER_STYLES) for _ in range(pick(rng, counts))]
    if len(names) > 1 and rng.random() < alike:
        names = names[:1] * len(names)
    return names


def random_spot(style_name: str, place: tuple[int, int], layout: Layout, rng: np.random.Generator) -> Spot:
    """Draw where figure `place[0]` of `place[1]` stands, from left to right."""
    index, count = place
    bust = style_name in BUST_STYLES
    # One draw for each number of figures, whichever is used.
    zoom = [rng.uniform(low, high) for low, high in layout.zooms][count - 1]
    if style_name == "adventurer":
        zoom *= ADVENTURER_ZOOM
    flip = -1 if rng.random() < 0.5 else 1
    rotation = rng.normal(0, 4 if bust else 9)
    middle, spread = (CENTER, layout.spread[0]) if count == 1 else (VIEW * (index + 0.5) / count, 8)
    x = middle + rng.normal(0, spread)
    if bust:
        y = VIEW - CENTER * zoom + rng.uniform(0, 6) + abs(rotation) * 1.2
    else:
        y = CENTER + rng.normal(0, layout.spread[1]) + (0 if count == 1 else rng.normal(0, 30))
    if layout.close_ups and count == 1 and zoom > 1.15:
        lowered = min(y + (zoom - 1) * 90, CENTER * zoom)
        y = lowered if bust else max(y, CENTER * zoom - 30)
    return Spot(x, y, rotation, zoom, flip)


def place_character(
    board: Board,
    style_name: str,
    spot: Spot,
    rng: np.random.Generator,
    *,
    line: tuple[float, Ink | None],
    owner: int,
) -> Figure:
    """Draw a figure in colors of its own and put it on the board; `line` is width and ink."""
    style = load_style(style_name)
    colors = character_colors(style, rng)
    figure = draw_figure(style, colors, rng)
    width, ink = line
    outlined = [colors[name] for name in OUTLINED_COLORS if name in colors]
    pen = Pen(
        inked=style_name in INKED_STYLES,
        width=width / spot.zoom * figure.view / VIEW,
        ink=ink,
        outlined=frozenset([*outlined, *OUTLINED_FILLS]),
    )
    scale = spot.zoom * VIEW / figure.view
    middle = -figure.view / 2
    transform = (
        f"translate({spot.x:.2f} {spot.y:.2f}) rotate({spot.rotation:.2f}) "
        f"scale({scale * spot.flip:.5f} {scale:.5f}) translate({middle} {middle})"
    )
    board.place(figure.root, transform, pen, kind_of=_kinds(style_name, colors), owner=owner)
    return figure


def random_backdrop(rng: np.random.Generator) -> tuple[str, Spot]:
    """Draw the style of a backdrop and how it is turned; its place is drawn when it is placed."""
    style_name = pick(rng, BACKGROUND_STYLES)
    zoom = rng.uniform(1, 1.8)
    rotation = 0.0 if style_name == "landscape" else rng.uniform(-180, 180)
    flip = -1 if rng.random() < 0.5 else 1
    if rotation:
        zoom = max(zoom, BACKDROP_TURNED_ZOOM)
    return style_name, Spot(CENTER, CENTER, rotation, zoom, flip)


def place_backdrop(
    board: Board,
    figure: Figure,
    spot: Spot,
    rng: np.random.Generator,
    *,
    line: tuple[float, Ink | None],
) -> None:
    """Cover the ground with a backdrop; what is not turned is moved up by chance."""
    width, ink = line
    pen = Pen(
        inked=False,
        width=width * BACKDROP_LINE / spot.zoom * figure.view / VIEW,
        ink=ink,
        faintest=BACKDROP_FAINTEST,
    )
    y = spot.y if spot.rotation else spot.y - (spot.zoom - 1) * rng.uniform(0, 60)
    scale = spot.zoom * VIEW / figure.view
    middle = -figure.view / 2
    transform = (
        f"translate({spot.x} {y}) rotate({spot.rotation:.1f}) "
        f"scale({scale * spot.flip} {scale}) translate({middle} {middle})"
    )
    board.place(figure.root, transform, pen, kind_of=lambda *_: "background", owner=0)


def _kinds(style_name: str, colors: Colors) -> KindOf:
    """What the shapes of a figure are, by their color where that tells, else by their component."""
    table = KIND_OF_OPEN_PEEPS if style_name == "open-peeps" else KIND_OF_COMPONENT
    told = {color: ROLE_OF[name] for name, color in colors.items() if name in ROLE_OF}

    def kind_of(component: str, fill: str) -> str:
        kind, role = table.get(component, "prop"), told.get(fill, "")
        # Skin in an eye is a lid; but some styles give eyes the color of the hair.
        if role == "skin" or (role in TOLD_BY_COLOR and kind not in ("eye", "mouth")):
            return role
        return kind

    return kind_of

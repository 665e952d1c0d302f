"""One anime figure: what it looks like, where it stands, and how its own coordinates become pixels.

A figure is drawn in units of half a head's width. The head spans x from -1 to 1 around (0, 0), its
hairline is at y = -0.6, its eyes at 0.2, its chin at 1.2. Head coordinates lean with the head around
the neck; face coordinates lie on the head and turn with it; body coordinates do neither.
"""

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nurie.data.sources.anime.outlines import head_outline, lock_outline
from nurie.data.sources.canvas import Canvas
from nurie.data.sources.curves import Point, PointLike, Points, PointsLike, polygon, taper
from nurie.data.sources.sampling import (
    pick,
    random_cloth_color,
    random_eye_color,
    random_hair_color,
    random_skin_color,
)
from nurie.data.sources.skia_library import skia

SIDES = (-1, 1)
"""Left and right on the picture: most of a figure is drawn once for each."""

NECK_Y = 1.2  # the head leans around this height
HEAD_RADIUS_X = 1.06  # of the ellipsoid on which a face lies
TURN_SHIFT = 0.72  # how far the middle of the face goes aside at a turn of 90 degrees
SKULL_MIDDLE_Y = -0.35  # of the ellipse on which the hair lies
MAX_TURN = 0.6  # radians; a face turned further would need another drawing
FULL_BODY_TILT = 0.6  # whole figures lean their heads less
SHADOW_X, SHADOW_Y = 0.8, 0.6  # way of the shadow for one unit of its width

HAIR_STYLES = {"long": 3.5, "bob": 2.2, "twin": 1.5, "pony": 1.2, "short": 1.3, "hime": 0.8}
CHARACTER_SHADE = 2.0
"""Width of the shadows in drawings of characters: bolder, for the paint stage to learn from."""
_CHARACTER = 26  # keeps the dice of characters apart from those of drawings
MALE_HAIR_STYLES = {"short": 6.0, "long": 0.6, "pony": 0.6}


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a figure looks like: all that is chosen before the first stroke."""

    turn: float
    """Turn of the head in radians; positive looks to the right."""
    tilt: float
    """Lean of the head in radians; positive leans clockwise."""
    male: bool
    hair: str
    skin: str
    eyes: str
    cloth: str
    second_cloth: str
    accent: str
    """Color of ribbons, ties, belts and the like."""
    chin: float
    """How far down the chin reaches."""
    light: int
    """Side the light comes from, -1 or 1."""
    jaw: float
    """Half width of the jaw."""
    hair_style: str
    bangs: str
    """`sweep`, `part` or `blunt`."""
    sweep: int
    """Side to which swept bangs go, -1 or 1."""
    spiky: bool
    tip_color: str | None
    """What the hair fades to, if it does."""
    below: tuple[str, str, str] | None = None
    """Colors of socks, shoes and what is worn below the waist; None: whatever comes."""
    shade: float = 1.0
    """Width of shadows, by the usual one."""

    @property
    def again(self) -> bool:
        """Whether this is a character that is drawn again, whose colors, light and shade are not left to chance."""
        return self.below is not None

    @property
    def modelled(self) -> bool:
        """Whether all light and shade follow from lines and the side of the light, for the paint stage to learn."""
        return self.shade == CHARACTER_SHADE

    def colors(self) -> dict[str, str]:
        """The colors that name a figure, for a drawing's `meta`."""
        return {"skin": self.skin, "hair": self.hair, "eyes": self.eyes, "cloth": self.cloth}

    def like(self, other: "Look") -> "Look":
        """This figure holding its head as the other does, in the other's light."""
        return replace(self, turn=other.turn, tilt=other.tilt, light=other.light)


def choose_look(rng: np.random.Generator, *, full_body: bool) -> Look:
    """Draw a look by chance."""
    turn = max(-MAX_TURN, min(MAX_TURN, rng.normal(0, 0.28)))
    tilt = rng.normal(0, 0.09)
    male = bool(rng.random() < 0.3)
    hair, skin, eyes = random_hair_color(rng), random_skin_color(rng), random_eye_color(rng)
    cloths = [random_cloth_color(rng) for _ in range(3)]
    chin = rng.uniform(1.2, 1.4) if male else rng.uniform(1.08, 1.3)
    light = -1 if rng.random() < 0.5 else 1
    jaw = rng.uniform(0.6, 0.8) if male else rng.uniform(0.5, 0.7)
    hair_style = pick(rng, MALE_HAIR_STYLES if male else HAIR_STYLES)
    return Look(
        turn=turn,
        tilt=tilt * FULL_BODY_TILT if full_body else tilt,
        male=male,
        hair=hair,
        skin=skin,
        eyes=eyes,
        cloth=cloths[0],
        second_cloth=cloths[1],
        accent=cloths[2],
        chin=chin,
        light=light,
        jaw=jaw,
        hair_style=hair_style,
        bangs=pick(rng, _bangs_weights(hair_style)),
        sweep=int(rng.choice([-1, 1])),
        spiky=bool(rng.random() < (0.55 if male else 0.1)),
        tip_color=random_hair_color(rng) if rng.random() < 0.12 else None,
    )


def choose_character(number: int) -> Look:
    """The look of a figure that is drawn more than once."""
    rng = np.random.default_rng((_CHARACTER, number))
    look = choose_look(rng, full_body=False)
    socks, shoes, bottom = (random_cloth_color(rng) for _ in range(3))
    below = socks, shoes, bottom if rng.random() < 0.7 else look.cloth
    return replace(look, below=below, shade=CHARACTER_SHADE)


def _bangs_weights(hair_style: str) -> Mapping[str, float]:
    return {"sweep": 3.0, "part": 3.0, "blunt": 8.0 if hair_style == "hime" else 1.2}


@dataclass(frozen=True)
class Figure:
    """A look on a canvas, at a place and a size, with the dice for all that is still open."""

    canvas: Canvas
    rng: np.random.Generator
    look: Look
    owner: int
    """1, 2, ... in the order in which the figures of a picture are drawn."""
    x: float
    y: float
    """Middle of the head, in pixels of the canvas."""
    unit: float
    """Length of one unit, in pixels of the canvas."""

    def part(self, kind: str, name: str = "") -> AbstractContextManager[None]:
        """Note what is filled inside the `with` as this part of this figure."""
        return self.canvas.part(kind, self.owner, name)

    def head(self, points: PointsLike) -> Points:
        """Pixels of head coordinates."""
        places = np.asarray(points, dtype=np.float64)
        cos, sin = math.cos(self.look.tilt), math.sin(self.look.tilt)
        x, y = places[:, 0], places[:, 1] - NECK_Y
        across = self.x + self.unit * (x * cos - y * sin)
        down = self.y + self.unit * (NECK_Y + x * sin + y * cos)
        return np.stack([across, down], 1)

    def head_point(self, x: float, y: float) -> Point:
        """Pixel of one point in head coordinates."""
        point: Point = self.head([(x, y)])[0]
        return point

    def body(self, points: PointsLike) -> Points:
        """Pixels of body coordinates."""
        places = np.asarray(points, dtype=np.float64)
        return np.stack([self.x + self.unit * places[:, 0], self.y + self.unit * places[:, 1]], 1)

    def body_point(self, x: float, y: float) -> Point:
        """Pixel of one point in body coordinates."""
        point: Point = self.body([(x, y)])[0]
        return point

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """Head coordinates of a point on the face, which turns with the head."""
        depth = math.sqrt(max(0.0, 1 - (x / HEAD_RADIUS_X) ** 2))
        turn = self.look.turn
        return x * math.cos(turn) + depth * math.sin(turn) * TURN_SHIFT, y

    def face(self, points: PointsLike) -> Points:
        """Pixels of face coordinates."""
        return self.head([self.turned(float(x), float(y)) for x, y in points])

    def face_point(self, x: float, y: float) -> Point:
        """Pixel of one point in face coordinates."""
        return self.head_point(*self.turned(x, y))

    def shadow(self, width: float) -> tuple[float, float]:
        """Way from the light in pixels; a shape moved by it, negative, bares its cel shadow."""
        width *= self.look.shade
        down = 1 if self.look.modelled else -1  # light from above, or, in older pictures, from below
        return -self.look.light * width * self.unit * SHADOW_X, down * width * self.unit * SHADOW_Y

    def lock(self, left: PointLike, right: PointLike, tip: PointLike, bend: float) -> skia.Path:
        """A curved spike of hair, in head coordinates."""
        return polygon(self.head(lock_outline(left, right, tip, bend)))

    def pen(self, points: Points, width: float, ends: tuple[float, float]) -> skia.Path:
        """A tapered stroke through pixels; `width` is a share of the line width."""
        return taper(points, self.canvas.line_width * width, ends)

    def crease(self, points: Points, on_color: str, *, width: float, ends: tuple[float, float]) -> None:
        """Draw a fold or a strand on a shape of that color; lineless color pictures go without."""
        ink = self.canvas.line_color(on_color)
        self.canvas.ink(self.pen(points, width, ends), ink, optional=True)

    @cached_property
    def head_path(self) -> skia.Path:
        """The outline of the face and the skull, without ears and hair."""
        return polygon(self.head(head_outline(self.look.turn, self.look.chin, self.look.jaw)))

"""Eyes and brows: the part of a face that shows who it is and how it feels."""

import math
from dataclasses import dataclass

import numpy as np

from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.anime.modelling import light_iris
from nurie.data.sources.canvas import INK, Gradient, Line
from nurie.data.sources.curves import (
    Points,
    PointsLike,
    arc,
    bezier,
    difference,
    ellipse,
    join,
    polygon,
    shifted,
    taper,
)
from nurie.data.sources.hex_colors import WHITE, mix, scale
from nurie.data.sources.sampling import pick, random_eye_color
from nurie.data.sources.skia_library import skia

MOODS = {"open": 8.0, "closed": 0.7, "happy": 0.8, "half": 0.9, "wink": 0.5}
EYE_WHITE = "#fdfdff"
LID_SHADOW_TINT = (0.75, 0.74, 0.86)


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """A pair of eyes. Each has its own coordinates: x outwards, y down, from its middle."""

    half_width: float
    half_height: float
    y: float
    """In face coordinates, as `x`."""
    x: float
    """Distance from the middle of the face."""
    slant: float
    mood: str
    gaze: tuple[float, float]
    iris: tuple[float, float]
    """Radii."""
    lashes: float
    """Thickness of the upper lashes."""
    brow_gap: float
    brow_slant: float
    colors: tuple[str, str]
    """Of the left and the right eye; they rarely differ."""
    lash_color: str

    def mood_of(self, side: int) -> str:
        """What one eye does: a wink closes the left one only."""
        if self.mood == "wink":
            return "open" if side == 1 else "happy"
        return self.mood

    def upper_lid(self, mood: str) -> Points:
        """From the inner to the outer corner."""
        width, height, slant = self.half_width, self.half_height, self.slant
        if mood == "half":
            inner, outer = (-width, 0.02 - slant), (width, -slant * 2)
            pulls = ((-width * 0.6, -height * 0.35), (width * 0.45, -height * 0.45))
        else:
            inner, outer = (-width, 0.06 - slant), (width, -0.02 - slant * 2)
            pulls = ((-width * 0.75, -height * 0.9), (width * 0.35, -height * 1.15))
        return bezier(inner, *pulls, outer, 18)

    def lower_lid(self) -> Points:
        """From the outer to the inner corner."""
        width, height = self.half_width, self.half_height
        outer, inner = (width * 0.92, 0.02 - self.slant * 2), (-width * 0.8, 0.12)
        return bezier(outer, (width * 0.6, height * 0.95), (-width * 0.5, height * 0.9), inner, 18)


def choose_eyes(figure: Figure) -> Eyes:
    """Draw eyes that fit the figure by chance."""
    rng, look = figure.rng, figure.look
    half_width = rng.uniform(0.27, 0.36)
    half_height = rng.uniform(0.16, 0.26) if look.male else rng.uniform(0.24, 0.36)
    y, x = rng.uniform(0.18, 0.3), rng.uniform(0.42, 0.5)
    slant = rng.normal(0.02, 0.06)
    mood = pick(rng, MOODS)
    gaze = (rng.normal(0, 0.05), rng.normal(0, 0.03))
    iris = (half_width * rng.uniform(0.58, 0.74), half_height * rng.uniform(0.9, 1.15))
    lashes = rng.uniform(0.045, 0.085) * (0.7 if look.male else 1)
    brow_gap, brow_slant = rng.uniform(0.12, 0.22), rng.normal(0, 0.12)
    odd = rng.random() < 0.05 and not look.again
    left_color = random_eye_color(rng) if odd else look.eyes
    return Eyes(
        half_width=half_width,
        half_height=half_height,
        y=y,
        x=x,
        slant=slant,
        mood=mood,
        gaze=gaze,
        iris=iris,
        lashes=lashes,
        brow_gap=brow_gap,
        brow_slant=brow_slant,
        colors=(left_color, look.eyes),
        lash_color=INK if rng.random() < 0.7 else scale(look.hair, 0.3),
    )


def draw_eyes(figure: Figure) -> Eyes:
    """Draw both eyes and brows; glasses need to know where they are."""
    eyes = choose_eyes(figure)
    opened = 0
    for side in SIDES:
        mood = eyes.mood_of(side)
        if mood in ("closed", "happy"):
            _draw_closed(figure, eyes, side, mood)
        else:
            opened += 1
            _draw_open(figure, eyes, side, opened)
        _draw_brow(figure, eyes, side)
    return eyes


def _place(figure: Figure, eyes: Eyes, side: int, points: PointsLike) -> Points:
    """Pixels of points in one eye's coordinates."""
    return figure.face([(side * eyes.x + side * float(x), eyes.y + float(y)) for x, y in points])


def _draw_closed(figure: Figure, eyes: Eyes, side: int, mood: str) -> None:
    width, canvas = eyes.half_width, figure.canvas
    sag = 0.16 if mood == "closed" else -0.2
    lid = bezier((-width, 0), (-width * 0.5, sag), (width * 0.5, sag), (width, -0.02), 16)
    thickness = figure.unit * eyes.lashes * 1.1 + canvas.line_width * 0.6
    path = taper(_place(figure, eyes, side, lid), thickness, (0.25, 0.25))
    canvas.ink(path, eyes.lash_color)
    if figure.look.male:
        return
    way = math.copysign(1, sag)
    for share in (0.75, 0.95):
        x = width * share
        root = (x, sag * 0.4 * (1 - share))
        lash = arc(root, (x + 0.05, sag * 0.4 + 0.02 * way), (x + 0.1, sag * 0.3 + 0.06 * way))
        path = figure.pen(_place(figure, eyes, side, lash), 1.0, (0.1, 0.9))
        canvas.ink(path, eyes.lash_color)


def _draw_open(figure: Figure, eyes: Eyes, side: int, number: int) -> None:
    upper, lower = eyes.upper_lid(eyes.mood_of(side)), eyes.lower_lid()
    white = polygon(_place(figure, eyes, side, join(upper, lower)))
    with figure.part("eye", f"white{number}"):
        figure.canvas.fill(white, EYE_WHITE, line=None)
    with figure.canvas.clipped(white):
        _draw_iris(figure, eyes, side, number, white)
    _draw_lids(figure, eyes, side, upper, lower)


def _draw_iris(figure: Figure, eyes: Eyes, side: int, number: int, white: skia.Path) -> None:
    rng, canvas, look = figure.rng, figure.canvas, figure.look
    color = eyes.colors[side == 1]
    gaze_x, gaze_y = eyes.gaze
    x, y = _place(figure, eyes, side, [(gaze_x * side - 0.02, gaze_y + 0.02)])[0]
    foreshortened = max(0.6, math.cos(look.turn * 0.8 + side * 0.2))
    radius_x, radius_y = eyes.iris[0] * figure.unit * foreshortened, eyes.iris[1] * figure.unit
    depth = Gradient(
        (x, y - radius_y),
        (x, y + radius_y),
        (scale(look.eyes, 0.4), color, mix(color, WHITE, 0.45)),
        (0.0, 0.55, 1.0),
    )
    with figure.part("eye", f"iris{number}"):
        rim = Line(0.9, scale(color, 0.3))
        canvas.fill(ellipse((x, y), radius_x, radius_y), color, gradient=depth, line=rim)
    if rng.random() < 0.8:
        pupil = ellipse((x, y + radius_y * 0.02), radius_x * 0.42, radius_y * 0.45)
        with figure.part("eye", f"pupil{number}"):
            canvas.fill(pupil, scale(color, 0.18), line=Line(0.6, scale(color, 0.15)))
    below_lid = shifted(white, 0.0, eyes.half_height * 0.42 * figure.unit)
    if look.modelled:
        light_iris(figure, (x, y), (radius_x, radius_y), color)
    canvas.darken(difference(white, below_lid), inside=white, tint=LID_SHADOW_TINT)
    lit_x = x + radius_x * 0.35 * look.light
    highlight = ellipse((lit_x, y - radius_y * 0.42), radius_x * 0.32, radius_y * 0.26)
    with figure.part("eye", f"highlight{number}"):
        canvas.fill(highlight, WHITE, line=Line(0.55, scale(color, 0.5)))
    if rng.random() < 0.6:
        glint = (x - radius_x * 0.3 * look.light, y + radius_y * 0.48)
        canvas.gleam(ellipse(glint, radius_x * 0.18, radius_y * 0.14))


def _draw_lids(figure: Figure, eyes: Eyes, side: int, upper: Points, lower: Points) -> None:
    rng, canvas = figure.rng, figure.canvas
    thickness = np.linspace(0.35, 1.15, len(upper)) * eyes.lashes
    lash_top = upper - np.stack([np.zeros(len(upper)), thickness], 1)
    lash_top[-1] = upper[-1] + (0.07, -0.05)
    lashes = polygon(_place(figure, eyes, side, join(upper, lash_top[::-1])))
    canvas.ink(lashes, eyes.lash_color)
    if not figure.look.male and rng.random() < 0.8:
        for lash in range(rng.integers(1, 4)):
            _draw_outer_lash(figure, eyes, side, upper, lash)
    line = figure.pen(_place(figure, eyes, side, lower[1:11]), 1.0, (0.2, 0.8))
    canvas.ink(line, eyes.lash_color)
    if rng.random() < 0.7:
        fold = _place(figure, eyes, side, upper[4:-2] - (0, eyes.lashes + 0.055))
        figure.crease(fold, figure.look.skin, width=0.8, ends=(0.3, 0.4))


def _draw_outer_lash(figure: Figure, eyes: Eyes, side: int, upper: Points, lash: int) -> None:
    x, y = upper[-1 - lash * 2]
    curve = arc((x, y), (x + 0.06, y - 0.02), (x + 0.11, y + (-0.08 + 0.02 * lash)))
    path = figure.pen(_place(figure, eyes, side, curve), 1.3, (0.05, 0.9))
    figure.canvas.ink(path, eyes.lash_color)


def _draw_brow(figure: Figure, eyes: Eyes, side: int) -> None:
    """A brow is ink, not a region."""
    rng, look = figure.rng, figure.look
    width, y, slant = eyes.half_width, -eyes.half_height - eyes.brow_gap, eyes.brow_slant
    brow = bezier(
        (-width * 0.95, y + slant * 0.4 + 0.05),
        (-width * 0.3, y - 0.06),
        (width * 0.5, y - 0.08),
        (width * 1.1, y + 0.04 - slant * 0.5),
        14,
    )
    strength = rng.uniform(0.03, 0.06) * (1.5 if look.male else 1)
    thickness = figure.unit * strength + figure.canvas.line_width * 0.4
    path = taper(_place(figure, eyes, side, brow), thickness, (0.15, 0.7))
    figure.canvas.ink(path, scale(look.hair, 0.55) if rng.random() < 0.7 else INK)

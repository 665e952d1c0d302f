"""Where a thing is drawn: its own coordinates, its light, and the dice for all that is still open.

A thing lies in the square from -1 to 1, x to the right and y downwards; most things stand on y = 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from nurie.data.sources.canvas import OUTLINE, Canvas, Gradient, Line
from nurie.data.sources.curves import Number, Points, PointsLike, polygon, smooth, star, taper
from nurie.data.sources.hex_colors import from_hsv, to_hsv
from nurie.data.sources.sampling import random_cloth_color
from nurie.data.sources.skia_library import skia

SHADOW_X, SHADOW_Y = 0.8, 0.5  # way of the shadow for one unit of its width
ROUND = 10  # knots of an oval
THIN = Line(0.75)

Outline = PointsLike | str
"""Points, or the same in short: "0,-.6! .4,-.75 .82,-.5", where "!" gives a point twice and so makes it a corner."""


@lru_cache(maxsize=4096)
def _parse(outline: str) -> Points:
    points = [point for word in outline.split() for point in [word.rstrip("!")] * (1 + word.endswith("!"))]
    parsed: Points = np.array([[float(number) for number in point.split(",")] for point in points])
    return parsed


def points_of(outline: Outline) -> Points:
    """The points of an outline, however it is written."""
    return _parse(outline) if isinstance(outline, str) else np.asarray(outline, dtype=np.float64)


def aside(side: int, outline: Outline) -> Points:
    """An outline, mirrored where the side is -1."""
    points: Points = points_of(outline) * (side, 1)
    return points


def mirrored(outline: Outline) -> Points:
    """An outline from its right half: the points, then their mirror images on the way back."""
    right = points_of(outline)
    whole: Points = np.vstack([right, (right * (-1, 1))[::-1]])
    return whole


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place on a canvas for one thing."""

    canvas: Canvas
    rng: np.random.Generator
    owner: int
    x: Number
    y: Number
    """Middle of the thing, in pixels of the canvas."""
    unit: Number
    """Pixels of the canvas per unit; half the side of the thing's square."""
    angle: Number = 0.0
    """Radians by which the thing leans, clockwise."""
    flip: int = 1
    """-1 mirrors the thing."""
    stretch: tuple[Number, Number] = (1.0, 1.0)
    bend: tuple[Number, Number, Number, Number] = (0.0, 0.0, 0.0, 0.0)
    """How a hand is off: swing and phase across, swing and phase along."""
    light: int = 1
    """Side the light comes from on the canvas, -1 or 1."""
    kind: str = "prop"
    name: str = ""

    def at(self, points: Outline) -> Points:
        """Pixels of points in the thing's own coordinates."""
        places = points_of(points)
        across, phase_x, along, phase_y = self.bend
        x = places[:, 0] * self.stretch[0] + across * np.sin(2.1 * places[:, 1] + phase_x)
        y = places[:, 1] * self.stretch[1] + along * np.sin(2.1 * places[:, 0] + phase_y)
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return np.stack(
            [
                self.x + self.unit * self.flip * (x * cos - y * sin),
                self.y + self.unit * (x * sin + y * cos),
            ],
            1,
        )

    def point(self, x: Number, y: Number) -> tuple[Number, Number]:
        """Pixel of one point."""
        (across, down) = self.at([(x, y)])[0]
        return float(across), float(down)

    def inner(
        self, x: Number, y: Number, size: Number, angle: Number = 0.0, *, name: str = "", flip: int = 1
    ) -> "Spot":
        """A smaller square around a point of this one: a thing within or on a thing."""
        across, down = self.point(x, y)
        return replace(
            self,
            x=across,
            y=down,
            unit=self.unit * size,
            angle=self.angle + angle,
            name=name or self.name,
            flip=self.flip * flip,
        )

    def round(self, points: Outline, *, closed: bool = True) -> skia.Path:
        """A round shape through these points; a point given twice is a corner."""
        return smooth(self.at(points), closed=closed)

    def flat(self, points: Outline, *, closed: bool = True) -> skia.Path:
        """A shape within straight lines."""
        return polygon(self.at(points), closed=closed)

    def oval(
        self, x: Number, y: Number, radius_x: Number, radius_y: Number | None = None, angle: Number = 0.0
    ) -> skia.Path:
        """An ellipse around a point; a disk without the second radius."""
        around = np.linspace(0, 2 * np.pi, ROUND, endpoint=False)
        across, down = radius_x * np.cos(around), (radius_y or radius_x) * np.sin(around)
        cos, sin = math.cos(angle), math.sin(angle)
        return self.round(np.stack([x + across * cos - down * sin, y + across * sin + down * cos], 1))

    def box(self, left: Number, top: Number, right: Number, bottom: Number) -> skia.Path:
        """A rectangle."""
        return self.flat([(left, top), (right, top), (right, bottom), (left, bottom)])

    def soft_box(self, left: Number, top: Number, right: Number, bottom: Number, radius: Number) -> skia.Path:
        """A rectangle with round corners."""
        quarter = np.linspace(0, np.pi / 2, 4)
        corners = ((right, bottom, 1, 1), (left, bottom, -1, 1), (left, top, -1, -1), (right, top, 1, -1))
        points: list[Points] = []
        for number, (x, y, side, down) in enumerate(corners):
            turn = quarter + number * np.pi / 2
            middle = np.array([x - side * radius, y - down * radius])
            points.append(middle + radius * np.stack([np.cos(turn), np.sin(turn)], 1))
        return self.flat(np.vstack(points))

    def star(self, x: Number, y: Number, radius: Number, spikes: int = 5) -> skia.Path:
        """A star around a point, which stands upright however the thing leans."""
        return star(self.point(x, y), float(radius * self.unit), spikes)

    def fill(
        self,
        path: skia.Path,
        color: str,
        *,
        shade: Number = 0.0,
        line: Line | None = OUTLINE,
        gradient: Gradient | None = None,
    ) -> None:
        """Draw a shape; `shade` is the width of its shadow in units, 0 for none."""
        with self.canvas.part(self.kind, self.owner, self.name):
            self.canvas.fill(path, color, line=line, shade=self.shadow(shade) if shade else None, gradient=gradient)

    def shadow(self, width: Number) -> tuple[Number, Number]:
        """How far a shape is moved to bare its shadow, in pixels."""
        return self.light * width * self.unit * SHADOW_X, -width * self.unit * SHADOW_Y

    def stroke(self, points: Outline, on_color: str, width: Number = 0.8, *, round_: bool = True) -> None:
        """Draw a thin line through points, such as a fold; lineless color pictures go without."""
        path = self.round(points, closed=False) if round_ else self.flat(points, closed=False)
        self.canvas.stroke(path, self.canvas.line_color(on_color), width=width)

    def tapered(
        self, points: Outline, on_color: str, width: Number = 1.0, ends: tuple[Number, Number] = (0.3, 0.6)
    ) -> None:
        """Draw a crease that is thin at both ends."""
        path = taper(self.at(points), self.canvas.line_width * width, ends)
        self.canvas.ink(path, self.canvas.line_color(on_color), optional=True)

    def dot(self, x: Number, y: Number, radius: Number, color: str = "#141216") -> None:
        """Ink a small disk, such as an animal's eye: a line, not a region."""
        self.canvas.ink(self.oval(x, y, max(radius, 0.45 * self.canvas.line_width / self.unit)), color)

    def like(self, color: str) -> str:
        """A color close to this one."""
        hue, saturation, value = to_hsv(color)
        turn, rich, bright = self.rng.normal(0, (0.012, 0.08, 0.06))
        return from_hsv(hue + turn, _within(saturation + rich * (saturation > 0.04)), _within(value + bright))

    def any_color(self) -> str:
        """A color as clothes and paint have it."""
        return random_cloth_color(self.rng)

    def choose(self, colors: Sequence[str]) -> str:
        """One of these colors, or one close to it."""
        return self.like(colors[int(self.rng.integers(len(colors)))])

    def chance(self, share: Number) -> bool:
        """Whether something happens that happens in this share of the cases."""
        return bool(self.rng.random() < share)

    def between(self, low: Number, high: Number) -> float:
        """A number by chance."""
        return float(self.rng.uniform(low, high))


def _within(value: Number) -> float:
    return min(1.0, max(0.0, value))

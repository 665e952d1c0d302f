"""The geometry of drawings: curves as rows of points, and the shapes they enclose.

Points are (x, y): x grows to the right, y downwards.
"""

import math
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float64

from nurie.data.sources.skia_library import skia

Points = Float64[np.ndarray, "_ 2"]
Point = Float64[np.ndarray, "2"]

Number = int | float
PointLike = Sequence[Number] | Point
PointsLike = Sequence[PointLike] | Points

MIN_HALF_WIDTH = 0.15  # pixels of the large canvas; a taper thinner than this breaks into dots
NO_LENGTH = 1e-9  # keeps a step of no length from dividing by zero


def bezier(start: PointLike, pull_a: PointLike, pull_b: PointLike, end: PointLike, n: int) -> Points:
    """Sample `n` points of a cubic curve; the ends are among them."""
    t = np.linspace(0, 1, n)[:, None]
    p0, p1, p2, p3 = (np.asarray(point) for point in (start, pull_a, pull_b, end))
    curve: Points = (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t * t * p2 + t**3 * p3
    return curve


def arc(start: PointLike, pull: PointLike, end: PointLike, n: int = 14) -> Points:
    """Sample `n` points of a quadratic curve; the ends are among them."""
    t = np.linspace(0, 1, n)[:, None]
    p0, p1, p2 = (np.asarray(point) for point in (start, pull, end))
    curve: Points = (1 - t) ** 2 * p0 + 2 * (1 - t) * t * p1 + t * t * p2
    return curve


def rest_of_arc(start: PointLike, pull: PointLike, end: PointLike, t: float) -> list[Point]:
    """Give the three points of the quadratic curve that runs from `t` (0..1) to the end."""
    p0, p1, p2 = (np.asarray(point, dtype=np.float64) for point in (start, pull, end))
    return [(1 - t) ** 2 * p0 + 2 * t * (1 - t) * p1 + t * t * p2, p1 + (p2 - p1) * t, p2]


def first_of_arc(start: PointLike, pull: PointLike, end: PointLike, t: float) -> list[Point]:
    """Give the three points of the quadratic curve that runs from the start to `t` (0..1)."""
    p0, p1, p2 = (np.asarray(point, dtype=np.float64) for point in (start, pull, end))
    return [p0, p0 + (p1 - p0) * t, (1 - t) ** 2 * p0 + 2 * t * (1 - t) * p1 + t * t * p2]


def normals(points: Points) -> Points:
    """Unit vectors across a curve at each of its points, to the right of its way on the canvas."""
    steps = np.gradient(points, axis=0)
    across: Points = np.stack([-steps[:, 1], steps[:, 0]], 1)
    across /= np.linalg.norm(across, axis=1, keepdims=True) + NO_LENGTH
    return across


def join(*pieces: PointsLike) -> Points:
    """Put pieces of an outline behind one another."""
    joined: Points = np.vstack([np.asarray(piece, dtype=np.float64) for piece in pieces])
    return joined


def polygon(points: PointsLike, *, closed: bool = True) -> skia.Path:
    """The shape within straight lines from point to point."""
    path = skia.Path()
    path.addPoly([skia.Point(float(x), float(y)) for x, y in points], closed)
    return path


def polyline(points: PointsLike) -> skia.Path:
    """Straight lines from point to point, without a way back to the first."""
    return polygon(points, closed=False)


def smooth(points: PointsLike, *, closed: bool = True) -> skia.Path:
    """A round curve through all points (Catmull-Rom); a point that is given twice is a corner."""
    knots = np.asarray(points, dtype=np.float64)
    ends = (knots[-1:], knots[:2]) if closed else (knots[:1], knots[-1:])
    along = np.vstack([ends[0], knots, ends[1]])
    pulls = (along[2:] - along[:-2]) / 6
    twice = (along[1:] == along[:-1]).all(1)
    pulls[twice[:-1] | twice[1:]] = 0
    path = skia.Path()
    path.moveTo(*knots[0].tolist())
    pieces = np.hstack([along[1:-2] + pulls[:-1], along[2:-1] - pulls[1:], along[2:-1]])
    for piece in pieces.tolist():
        path.cubicTo(*piece)
    if closed:
        path.close()
    return path


def ellipse(center: PointLike, radius_x: float, radius_y: float) -> skia.Path:
    """An ellipse with upright axes."""
    x, y = (float(value) for value in center)
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - radius_x, y - radius_y, x + radius_x, y + radius_y))
    return path


def disk(center: PointLike, radius: float) -> skia.Path:
    """A round shape."""
    return ellipse(center, radius, radius)


def star(center: PointLike, radius: float, spikes: int) -> skia.Path:
    """A star that stands on two of its spikes, its notches at 0.45 of the radius."""
    x, y = center
    angles = np.arange(2 * spikes) * math.pi / spikes - math.pi / 2
    radii = np.where(np.arange(2 * spikes) % 2, radius * 0.45, radius)
    return polygon(np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], 1))


def heart(center: PointLike, radius: float) -> skia.Path:
    """A heart as wide as a disk of that radius."""
    x, y = center
    t = np.linspace(0, 2 * np.pi, 40)
    height = (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 16
    return polygon(np.stack([x + radius * np.sin(t) ** 3, y - radius * height], 1))


def union(*paths: skia.Path) -> skia.Path:
    """All that lies in one of the shapes; a shape that skia cannot join is left out."""
    whole = paths[0]
    for path in paths[1:]:
        joined = skia.Op(whole, path, skia.PathOp.kUnion_PathOp)
        whole = whole if joined is None else joined
    return whole


def difference(path: skia.Path, hole: skia.Path) -> skia.Path:
    """What lies in the first shape only; all of the first if skia cannot cut it."""
    rest = skia.Op(path, hole, skia.PathOp.kDifference_PathOp)
    return path if rest is None else rest


def shifted(path: skia.Path, x: float, y: float) -> skia.Path:
    """A copy, moved."""
    copy = skia.Path(path)
    copy.offset(x, y)
    return copy


def taper(points: Points, width: float, ends: tuple[float, float] = (0.15, 1.0)) -> skia.Path:
    """The shape of a pen stroke along a curve: `width` pixels where full, thin at both ends.

    `ends` are the shares of the way over which it swells at its start and shrinks at its end.
    """
    swell, shrink = ends
    t = np.linspace(0, 1, len(points))
    pressure = np.minimum(1, t / max(swell, 1e-3)) * np.minimum(1, (1 - t) / max(shrink, 1e-3))
    half_width = np.sqrt(np.clip(pressure, 0, 1))[:, None] * width / 2 + MIN_HALF_WIDTH
    across = normals(points) * half_width
    return polygon(np.vstack([points + across, (points - across)[::-1]]))

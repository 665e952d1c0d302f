"""Arms and legs: bent tubes, whole or a part of them."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from nurie.data.sources.curves import NO_LENGTH, Number, Points, polygon, union
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.person import Person

BEND = 0.22  # of a bone on either side of a joint is given to its curve
SHARPEST = 0.35  # cosine of a bend from which a tube is joined of two
ARM_SHAPE = ((0.0, 1.0), (0.3, 0.95), (0.5, 0.78), (0.62, 0.8), (1.0, 0.52))
LEG_SHAPE = ((0.0, 1.15), (0.25, 1.0), (0.5, 0.72), (0.66, 0.74), (1.0, 0.46))
"""Share of the way -> share of the limb's width."""

Shape = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Limb:
    """The bones of a limb and how thick it is."""

    joints: Points
    """Root, middle and end, in body coordinates."""
    width: float
    """At its root, in units; `shape` says how it changes."""
    shape: Shape


def way(joints: Points) -> Points:
    """A line through a limb that is round at its middle joint."""
    root, middle, end = joints
    before, after = middle + (root - middle) * BEND, middle + (end - middle) * BEND
    t = np.linspace(0, 1, 9)[:, None]
    curve = (1 - t) ** 2 * before + 2 * (1 - t) * t * middle + t * t * after
    s = np.linspace(0, 1, 9)[:, None]
    line: Points = np.vstack([root + (before - root) * s[:-1], curve, after + (end - after) * s[1:]])
    return line


def widths(shape: Shape, count: int) -> Float64[np.ndarray, " points"]:
    """The shape's widths at evenly many points."""
    at, share = zip(*shape, strict=True)
    shares: Float64[np.ndarray, " points"] = np.interp(np.linspace(0, 1, count), at, share)
    return shares


def tube(
    person: Person,
    limb: Limb,
    *,
    part: tuple[float, float] = (0.0, 1.0),
    wider: Number = 0.0,
    capped: bool = True,
) -> skia.Path:
    """The outline of a limb from one share of its way to another, in pixels.

    Args:
        person: whose limb it is.
        limb: bones and thickness, of skin or of a sleeve around it.
        part: of the way.
        wider: by how much on either side, as a sleeve is.
        capped: round at the root.
    """
    line = way(limb.joints)
    half = widths(limb.shape, len(line)) * limb.width / 2 + wider
    first, last = (round(share * (len(line) - 1)) for share in part)
    last = max(last, first + 2)
    if _sharp(limb.joints) and first < 12 < last:
        pieces = [_outline(person, line, half, (first, 14)), _outline(person, line, half, (10, last))]
        x, y = person.figure.body([line[12]])[0]
        radius = half[12] * person.figure.unit * 0.98
        whole = union(*pieces, skia.Path.Circle(x, y, radius))
    else:
        whole = _outline(person, line, half, (first, last))
    if capped:
        x, y = person.figure.body([line[first]])[0]
        whole = union(whole, skia.Path.Circle(x, y, half[first] * person.figure.unit))
    return whole


def _sharp(joints: Points) -> bool:
    first, second = joints[1] - joints[0], joints[2] - joints[1]
    cosine = first @ second / (np.linalg.norm(first) * np.linalg.norm(second) + NO_LENGTH)
    return bool(cosine < SHARPEST)


def _outline(person: Person, line: Points, half: Float64[np.ndarray, " points"], part: tuple[int, int]) -> skia.Path:
    steps = np.gradient(line, axis=0)
    across = np.stack([-steps[:, 1], steps[:, 0]], 1)
    across *= (half / (np.linalg.norm(across, axis=1) + NO_LENGTH))[:, None]
    piece = slice(part[0], part[1] + 1)
    rim = np.vstack([(line + across)[piece], (line - across)[piece][::-1]])
    return polygon(person.figure.body(rim))

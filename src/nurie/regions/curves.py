"""Borders as smooth curves: each is bent to a running mean of itself, and its ends stay where they are.

At a fork the two borders that go on most nearly straight are one curve. The third ends on it, and moves with it.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from nurie.regions.borders import Borders, Points

EDGES_PER_PIXEL = 4 / np.pi
"""Pixel edges for each pixel of the length of a curve, over all directions."""

LOOP = 10
"""A closed curve is smoothed over at most this part of its length: it would shrink."""

FADE = 4
"""A curve whose end moves follows over so many times the length that it is smoothed over."""

SHORT = 4
"""Curves of so few points stay as they are: most are where a border touches the rim of a stroke."""

_BLOCK = 1 << 17  # points smoothed at once, about

End = tuple[int, int]
"""A border and 0 for its first point, 1 for its last."""


@dataclass(eq=False)
class _Curve:
    """Borders, one after the other."""

    ends: list[End]
    """Each border, and at which of its ends it is entered."""
    points: Points
    corners: list[int]
    """At which each border begins, and the last ends."""
    cuts: list[int]
    """Where those are in `points`."""
    closed: bool


def smooth_curves(found: Borders, length: float) -> list[Points]:
    """The points of each border after smoothing over about `length` pixels to each side (a standard deviation)."""
    reach = max(1, round(length * EDGES_PER_PIXEL))
    curves = _join(found, _pair_at_forks(found, look=2 * reach))
    smooth = _carry_ends(curves, _smooth(curves, reach), fade=FADE * reach)
    forks = _places(curves, smooth)
    lines = [border.points for border in found.borders]
    for curve, points in zip(curves, smooth, strict=True):
        for (number, end), first, last in zip(curve.ends, curve.cuts[:-1], curve.cuts[1:], strict=True):
            lines[number] = points[first : last + 1][:: -1 if end else 1].copy()
    for border, line in zip(found.borders, lines, strict=True):
        for place, corner in zip((0, -1), border.ends, strict=True):
            line[place] = forks.get(corner, line[place])
    return lines


def _pair_at_forks(found: Borders, look: int) -> dict[End, End]:
    """Where curves go on: for an end of a border at a fork the one straight ahead, if there is one."""
    meeting: dict[int, list[End]] = defaultdict(list)
    for number, border in enumerate(found.borders):
        for end, corner in enumerate(border.ends):
            if corner in found.forks:
                meeting[corner].append((number, end))
    ahead = {}
    for ends in meeting.values():
        ways = [_way(_from_end(found, end), look) for end in ends]
        one, other = min(combinations(range(3), 2), key=lambda two: (ways[two[0]] * ways[two[1]].conjugate()).real)
        ahead[ends[one]], ahead[ends[other]] = ends[other], ends[one]
    return ahead


def _from_end(found: Borders, end: End) -> Points:
    return found.borders[end[0]].points[:: -1 if end[1] else 1]


def _way(points: Points, look: int) -> complex:
    """Which way a border leaves its first point."""
    way = complex(points[1 : look + 1].mean() - points[0])
    return way / max(abs(way), 1e-9)


def _join(found: Borders, ahead: dict[End, End]) -> list[_Curve]:
    """Curves with two ends, and then those without."""
    every = [(number, end) for number in range(len(found.borders)) for end in (0, 1)]
    done: set[int] = set()
    curves = []
    for start in [*(end for end in every if end not in ahead), *every]:
        ends: list[End] = []
        at: End | None = start
        while at is not None and at[0] not in done:
            done.add(at[0])
            ends.append(at)
            at = ahead.get((at[0], 1 - at[1]))
        if ends:
            curves.append(_build(found, ends))
    return curves


def _build(found: Borders, ends: list[End]) -> _Curve:
    parts = [_from_end(found, end) for end in ends]
    corners = [found.borders[number].ends[end] for number, end in ends]
    last, end = ends[-1]
    corners.append(found.borders[last].ends[1 - end])
    points = np.concatenate([parts[0][:1], *(part[1:] for part in parts)])
    cuts = np.cumsum([0, *(len(part) - 1 for part in parts)]).tolist()
    return _Curve(ends, points, corners, cuts, corners[0] == corners[-1] and corners[0] not in found.fixed)


def _smooth(curves: list[_Curve], reach: int) -> list[Points]:
    """Each curve by itself; open ones end where they ended."""
    smooth = [curve.points for curve in curves]
    alike: dict[int, list[int]] = defaultdict(list)
    for number, curve in enumerate(curves):
        own = min(reach, len(curve.points) // LOOP) if curve.closed else reach
        if own > 0 and len(curve.points) > SHORT:
            alike[own].append(number)
    for own, numbers in alike.items():
        step = max(1, _BLOCK // (12 * own))
        for start in range(0, len(numbers), step):
            some = numbers[start : start + step]
            for number, points in zip(some, _smooth_alike([curves[i] for i in some], own), strict=True):
                smooth[number] = points
    return smooth


def _smooth_alike(curves: list[_Curve], reach: int) -> list[Points]:
    """Twice the running mean less the mean of that: what is longer than a few `reach` hardly shrinks."""
    once = _mean(np.concatenate([_extend(curve, 6 * reach) for curve in curves]), reach)
    both = 2 * once[3 * reach : -3 * reach] - _mean(once, reach)
    smooth, start = [], 0
    for curve in curves:
        points = both[start : start + len(curve.points)].copy()
        start += len(points) + 12 * reach
        if not curve.closed:
            points[[0, -1]] = curve.points[[0, -1]]
        smooth.append(points)
    return smooth


def _extend(curve: _Curve, margin: int) -> Points:
    """A curve that goes on at both ends: turned about them by half a turn, or around once more if it is closed."""
    points, length = curve.points, len(curve.points) - 1
    turn, place = np.divmod(np.arange(-margin, length + margin + 1), length)
    if curve.closed:
        return points[place]
    first, last = points[0], points[-1]
    turned = np.where(turn % 2 == 0, points[place], first + last - points[length - place])
    return np.asarray(turned + turn * (last - first))


def _mean(points: Points, reach: int) -> Points:
    """Three running means, near enough to a Gaussian one; 3 * `reach` points are lost at both ends."""
    window = 2 * reach + 1
    for _ in range(3):
        total = np.concatenate([np.zeros(1), points.cumsum()])
        points = (total[window:] - total[:-window]) / window
    return points


def _places(curves: list[_Curve], points: list[Points]) -> dict[int, complex]:
    """Where the corners are that curves go through."""
    return {
        corner: complex(line[cut])
        for curve, line in zip(curves, points, strict=True)
        for corner, cut in list(zip(curve.corners, curve.cuts, strict=True))[0 if curve.closed else 1 : -1]
    }


def _carry_ends(curves: list[_Curve], smooth: list[Points], *, fade: int) -> list[Points]:
    """Move the ends of curves to where the curves now are on which they end."""
    moved = smooth
    for _ in range(2):  # the curve on which one ends may itself end on another
        places = _places(curves, moved)
        moved = [_carry(curve, points, places, fade) for curve, points in zip(curves, smooth, strict=True)]
    return moved


def _carry(curve: _Curve, points: Points, places: dict[int, complex], fade: int) -> Points:
    if curve.closed or not (curve.corners[0] in places or curve.corners[-1] in places):
        return points
    share = np.clip(1 - np.arange(len(points)) / min(fade, len(points) - 1), 0, 1)
    for corner, end, shares in ((curve.corners[0], 0, share), (curve.corners[-1], -1, share[::-1])):
        if corner in places:
            points = points + shares * (places[corner] - points[end])
    return points

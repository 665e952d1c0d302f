"""Outlines that several parts of a figure share, in the figure's own units."""

import math
from itertools import pairwise

import numpy as np

from nurie.data.sources.curves import PointLike, Points, arc, bezier, join


def head_outline(turn: float, chin: float, jaw: float) -> Points:
    """The face from the left temple over the chin to the right one, and back over the skull."""
    aside = math.sin(turn) * 0.32
    deep = chin / 1.2
    left_temple, right_temple = (-0.98, -0.35), (0.98, -0.35)
    left_jaw, right_jaw = (-jaw + aside * 0.7, 0.86 * deep), (jaw + aside * 0.7, 0.86 * deep)
    left_corner = (-jaw * 0.7 + aside * 0.8, 1.03 * deep)
    right_corner = (jaw * 0.7 + aside * 0.8, 1.03 * deep)
    tip = (aside, chin)
    return join(
        bezier(left_temple, (-1.0 + aside * 0.2, 0.25), (-0.98 + aside * 0.4, 0.5), left_jaw, 12),
        bezier(left_jaw, left_corner, (-0.16 + aside, chin - 0.01), tip, 12),
        bezier(tip, (0.16 + aside, chin - 0.01), right_corner, right_jaw, 12),
        bezier(right_jaw, (0.98 + aside * 0.4, 0.5), (1.0 + aside * 0.2, 0.25), right_temple, 12),
        bezier(right_temple, (0.98, -1.5), (-0.98, -1.5), left_temple, 16),
    )


def lock_outline(left: PointLike, right: PointLike, tip: PointLike, bend: float) -> Points:
    """A spike from the root `left`-`right` to its tip, bent by a share of its length."""
    root_left, root_right, end = (np.asarray(point, dtype=np.float64) for point in (left, right, tip))
    along = end - (root_left + root_right) / 2
    across = np.array([-along[1], along[0]])
    return join(
        arc(root_left, (root_left + end) / 2 + across * bend * 0.5, end),
        arc(end, (root_right + end) / 2 + across * bend * 0.35, root_right),
    )


def frill_outline(left: float, right: float, y: float, height: float, folds: int) -> Points:
    """A band whose lower edge hangs in arcs."""
    xs = np.linspace(left, right, folds + 1)
    top = [(x, y - height * 0.3) for x in xs]
    edge = y + height * 0.3
    arcs = [arc((a, edge), ((a + b) / 2, y + height * 1.6), (b, edge), 5) for a, b in pairwise(xs)]
    return join(top, join(*arcs)[::-1])

"""Arms, legs, sleeves and socks: bent tubes that grow thinner."""

from collections.abc import Sequence

import numpy as np

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.curves import PointLike, arc, disk, join, normals, polygon, union


def draw_limb(figure: Figure, way: Sequence[PointLike], widths: tuple[float, float], color: str) -> None:
    """Draw a limb with a round joint at its root.

    Args:
        figure: whose limb it is.
        way: the start, the pull and the end of a quadratic curve, in body coordinates.
        widths: at the root and at the end.
        color: of skin or cloth.
    """
    start, pull, end = way
    root_width, end_width = widths
    middle = arc(start, pull, end, 20)
    across = normals(middle) * (np.linspace(root_width, end_width, 20)[:, None] / 2)
    tube = polygon(figure.body(join(middle + across, (middle - across)[::-1])))
    x, y = middle[0]
    joint = disk(figure.body_point(x, y), root_width * 0.5 * figure.unit)
    figure.canvas.fill(union(tube, joint), color, shade=figure.shadow(-0.06))

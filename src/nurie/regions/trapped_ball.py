"""Regions by trapped ball (Zhang et al., "Vectorizing Cartoon Animations", 2009): the paper's way, to the letter.

A ball rolls through the paper; where it cannot leave is a region. Smaller balls then fill what larger ones could not
reach, and what is left is flooded. It is kept as the reference: `close_gaps` is faster and knows gaps from necks.
"""

import cv2
import numpy as np

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.errors import InputError
from nurie.regions.flood_fill import flood_paper
from nurie.regions.merge import MAX_REGIONS, finish_regions
from nurie.regions.region_map import INK_THRESHOLD, find_lines, relative_side
from nurie.regions.rooms import measure_depth

RADIUS = 3
"""Pixels at 256x256."""

SMALLER_BALLS = (1, 2 / 3, 1 / 3)
"""The balls that roll one after the other, as shares of the radius: 3, 2 and 1 pixels at 256x256."""


def trapped_ball(
    sketch: Sketch,
    *,
    radius: int | None = None,
    ink_threshold: int = INK_THRESHOLD,
    min_area: int | None = None,
    max_regions: int = MAX_REGIONS,
) -> RegionMap:
    """Split the picture where ink parts the paper, and wherever a ball of `radius` pixels is trapped.

    Gaps up to 2 * `radius` pixels wide are closed; so are narrow places of one region. None is `RADIUS` scaled
    to the picture. Every pixel gets a region, line pixels one that is near. `min_area` and
    `max_regions`: see `finish_regions`, but None is the square around the ball, as corners leave larger slivers.

    Raises:
        InputError: `radius` is below 1, or another option out of range.
    """
    if radius is None:
        radius = max(1, round(RADIUS * relative_side(*sketch.shape)))
    if radius < 1:
        raise InputError(f"radius must be at least 1 pixel, got {radius}; use flood_fill to close no gaps")
    paper = trap_balls(find_lines(sketch, ink_threshold), radius)
    if min_area is None:
        min_area = (2 * radius) ** 2
    return finish_regions(paper, min_area=min_area, max_regions=max_regions)


def trap_balls(lines: LineMask, radius: int) -> RegionMap:
    """Label the paper by the ball that fills it; lines are 0. Labels are 1, 2, ... but in no special order."""
    labels = np.zeros(lines.shape, np.int32)
    for ball in sorted({max(1, round(share * radius)) for share in SMALLER_BALLS}, reverse=True):
        _roll(labels, lines, ball)
    left = flood_paper(lines | (labels > 0))
    return np.where(left > 0, left + labels.max(initial=0), labels).astype(np.int32)


def _roll(labels: RegionMap, lines: LineMask, ball: int) -> None:
    """Label what a ball covers whose middle keeps `ball` pixels away from lines and from what is labeled."""
    taken = lines | (labels > 0)
    if taken.all():
        return
    middles = flood_paper(measure_depth(taken) <= ball)
    if not middles.any():
        return
    away, nearest = cv2.distanceTransformWithLabels(
        (middles == 0).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    label_of = np.zeros(int(nearest.max()) + 1, np.int32)
    label_of[nearest[middles > 0]] = middles[middles > 0]
    covered = (away <= ball) & ~taken
    labels[covered] = label_of[nearest[covered]] + labels.max()

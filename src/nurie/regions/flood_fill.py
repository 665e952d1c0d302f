"""Regions by flood fill: paper that ink does not part is one region. No gap is closed."""

import cv2
import numpy as np

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.regions.merge import MAX_REGIONS, check_limits, choose_min_area, finish_rooms
from nurie.regions.region_map import INK_THRESHOLD, find_lines, number_regions


def flood_fill(
    sketch: Sketch,
    *,
    ink_threshold: int = INK_THRESHOLD,
    min_area: int | None = None,
    max_regions: int = MAX_REGIONS,
) -> RegionMap:
    """Split the picture where ink parts the paper: fast, for drawings whose lines are closed.

    Every pixel gets a region, line pixels the nearest one. `min_area` and `max_regions`: see
    `finish_regions`.

    Raises:
        InputError: an option is out of range, or the sketch is empty.
    """
    lines = find_lines(sketch, ink_threshold)
    min_area = choose_min_area(min_area, sketch.shape)
    check_limits(min_area, max_regions)
    paper = np.logical_not(lines).view(np.uint8)
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4, ltype=cv2.CV_32S)
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.int64)
    areas[0] = 0
    return finish_rooms(pieces, np.arange(len(areas)), areas, min_area=min_area, max_regions=max_regions)


def flood_paper(lines: LineMask) -> RegionMap:
    """Number the 4-connected pieces of paper in reading order; lines are 0.

    Ink is thereby 8-connected: a diagonal line one pixel wide parts the paper.
    """
    paper = np.logical_not(lines).astype(np.uint8)
    pieces = cv2.connectedComponents(paper, connectivity=4, ltype=cv2.CV_32S)[1]
    return number_regions(pieces.astype(np.int32, copy=False))

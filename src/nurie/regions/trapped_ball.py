"""Regions by trapped ball (Zhang et al., "Vectorizing Cartoon Animations", 2009): gaps are closed."""

import numpy as np

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.errors import InputError
from nurie.regions.doors import (
    find_doors,
    find_gaps,
    find_rooms,
    join_doors,
    measure_depth,
    open_doors,
    room_heights,
)
from nurie.regions.merge import MAX_REGIONS, finish_regions
from nurie.regions.region_map import INK_THRESHOLD, find_lines, relative_side

RADIUS = 3
"""Pixels at 256x256."""

TRAPPED = 1.7
"""A room whose largest ball is this many times the door is a room of its own."""

GAP_THRESHOLD = -1.4
"""Log odds above which a door is a gap: below 0, as an open gap spoils more than a closed neck."""


def trapped_ball(
    sketch: Sketch,
    *,
    radius: int | None = None,
    ink_threshold: int = INK_THRESHOLD,
    min_area: int | None = None,
    max_regions: int = MAX_REGIONS,
) -> RegionMap:
    """Split the picture where ink parts the paper, and where a gap in the ink would trap a ball.

    Gaps up to 2 * `radius` pixels wide are closed if they look like gaps (`find_gaps`); narrow
    places of one region, where Zhang's method leaves fragments, stay open. None is `RADIUS` scaled
    to the picture. Every pixel gets a region, line pixels the nearest one. `min_area` and
    `max_regions`: see `finish_regions`.

    Raises:
        InputError: `radius` is below 1, or another option out of range.
    """
    if radius is None:
        radius = max(1, round(RADIUS * relative_side(*sketch.shape)))
    if radius < 1:
        raise InputError(f"radius must be at least 1 pixel, got {radius}; use flood_fill to close no gaps")
    paper = close_gaps(find_lines(sketch, ink_threshold), radius)
    return finish_regions(paper, min_area=min_area, max_regions=max_regions)


def close_gaps(lines: LineMask, radius: int) -> RegionMap:
    """Label the paper so that gaps of up to 2 * `radius` pixels part it; lines are 0.

    Labels are not numbered without gaps: see `finish_regions`.
    """
    depth = measure_depth(lines)
    rooms = find_rooms(depth)
    doors = find_doors(rooms, depth)
    heights = room_heights(rooms, depth)
    # Between ink g pixels apart the depth is (g + 1) / 2.
    limit = np.where(doors.width > radius + 0.6, np.inf, TRAPPED * doors.width)
    label = open_doors(doors, heights, limit=limit, order=doors.width)
    rooms, doors = label[rooms].astype(np.int32), join_doors(doors, label)
    odds = find_gaps(rooms, depth, doors, radius / RADIUS)
    limit = np.where(odds > GAP_THRESHOLD, 0, np.inf)
    label = open_doors(doors, heights, limit=limit, order=-odds)
    return np.asarray(label[rooms], np.int32)

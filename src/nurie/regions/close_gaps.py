"""Regions by looking at every door: gaps in the ink are closed, narrow places of one region stay open."""

from dataclasses import replace
from math import log, sqrt

import cv2
import numpy as np

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.errors import InputError
from nurie.regions.bend_borders import bend_borders
from nurie.regions.gaps import Doorways, gap_odds, half_line_width
from nurie.regions.merge import MAX_REGIONS, check_limits, choose_min_area, finish_rooms
from nurie.regions.region_map import INK_THRESHOLD, REFERENCE_SIDE, find_lines, number_regions
from nurie.regions.room_graph import Doors, RoomGraph, join_rooms, join_small, open_doors
from nurie.regions.rooms import find_rooms, measure_depth
from nurie.regions.upright import find_turn
from nurie.regions.votes import join_by_votes

WIDEST_GAP = 14
"""Line widths: wider doors are open."""

TRAPPED = 1.3
"""A room whose largest ball is not that many times the door's is a hollow of the room behind it."""

CONFIDENCE = 62
"""Percent, at 256 pixels: see `needed_odds`. Chosen on validation drawings."""

JAGGED = 1.5
"""In one-bit drawings the odds that a door needs to be closed are that many times as high. Chosen on validation
drawings."""

FINEST, FINER = 512, 4
"""From so many halves of a line's width a side on, a drawing is fine; the odds that a door needs to be closed grow with
that power of how fine. Chosen on validation drawings."""

DARK = 128
"""Gray below which ink covers more than half of a pixel."""

SURELY_OPEN = 5
"""Percent. Doors below it are opened first, so that the others are looked at between the regions they part."""


def close_gaps(
    sketch: Sketch,
    *,
    max_gap: int | None = None,
    confidence: int = CONFIDENCE,
    ink_threshold: int = INK_THRESHOLD,
    min_area: int | None = None,
    max_regions: int = MAX_REGIONS,
) -> RegionMap:
    """Split the picture where ink parts the paper, and where a network sees a gap in the ink.

    Gaps of up to `max_gap` pixels are closed if the network is sure of them to `confidence` percent, and surer in
    pictures of more than 256 pixels (`needed_odds`) and in one-bit ones. None is `WIDEST_GAP` times as wide as the
    drawing's lines are.
    Every pixel gets a region, line pixels one that is near. `min_area` and `max_regions`: see `finish_regions`.

    A drawing that is turned by right angles or mirrored gives the same regions, turned or mirrored: see `find_turn`.

    Raises:
        InputError: an option is out of range.
    """
    lines = find_lines(sketch, ink_threshold)
    return part_paper(sketch, lines, lines, GapOptions(sketch.shape, max_gap, confidence, min_area, max_regions))


class GapOptions:
    """The options of `close_gaps` for a drawing of some shape, checked."""

    def __init__(
        self, shape: tuple[int, ...], max_gap: int | None, confidence: int, min_area: int | None, max_regions: int
    ) -> None:
        """Fill in what depends on the shape.

        Raises:
            InputError: an option is out of range.
        """
        if max_gap is not None and max_gap < 1:
            raise InputError(f"max_gap must be at least 1 pixel, got {max_gap}; use flood_fill to close no gaps")
        if not 1 <= confidence <= 99:
            raise InputError(f"confidence is in percent, from 1 to 99, got {confidence}")
        self.max_gap, self.confidence, self.max_regions = max_gap, confidence, max_regions
        self.min_area = choose_min_area(min_area, shape)
        check_limits(self.min_area, max_regions)


def part_paper(
    sketch: Sketch, lines: LineMask, ink: LineMask, options: GapOptions, *, smoothed: float = 0.0
) -> RegionMap:
    """Regions of a drawing whose paper is parted by `lines`: its `ink`, and perhaps more that was added.

    Added lines and the pale rims of the ink belong to the paper beside them, so they are given away before the dark
    middle of the lines is. Borders away from `ink` are smoothed over `smoothed` pixels, if it is above 0: see
    `bend_borders`.
    """
    turn = find_turn(lines)
    sketch, ink, lines = turn.apply(sketch), turn.apply(ink), turn.apply(lines)
    unit = half_line_width(lines)
    # Between ink g pixels apart the depth is (g + 1) / 2.
    widest = 1.1 + (WIDEST_GAP * unit if options.max_gap is None else (options.max_gap - 1) / 2)
    labels, graph = find_rooms(measure_depth(lines))
    graph = join_hollows(graph, widest)
    doorways = Doorways(sketch, labels, graph, unit)
    needed = needed_odds(options.confidence, sqrt(lines.size), unit) + (log(JAGGED) if is_one_bit(sketch) else 0.0)
    joined = join_slivers(_open_unlike_gaps(doorways, _odds(SURELY_OPEN)), options.min_area)
    graph = _part_by_votes(doorways.joined(replace(joined, doors=doors_left(graph.doors, joined))), needed)
    sizes = {"min_area": options.min_area, "max_regions": options.max_regions}
    graph = join_rooms(graph, join_small(graph.doors.rooms, graph.doors.length, graph.areas, **sizes))
    regions = finish_rooms(labels, graph.label, graph.areas, ink=ink & (sketch < DARK), **sizes)
    if smoothed > 0:
        bend_borders(regions, ink, smoothed)
    return number_regions(turn.undo(regions))


def join_slivers(graph: RoomGraph, min_area: int) -> RoomGraph:
    """Join rooms below `min_area` pixels to a neighbor, as in the end (`join_small`), but before gaps are chosen.

    The way through a gap in a broad line is a room by itself. Either end of it may be the gap, and who looks at both
    is sure of neither; without that room one door is left, between the regions that the line parts.
    """
    doors, unlimited = graph.doors, len(graph.areas)
    return join_rooms(
        graph, join_small(doors.rooms, doors.length, graph.areas, min_area=min_area, max_regions=unlimited)
    )


def needed_odds(confidence: int, side: float, unit: float) -> float:
    """Natural logarithm of the odds above which a door is closed: those of `confidence`, more in large pictures.

    They grow with the side: the pen's gaps, that are as narrow in a large picture as in a small one, look the surer
    the larger it is, and necks do not. `side` is the picture's, `unit` half of its lines' width (`half_line_width`),
    both in pixels.
    """
    return _odds(confidence) + log(max(1.0, side / REFERENCE_SIDE)) + FINER * log(max(1.0, side / unit / FINEST))


def _odds(percent: int) -> float:
    return log(percent / (100 - percent))


def _open_unlike_gaps(doorways: Doorways, needed: float) -> RoomGraph:
    """Open the doors that are no gaps by the network's odds: those up to what is `needed`, a logarithm."""
    graph, odds = doorways.graph, gap_odds(doorways)
    limit = np.where(odds > needed, 0, np.inf)
    return join_rooms(graph, open_doors(graph.doors, graph.heights, limit=limit, order=-odds))


def _part_by_votes(doorways: Doorways, needed: float) -> RoomGraph:
    """Join rooms if their doors are for it, of which each votes with what its odds are above those `needed`."""
    graph = doorways.graph
    return join_rooms(graph, join_by_votes(graph.doors.rooms, gap_odds(doorways) - needed, len(graph.areas)))


def doors_left(doors: Doors, joined: RoomGraph) -> Doors:
    """Those of the doors whose rooms have not become one; there may be several between two rooms."""
    rooms = joined.label[doors.rooms]
    left = np.flatnonzero(rooms[:, 0] != rooms[:, 1])
    return Doors(rooms[left], doors.width[left], doors.place[left], doors.length[left])


def is_one_bit(sketch: Sketch) -> bool:
    """True if a drawing has its lightest and its darkest gray alone: each pixel is ink or paper."""
    low, high, _, _ = cv2.minMaxLoc(sketch)
    return high - low < 2 or cv2.countNonZero(cv2.inRange(sketch, low + 1, high - 1)) == 0


def join_hollows(graph: RoomGraph, widest: float) -> RoomGraph:
    """Open doors wider than `widest` (half the width), and those of rooms that no ball would be trapped in."""
    doors = graph.doors
    limit = np.where(doors.width > widest, np.inf, TRAPPED * doors.width)
    return join_rooms(graph, open_doors(doors, graph.heights, limit=limit, order=doors.width))

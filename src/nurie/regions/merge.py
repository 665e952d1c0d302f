"""Fewer, cleaner regions: slivers join a neighbor, lines are given away, the number is capped."""

import numpy as np

from nurie.arrays import LineMask, RegionMap
from nurie.errors import InputError
from nurie.regions.growth import grow_regions
from nurie.regions.region_map import connect_regions, number_regions, region_areas, region_borders, relative_side
from nurie.regions.room_graph import Areas, NewLabels, join_small

MIN_AREA = 16
"""Pixels at 256x256: smaller pieces of one open area are slivers; an iris is about 40."""

CLOSED_AREA_SHARE = 6 / 16
"""What ink closes all around stays down to this share of `min_area`: eye highlights, buttons."""

MAX_REGIONS = 1024
"""As many as the paper's finest patches (Table IV); its trapped balls gave at most 729."""


def merge_small_regions(regions: RegionMap, *, min_area: int = MIN_AREA, max_regions: int = MAX_REGIONS) -> RegionMap:
    """Merge regions below `min_area` pixels into the neighbor with the longest common border.

    Only regions that touch are neighbors, so a line (0) between two regions keeps them apart. The
    smallest regions are merged too until at most `max_regions` are left, or none touches another.
    Merging twice equals merging once. At equal border the larger neighbor wins, then the smaller
    label.

    Raises:
        InputError: `min_area` is negative or `max_regions` is below 1.
    """
    check_limits(min_area, max_regions)
    pairs, lengths = region_borders(regions)
    areas = region_areas(regions)
    areas[0] = 0
    label = join_small(pairs, lengths, areas, min_area=min_area, max_regions=max_regions)
    return number_regions(label[regions])


def finish_regions(regions: RegionMap, *, min_area: int | None = None, max_regions: int = MAX_REGIONS) -> RegionMap:
    """Make a map of the paper (0 = line) a partition: merge slivers, give lines away, cap the number.

    `min_area` is in pixels; None is `MIN_AREA` scaled to the picture. A sliver is merged only where
    no ink lies between; one closed by ink stays, unless it is below `CLOSED_AREA_SHARE` of
    `min_area`.

    Raises:
        InputError: `min_area` is negative or `max_regions` is below 1.
    """
    min_area = choose_min_area(min_area, regions.shape)
    merged = merge_small_regions(regions, min_area=min_area, max_regions=regions.size + 1)
    pieces = connect_regions(merged)
    areas = region_areas(pieces)
    areas[0] = 0
    return finish_rooms(pieces, np.arange(len(areas)), areas, min_area=min_area, max_regions=max_regions)


def finish_rooms(
    rooms: RegionMap,
    label: NewLabels,
    areas: Areas,
    *,
    min_area: int,
    max_regions: int,
    ink: LineMask | None = None,
) -> RegionMap:
    """Give specks and lines away and cap the number, of rooms that were joined as `label` says.

    `areas` are those of the joined rooms, each of which is 4-connected. Lines that are no `ink` are given away first.
    """
    kept = areas >= max(1, round(CLOSED_AREA_SHARE * min_area))
    if not kept.any():
        kept = areas > 0
    if not kept.any():
        return np.ones_like(rooms)
    return cap_regions(grow_regions(rooms, np.where(kept[label], label, 0), areas, lines=ink), max_regions)


def cap_regions(regions: RegionMap, max_regions: int) -> RegionMap:
    """Merge the smallest regions of a partition, as `merge_small_regions` does, if there are too many."""
    if regions.max() <= max_regions:
        return regions
    return merge_small_regions(regions, min_area=0, max_regions=max_regions)


def choose_min_area(min_area: int | None, shape: tuple[int, ...]) -> int:
    """`min_area` itself, or if it is None `MIN_AREA` scaled to a picture of this shape."""
    return round(MIN_AREA * relative_side(*shape) ** 2) if min_area is None else min_area


def check_limits(min_area: int, max_regions: int) -> None:
    """Refuse what cannot be.

    Raises:
        InputError: `min_area` is negative or `max_regions` is below 1.
    """
    if min_area < 0:
        raise InputError(f"min_area must be at least 0 pixels, got {min_area}")
    if max_regions < 1:
        raise InputError(f"max_regions must be at least 1, got {max_regions}")

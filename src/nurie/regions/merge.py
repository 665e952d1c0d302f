"""Fewer, cleaner regions: slivers join a neighbor, lines are given away, the number is capped."""

import numpy as np
from jaxtyping import Bool

from nurie.arrays import RegionMap
from nurie.errors import InputError
from nurie.regions.region_map import (
    connect_regions,
    find_roots,
    number_regions,
    region_areas,
    region_borders,
    relative_side,
    spread_labels,
)

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
    if min_area < 0:
        raise InputError(f"min_area must be at least 0 pixels, got {min_area}")
    if max_regions < 1:
        raise InputError(f"max_regions must be at least 1, got {max_regions}")
    merged = regions
    while True:
        areas = region_areas(merged)[1:]
        small = np.zeros(len(areas) + 1, bool)
        small[1:] = areas < min_area
        excess = int((areas > 0).sum()) - max_regions
        if excess > 0:
            smallest = np.argsort(np.where(areas > 0, areas, regions.size), kind="stable")
            small[1 + smallest[:excess]] = True
        fewer = join_neighbors(merged, small)
        if fewer is None:
            return number_regions(merged)
        merged = fewer


def finish_regions(regions: RegionMap, *, min_area: int | None = None, max_regions: int = MAX_REGIONS) -> RegionMap:
    """Make a map of the paper (0 = line) a partition: merge slivers, give lines away, cap the number.

    `min_area` is in pixels; None is `MIN_AREA` scaled to the picture. A sliver is merged only where
    no ink lies between; one closed by ink stays, unless it is below `CLOSED_AREA_SHARE` of
    `min_area`.

    Raises:
        InputError: `min_area` is negative or `max_regions` is below 1.
    """
    if min_area is None:
        min_area = round(MIN_AREA * relative_side(*regions.shape) ** 2)
    merged = merge_small_regions(regions, min_area=min_area, max_regions=regions.size + 1)
    speck = region_areas(merged) < round(CLOSED_AREA_SHARE * min_area)
    kept = np.where(speck[merged], 0, merged)
    filled = fill_lines(kept if kept.any() else merged)
    if filled.max() <= max_regions:
        return filled
    return merge_small_regions(filled, min_area=0, max_regions=max_regions)


def fill_lines(regions: RegionMap) -> RegionMap:
    """Give every line pixel (0) to the nearest region; the result is connected and numbered.

    A region in several pieces becomes several; a map without any region becomes one. Ties as in
    `spread_labels`.
    """
    if not regions.any():
        return np.ones_like(regions)
    pieces = connect_regions(spread_labels(regions))
    # A line pixel may be cut off from the region nearest to it: such crumbs go to whom they touch.
    crumbs = np.arange(int(pieces.max()) + 1) > 0
    crumbs[pieces[regions > 0]] = False
    while crumbs.any():
        joined = join_neighbors(pieces, crumbs)
        assert joined is not None, "a filled map is connected, so a crumb has a neighbor"
        pieces = joined
        crumbs &= np.bincount(pieces.ravel(), minlength=len(crumbs)) > 0
    return number_regions(pieces)


def join_neighbors(regions: RegionMap, movable: Bool[np.ndarray, " labels"]) -> RegionMap | None:
    """Join each `movable` region to its neighbor of longest border; None if none can.

    `movable` is indexed by label. A region joins only one of higher rank, so that the joins form a
    forest: what may not move, then the larger, then the smaller label.
    """
    pairs, lengths = region_borders(regions)
    areas = region_areas(regions)
    rank = np.empty(len(areas), np.int64)
    rank[np.lexsort((-np.arange(len(areas)), areas, ~movable))] = np.arange(len(areas))
    able = movable[pairs[:, 0]] & (rank[pairs[:, 1]] > rank[pairs[:, 0]])
    if not able.any():
        return None
    pairs, lengths = pairs[able], lengths[able]
    parent = np.arange(len(areas))
    order = np.lexsort((rank[pairs[:, 1]], lengths))
    # Of repeated indices the last assignment stays: the longest border.
    parent[pairs[order, 0]] = pairs[order, 1]
    return np.asarray(find_roots(parent)[regions], np.int32)

"""Line pixels are given away: regions grow over them, ring by ring, so that each stays connected."""

import numpy as np
from jaxtyping import Int, Int32, Int64

from nurie.arrays import LineMask, RegionMap
from nurie.regions.region_map import connect_regions, number_regions, region_areas


def fill_lines(regions: RegionMap) -> RegionMap:
    """Give every line pixel (0) to a region near it; the result is connected and numbered.

    A region in several pieces becomes several; a map without any region becomes one. Who gets a pixel:
    see `grow_regions`.
    """
    if not regions.any():
        return np.ones_like(regions)
    pieces = connect_regions(regions)
    areas = region_areas(pieces)
    return grow_regions(pieces, np.arange(len(areas)), areas)


def grow_regions(
    rooms: RegionMap,
    label: Int[np.ndarray, " labels"],
    areas: Int64[np.ndarray, " labels"],
    *,
    lines: LineMask | None = None,
) -> RegionMap:
    """Let all regions grow by one ring of 4-neighbors after the other until no 0 is left, and number them.

    `label` says which region each room of the map belongs to; 0 is a line. A pixel goes to a region that is nearest
    in city blocks, of several to the one with the largest of `areas` (equal areas: the smaller label), whichever
    way the picture is turned. Regions that are 4-connected stay so. At least one region must be there. Where `lines`
    is given, all that can be reached without crossing them is given away before they are.
    """
    order = np.lexsort((-np.arange(len(areas)), areas))
    rank = np.empty(len(areas), np.int32)
    rank[np.concatenate([order[order == 0], order[order > 0]])] = np.arange(len(areas), dtype=np.int32)
    framed = np.zeros((rooms.shape[0] + 2, rooms.shape[1] + 2), np.int32)
    framed[1:-1, 1:-1] = rank[label].take(rooms)
    # The frame is taken, by nobody: it neither grows nor is grown into.
    framed[[0, -1]] = framed[:, [0, -1]] = -1
    if lines is not None:
        inner = framed[1:-1, 1:-1]
        later = lines & (inner == 0)
        np.copyto(inner, -1, where=later)
        _grow_ranks(framed.reshape(-1), framed.shape[1])
        np.copyto(inner, 0, where=later)
    _grow_ranks(framed.reshape(-1), framed.shape[1])
    return number_regions(framed[1:-1, 1:-1])


def _grow_ranks(ranks: Int32[np.ndarray, " pixels"], stride: int) -> None:
    """Fill the 0s of a framed map in place, each ring from the one before."""
    offsets = (-stride, -1, 1, stride)
    empty = np.flatnonzero(ranks == 0)
    highest = _highest_beside(ranks, empty, offsets)
    empty, highest = empty[highest > 0], highest[highest > 0]
    while len(empty):
        ranks[empty] = highest
        empty = _empty_beside(ranks, empty, offsets)
        highest = _highest_beside(ranks, empty, offsets)


def _highest_beside(
    ranks: Int32[np.ndarray, " pixels"], places: Int64[np.ndarray, " places"], offsets: tuple[int, ...]
) -> Int32[np.ndarray, " places"]:
    highest = ranks[places + offsets[0]]
    for offset in offsets[1:]:
        np.maximum(highest, ranks[places + offset], out=highest)
    return np.asarray(highest)


def _empty_beside(
    ranks: Int32[np.ndarray, " pixels"], ring: Int64[np.ndarray, " ring"], offsets: tuple[int, ...]
) -> Int64[np.ndarray, " places"]:
    """The 0s that touch the ring, each once; they are left with marks below 0."""
    beside = np.concatenate([ring + offset for offset in offsets])
    beside = beside[ranks[beside] == 0]
    # Of repeated indices the last mark stays: only one of the repetitions finds its own.
    marks = np.arange(-2, -2 - len(beside), -1, dtype=np.int32)
    ranks[beside] = marks
    return np.asarray(beside[ranks[beside] == marks])

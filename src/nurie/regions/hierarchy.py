"""Which regions join as ever fewer are wanted: hatching, screentone and hair cut a drawing into thousands.

Two neighbors join at the cost min(|A|, |B|) / length of their common border: the thickness of a sliver, so slivers go
first and large rooms that meet at a door last. It is within a factor of 2 the criterion of Koepfler, Lopez and Morel
("A multiscale algorithm for image segmentation by variational method", 1994) with all colors equally far apart;
theirs changes for all neighbors of a ground whenever it takes in a dot, which would cost a pass over all dots each
time. A border on bare paper counts in full, one under a line little.
"""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from jaxtyping import Float64, Int32

from nurie.arrays import RegionMap, Sketch
from nurie.errors import InputError
from nurie.regions.region_map import INK_THRESHOLD, find_roots, number_regions, region_areas

INK_WEIGHT = 1 / 8
"""What a pixel of border under a line counts, where one on bare paper counts 1: a line seldom parts one thing."""


@dataclass(frozen=True)
class Hierarchy:
    """A tree over the regions of a map: each join of two makes a node, the last joins are nearest to the root."""

    regions: RegionMap
    """The fine map: its regions are the leaves 1..K."""
    parent: Int32[np.ndarray, " nodes"]
    """Of node 1..K (a region) and K+1, K+2, ... (a join, in order of joining); 0 is no node: a root's parent."""

    @property
    def num_regions(self) -> int:
        """Regions of the fine map."""
        return int(self.regions.max(initial=0))

    def owners(self, max_regions: int) -> Int32[np.ndarray, " labels"]:
        """Label that each fine label has in `cut(max_regions)`, from label 0 on: a table to look others up in."""
        owner = number_regions(self._nodes(max_regions)[None, 1:])[0]
        return np.concatenate([np.zeros(1, np.int32), owner])

    def cut(self, max_regions: int) -> RegionMap:
        """The map after as many joins as leave at most `max_regions`, numbered in reading order.

        Every region of a cut lies within one region of each coarser cut. Regions that never touch, as where 0 lies
        between, are not joined, so there may be more.

        Raises:
            InputError: `max_regions` is below 1.
        """
        return np.asarray(self.owners(max_regions)[self.regions], np.int32)

    def _nodes(self, max_regions: int) -> Int32[np.ndarray, " labels"]:
        """Node that each fine label belongs to when `max_regions` are left."""
        if max_regions < 1:
            raise InputError(f"max_regions must be at least 1, got {max_regions}")
        leaves = self.num_regions
        joins = max(0, leaves - max_regions)
        itself = np.arange(len(self.parent), dtype=np.int32)
        made = (self.parent > 0) & (self.parent <= leaves + joins)
        return np.asarray(find_roots(np.where(made, self.parent, itself))[: leaves + 1], np.int32)


def build_hierarchy(regions: RegionMap, sketch: Sketch) -> Hierarchy:
    """Join the two regions of least cost until none touches another; at equal cost the smaller labels first.

    Labels are 1..K without gaps, in reading order of their first pixel as `segment_regions` gives them; 0 is kept. A
    border is on bare paper where the pixels on both sides are lighter than `INK_THRESHOLD`. Time grows with the
    number of regions, little faster: 10,000 take some tenths of a second.
    """
    areas = region_areas(regions).astype(np.float64).tolist()
    pairs, weights = weigh_borders(regions, sketch)
    neighbors: list[dict[int, float]] = [{} for _ in areas]
    for (first, second), weight in zip(pairs.tolist(), weights.tolist(), strict=True):
        neighbors[first][second] = neighbors[second][first] = weight
    return Hierarchy(regions, _join_all(areas, neighbors))


def coarsen(regions: RegionMap, sketch: Sketch, max_regions: int) -> RegionMap:
    """Join regions until at most `max_regions` are left: see `build_hierarchy` and `Hierarchy.cut`."""
    if 1 <= int(regions.max(initial=0)) <= max_regions:
        return regions
    return build_hierarchy(regions, sketch).cut(max_regions)


def weigh_borders(
    regions: RegionMap, sketch: Sketch
) -> tuple[Int32[np.ndarray, "pairs 2"], Float64[np.ndarray, " pairs"]]:
    """Pairs of labels above 0 that touch, the smaller first, and the length of their border in weighted pixel edges."""
    paper = sketch > INK_THRESHOLD
    count = int(regions.max(initial=0)) + 1
    keys, weights = [], []
    for here, there in (((slice(None), slice(1, None)), (slice(None), slice(-1))), ((slice(1, None),), (slice(-1),))):
        one, other = regions[here], regions[there]
        touch = (one != other) & (one > 0) & (other > 0)
        one, other = one[touch].astype(np.int64), other[touch].astype(np.int64)
        keys.append(np.minimum(one, other) * count + np.maximum(one, other))
        weights.append(np.where((paper[here] & paper[there])[touch], 1.0, INK_WEIGHT))
    pair, place = np.unique(np.concatenate(keys), return_inverse=True)
    total = np.bincount(place, np.concatenate(weights), minlength=len(pair))
    return np.stack([pair // count, pair % count], axis=1).astype(np.int32), total.astype(np.float64)


def _join_all(areas: list[float], neighbors: list[dict[int, float]]) -> Int32[np.ndarray, " nodes"]:
    """Parents of all nodes. A join goes on under the label of the one with more neighbors; `neighbors` is used up."""
    leaves = len(areas) - 1
    node = list(range(leaves + 1))
    parent = [0] * (2 * leaves + 1)
    made = leaves

    def cost(first: int, second: int) -> float:
        return min(areas[first], areas[second]) / neighbors[first][second]

    heap = [(cost(one, other), one, other) for one in range(1, leaves + 1) for other in neighbors[one] if one < other]
    heapify(heap)
    while heap:
        before, one, other = heappop(heap)
        if other not in neighbors[one]:
            continue
        now = cost(one, other)
        # Areas only grow, so what is in the heap is too cheap at worst; a longer border is entered when it arises.
        if now > before:
            heappush(heap, (now, one, other))
            continue
        kept, gone = (one, other) if len(neighbors[one]) >= len(neighbors[other]) else (other, one)
        made += 1
        parent[node[kept]] = parent[node[gone]] = node[kept] = made
        areas[kept] += areas[gone]
        del neighbors[kept][gone], neighbors[gone][kept]
        for third, length in neighbors[gone].items():
            del neighbors[third][gone]
            total = neighbors[kept].get(third, 0.0) + length
            neighbors[kept][third] = neighbors[third][kept] = total
            pair = (kept, third) if kept < third else (third, kept)
            heappush(heap, (cost(*pair), *pair))
        neighbors[gone].clear()
    return np.array(parent[: made + 1], np.int32)

"""How near a found region map is to the true one: pairs of pixels, leaks, fragments, counts.

Everything follows from one table, how many pixels each true and each found region share. Pixels whose true label
is 0 (lines, and pieces too small to count) are left out; every other label, and 0 in the found map, is a region.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Int, Int64

from nurie.evaluation.tally import Tally

Labels = Int[np.ndarray, "height width"]

WHOLE = 0.8
"""Share of a true region that one found region must hold: less, and the region counts as split."""


@dataclass(frozen=True)
class Overlaps:
    """The pairs of a true and a found region that share pixels."""

    true: Int64[np.ndarray, " pairs"]
    """Index 0..T-1 of the true region, in order of labels."""
    found: Int64[np.ndarray, " pairs"]
    """Index 0..F-1 of the found region, in order of labels."""
    pixels: Int64[np.ndarray, " pairs"]
    """How many they share, 1 or more."""

    @cached_property
    def true_areas(self) -> Int64[np.ndarray, " regions"]:
        """Pixels of each true region."""
        return _totals(self.true, self.pixels)

    @cached_property
    def found_areas(self) -> Int64[np.ndarray, " regions"]:
        """Pixels of each found region, as far as they count."""
        return _totals(self.found, self.pixels)


@dataclass(frozen=True)
class PairScore:
    """Of the pairs of pixels that lie in one region: how many do truth and finding agree on?

    `f1` is what the segmentation of cells calls one minus the adapted Rand error (Arganda-Carreras et al.,
    "Crowdsourcing the creation of image segmentation algorithms for connectomics", 2015).
    """

    precision: float
    """Share of the pairs of found regions that are pairs of true ones, [0, 1]; leaks lower it."""
    recall: float
    """Share of the pairs of true regions that are pairs of found ones, [0, 1]; fragments lower it."""

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class RegionScore:
    """All scores of one found map."""

    pairs: PairScore
    adjusted_rand: float
    leaks: Tally
    """True regions that share their found region with another."""
    fragments: Tally
    """True regions that were split."""
    true_count: int
    found_count: int
    """Found regions that hold at least one pixel that counts."""

    @property
    def count_error(self) -> float:
        """|found - true| / true, 0 or more; 0 for a drawing without true regions."""
        return abs(self.found_count - self.true_count) / self.true_count if self.true_count else 0.0


def score_regions(true: Labels, found: Labels) -> RegionScore:
    """Compare a found map with the true one, where 0 marks pixels that do not count."""
    overlaps = overlap_regions(true, found)
    return RegionScore(
        pairs=_pair_score(overlaps),
        adjusted_rand=_adjusted_rand(overlaps),
        leaks=_leaks(overlaps),
        fragments=_fragments(overlaps),
        true_count=len(overlaps.true_areas),
        found_count=len(overlaps.found_areas),
    )


def overlap_regions(true: Labels, found: Labels) -> Overlaps:
    """Count the pixels that each true and each found region share, where the true label is not 0."""
    counted = true > 0
    true_index = _index(true[counted])
    found_index = _index(found[counted])
    count = int(found_index.max(initial=-1)) + 1
    keys, pixels = np.unique(true_index * count + found_index, return_counts=True)
    divisor = max(1, count)
    return Overlaps(keys // divisor, keys % divisor, pixels.astype(np.int64))


def pair_score(true: Labels, found: Labels) -> PairScore:
    """Precision and recall over pairs of pixels; without a single pair there is nothing wrong: 1."""
    return _pair_score(overlap_regions(true, found))


def adjusted_rand_index(true: Labels, found: Labels) -> float:
    """Agreement over pairs less what chance gives (Hubert & Arabie, 1985): 1 is equal, 0 chance.

    Two maps of one region each, or of single pixels only, leave chance no choice: 1.
    """
    return _adjusted_rand(overlap_regions(true, found))


def leak_rate(true: Labels, found: Labels) -> float | None:
    """Share of the true regions that are joined with another, [0, 1]; None without a true region.

    A true region leaks if the found region that holds more than half of it holds more than half of another one
    too. So both sides of a leak count, there are no ties, and whoever has no found region for its half does not leak.
    """
    return _leaks(overlap_regions(true, found)).share


def fragment_rate(true: Labels, found: Labels) -> float | None:
    """Share of the true regions of which no found region holds `WHOLE`, [0, 1]; None without any.

    A region exactly `WHOLE` of which lies in one found region is not split.
    """
    return _fragments(overlap_regions(true, found)).share


def _pair_score(overlaps: Overlaps) -> PairScore:
    both = _count_pairs(overlaps.pixels)
    found, true = _count_pairs(overlaps.found_areas), _count_pairs(overlaps.true_areas)
    return PairScore(both / found if found else 1.0, both / true if true else 1.0)


def _adjusted_rand(overlaps: Overlaps) -> float:
    both = _count_pairs(overlaps.pixels)
    found, true = _count_pairs(overlaps.found_areas), _count_pairs(overlaps.true_areas)
    total = _count_pairs(overlaps.pixels.sum(keepdims=True))
    by_chance = found * true / total if total else 0.0
    best = (found + true) / 2
    return (both - by_chance) / (best - by_chance) if best != by_chance else 1.0


def _leaks(overlaps: Overlaps) -> Tally:
    # More than half of a region lies in one found region at most.
    most = 2 * overlaps.pixels > overlaps.true_areas[overlaps.true]
    tenants = np.bincount(overlaps.found[most])
    return Tally(int(tenants[tenants > 1].sum()), len(overlaps.true_areas))


def _fragments(overlaps: Overlaps) -> Tally:
    largest = np.zeros(len(overlaps.true_areas), np.int64)
    np.maximum.at(largest, overlaps.true, overlaps.pixels)
    return Tally(int((largest < WHOLE * overlaps.true_areas).sum()), len(largest))


def _index(labels: Int[np.ndarray, " pixels"]) -> Int64[np.ndarray, " pixels"]:
    """Labels as 0, 1, ... in their order, without gaps."""
    present = np.bincount(labels) > 0
    return np.asarray((np.cumsum(present) - 1)[labels], np.int64)


def _totals(index: Int64[np.ndarray, " pairs"], pixels: Int64[np.ndarray, " pairs"]) -> Int64[np.ndarray, " regions"]:
    totals = np.zeros(int(index.max(initial=-1)) + 1, np.int64)
    np.add.at(totals, index, pixels)
    return totals


def _count_pairs(areas: Int64[np.ndarray, " regions"]) -> float:
    """Unordered pairs of pixels within each area, all together."""
    return float((areas * (areas - 1) // 2).sum())

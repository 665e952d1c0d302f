"""What happened when a drawing was cut: counted from the drawing and the map afterwards, so for every method."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from jaxtyping import Float64, Int, Int64

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.regions.close_gaps import WIDEST_GAP
from nurie.regions.flood_fill import flood_paper
from nurie.regions.gaps import half_line_width
from nurie.regions.merge import MIN_AREA
from nurie.regions.region_map import INK_THRESHOLD, find_lines, find_roots, region_areas, relative_side
from nurie.regions.trapped_ball import RADIUS

AREA_STEPS = (20, 100, 1000, 10_000)
"""Pixels: the sizes that regions are counted between."""


@dataclass(frozen=True)
class Gap:
    """A place where two regions meet on bare paper."""

    regions: tuple[int, int]
    row: int
    """Of its middle, as is `column`, in pixels."""
    column: int
    width: float
    """Pixels from end to end, as the crow flies."""


@dataclass(frozen=True)
class Report:
    """How a drawing was cut."""

    height: int
    width: int
    num_regions: int
    smallest: int
    """Pixels of the smallest region, as are the median and the largest."""
    median: int
    largest: int
    below: dict[int, int]
    """Pixels -> how many regions are smaller, for `AREA_STEPS`."""
    gaps: list[Gap]
    """Closed gaps, the widest first."""
    merged: int | None
    """Slivers that were merged; None if the finer map is not known."""
    gap_size: int | None
    """Pixels up to which gaps are closed; None if the method has no such size."""

    def as_json(self) -> dict[str, object]:
        """The same as numbers, strings, lists and dictionaries."""
        return asdict(self) | {"below": {str(step): count for step, count in self.below.items()}}

    def __str__(self) -> str:
        """A few lines for people."""
        lines = [
            f"{self.width}x{self.height} px: {self.num_regions} regions "
            f"of {self.smallest} to {self.largest} px, median {self.median} px"
        ]
        small = [f"{count} below {step}" for step, count in self.below.items() if count]
        if small:
            lines.append(f"sizes: {', '.join(small)} px")
        if self.gap_size is not None:
            lines.append(f"closes gaps of up to {self.gap_size} px")
        lines.append(_tell_gaps([round(gap.width) for gap in self.gaps]))
        if self.merged is not None:
            lines.append(f"{self.merged} {'sliver' if self.merged == 1 else 'slivers'} merged")
        return "\n".join(lines)


def _tell_gaps(widths: list[int]) -> str:
    if not widths:
        return "no places where regions meet on bare paper"
    low, high = min(widths), max(widths)
    places = "1 place" if len(widths) == 1 else f"{len(widths)} places"
    return f"{places} where regions meet on bare paper, {low if low == high else f'{low} to {high}'} px wide"


def report_regions(
    regions: RegionMap, sketch: Sketch, *, fine: RegionMap | None = None, gap_size: int | None = None
) -> Report:
    """Count regions, their sizes, and the gaps between them. `fine` is the map before slivers were merged."""
    areas = np.sort(region_areas(regions)[1:])
    areas = areas[areas > 0]
    some = areas if len(areas) else np.zeros(1, np.int64)
    return Report(
        height=regions.shape[0],
        width=regions.shape[1],
        num_regions=len(areas),
        smallest=int(some[0]),
        median=int(some[(len(some) - 1) // 2]),
        largest=int(some[-1]),
        below={step: int(np.searchsorted(areas, step)) for step in AREA_STEPS},
        gaps=find_closed_gaps(regions, sketch),
        merged=None if fine is None else int(fine.max(initial=0)) - len(areas),
        gap_size=gap_size,
    )


def chosen_gap(sketch: Sketch, method: str, options: Mapping[str, int]) -> int | None:
    """Pixels up to which a method closes gaps, as its options say or by itself; None if it closes none."""
    if method == "trapped_ball":
        return 2 * options.get("radius", max(1, round(RADIUS * relative_side(*sketch.shape))))
    if method not in ("close_gaps", "learned"):
        return None
    lines = find_lines(sketch, options.get("ink_threshold", INK_THRESHOLD))
    return options.get("max_gap", round(WIDEST_GAP * 2 * half_line_width(lines)))


def find_closed_gaps(regions: RegionMap, sketch: Sketch) -> list[Gap]:
    """Connected pieces of border between two regions where both sides are paper, the widest first.

    Pieces of border are connected if they meet at a corner of pixels. Specks of paper, that were given to what lies
    around them, have none. At equal width the order is that of reading.
    """
    ends, pairs = _open_edges(regions, sketch)
    if not len(ends):
        return []
    piece = _join_edges(ends, pairs, regions.size)
    width = regions.shape[1] + 1
    rows, columns = np.divmod(ends, width)
    count = int(piece.max()) + 1
    low, high = np.full((count, 2), ends.max() + 1), np.full((count, 2), -1)
    for place, values in enumerate((rows, columns)):
        np.minimum.at(low[:, place], piece, values.min(axis=1))
        np.maximum.at(high[:, place], piece, values.max(axis=1))
    first = np.full(count, len(piece))
    np.minimum.at(first, piece, np.arange(len(piece)))
    span: Float64[np.ndarray, " pieces"] = np.hypot(*(high - low).T)
    middle = (low + high) // 2
    order = np.lexsort((middle[:, 1], middle[:, 0], -span))
    return [
        Gap(
            regions=(int(pairs[first[i], 0]), int(pairs[first[i], 1])),
            row=int(middle[i, 0]),
            column=int(middle[i, 1]),
            width=round(float(span[i]), 1),
        )
        for i in order
    ]


def _open_edges(
    regions: RegionMap, sketch: Sketch
) -> tuple[Int64[np.ndarray, "edges 2"], Int64[np.ndarray, "edges 2"]]:
    """Pixel edges between two regions on paper: the corners at both ends, and the two labels, the smaller first.

    Corner (r, c), above and left of pixel (r, c), has the number r * (width + 1) + c.
    """
    paper = sketch > INK_THRESHOLD
    speck = _specks(paper)
    stride = regions.shape[1] + 1
    ends, pairs = [], []
    for axis in (0, 1):
        here, there = (slice(1, None), slice(None, -1)) if axis == 0 else (np.s_[:, 1:], np.s_[:, :-1])
        meet = (regions[here] != regions[there]) & paper[here] & paper[there]
        rows, columns = np.nonzero(meet)
        label, other = regions[here][rows, columns], regions[there][rows, columns]
        row, column = (rows + 1, columns) if axis == 0 else (rows, columns + 1)
        kept = (label > 0) & (other > 0) & ~speck[row, column]
        start = row * stride + column
        end = start + (1 if axis == 0 else stride)
        ends.append(np.stack([start, end], axis=1)[kept])
        pairs.append(np.stack([np.minimum(label, other), np.maximum(label, other)], axis=1)[kept].astype(np.int64))
    return np.concatenate(ends), np.concatenate(pairs)


def _specks(paper: LineMask) -> LineMask:
    """Pieces of paper too small for a region of their own."""
    pieces = flood_paper(np.logical_not(paper))
    small = region_areas(pieces) < MIN_AREA * relative_side(*paper.shape) ** 2
    specks: LineMask = small[pieces]
    return specks


def _join_edges(
    ends: Int64[np.ndarray, "edges 2"], pairs: Int64[np.ndarray, "edges 2"], size: int
) -> Int[np.ndarray, " edges"]:
    """Number the pieces that edges of the same two labels make where they share corners."""
    labels = int(pairs.max()) + 1
    pair = np.unique(pairs[:, 0] * labels + pairs[:, 1], return_inverse=True)[1]
    corners = int(ends.max()) + 1
    nodes = np.unique(pair[:, None] * corners + ends, return_inverse=True)[1].reshape(ends.shape)
    label = np.arange(int(nodes.max()) + 1)
    while True:
        first, second = label[nodes].T
        low, high = np.minimum(first, second), np.maximum(first, second)
        apart = low != high
        if not apart.any():
            return np.unique(first, return_inverse=True)[1]
        parent = np.arange(len(label))
        parent[high[apart]] = low[apart]
        label = find_roots(parent)[label]

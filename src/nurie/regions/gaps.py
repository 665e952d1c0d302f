"""Which doors are gaps in the ink, and which are narrow places of one region.

At a gap a stroke ends and goes on behind it; at a narrow place two strokes run alongside. A small network looks at
each door: at the ink around it and at the two rooms, turned so that the way through the door runs downwards, near by
and from farther away, in units of the drawing's own lines. It was trained on drawings whose regions are known
(`nurie train --stage gaps`).
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import cv2
import numpy as np
from jaxtyping import Bool, Float, Float32, Int, Shaped, UInt8

from nurie.arrays import LineMask, RegionMap, Sketch
from nurie.errors import WeightsError
from nurie.regions.room_graph import Places, RoomGraph

WEIGHTS = Path(__file__).parent / "weights" / "gaps.npz"

REACH = 6
"""Steps to each side of a door that are looked at."""

STEPS = (1, 2, 4)
"""Length of a step, in half line widths: near by, and from farther away."""

VIEW_SHAPE = (3 * len(STEPS), 2 * REACH + 1, 2 * REACH + 1)

NUM_NUMBERS = 8
"""What is told of a door in numbers: see `Doorways.numbers`."""

BROADEST = 8.0, 1 / 32
"""No half of a line counts as broader than so many pixels and that share of the root of a picture's area."""

CORNER = 1.5 * REACH
"""Steps from a door to the corners of a view, and some more."""

WAY_REACH = 5
"""Steps around a door in which the middles of its rooms are sought, to see which way it leads."""

COUNTED = np.stack([np.ones(2 * [2 * WAY_REACH + 1]), *np.mgrid[2 * [slice(-WAY_REACH, WAY_REACH + 1)]]])
COUNTED = COUNTED.reshape(3, -1).astype(np.float32)
"""What is counted of a room around a door: its pixels, their rows and their columns."""

BLOCK = 192
"""Doors looked at together: what is made of so many stays in the processor's cache (32 to 256 were timed)."""

Views = UInt8[np.ndarray, "doors views rows columns"]
"""What is seen of each door, 0..255: for each length of a step the ink, the one room and the other room. Rows run
the way from the one room to the other; the door is in the middle."""

Numbers = Float32[np.ndarray, "doors numbers"]
Pairs = Int[np.ndarray, "doors 2"]
Widths = Float32[np.ndarray, " doors"]
Steps = Float[np.ndarray, " doors"]
Spots = Shaped[np.ndarray, "... doors"]
"""What is at places around each door, or in which row or column they are, in whole numbers of any type."""

Looks = Shaped[np.ndarray, "looks views rows columns"]
Halves = Shaped[np.ndarray, "looks steps _rows columns"]
Parts = tuple[Float32[np.ndarray, "looks _inputs"], ...]

TURNED_VIEWS = [0, 2, 1, 3, 5, 4, 6, 8, 7]
TURNED_NUMBERS = [0, 2, 1, 4, 3, 5, 6, 7]
"""Where views and numbers come from if the two rooms change places."""

Vector = Float32[np.ndarray, " _size"]
Layer = tuple[Float32[np.ndarray, "_inputs _outputs"], Vector]


def half_line_width(lines: LineMask) -> float:
    """About half of how wide the drawing's lines are, in pixels, at least 1: the unit for everything near them.

    Measured on 64 rows and 64 columns that cut most lines aslant: a third of the runs of ink are shorter. If those lie
    along the lines of a grid, so that the lines seem to be broader than `BROADEST`, all rows and columns are taken.
    """
    pixels, share = BROADEST
    broadest = max(pixels, share * float(np.sqrt(lines.size)))
    half = _half_usual_run(lines, 64)
    if half > broadest:
        half = _half_usual_run(lines, max(lines.shape))
    return min(max(1.0, half), broadest)


def _half_usual_run(lines: LineMask, rows: int) -> float:
    runs = np.concatenate([_run_lengths(side, rows) for side in (lines, lines.T)])
    return _percentile(runs, 35) / 2 if len(runs) else 0.0


def _percentile(values: Int[np.ndarray, " values"], percent: int) -> float:
    """What `np.percentile` gives, which takes longer to look at its arguments than to answer."""
    place = percent / 100 * (len(values) - 1)
    below = int(place)
    near = np.partition(values, (below, min(below + 1, len(values) - 1)))[below : below + 2]
    return float(near[0] + (place - below) * (near[-1] - near[0]))


def _run_lengths(lines: LineMask, rows: int) -> Int[np.ndarray, " runs"]:
    step = max(1, len(lines) // rows)
    sample = lines[step // 2 :: step]
    framed = np.zeros((len(sample), sample.shape[1] + 2), np.int8)
    framed[:, 1:-1] = sample
    change = (framed[:, 1:] - framed[:, :-1]).ravel()
    return np.asarray(np.flatnonzero(change < 0) - np.flatnonzero(change > 0))


@dataclass(frozen=True)
class Doorways:
    """The doors of a drawing and all that can be seen from them."""

    sketch: Sketch
    rooms: RegionMap
    """As it was before rooms were joined; 0 is ink."""
    graph: RoomGraph
    unit: float
    """`half_line_width` of the drawing."""

    def joined(self, graph: RoomGraph) -> "Doorways":
        """The same drawing after rooms were joined; what was made of it is not made again."""
        later = replace(self, graph=graph)
        later.__dict__.update({name: getattr(self, name) for name in ("_reduced", "_framed_rooms")})
        return later

    def look(self, chosen: slice | Places = slice(None)) -> tuple[Views, Numbers]:
        """What the network sees of the chosen doors, and what it is told in numbers.

        In memory doors lie side by side: all that is done with each spot of a view is done for all doors at once.
        """
        rows, columns = np.divmod(self.graph.doors.place[chosen], self.rooms.shape[1])
        pairs, width = self.graph.doors.rooms[chosen], self.graph.doors.width[chosen]
        down, right = self._ways(rows, columns, pairs, width)
        views = np.empty((len(STEPS), 3, *VIEW_SHAPE[1:], len(rows)), np.uint8)
        for step, reduced, view in zip(STEPS, self._reduced, views, strict=True):
            reach = step * self.unit * np.arange(-REACH, REACH + 1)[:, None]
            row = (rows + down * reach)[:, None] - right * reach
            column = (columns + right * reach)[:, None] + down * reach
            np.rint(row, out=row)
            np.rint(column, out=column)
            np.equal(self._rooms_at(row, column), pairs.T[:, None, None], out=view[1:].view(bool))
            side = round(step * self.unit)
            view[0] = reduced.take(row, column) if side == 1 else reduced.take(_whole(row, side), _whole(column, side))
        views[:, 1:] *= np.uint8(255)
        return np.moveaxis(views, -1, 0).reshape(len(rows), *VIEW_SHAPE), self._numbers(rows, columns, pairs, width)

    @cached_property
    def _framed_rooms(self) -> "Framed":
        ways = WAY_REACH * max(1.0, float(self.graph.doors.width.max(initial=0)) / 3)
        return Framed.build(self.rooms, 2 + round(max(CORNER * max(STEPS) * self.unit, ways)))

    @cached_property
    def _reduced(self) -> list["Framed"]:
        """The ink as it is seen with each length of a step: pixels are squares of about that side."""
        reduced = []
        drawing = np.where(self.rooms > 0, np.uint8(255), self.sketch)  # paper counts as white, whatever its tint
        for step in STEPS:
            side = round(step * self.unit)
            below, right = (-length % side for length in drawing.shape)
            whole = cv2.copyMakeBorder(drawing, 0, below, 0, right, cv2.BORDER_REPLICATE)
            size = (whole.shape[1] // side, whole.shape[0] // side)
            ink = 255 - cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
            reduced.append(Framed.build(np.asarray(ink), 2 + round(CORNER * step * self.unit / side)))
        return reduced

    def _numbers(self, rows: Places, columns: Places, pairs: Pairs, width: Widths) -> Numbers:
        """Logarithms of what is counted in units, of the unit in pixels, and of the picture's side in units.

        In units: the door's width, the rooms' areas and heights, and the way to the frame.
        """
        height, breadth = self.rooms.shape
        margin = np.minimum.reduce([rows, columns, height - 1 - rows, breadth - 1 - columns]) + 1
        alike = np.ones((len(rows), 1))
        sizes = [
            width[:, None] / self.unit,
            self.graph.areas[pairs] / self.unit**2,
            self.graph.heights[pairs] / self.unit,
            margin[:, None] / self.unit,
            self.unit * alike,
            np.sqrt(height * breadth) / self.unit * alike,
        ]
        return np.asarray(np.log(np.concatenate(sizes, axis=1)), np.float32)

    def _rooms_at(self, row: Spots, column: Spots) -> Spots:
        """The rooms as they are now; 0 on ink and outside of the picture."""
        return self.graph.label.take(self._framed_rooms.take(row, column))

    def _ways(self, rows: Places, columns: Places, pairs: Pairs, width: Widths) -> tuple[Steps, Steps]:
        """Rows down and columns right, per pixel of the way from the one room to the other, as seen near by."""
        reach = np.arange(-WAY_REACH, WAY_REACH + 1)[:, None]
        offset = np.rint(reach * np.maximum(1, width / 3))
        label = self._rooms_at((rows + offset)[:, None], columns + offset)
        one, other = _middles(label == pairs.T[:, None, None])
        down, right = (other - one) / np.linalg.norm(other - one, axis=0).clip(1e-6)
        return down, right


def _middles(inside: Bool[np.ndarray, "rooms side side doors"]) -> Float[np.ndarray, "rooms 2 doors"]:
    """Mean row and column, from the middle of each window; zero where nothing is inside."""
    # Whole numbers far below 2^24: single precision counts them exactly.
    found = COUNTED @ inside.reshape(len(inside), COUNTED.shape[1], inside.shape[-1]).astype(np.float32)
    return np.asarray(found[:, 1:].astype(np.float64) / found[:, :1].clip(1))


def _whole(place: Spots, side: int) -> Spots:
    """Rows or columns of squares of `side` pixels, in place; those of pixels are whole numbers."""
    place += 0.5
    place /= side
    return np.asarray(np.floor(place, out=place))


@dataclass(frozen=True)
class Framed:
    """A picture with a frame of 0, so that what lies outside of it can be looked at like the rest."""

    picture: Shaped[np.ndarray, "framed_height framed_width"]
    width: int
    """Of the frame, on each side."""

    @staticmethod
    def build(picture: Shaped[np.ndarray, "height width"], width: int) -> "Framed":
        """Put a frame around a picture."""
        framed = cv2.copyMakeBorder(picture, width, width, width, width, cv2.BORDER_CONSTANT, value=0)
        return Framed(np.asarray(framed), width)

    def take(self, row: Spots, column: Spots) -> Spots:
        """What is at these rows and columns of the picture, of which none lies beyond the frame."""
        stride = self.picture.shape[1]
        place = row * stride + column
        place += self.width * (stride + 1)
        return np.asarray(self.picture.ravel().take(place.astype(np.intp, copy=False)))


@dataclass(frozen=True)
class GapNetwork:
    """Three layers; what is below 0 is cut off after the first two.

    Every door is looked at from both sides and in the mirror, and the mean counts. The four looks are sums and
    differences of the same four parts (`_fold`), so the first layer needs one look's multiplications for all of them.
    """

    mean: Float32[np.ndarray, " numbers"]
    spread: Float32[np.ndarray, " numbers"]
    """What the numbers are normalized with."""
    first: tuple[Float32[np.ndarray, "_inputs _hidden"], ...]
    """The matrix of the first layer for each part of a look."""
    layers: tuple[Layer, Layer, Layer]
    """Matrix and bias; the matrix of the first is only kept in parts, in `first`."""

    @staticmethod
    def build(mean: Vector, spread: Vector, layers: tuple[Layer, Layer, Layer]) -> "GapNetwork":
        """A network from trained weights: the first matrix takes the views, then the numbers."""
        size = int(np.prod(VIEW_SHAPE))
        matrix = layers[0][0].T
        seen = _fold(matrix[:, :size].reshape(-1, *VIEW_SHAPE) / 255, matrix[:, size:])
        first = tuple(np.ascontiguousarray((part * share).T) for part, share in zip(seen, _shares(), strict=True))
        return GapNetwork(mean, spread, first, layers)

    def __call__(self, views: Views, numbers: Numbers) -> Float32[np.ndarray, " doors"]:
        """Natural logarithm of the odds that a door is a gap: the same whichever way round it is looked at."""
        count = len(views)
        parts = _fold(views, (numbers - self.mean) / self.spread)
        both, turn, mirror, cross = (part @ matrix for part, matrix in zip(parts, self.first, strict=True))
        (_, bias), *rest = self.layers
        both += bias
        looks = [both + turn + (mirror + cross), both + turn - (mirror + cross)]
        looks += [both - turn + (mirror - cross), both - turn - (mirror - cross)]
        hidden = np.concatenate(looks)
        for matrix, bias in rest:
            hidden = np.maximum(hidden, 0, out=hidden) @ matrix + bias
        return np.asarray(hidden.reshape(4, count).mean(axis=0))


def _fold(views: Looks, numbers: Numbers) -> Parts:
    """What stays and what changes its sign in the mirror and from the other side: the sum over four looks, with signs.

    In this order: like itself both ways; changed from the other side; changed in the mirror; changed by each, like
    itself by both. What follows from the rest by symmetry is left out: the right half, and the lower half of the ink.
    """
    # Bytes are added up as integers of two: a quarter of the memory, and as exact.
    steps = views.reshape(len(views), len(STEPS), 3, *VIEW_SHAPE[1:])
    steps = steps.astype(np.int16) if views.dtype == np.uint8 else steps
    half = slice(REACH + 1)
    left, right = steps[..., half], steps[..., ::-1][..., half]
    told = numbers[:, TURNED_NUMBERS]
    parts = []
    for columns, plain, turned in (
        (left + right, numbers + told, numbers - told),
        ((left - right)[..., :REACH], numbers[:, :0], numbers[:, :0]),
    ):
        ink, one, other = columns[:, :, 0], columns[:, :, 1], columns[:, :, 2, ::-1]
        top, bottom = ink[:, :, half], ink[:, :, ::-1][:, :, half]
        parts.append(_flat(top + bottom, one + other, plain))
        parts.append(_flat((top - bottom)[:, :, :REACH], one - other, turned))
    return tuple(parts)


def _flat(ink: Halves, rooms: Halves, numbers: Numbers) -> Float32[np.ndarray, "looks _inputs"]:
    """All of each look in a row; in memory looks lie side by side."""
    count, steps, rows, columns = ink.shape
    size = steps * (rows + rooms.shape[2]) * columns
    flat = np.empty((size + numbers.shape[1], count), np.float32)
    seen = flat[:size].reshape(steps, rows + rooms.shape[2], columns, count)
    seen[:, :rows], seen[:, rows:] = np.moveaxis(ink, 0, -1), np.moveaxis(rooms, 0, -1)
    flat[size:] = numbers.T
    return flat.T


def _shares() -> list[Vector]:
    """What each input of a folded look counts: a quarter, and half of that in the middle row or column."""
    middle, even = np.append(np.ones(REACH, np.float32), np.float32(0.5)), np.ones(2 * REACH + 1, np.float32)
    shares = []
    for columns, told in ((middle, NUM_NUMBERS), (middle[:REACH], 0)):
        for rows in (middle, middle[:REACH]):
            seen = np.outer(np.concatenate([rows, even]), columns).ravel()
            shares.append(np.concatenate([*(seen for _ in STEPS), np.ones(told, np.float32)]) / 4)
    return shares


@lru_cache(maxsize=1)
def load_network(weights: Path = WEIGHTS) -> GapNetwork:
    """The network that comes with the package.

    Raises:
        WeightsError: the file is missing or damaged.
    """
    try:
        with np.load(weights) as file:
            arrays = {name: file[name].astype(np.float32) for name in file.files}
        first, second, third = ((arrays[f"matrix{i}"], arrays[f"bias{i}"]) for i in range(3))
        return GapNetwork.build(arrays["mean"], arrays["spread"], (first, second, third))
    except (OSError, ValueError, KeyError) as error:
        raise WeightsError(f"the weights {weights} cannot be read ({error}); install nurie again") from None


def gap_odds(doorways: Doorways) -> Float32[np.ndarray, " doors"]:
    """Natural logarithm of the odds that a door is a gap in the ink and not a narrow place of one region."""
    network = load_network()
    starts = range(0, len(doorways.graph.doors.place), BLOCK)
    odds = [network(*doorways.look(slice(start, start + BLOCK))) for start in starts]
    return np.concatenate([np.zeros(0, np.float32), *odds])

"""The gaps stage: learns which doors between rooms are gaps in the ink (`nurie.regions.gaps`), from true regions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import torch
from jaxtyping import Bool, Float, Int32, Int64, UInt8
from torch import Tensor, nn

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.augment import augment
from nurie.data.line_breaks import break_lines, leave_open
from nurie.data.sources.drawing import Drawing
from nurie.model.gaps import GapNet, gap_loss, turn_doors
from nurie.regions.close_gaps import WIDEST_GAP, join_hollows, join_slivers
from nurie.regions.gaps import Doorways, Numbers, Views, half_line_width
from nurie.regions.merge import choose_min_area
from nurie.regions.region_map import connect_regions, find_lines
from nurie.regions.room_graph import RoomGraph, join_rooms, open_doors
from nurie.regions.rooms import find_rooms, measure_depth
from nurie.training.config import TrainConfig, choose_network
from nurie.training.distributed import Machine
from nurie.training.noise import Noise
from nurie.training.one_network import OneNetworkStage, Scalars
from nurie.training.stage import StageKind
from nurie.training.updates import to_device

HANDS = {"drawn": 0.4, "outlined": 0.15, "enlarged": 0.3, "worn": 0.15}
"""Share of the samples with the drawing's own lines, lines of even width along all borders, the drawing larger, and
with thin, hard, grainy or compressed lines."""

LARGE = 0.7
"""Share of the samples of a drawing above the usual side that are seen larger than that: up to as it was drawn."""

LARGEST = 1280
"""Pixels: the side up to which drawings are enlarged."""

INK_LEVEL = 176
"""Gray at which the rims of enlarged lines are steepened: pale thin lines stay whole."""

BREAKS = (0, 12, 4, 25, 40)
"""Gaps made in a drawing, each as often."""

WIDE_BREAKS = 0.35
"""Share of the enlarged drawings whose gaps are enlarged as well."""

SPILT = 0.2
"""Share of a true region: see `find_gaps`. Judged rightly by that, doors split less than half as many regions as by
the most of the pixels alone, and F1 stays."""

FRESH = 0.4
"""Share of the samples in which no door has been opened yet; in the others a part of the true openings are, as the
network will be asked again between the rooms that are left."""

AREAS = [1, 2]
"""Where the numbers of a door hold the logarithms of its rooms' areas."""

SHEET_COLUMNS = 24

LargeSketch = UInt8[np.ndarray, "large_height large_width"]
LargeMap = Int32[np.ndarray, "large_height large_width"]


@dataclass(frozen=True, kw_only=True)
class GapTraining(TrainConfig):
    """Settings of the gaps stage."""

    doors: int = 160
    """At most so many doors of a drawing, drawn by lot."""
    opened: float = 0.3


@dataclass(frozen=True)
class GapWidths:
    """Settings of the network."""

    hidden: tuple[int, int] = (128, 32)


MODELS = {"default": GapWidths()}


@dataclass(frozen=True)
class GapSample:
    """Doors of one drawing."""

    views: Views
    numbers: Numbers
    is_gap: Bool[np.ndarray, " doors"]


@dataclass(frozen=True)
class GapBatch:
    """Doors of several drawings."""

    views: Float[Tensor, "doors views rows columns"]
    numbers: Float[Tensor, "doors numbers"]
    is_gap: Bool[Tensor, " doors"]
    weight: Float[Tensor, " doors"]
    """Fourth root of the smaller room's area: a gap between large rooms spoils more."""
    drawing: Int64[Tensor, " doors"]
    """Number of the door's drawing in the batch."""


@dataclass(frozen=True)
class PrepareGaps:
    """Drawing -> doors."""

    side: int
    doors: int
    opened: float = 0.0

    def __call__(self, drawing: Drawing, rng: np.random.Generator) -> GapSample:
        """Augment, draw with some hand, break lines, find the doors, and open some."""
        truth = augment(drawing, rng, side=choose_side(self.side, drawing.sketch.shape, rng))
        sketch, regions = draw_lines(truth.sketch, connect_regions(truth.regions), rng)
        if rng.random() < self.opened:
            sketch = leave_open(sketch, regions, rng)
        scale = sketch.shape[0] / self.side if rng.random() < WIDE_BREAKS else 1.0
        sketch = break_lines(sketch, regions, int(rng.choice(BREAKS)), rng, scale=scale)
        lines = find_lines(sketch)
        unit = half_line_width(lines)
        labels, graph = find_rooms(measure_depth(lines))
        graph = join_hollows(graph, WIDEST_GAP * unit)
        graph = open_some(graph, labels, regions, rng)
        chosen = np.sort(rng.permutation(len(graph.doors.place))[: self.doors])
        is_gap = find_gaps(graph, labels, regions)[chosen]
        views, numbers = Doorways(sketch, labels, graph, unit).look(chosen)
        return GapSample(views, numbers, is_gap)


def choose_side(least: int, shape: tuple[int, ...], rng: np.random.Generator) -> int:
    """`least`, or in a share `LARGE` of the samples of larger drawings anything from there up to the drawing's side."""
    most = max(least, *shape)
    return round(least * (most / least) ** rng.random()) if most > least and rng.random() < LARGE else least


def draw_lines(sketch: Sketch, regions: RegionMap, rng: np.random.Generator) -> tuple[LargeSketch, LargeMap]:
    """The drawing by a hand out of `HANDS`, and its regions at the same size."""
    hand = rng.choice(list(HANDS), p=list(HANDS.values()))
    if hand == "outlined":
        large = _enlarge(regions, float(rng.choice([1, 2, 2, 3])))
        return outline(large, rng.uniform(1, 4)), large
    if hand == "enlarged":
        factor = min(1.2 * 3.5 ** rng.random(), LARGEST / max(sketch.shape))
        if factor > 1:
            return _enlarge_lines(sketch, factor, rng.uniform(1, factor)), _enlarge(regions, factor)
    return (wear(sketch, rng) if hand == "worn" else sketch), regions


def _enlarge_lines(sketch: Sketch, factor: float, steepness: float) -> LargeSketch:
    """From soft lines (steepness 1) to such as are drawn anew at the larger size (steepness `factor`)."""
    size = [round(factor * side) for side in sketch.shape[::-1]]
    soft = cv2.resize(sketch, size, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    return np.asarray(np.clip(INK_LEVEL + steepness * (soft - INK_LEVEL), 0, 255), np.uint8)


def _enlarge(regions: RegionMap, factor: float) -> LargeMap:
    if factor == 1:
        return regions
    size = [round(factor * side) for side in regions.shape[::-1]]
    large = cv2.resize(regions.astype(np.uint16), size, interpolation=cv2.INTER_NEAREST)
    return connect_regions(cv2.medianBlur(large, 5).astype(np.int32))


def outline(regions: RegionMap, width: float) -> Sketch:
    """Smooth lines of `width` pixels along all borders."""
    border = np.ones(regions.shape, np.uint8)
    border[:, 1:] &= regions[:, 1:] == regions[:, :-1]
    border[1:] &= regions[1:] == regions[:-1]
    distance = cv2.distanceTransform(border, cv2.DIST_L2, cv2.DIST_MASK_5)
    return np.asarray(255 * np.clip(distance - width / 2 + 0.5, 0, 1), np.uint8)


def wear(sketch: Sketch, rng: np.random.Generator) -> Sketch:
    """Thicker lines, lines without gray, or grain and the blocks of a compressed file."""
    way = rng.integers(3)
    if way == 0:
        return np.asarray(cv2.erode(sketch, np.ones((2, 2), np.uint8)))
    if way == 1:
        return np.where(sketch < rng.integers(100, 200), np.uint8(0), np.uint8(255))
    grainy = np.clip(sketch + rng.normal(0, rng.uniform(3, 14), sketch.shape), 0, 255).astype(np.uint8)
    file = cv2.imencode(".jpg", grainy, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(50, 85))])[1]
    return np.asarray(cv2.imdecode(file, cv2.IMREAD_GRAYSCALE))


def find_gaps(graph: RoomGraph, labels: RegionMap, regions: RegionMap) -> Bool[np.ndarray, " doors"]:
    """True for doors between rooms that belong to different true regions: by the most of their pixels.

    But a door is no gap if more than `SPILT` of the one room's region lies in the other room. That region runs out
    into the other, in a place that no door shuts, and to close this door would only tear it.
    """
    paper = labels > 0
    count = int(regions.max()) + 1
    keys = graph.label[labels[paper]] * count + regions[paper]
    pixels = np.bincount(keys, minlength=len(graph.label) * count).reshape(-1, count)
    region, total = pixels.argmax(axis=1), pixels.sum(axis=0).clip(1)
    one, other = graph.doors.rooms.T
    behind = [pixels[far, region[near]] / total[region[near]] for near, far in ((one, other), (other, one))]
    return np.asarray((region[one] != region[other]) & (np.maximum(*behind) <= SPILT))


def open_some(graph: RoomGraph, labels: RegionMap, regions: RegionMap, rng: np.random.Generator) -> RoomGraph:
    """Open a random part of the doors that are no gaps and join slivers; in a share `FRESH` of the cases do nothing."""
    if rng.random() < FRESH:
        return graph
    part = rng.uniform(0.2, 1)
    lot = rng.random(len(graph.doors.place))
    able = (lot < part) & ~find_gaps(graph, labels, regions)
    graph = join_rooms(graph, open_doors(graph.doors, graph.heights, limit=np.where(able, np.inf, 0), order=lot))
    return join_slivers(graph, choose_min_area(None, labels.shape))


class GapStage(OneNetworkStage[GapTraining, GapNet, GapSample, GapBatch]):
    """Drives `GapNet`."""

    name = "gaps"

    def __init__(self, config: GapTraining, machine: Machine) -> None:
        """Fresh weights that depend on the seed alone."""
        super().__init__(config, machine, lambda shape: GapNet(shape.hidden), choose_network(config, MODELS))
        self.prepare = PrepareGaps(config.side, config.doors, config.opened)

    @staticmethod
    def collate(samples: list[GapSample]) -> GapBatch:
        """Join samples."""
        views = np.concatenate([sample.views for sample in samples]).astype(np.float32) / 255
        numbers = np.concatenate([sample.numbers for sample in samples])
        is_gap = np.concatenate([sample.is_gap for sample in samples])
        weight = np.exp(numbers[:, AREAS].min(axis=1) / 4)
        drawing = np.repeat(np.arange(len(samples)), [len(sample.is_gap) for sample in samples])
        return GapBatch(*(torch.from_numpy(array) for array in (views, numbers, is_gap, weight, drawing)))

    def loss(self, batch: GapBatch, noise: Noise) -> tuple[Tensor, Scalars]:
        """The doors of each drawing are seen from either side, in the mirror or not."""
        turn, mirror = (noise.uniform(2).to(batch.drawing.device) < 0.5)[batch.drawing].T
        turned_views, turned_numbers = turn_doors(batch.views, batch.numbers)
        views = torch.where(turn[:, None, None, None], turned_views, batch.views)
        views = torch.where(mirror[:, None, None, None], views.flip(3), views)
        numbers = torch.where(turn[:, None], turned_numbers, batch.numbers)
        logits = self.net(views, numbers).float()
        loss = gap_loss(logits, batch.is_gap, batch.weight)
        right = (logits > 0) == batch.is_gap
        return loss, {
            "gaps": loss.detach(),
            "accuracy/right": (right * batch.weight).sum() / batch.weight.sum().clamp(min=1e-6),
            "accuracy/leaks": (~right & batch.is_gap).sum() / batch.is_gap.sum().clamp(min=1),
        }

    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[GapSample]) -> Image:
        """Ink around the first doors, near by: gaps in the upper row of each pair, and redder the surer it is."""
        batch = to_device(self.collate(samples), self.machine.device)
        with torch.no_grad():
            odds = averaged["gaps"](batch.views, batch.numbers).sigmoid().cpu().numpy()
        ink = 1 - batch.views[:, 0].cpu().numpy()
        rows = []
        for chosen in (np.flatnonzero(batch.is_gap.cpu().numpy()), np.flatnonzero(~batch.is_gap.cpu().numpy())):
            tiles = np.ones((SHEET_COLUMNS, *ink.shape[1:], 3), np.float32)
            chosen = chosen[:SHEET_COLUMNS]
            tiles[: len(chosen)] = ink[chosen, ..., None]
            tiles[: len(chosen), ..., 1:] *= 1 - odds[chosen, None, None, None] / 2
            rows.append(np.concatenate(np.pad(tiles, ((0, 0), (1, 1), (1, 1), (0, 0))), axis=1))
        return np.asarray(np.kron(np.concatenate(rows), np.ones((4, 4, 1))) * 255, np.uint8)


_DEFAULT = GapTraining(
    stage="gaps", preset="default", model="default", views=3,
    images=240_000, batch_size=12, learning_rate=1e-3, betas=(0.9, 0.99), weight_decay=0.01,
    warmup_images=2_400, cooldown_images=200_000, gradient_clip=1.0, ema_halflife=4_000,
)  # fmt: skip

KIND = StageKind(
    presets={
        "tiny": GapTraining(
            stage="gaps", preset="tiny", model="default", side=96,
            images=1_000, batch_size=8, learning_rate=1e-3, betas=(0.9, 0.99),
            report_every=100, save_every=500, sheet_every=500, ema_halflife=200,
        ),
        "default": _DEFAULT,
    },
    network=partial(choose_network, table=MODELS),
    build=GapStage,
)  # fmt: skip

"""The boundary stage: learns to see edges that were not drawn (`nurie.model.boundary`), from true regions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from jaxtyping import Float, Int8, Int64, UInt8
from torch import Tensor, nn

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.augment import DEFAULT, Augmentation, training_view
from nurie.data.sources.drawing import Drawing
from nurie.model.boundary import EYE_PARTS, BoundaryNet, boundary_loss, eye_loss
from nurie.training.config import TrainConfig, choose_network
from nurie.training.distributed import Machine
from nurie.training.noise import Noise
from nurie.training.one_network import OneNetworkStage, Scalars
from nurie.training.stage import StageKind
from nurie.training.updates import to_device

EYES = 0.5
"""Share of the windows that are laid around an eye, where most edges are left open."""


@dataclass(frozen=True, kw_only=True)
class BoundaryTraining(TrainConfig):
    """Settings of the boundary stage."""

    window: int = 128
    """Pixels: side of the part of a drawing that a step looks at; a multiple of 16."""


@dataclass(frozen=True)
class BoundaryWidths:
    """Settings of the network."""

    channels: tuple[int, ...] = (16, 32, 64, 96)


MODELS = {"default": BoundaryWidths()}


@dataclass(frozen=True)
class BoundarySample:
    """A window of a drawing."""

    sketch: Sketch
    boundary: UInt8[np.ndarray, "height width"]
    """255 where two true regions meet."""
    eyes: Int8[np.ndarray, "height width"]
    """Index in `EYE_PARTS`; -1 where nobody knows."""


@dataclass(frozen=True)
class BoundaryBatch:
    """Samples joined."""

    sketch: Float[Tensor, "n 1 h w"]
    boundary: Float[Tensor, "n 1 h w"]
    eyes: Int64[Tensor, "n h w"]


@dataclass(frozen=True)
class PrepareBoundary:
    """Drawing -> window."""

    side: int
    window: int
    augmentation: Augmentation = DEFAULT

    def __call__(self, drawing: Drawing, rng: np.random.Generator) -> BoundarySample:
        """Augment, redraw, and cut a window."""
        truth, sketch, regions = training_view(
            drawing, rng, side=self.side, true_regions=1.0, augmentation=self.augmentation
        )
        eyes = [label for label, part in enumerate(truth.parts, 1) if part.kind == "eye"]
        row, column = rng.integers(self.side - self.window + 1, size=2)
        if eyes and rng.random() < EYES:
            rows, columns = np.nonzero(regions == rng.choice(eyes))
            jitter = rng.integers(-self.window // 4, self.window // 4 + 1, size=2)
            highest = self.side - self.window
            row = int(np.clip(rows.mean() - self.window // 2 + jitter[0], 0, highest))
            column = int(np.clip(columns.mean() - self.window // 2 + jitter[1], 0, highest))
        part = np.s_[row : row + self.window, column : column + self.window]
        maps = sketch, boundaries(regions), eye_parts(truth)
        return BoundarySample(*(np.ascontiguousarray(map_[part]) for map_ in maps))


def boundaries(regions: RegionMap) -> UInt8[np.ndarray, "height width"]:
    """255 on both sides of every edge between two pixels of different regions, 0 elsewhere."""
    out = np.zeros(regions.shape, np.uint8)
    across, down = regions[:, 1:] != regions[:, :-1], regions[1:] != regions[:-1]
    for side, differ in ((np.s_[:, 1:], across), (np.s_[:, :-1], across), (np.s_[1:], down), (np.s_[:-1], down)):
        out[side][differ] = 255
    return out


def eye_parts(drawing: Drawing) -> Int8[np.ndarray, "height width"]:
    """Which of `EYE_PARTS` each pixel is; -1 all over if the drawing's source does not name the parts of eyes."""
    if not drawing.parts or any(part.kind == "eye" and not part.name for part in drawing.parts):
        return np.full(drawing.regions.shape, -1, np.int8)
    names = [part.name.rstrip("0123456789") if part.kind == "eye" else "" for part in drawing.parts]
    table = np.array([0, *map(EYE_PARTS.index, names)], np.int8)
    parts: Int8[np.ndarray, "height width"] = table[drawing.regions]
    return parts


class BoundaryStage(OneNetworkStage[BoundaryTraining, BoundaryNet, BoundarySample, BoundaryBatch]):
    """Drives `BoundaryNet`."""

    name = "boundary"

    def __init__(self, config: BoundaryTraining, machine: Machine) -> None:
        """Fresh weights that depend on the seed alone."""
        super().__init__(config, machine, lambda shape: BoundaryNet(shape.channels), choose_network(config, MODELS))
        self.prepare = PrepareBoundary(config.side, config.window, config.augmentation)

    @staticmethod
    def collate(samples: list[BoundarySample]) -> BoundaryBatch:
        """Join samples."""
        sketch = 1 - np.stack([s.sketch for s in samples])[:, None].astype(np.float32) / 255
        boundary = np.stack([s.boundary for s in samples])[:, None].astype(np.float32) / 255
        eyes = np.stack([s.eyes for s in samples]).astype(np.int64)
        return BoundaryBatch(torch.from_numpy(sketch), torch.from_numpy(boundary), torch.from_numpy(eyes))

    def loss(self, batch: BoundaryBatch, noise: Noise) -> tuple[Tensor, Scalars]:
        """Boundaries and parts of eyes."""
        edges = self.net(batch.sketch)
        boundary = boundary_loss(edges.boundary.float(), batch.boundary, batch.sketch)
        eyes = eye_loss(edges.eyes.float(), batch.eyes, batch.sketch)
        paper = batch.sketch < 0.3
        found, true = (edges.boundary > 0) & paper, (batch.boundary > 0) & paper
        both = (found & true).sum()
        iris = EYE_PARTS.index("iris")
        painted, real = edges.eyes.argmax(1) == iris, batch.eyes == iris
        return boundary + eyes, {
            "boundary": boundary.detach(),
            "eyes": eyes.detach(),
            "accuracy/iris overlap": (painted & real).sum() / ((painted | real) & (batch.eyes >= 0)).sum().clamp(min=1),
            "accuracy/precision": both / found.sum().clamp(min=1),
            "accuracy/recall": both / true.sum().clamp(min=1),
        }

    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[BoundarySample]) -> Image:
        """A column for each sample: sketch, true boundaries and parts of eyes, and the found ones."""
        batch = to_device(self.collate(samples), self.machine.device)
        with torch.no_grad():
            edges = averaged["boundary"](batch.sketch)
        found = 255 * (1 - edges.boundary.sigmoid().cpu().numpy()[:, 0])
        eyes = edges.eyes.argmax(1).cpu().numpy()
        columns = []
        for i, sample in enumerate(samples):
            rows = [sample.sketch, 255 - sample.boundary, found[i], _gray(sample.eyes), _gray(eyes[i])]
            columns.append(np.concatenate(rows).astype(np.uint8))
        return np.repeat(np.concatenate(columns, 1)[..., None], 3, 2)


def _gray(parts: np.ndarray) -> np.ndarray:
    return np.asarray(255 - 60 * np.maximum(parts.astype(np.int32), 0))


_DEFAULT = BoundaryTraining(
    stage="boundary", preset="default", model="default",
    images=100_000, batch_size=16, learning_rate=2e-3, betas=(0.9, 0.99), weight_decay=0.01,
    warmup_images=1_600, cooldown_images=20_000, gradient_clip=1.0, ema_halflife=4_000,
)  # fmt: skip

KIND = StageKind(
    presets={
        "tiny": BoundaryTraining(
            stage="boundary", preset="tiny", model="default", side=64, window=32,
            images=1_000, batch_size=8, learning_rate=2e-3, betas=(0.9, 0.99),
            report_every=100, save_every=500, sheet_every=500, ema_halflife=200,
        ),
        "default": _DEFAULT,
    },
    network=partial(choose_network, table=MODELS),
    build=BoundaryStage,
)  # fmt: skip

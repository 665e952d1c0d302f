"""The simplify stage: learns to clean rough, photographed and scanned lines (`nurie.model.simplify`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import torch
from jaxtyping import Float, UInt8
from torch import Tensor, nn

from nurie.arrays import Image, LineMask, Sketch
from nurie.data.degrade import degrade
from nurie.data.sources.drawing import Drawing
from nurie.data.thin_lines import draw_lines, middle_lines
from nurie.model.simplify import CONNECTED, SimplifyNet, connection_loss, ink_loss
from nurie.sketch.light import flatten_light, stretch_ink
from nurie.training.config import TrainConfig, choose_network
from nurie.training.distributed import Machine
from nurie.training.noise import Noise
from nurie.training.one_network import OneNetworkStage, Scalars
from nurie.training.stage import StageKind
from nurie.training.updates import to_device

ENLARGE = (1.0, 3.2)
"""Least and greatest enlargement of a drawing of 256 pixels: its lines are then 1.3 to 6 pixels wide."""

DRAWING_SIDE = 256
"""Pixels, for which `ENLARGE` is meant; larger drawings are enlarged less."""

MARGIN = 16
"""Pixels around the window that are degraded with it, so that strokes and light do not stop at its edge."""

ENOUGH_INK = 0.03
"""Share of the pixels; the true lines of whole drawings cover 0.065."""

PLACES = 4
"""How often a window with enough ink is looked for."""


@dataclass(frozen=True, kw_only=True)
class SimplifyTraining(TrainConfig):
    """Settings of the simplify stage."""

    window: int = 160
    """Pixels: side of the part of an enlarged drawing that a step looks at; a multiple of 16."""


@dataclass(frozen=True)
class SimplifyWidths:
    """Settings of the network."""

    channels: tuple[int, ...] = (16, 32, 64, 96)


MODELS = {"default": SimplifyWidths()}


@dataclass(frozen=True)
class SimplifySample:
    """A window of a drawing."""

    rough: Sketch
    lines: Sketch
    middle: LineMask


@dataclass(frozen=True)
class SimplifyBatch:
    """Samples joined; 1 = ink."""

    rough: Float[Tensor, "n 1 h w"]
    lines: Float[Tensor, "n 1 h w"]
    middle: Float[Tensor, "n 1 h w"]


@dataclass(frozen=True)
class PrepareSimplify:
    """Drawing -> window, degraded and clean."""

    window: int

    def __call__(self, drawing: Drawing, rng: np.random.Generator) -> SimplifySample:
        """Cut, mirror, turn, enlarge, degrade."""
        clean = enlarged_window(drawing.sketch, self.window + 2 * MARGIN, rng)
        rough = stretch_ink(flatten_light(degrade(clean, int(rng.integers(2**62)))))
        middle, solid = middle_lines(clean)
        maps = rough, draw_lines(middle, solid), middle
        inside = np.s_[MARGIN:-MARGIN, MARGIN:-MARGIN]
        return SimplifySample(*(np.ascontiguousarray(map_[inside]) for map_ in maps))


def enlarged_window(sketch: Sketch, side: int, rng: np.random.Generator) -> UInt8[np.ndarray, "side side"]:
    """A random part of a drawing at a random scale, perhaps mirrored; beyond the drawing is paper.

    Of a few places the first with enough ink is taken: bare paper teaches little.
    """
    unit = max(sketch.shape) / DRAWING_SIDE
    scale = float(np.exp(rng.uniform(*np.log(ENLARGE)))) / unit
    cut = max(1, round(side / scale))
    height, width = sketch.shape
    rows, columns = max(cut - height, 0), max(cut - width, 0)
    padded = cv2.copyMakeBorder(sketch, rows, rows, columns, columns, cv2.BORDER_CONSTANT, value=255)
    for _ in range(PLACES):
        top, left = rng.integers(padded.shape[0] - cut + 1), rng.integers(padded.shape[1] - cut + 1)
        part = padded[top : top + cut, left : left + cut][:, :: rng.choice([-1, 1])]
        if 255 - part.mean() > 255 * ENOUGH_INK:
            break
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(np.ascontiguousarray(part), (side, side), interpolation=way), np.uint8)


class SimplifyStage(OneNetworkStage[SimplifyTraining, SimplifyNet, SimplifySample, SimplifyBatch]):
    """Drives `SimplifyNet`."""

    name = "simplify"

    def __init__(self, config: SimplifyTraining, machine: Machine) -> None:
        """Fresh weights that depend on the seed alone."""
        super().__init__(config, machine, lambda shape: SimplifyNet(shape.channels), choose_network(config, MODELS))
        self.net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # a third faster on the CPU
        self.prepare = PrepareSimplify(config.window)

    @staticmethod
    def collate(samples: list[SimplifySample]) -> SimplifyBatch:
        """Join samples."""
        rough = 1 - np.stack([s.rough for s in samples])[:, None].astype(np.float32) / 255
        lines = 1 - np.stack([s.lines for s in samples])[:, None].astype(np.float32) / 255
        middle = np.stack([s.middle for s in samples])[:, None].astype(np.float32)
        return SimplifyBatch(torch.from_numpy(rough), torch.from_numpy(lines), torch.from_numpy(middle))

    def loss(self, batch: SimplifyBatch, noise: Noise) -> tuple[Tensor, Scalars]:
        """Ink where there is a line, and lines that do not break."""
        logits = self.net(batch.rough.contiguous(memory_format=torch.channels_last)).float()
        ink = ink_loss(logits, batch.lines)
        connection = connection_loss(logits.sigmoid(), batch.lines, batch.middle)
        found, true = logits > 0, batch.lines > 0.4
        both = (found & true).sum()
        return ink + CONNECTED * connection, {
            "ink": ink.detach(),
            "connection": connection.detach(),
            "accuracy/precision": both / found.sum().clamp(min=1),
            "accuracy/recall": both / true.sum().clamp(min=1),
        }

    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[SimplifySample]) -> Image:
        """A column for each sample: rough, found, true."""
        batch = to_device(self.collate(samples), self.machine.device)
        with torch.no_grad():
            ink = averaged["simplify"](batch.rough).sigmoid().cpu().numpy()[:, 0]
        found = np.rint(255 * (1 - ink)).astype(np.uint8)
        columns = [np.concatenate([s.rough, found[i], s.lines]) for i, s in enumerate(samples)]
        return np.repeat(np.concatenate(columns, 1)[..., None], 3, 2)


_DEFAULT = SimplifyTraining(
    stage="simplify", preset="default", model="default",
    images=160_000, batch_size=8, learning_rate=2e-3, betas=(0.9, 0.99), weight_decay=0.01,
    warmup_images=1_600, cooldown_images=60_000, gradient_clip=1.0, ema_halflife=4_000,
)  # fmt: skip

KIND = StageKind(
    presets={
        "tiny": SimplifyTraining(
            stage="simplify", preset="tiny", model="default", window=64,
            images=1_000, batch_size=8, learning_rate=2e-3, betas=(0.9, 0.99),
            report_every=100, save_every=500, sheet_every=500, ema_halflife=200,
        ),
        "default": _DEFAULT,
    },
    network=partial(choose_network, table=MODELS),
    build=SimplifyStage,
)  # fmt: skip

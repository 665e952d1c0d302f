"""How any contender is trained: judges on the painters' pictures, then the painters. One step for every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor, nn
from torch.optim import Adam

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.augment import Augmentation, augment
from nurie.data.sources.drawing import Drawing
from nurie.evaluation.baselines.contender import Contender, Inputs, Losses
from nurie.evaluation.baselines.cwr import skeleton_map
from nurie.regions import segment_regions
from nurie.training.config import TrainConfig
from nurie.training.distributed import Machine
from nurie.training.paint_batch import to_bytes, to_color
from nurie.training.stage import Part
from nurie.training.updates import autocast, descend, to_device

FLIPS = Augmentation(crop=0.0, tremble=0.0)
"""All that is random about a sample: it is mirrored or not."""


@dataclass(frozen=True)
class Sample:
    """One drawing as a contender sees it."""

    color: Image
    sketch: Sketch
    regions: RegionMap
    skeleton: Float32[np.ndarray, "height width"]


@dataclass(frozen=True)
class Batch:
    """Samples joined: bytes as long as they travel."""

    color: Tensor
    sketch: Tensor
    regions: Tensor
    skeleton: Tensor
    present: Tensor


@dataclass(frozen=True)
class PrepareSample:
    """Drawing -> sample; its regions are what it comes with, or patches."""

    side: int
    patches: int = 0

    def __call__(self, drawing: Drawing, rng: np.random.Generator) -> Sample:
        """Mirror half of the drawings."""
        return make_sample(augment(drawing, rng, side=self.side, augmentation=FLIPS), self.patches)


def make_sample(drawing: Drawing, patches: int = 0) -> Sample:
    """A drawing as it is; its regions, or so many equal patches."""
    regions = segment_regions(drawing.sketch, "patches", count=patches) if patches else drawing.regions
    return Sample(drawing.color, drawing.sketch, regions, skeleton_map(regions))


def collate(samples: list[Sample]) -> Batch:
    """Stack; `present` is as wide as the largest number of regions."""
    color, sketch, regions, skeleton = (
        torch.from_numpy(np.stack([getattr(sample, name) for sample in samples]))
        for name in ("color", "sketch", "regions", "skeleton")
    )
    num_regions = int(regions.max())
    counts = [np.bincount(sample.regions.ravel(), minlength=num_regions + 1)[1:] for sample in samples]
    return Batch(color, sketch, regions, skeleton, torch.from_numpy((np.stack(counts) > 0).astype(np.float32)))


def to_inputs(batch: Batch) -> Inputs:
    """Bytes -> the networks' ranges."""
    return Inputs(
        color=to_color(batch.color),
        sketch=1 - batch.sketch[:, None].float() / 255,
        regions=batch.regions.long(),
        present=batch.present,
        skeleton=batch.skeleton[:, None],
    )


class TableStage:
    """A contender in the hands of the training loop (`nurie.training.stage.Stage`)."""

    collate = staticmethod(collate)

    def __init__(self, contender: Contender, config: TrainConfig, machine: Machine, patches: int = 0) -> None:
        """Take a contender with fresh weights."""
        self.contender, self.config, self.machine = contender, config, machine
        self.networks = {name: network.to(machine.device) for name, network in contender.networks.items()}
        self.averaged = contender.painters
        self.judges = [network for name, network in self.networks.items() if name not in contender.painters]
        players = {"painters": [self.networks[name] for name in contender.painters], "judges": self.judges}
        self.optimizers = {
            name: Adam(nn.ModuleList(networks).parameters(), config.learning_rate, config.betas)
            for name, networks in players.items()
            if networks
        }
        self.model: dict[str, object] = {"contender": type(contender).__name__}
        self.prepare = PrepareSample(config.side, patches)

    def step(self, parts: Sequence[Part[Batch]], images_seen: int) -> Mapping[str, Tensor]:
        """One update of the judges and one of the painters, from one forward pass of the painters."""
        (part,) = parts  # the tables' settings never accumulate
        inputs = to_inputs(to_device(part.batch, self.machine.device))
        with autocast(self.config, self.machine):
            fakes = self.contender.generate(inputs)
            shown = {name: fake.detach() for name, fake in fakes.items()}
            judged = self.contender.judge_losses(inputs, shown, images_seen // self.config.batch_size)
        if self.judges:
            self._descend("judges", judged, images_seen)
        for judge in self.judges:
            judge.requires_grad_(False)
        try:
            with autocast(self.config, self.machine):
                painted = self.contender.paint_losses(inputs, fakes)
            self._descend("painters", painted, images_seen)
        finally:
            for judge in self.judges:
                judge.requires_grad_(True)
        # Losses that are not computed at every step would be reported too low.
        return {name: loss.detach() for name, loss in {**judged, **painted}.items() if name != "r1"}

    def _descend(self, player: str, losses: Losses, images_seen: int) -> None:
        total = torch.stack(list(losses.values())).sum()
        descend([total], self.optimizers[player], self.config, self.machine, images_seen)

    def measure(self, averaged: Mapping[str, nn.Module], samples: list[Sample]) -> Mapping[str, float]:
        """Nothing: the tables measure when a run has ended."""
        return {}

    @torch.no_grad()
    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[Sample]) -> Image:
        """Rows: sketch, truth, the networks' picture as they are now."""
        batch = to_device(collate(samples), self.machine.device)
        rows = [batch.sketch[..., None].expand(-1, -1, -1, 3), batch.color]
        rows.append(to_bytes(self.contender.paint(to_inputs(batch))))
        grid = torch.cat([torch.cat(list(row), dim=1) for row in rows])
        return np.asarray(grid.cpu().numpy())

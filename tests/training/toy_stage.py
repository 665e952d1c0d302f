"""A stage small enough to prove the loop with: a linear map from the mean colour of ink to that of the picture."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import nn

from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError
from nurie.training.config import TrainConfig
from nurie.training.noise import Noise
from nurie.training.stage import Part
from nurie.training.updates import autocast, descend, to_device


@dataclass(frozen=True)
class ToyDrawings:
    """Random little drawings made on the spot; number `broken` cannot be read."""

    count: int = 12
    side: int = 8
    broken: int = -1

    @property
    def names(self):
        return tuple(f"toy-{number:06d}" for number in range(self.count))

    def load(self, name):
        number = int(name.removeprefix("toy-"))
        if number == self.broken:
            raise DataError(f"{name} is damaged; draw it again")
        rng = np.random.default_rng(number)
        shape = (self.side, self.side)
        return Drawing(
            color=rng.integers(0, 256, (*shape, 3), np.uint8),
            sketch=rng.integers(0, 256, shape, np.uint8),
            regions=np.ones(shape, np.int32),
            meta={"seed": number},
        )


@dataclass(frozen=True)
class ToyBatch:
    x: torch.Tensor
    y: torch.Tensor


def toy_prepare(drawing, rng):
    x = drawing.sketch[0, :4].astype(np.float32) / 255 + 0.1 * rng.standard_normal(4, np.float32)
    return x, drawing.color[0, 0].astype(np.float32) / 255


class ToyNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 3)
        self.unused = nn.Linear(2, 2)
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))

    def forward(self, x):
        self.steps += 1
        return self.linear(x)


class ToyStage:
    averaged = ("net",)
    prepare = staticmethod(toy_prepare)

    def __init__(self, config, machine, *, noise=0.0, poison_after=None, on_step=None):
        torch.manual_seed(config.seed)
        self.config, self.machine = config, machine
        self.net = ToyNetwork().to(machine.device)
        self.networks = {"net": self.net}
        adam = torch.optim.Adam(self.net.parameters(), config.learning_rate, config.betas)
        self.optimizers = {"net": adam}
        self.model = {"inputs": 4}
        self.noise, self.poison_after, self.on_step = noise, poison_after, on_step

    @staticmethod
    def collate(samples):
        x, y = zip(*samples, strict=True)
        return ToyBatch(torch.from_numpy(np.stack(x)), torch.from_numpy(np.stack(y)))

    def step(self, parts, images_seen):
        if self.on_step:
            self.on_step(images_seen)
        losses = [self.loss(part, images_seen) for part in parts]
        norm = descend(losses, self.optimizers["net"], self.config, self.machine, images_seen)
        return {"loss": torch.stack(losses).detach().mean(), "gradient": norm}

    def loss(self, part, images_seen):
        batch = to_device(part.batch, self.machine.device)
        with autocast(self.config, self.machine):
            y = self.net(batch.x).float()
        noise = part.noise.normal(3) + torch.rand(3)
        loss = (y + self.noise * noise - batch.y).square().mean()
        poisoned = self.poison_after is not None and images_seen >= self.poison_after and not self.config.reshuffle
        return loss * float("nan") if poisoned else loss

    def sheet(self, averaged, samples):
        return np.full((4, 4 * len(samples), 3), 128, np.uint8)

    def measure(self, averaged, samples):
        return {"diversity/toy": float(len(samples))}


def whole(batch, count):
    """A batch of `count` images in one part, with the same noise each time."""
    return [Part(batch, Noise(0, range(count)))]


TOY = TrainConfig(
    stage="paint",
    preset="tiny",
    model="tiny",
    images=96,
    batch_size=4,
    learning_rate=0.01,
    report_every=16,
    save_every=32,
    sheet_every=64,
    sheet_drawings=2,
    workers=0,
)


def toy_config(**changes):
    return replace(TOY, **changes)

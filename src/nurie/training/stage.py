"""What a stage of training is: the networks it trains and one step of it. The loop knows nothing more.

A stage is one class in one file (`palette.py`, `paint.py`) and one line in `nurie.training.stages.STAGES`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

import numpy as np
from torch import Tensor, nn
from torch.optim import Optimizer

from nurie.arrays import Image
from nurie.data.sources.drawing import Drawing
from nurie.training.config import TrainConfig
from nurie.training.distributed import Machine
from nurie.training.noise import Noise

SampleT = TypeVar("SampleT")
BatchT = TypeVar("BatchT")

Prepare = Callable[[Drawing, np.random.Generator], SampleT]
"""Makes one sample of one drawing, in a worker process: NumPy only, and picklable (a function, or a
frozen dataclass with `__call__`; nothing that holds a network). All that is random about a sample
(line style, crop, flip, and noise that shall not depend on the number of processes) is drawn from the
generator, which is a function of the seed and of the sample's place in the stream of images."""


@dataclass(frozen=True)
class Part(Generic[BatchT]):
    """What a process goes through at once: its share of a batch, or with `accumulate` a part of that."""

    batch: BatchT
    noise: Noise
    """A row for each sample of the batch, in its order."""


@runtime_checkable
class Stage(Protocol[SampleT, BatchT]):
    """Networks, their optimizers, and how one batch moves them. Built by its `StageKind`."""

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        """Every trained network, on the machine's device; all of them are saved."""

    @property
    def averaged(self) -> Sequence[str]:
        """The names of those networks whose average over training is kept: the ones that colour."""

    @property
    def optimizers(self) -> Mapping[str, Optimizer]:
        """By name; their state is saved. The loop never steps them, `step` does (through `descend`)."""

    @property
    def model(self) -> Mapping[str, object]:
        """What builds the networks again (their config as plain JSON values); saved beside the weights."""

    @property
    def prepare(self) -> Prepare[SampleT]:
        """Drawing -> sample, in the workers."""

    def collate(self, samples: list[SampleT]) -> BatchT:
        """Join samples to one batch of CPU tensors, in the workers too: a static method or a function.

        A batch is a tensor, or a dataclass, tuple, list or dict of them; `step` moves it to the device.
        """

    def step(self, parts: Sequence[Part[BatchT]], images_seen: int) -> Mapping[str, Tensor]:
        """One update of every network on this process's share of the batch, which comes in `config.accumulate` parts.

        `images_seen` counts the images before this batch. All that is random comes from the parts' noise, so that
        neither the number of processes nor of parts matters. Each optimizer is moved by
        `nurie.training.updates.descend`, which averages the gradients over the processes. Returns detached scalars
        to report, `group/name` where several belong into one plot.
        """

    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[SampleT]) -> Image:
        """A picture of fixed examples drawn by the averaged networks (in eval mode) from fixed noise."""

    def measure(self, averaged: Mapping[str, nn.Module], samples: list[SampleT]) -> Mapping[str, float]:
        """Numbers about the fixed examples, reported with each sheet; none where a stage has none."""


@dataclass(frozen=True)
class StageKind:
    """One line of the table of stages: its settings and how it is built from them."""

    presets: Mapping[str, TrainConfig]
    """Preset name -> settings; a stage with settings of its own uses a subclass of `TrainConfig`."""
    network: Callable[[Any], Any]
    """config -> the settings of its network, a dataclass; refuses what cannot be built."""
    build: Callable[[Any, Machine], Stage[Any, Any]]
    """(config, machine) -> stage with fresh weights that depend on `config.seed` alone."""
    copies: Mapping[str, str | None] = field(default_factory=dict)
    """Networks that a run begins with when it starts from another stage's checkpoint: the name there, or None for one
    that begins as it is built. A stage that has some cannot start from nothing."""

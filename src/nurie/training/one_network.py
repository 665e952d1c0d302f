"""What stages that train one network share: all but the network, its loss and its sheet."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Generic, TypeVar

import torch
from torch import Tensor, nn

from nurie.arrays import Image
from nurie.training.config import TrainConfig
from nurie.training.distributed import Machine
from nurie.training.noise import Noise
from nurie.training.stage import BatchT, Part, Prepare, SampleT
from nurie.training.updates import autocast, descend, mean_scalars, to_device

ConfigT = TypeVar("ConfigT", bound=TrainConfig)
NetT = TypeVar("NetT", bound=nn.Module)
Scalars = dict[str, Tensor]


class OneNetworkStage(ABC, Generic[ConfigT, NetT, SampleT, BatchT]):
    """A network, AdamW, and one update: forward in `config.precision`, the stage's loss, backward."""

    name: ClassVar[str]
    """Of the network, in checkpoints."""

    prepare: Prepare[SampleT]
    """As `Stage.prepare`."""

    def __init__(self, config: ConfigT, machine: Machine, build: Callable[[Any], NetT], shape: Any) -> None:  # noqa: ANN401
        """Build the network of settings `shape`, a dataclass, with weights that depend on `config.seed` alone."""
        self.config, self.machine = config, machine
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.net = build(shape).to(machine.device)
        if config.compile:
            self.compile()
        self.model: Mapping[str, object] = asdict(shape)
        self.networks: Mapping[str, nn.Module] = {self.name: self.net}
        self.averaged: Sequence[str] = (self.name,)
        self.optimizers = {
            self.name: torch.optim.AdamW(
                self.net.parameters(), config.learning_rate, config.betas, weight_decay=config.weight_decay
            )
        }

    @abstractmethod
    def loss(self, batch: BatchT, noise: Noise) -> tuple[Tensor, Scalars]:
        """What shall become smaller, and detached scalars to report. Runs under `autocast`."""

    @abstractmethod
    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[SampleT]) -> Image:
        """As `Stage.sheet`."""

    def compile(self) -> None:
        """Compile what `loss` calls."""
        self.net.compile()

    def measure(self, averaged: Mapping[str, nn.Module], samples: list[SampleT]) -> Mapping[str, float]:
        """Nothing, where a stage does not say more."""
        return {}

    def step(self, parts: Sequence[Part[BatchT]], images_seen: int) -> Mapping[str, Tensor]:
        """One update."""
        shown: list[Scalars] = []

        def losses() -> Iterator[Tensor]:
            for part in parts:
                with autocast(self.config, self.machine):
                    loss, scalars = self.loss(to_device(part.batch, self.machine.device), part.noise)
                shown.append(scalars)
                yield loss

        norm = descend(losses(), self.optimizers[self.name], self.config, self.machine, images_seen)
        return mean_scalars(shown) | {"gradient": norm}

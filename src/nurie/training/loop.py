"""The loop: batches in, checkpoints out. It only decides when; what a step is, the stage knows."""

import platform
import signal
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from torch import nn

from nurie.arrays import Image
from nurie.data.drawings import Drawings
from nurie.errors import DataError
from nurie.training.batches import batches, lost_workers, sheet_samples, step_seed
from nurie.training.checkpoint import Checkpoint, fits, keep_newest, load_into, package_versions, save_checkpoint
from nurie.training.config import TrainConfig, to_json
from nurie.training.distributed import Machine
from nurie.training.ema import Average
from nurie.training.kept_views import KeptViews
from nurie.training.progress import Pending, Progress
from nurie.training.stage import Stage
from nurie.training.toml import write_toml


@dataclass
class Run:
    """A run at one moment: everything that moves while it trains."""

    stage: Stage[Any, Any]
    config: TrainConfig
    machine: Machine
    directory: Path
    average: Average
    images_seen: int = 0
    pending: Pending = field(default_factory=dict)
    """Scalars that no report has shown yet."""

    def save(self) -> None:
        """Write a checkpoint (rank 0 alone) and delete the ones beyond `config.keep`."""
        if self.machine.rank == 0:
            stage, averaged = self.stage, self.average.networks
            save_checkpoint(self.directory, self._state(), stage.networks, averaged, stage.optimizers)
            keep_newest(self.directory, self.config.keep)

    def about(self) -> dict[str, object]:
        """Where this process trains, and what."""
        device = self.machine.device
        return {
            "stage": self.config.stage,
            "preset": self.config.preset,
            "device": torch.cuda.get_device_name(device) if device.type == "cuda" else f"cpu ({platform.machine()})",
            "processes": self.machine.world,
            "parameters": {name: count_parameters(network) for name, network in self.stage.networks.items()},
            "versions": package_versions(),
        }

    def _state(self) -> dict[str, object]:
        return {
            "images_seen": self.images_seen,
            "stage": self.config.stage,
            "config": to_json(self.config),
            "model": dict(self.stage.model),
            "pending": self.pending,
        }


def count_parameters(network: nn.Module) -> int:
    """How many numbers are trained."""
    return sum(parameter.numel() for parameter in network.parameters())


def start_run(stage: Stage[Any, Any], config: TrainConfig, machine: Machine, directory: Path) -> Run:
    """A run with fresh weights."""
    average = Average(stage.networks, stage.averaged, config.ema_halflife)
    return Run(stage, config, machine, directory, average)


def resume_run(run: Run, checkpoint: Checkpoint) -> None:
    """Bring a fresh run to the state of a checkpoint; it goes on as if it had never stopped.

    Raises:
        WeightsError: the checkpoint is damaged or of other networks.
    """
    checkpoint.restore(run.stage.networks, run.stage.optimizers)
    load_into(run.average.networks, checkpoint.networks(averaged=True), checkpoint.path)
    run.images_seen, run.pending = checkpoint.images_seen, checkpoint.pending


def init_run(run: Run, checkpoint: Checkpoint, copies: Mapping[str, str | None] | None = None) -> None:
    """Start from the networks of another run, averaged where it has averages, with the clock at 0.

    `copies` are networks that another stage's runs don't have (`StageKind.copies`). A network that only helps to train
    (of which no average is kept), as a discriminator does, keeps its fresh weights where those of the other run have
    another shape. So do parts of a network that the other run's did not have yet.

    Raises:
        WeightsError: the checkpoint is damaged or of other networks.
    """
    states = checkpoint.networks(averaged=False) | checkpoint.networks(averaged=True)
    fresh = set()
    for name, source in (copies or {}).items() if checkpoint.stage != run.config.stage else ():
        if source is None:
            fresh.add(name)
        elif source in states:
            states[name] = states[source]
    for name in run.stage.networks.keys() & states.keys():
        states[name] = run.stage.networks[name].state_dict() | states[name]
    helpers = run.stage.networks.keys() - run.average.networks.keys()
    fresh |= {name for name in helpers & states.keys() if not fits(run.stage.networks[name], states[name])}
    for networks in (run.stage.networks, run.average.networks):
        load_into({name: networks[name] for name in networks if name not in fresh}, states, checkpoint.path)


def train(run: Run, drawings: Drawings) -> int:
    """Train until `config.images` are seen or the process is told to stop; save at the end either way.

    Returns `run.images_seen`. On the CPU, a run that was stopped and resumed equals one that never was,
    bit for bit, whatever the number of workers.

    Raises:
        DataError: there are no drawings.
        TrainingError: training diverged, or a process died; the last checkpoint stays.
        NurieError: a drawing cannot be read, or nothing can be written; the last checkpoint stays.
    """
    if not drawings.names:
        raise DataError("there are no drawings to train on")
    config, machine, stage = run.config, run.machine, run.stage
    machine.check_same(f"{write_toml(to_json(config))}{run.images_seen}", "their settings or their checkpoint")
    examples = sheet_samples(stage, drawings, config) if machine.rank == 0 else []
    first = run.images_seen
    kept = KeptViews(run.directory / "views") if config.views else None
    with (
        lost_workers(),
        closing(batches(stage, drawings, config, machine, run.images_seen, kept)) as stream,
        _stop_signals() as stop,
        Progress(run.directory, machine, config.images, first, run.pending) as progress,
    ):
        progress.start(first, run.about())
        while run.images_seen < config.images and not machine.any(stop.asked):
            parts = next(stream)  # before the seed is set: a loader that starts draws from torch's numbers
            torch.manual_seed(step_seed(config.stream_seed, machine.rank, run.images_seen))  # for dropout and its like
            scalars = stage.step(parts, run.images_seen)
            run.images_seen += config.batch_size
            run.average.update(stage.networks, config.batch_size, run.images_seen)
            progress.add(scalars, config.batch_size)
            if is_due(config.report_every, run):
                progress.report(run.images_seen)
            if is_due(config.sheet_every, run) and examples:
                progress.show(*_look(run, examples), run.images_seen)
            if is_due(config.save_every, run):
                run.pending = progress.pending()
                run.save()
        if run.images_seen > first:
            run.pending = progress.pending()
            run.save()
    machine.wait()
    return run.images_seen


def _look(run: Run, examples: list[Any]) -> tuple[Image, Mapping[str, float]]:
    """The sheet of the fixed examples, and what is measured on them."""
    return run.stage.sheet(run.average.networks, examples), run.stage.measure(run.average.networks, examples)


def is_due(every: int, run: Run) -> bool:
    """Whether the last batch has passed a multiple of `every` images."""
    return run.images_seen // every > (run.images_seen - run.config.batch_size) // every


class _Stop:
    asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


@contextmanager
def _stop_signals() -> Iterator[_Stop]:
    """Ctrl-C and a polite kill only ask; the step in progress is finished and saved."""
    stop = _Stop()
    old = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)

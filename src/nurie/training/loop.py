"""The loop: batches in, checkpoints out. It only decides when; what a step is, the stage knows."""

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import torch

from nurie.data.drawings import Drawings
from nurie.errors import DataError
from nurie.training.batches import batches, sheet_samples, step_seed
from nurie.training.checkpoint import Checkpoint, keep_newest, load_into, save_checkpoint
from nurie.training.config import TrainConfig, to_json
from nurie.training.distributed import Machine
from nurie.training.ema import Average
from nurie.training.kept_views import KeptViews
from nurie.training.progress import Progress
from nurie.training.stage import Stage


@dataclass
class Run:
    """A run at one moment: everything that moves while it trains."""

    stage: Stage[Any, Any]
    config: TrainConfig
    machine: Machine
    directory: Path
    average: Average
    images_seen: int = 0

    def save(self) -> None:
        """Write a checkpoint (rank 0 alone) and delete the ones beyond `config.keep`."""
        if self.machine.rank == 0:
            stage, averaged = self.stage, self.average.networks
            save_checkpoint(self.directory, self._state(), stage.networks, averaged, stage.optimizers)
            keep_newest(self.directory, self.config.keep)

    def _state(self) -> dict[str, object]:
        return {
            "images_seen": self.images_seen,
            "stage": self.config.stage,
            "config": to_json(self.config),
            "model": dict(self.stage.model),
        }


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
    run.images_seen = checkpoint.images_seen


def init_run(run: Run, checkpoint: Checkpoint) -> None:
    """Start from the networks of another run, averaged where it has averages, with the clock at 0.

    Raises:
        WeightsError: the checkpoint is damaged or of other networks.
    """
    states = checkpoint.networks(averaged=False) | checkpoint.networks(averaged=True)
    load_into(run.stage.networks, states, checkpoint.path)
    load_into(run.average.networks, states, checkpoint.path)


def train(run: Run, drawings: Drawings) -> int:
    """Train until `config.images` are seen or the process is told to stop; save at the end either way.

    Returns `run.images_seen`. On the CPU, a run that was stopped and resumed equals one that never was,
    bit for bit, whatever the number of workers.

    Raises:
        DataError: there are no drawings.
        NurieError: a drawing cannot be read, or training diverged; the last checkpoint stays.
    """
    if not drawings.names:
        raise DataError("there are no drawings to train on")
    config, machine, stage = run.config, run.machine, run.stage
    generator = torch.Generator(machine.device)
    examples = sheet_samples(stage, drawings, config) if machine.rank == 0 else []
    first = run.images_seen
    kept = KeptViews(run.directory / "views") if config.views else None
    with (
        closing(batches(stage, drawings, config, machine, run.images_seen, kept)) as stream,
        _stop_signals() as stop,
        Progress(run.directory, config.images, first, shown=machine.rank == 0) as progress,
    ):
        while run.images_seen < config.images and not machine.any(stop.asked):
            batch = next(stream)  # before the seed is set: a loader that starts draws from torch's numbers
            seed = step_seed(config.seed, machine.rank, run.images_seen)
            torch.manual_seed(seed)  # for dropout and whatever else takes no generator
            losses = stage.step(batch, run.images_seen, generator.manual_seed(seed))
            run.images_seen += config.batch_size
            run.average.update(stage.networks, config.batch_size, run.images_seen)
            progress.add(losses, config.batch_size)
            if is_due(config.report_every, run):
                progress.report(run.images_seen)
            if is_due(config.save_every, run):
                run.save()
            if is_due(config.sheet_every, run) and examples:
                progress.show(stage.sheet(run.average.networks, examples), run.images_seen)
        if run.images_seen > first:
            run.save()
    machine.wait()
    return run.images_seen


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

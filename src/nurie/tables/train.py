"""Training one row with one seed: a run folder like any other, that goes on where it stopped."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from nurie.evaluation.baselines import Contender
from nurie.tables.prepared import Prepared, PreparedDrawings
from nurie.tables.rows import ROWS, Row
from nurie.tables.settings import TableSettings
from nurie.tables.stage import TableStage
from nurie.training.checkpoint import load_checkpoint, load_into
from nurie.training.config import with_settings
from nurie.training.distributed import Machine
from nurie.training.loop import resume_run, start_run, train


def run_folder(output: Path, name: str, seed: int) -> Path:
    """Where the run of a row with a seed lies."""
    return output / "runs" / f"{name}-{seed}"


def build_contender(row: Row, settings: TableSettings, seed: int) -> Contender:
    """The method of a row with fresh weights, which depend on the seed alone."""
    torch.manual_seed(seed)
    return row.build(settings)


@dataclass(frozen=True)
class Job:
    """One row with one seed."""

    output: Path
    name: str
    """Of the row in `ROWS`."""
    seed: int

    @property
    def row(self) -> Row:
        """The method."""
        return ROWS[self.name]

    @property
    def folder(self) -> Path:
        """Where the run lies."""
        return run_folder(self.output, self.name, self.seed)


def train_row(job: Job, settings: TableSettings, data: Prepared, machine: Machine) -> float:
    """Train until the budget is spent; seconds that it took now, 0 if it was spent before.

    Raises:
        NurieError: training diverged, or a checkpoint is damaged.
    """
    config = with_settings(settings.train_config(job.name, job.seed), job.row.training)
    stage = TableStage(build_contender(job.row, settings, job.seed), config, machine, job.row.patches)
    run = start_run(stage, config, machine, job.folder)
    if any(job.folder.glob("checkpoint-*")):
        resume_run(run, load_checkpoint(job.folder))
    start = time.perf_counter()
    if run.images_seen < config.images:
        train(run, PreparedDrawings(data, job.row.regions))
        return time.perf_counter() - start
    return 0.0


def is_trained(folder: Path, settings: TableSettings) -> bool:
    """Whether the budget of a run is spent."""
    if not any(folder.glob("checkpoint-*")):
        return False
    return load_checkpoint(folder).images_seen >= settings.images


def load_contender(folder: Path, row: Row, settings: TableSettings, machine: Machine) -> Contender:
    """The method of a row as its newest checkpoint has it, averaged, on the machine's device, ready to paint.

    Raises:
        WeightsError: there is no checkpoint, or it is damaged.
    """
    contender = row.build(replace(settings, perceptual=0.0))  # painting needs no VGG-19
    painters = {name: contender.networks[name] for name in contender.painters}
    load_into(painters, load_checkpoint(folder).networks(averaged=True), folder)
    for network in painters.values():
        network.to(machine.device).eval().requires_grad_(False)
    return contender

"""Do the branches of region correlation pull against each other? Section IV-G, Figs. 11 to 13.

The rows of the regions reach the loss through queries, keys, values and, in Fig. 11 (b), a skip connection; their
gradient is the sum of the branches'. One point is one region of one picture at one level in one step: the
cosine between a branch's gradient and the sum. Points with cosines below 0 are pulled the other way.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import torch
from jaxtyping import Float, Int64
from torch import Tensor

from nurie.data.drawings import Drawings
from nurie.errors import InputError
from nurie.model.config import ModelConfig
from nurie.model.generator import Generator
from nurie.model.region_formulation import RegionFormulation
from nurie.training.batches import batches, step_seed
from nurie.training.distributed import Machine
from nurie.training.paint import PaintStage
from nurie.training.paint_settings import PaintTraining

STRUCTURES: Mapping[str, Mapping[str, Any]] = {
    "plain": {},  # Fig. 11 (a): the paper's
    "skip": {"skip_connection": True},  # Fig. 11 (b)
    "skip_sga": {"skip_connection": True, "stop_gradient": True},  # with what SGA [25] proposes
}

BRANCHES = ("query", "key", "value", "skip")

BINS = 20
"""Of the cosines from -1 to 1."""

Histogram = Int64[np.ndarray, " bins"]


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How much is trained for the study."""

    side: int
    base_channels: int
    max_channels: int
    epochs: int
    images: int
    """Of one epoch."""
    batch_size: int
    seeds: int
    perceptual: float = 0.0
    """Weight of the perceptual loss, which needs VGG-19; the paper's is in the `paper` preset."""
    l1: float = 10.0
    """In place of the perceptual loss where that has no weight."""


BUDGETS: Mapping[str, Budget] = {
    "tiny": Budget(side=32, base_channels=4, max_channels=16, epochs=2, images=16, batch_size=4, seeds=2),
    "small": Budget(side=64, base_channels=8, max_channels=32, epochs=5, images=96, batch_size=8, seeds=3),
    "paper": Budget(
        side=256,
        base_channels=64,
        max_channels=512,
        epochs=20,
        images=10_000,
        batch_size=8,
        seeds=3,
        perceptual=0.003,
        l1=0.0,
    ),
}


@dataclass(frozen=True)
class Cosines:
    """The points of one branch in one epoch of one run."""

    structure: str
    seed: int
    epoch: int
    branch: str
    counts: Histogram
    """Points in `BINS` equal bins from -1 to 1."""
    against: int
    """Points with a cosine below 0."""
    total: float
    """Sum of the cosines."""

    @property
    def points(self) -> int:
        """How many there are."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float:
        """Of the cosines; 0 without points."""
        return self.total / self.points if self.points else 0.0


def branch_cosines(gradients: Mapping[str, Float[Tensor, "*rows c"]]) -> dict[str, Float[Tensor, " _points"]]:
    """For each branch the cosines with the sum of all branches, of rows where neither is zero.

    A region without pixels, and a branch whose gradient was stopped, has no points.
    """
    whole = torch.stack(list(gradients.values())).sum(0)
    found = {}
    for branch, gradient in gradients.items():
        lengths = gradient.norm(dim=-1) * whole.norm(dim=-1)
        there = lengths > 0
        found[branch] = ((gradient * whole).sum(-1)[there] / lengths[there]).clamp(-1, 1)
    return found


@contextmanager
def watch_branches(generator: Generator) -> Iterator[dict[str, dict[str, Tensor]]]:
    """While it lasts, the last backward pass's gradients: level -> branch -> gradient of the regions' rows.

    Branches whose gradient was stopped are missing.
    """
    seen: dict[str, dict[str, Tensor]] = {}
    handles = []
    for level, module in generator.named_modules():
        if not isinstance(module, RegionFormulation):
            continue
        seen[level] = {}
        for branch in BRANCHES:
            part = getattr(module, branch)
            stopped = module.stop_gradient and branch in ("query", "key")
            if part is not None and not stopped:
                handles.append(part.register_full_backward_hook(_keep(seen[level], branch)))
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()


def study_structure(
    structure: str, seed: int, budget: Budget, drawings: Drawings, machine: Machine
) -> Iterator[Cosines]:
    """Train one structure with one seed; after each epoch, its cosines by branch.

    Raises:
        InputError: there is no such structure.
        NurieError: a drawing cannot be read, or training diverged.
    """
    if structure not in STRUCTURES:
        raise InputError(f"unknown structure {structure!r}; choose from {', '.join(STRUCTURES)}")
    config = _config(budget, seed)
    stage = _build(structure, budget, config, machine)
    images_seen = 0
    stream = batches(stage, drawings, config, machine, 0)
    with watch_branches(stage.generator) as seen:
        for epoch in range(budget.epochs):
            points: dict[str, list[Tensor]] = {branch: [] for branch in BRANCHES}
            for _ in range(0, budget.images, budget.batch_size):
                parts = next(stream)
                torch.manual_seed(step_seed(seed, machine.rank, images_seen))
                stage.step(parts, images_seen)
                images_seen += budget.batch_size
                for gradients in seen.values():
                    for branch, cosines in branch_cosines(gradients).items():
                        points[branch].append(cosines.float().cpu())
            yield from (_count(structure, seed, epoch, branch, found) for branch, found in points.items() if found)
    stream.close()


def study(
    budget: Budget, drawings: Drawings, machine: Machine, structures: Sequence[str] = tuple(STRUCTURES)
) -> Iterator[Cosines]:
    """All structures with all seeds, one run after the other."""
    for structure, seed in product(structures, range(budget.seeds)):
        yield from study_structure(structure, seed, budget, drawings, machine)


def summarize(found: Sequence[Cosines]) -> dict[tuple[str, str], tuple[float, float]]:
    """For each structure and branch the mean cosine and the share of points with cosines below 0."""
    groups: dict[tuple[str, str], list[Cosines]] = {}
    for cosines in found:
        groups.setdefault((cosines.structure, cosines.branch), []).append(cosines)
    return {
        key: (sum(c.total for c in group) / points, sum(c.against for c in group) / points)
        for key, group in groups.items()
        if (points := sum(c.points for c in group))
    }


def _keep(seen: dict[str, Tensor], branch: str) -> Any:  # noqa: ANN401 - torch's hook
    def hook(_module: object, inputs: tuple[Tensor | None, ...], _outputs: object) -> None:
        if inputs and inputs[0] is not None:
            seen[branch] = inputs[0].detach()

    return hook


def _config(budget: Budget, seed: int) -> PaintTraining:
    return PaintTraining(
        stage="paint",
        preset="paper",
        model="paper",
        side=budget.side,
        images=budget.epochs * budget.images,
        batch_size=budget.batch_size,
        perceptual=budget.perceptual,
        l1=budget.l1,
        region_method="trapped_ball",  # the paper's, and quick
        seed=seed,
        workers=0,
    )


def _build(structure: str, budget: Budget, config: PaintTraining, machine: Machine) -> PaintStage:
    model = ModelConfig(
        side=budget.side,
        base_channels=budget.base_channels,
        max_channels=budget.max_channels,
        latent_dim=budget.max_channels,  # as in the paper's size
        **STRUCTURES[structure],
    )
    return PaintStage(config, machine, model)


def _count(structure: str, seed: int, epoch: int, branch: str, found: list[Tensor]) -> Cosines:
    cosines = torch.cat(found).numpy()
    counts, _ = np.histogram(cosines, BINS, (-1, 1))
    against = int((cosines < 0).sum())
    return Cosines(structure, seed, epoch, branch, counts.astype(np.int64), against, float(cosines.sum()))

"""The palette stage in few steps: a copy of its network learns to land in 4 steps where it lands in many.

The network of a palette run is the teacher. It walks from noise to colours in many steps; the copy, which starts as
the same network, walks from the same noise by a plan of few, and is drawn to where the teacher lands, through all its
steps. The plan (when to ask the network, and what to keep of its answers) is learned along. Of the copy only the layers
that run at each step learn: what reads a drawing stays, bit for bit, so tokens are computed once for both, and what a
region is and what belongs together is seen as the teacher sees it. True colours are not aimed at, so what is drawn is
spread as the teacher's palettes are.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial

import torch
from jaxtyping import Float
from torch import Tensor, nn

from nurie.arrays import Image
from nurie.data.samples import PaletteSample
from nurie.errors import InputError
from nurie.model.palette import (
    PALETTE_PRESETS,
    LearnedPlan,
    PaletteConfig,
    RegionFlow,
    Tokens,
    build_palette,
    curved,
    noise_sizes,
    walk,
)
from nurie.training.config import TrainConfig, choose_network
from nurie.training.distributed import Machine
from nurie.training.noise import Noise
from nurie.training.one_network import OneNetworkStage, Scalars
from nurie.training.palette import (
    PaletteBatch,
    PalettePreparation,
    draw_seeds,
    join_palette_samples,
    read_batch,
    region_weights,
    seeds_differ,
    show_palettes,
    with_references,
)
from nurie.training.stage import StageKind
from nurie.training.updates import to_device

SOFTNESS = 0.1
"""Distance in palette space below which errors count by their square, and above in a line. Where the teacher goes one
of two ways, squares alone would teach the gray between them."""

LEARNED = {"all": ("time.", "color.", "layers.", "head."), "clock": ("time.",)}
"""Parts of the network by the setting `learned`."""

TEACHER, PLAN = "teacher", "plan"


@dataclass(frozen=True, kw_only=True)
class StepsTraining(TrainConfig):
    """Settings of the steps stage."""

    evaluations: int = 4
    """Steps in which the copy lands."""
    teacher_evaluations: int = 12
    """Steps of the teacher, which are `nurie.model.palette.curved`: 12 are about as good as 48 of Euler's."""
    learned: str = "all"
    """Which layers of the copy learn beside the plan: `all` that run at each step, or only those that read the `clock`,
    which is minutes' work: they tell all others what step it is."""
    plan_rate: float = 0.01
    """Learning rate of the plan (a dozen numbers), beside `learning_rate` of the network's."""
    draws: int = 4
    """Palettes for each reading of a drawing."""
    hinted: float = 0.3
    """Share of the palettes some of whose regions are given."""

    def __post_init__(self) -> None:
        """Refuse what cannot be trained with."""
        super().__post_init__()
        for name in ("evaluations", "teacher_evaluations", "draws"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, got {getattr(self, name)}")
        if self.learned not in LEARNED:
            raise InputError(f"unknown learned {self.learned!r}; choose from {', '.join(LEARNED)}")


def start_walks(
    batch: PaletteBatch, sizes: Float[Tensor, "n k 1"], config: StepsTraining, noise: Noise
) -> tuple[Float[Tensor, "m k 3"], Float[Tensor, "m k"]]:
    """Where palettes begin, `draws` for each drawing, and the regions among them that are given in true colours.

    `sizes` are those of the noise.
    """
    truth, present = batch.palette, batch.regions.present
    k = truth.shape[1]
    starts, flags = [], []
    for _ in range(config.draws):
        drawn = noise.normal(k, 3).to(truth) * sizes
        lot, most, lucky = (noise.uniform(*shape).to(truth) for shape in ((k,), (1,), (1,)))
        known = (lot < most / 2).float() * (lucky < config.hinted) * present
        starts.append(torch.where(known[..., None] > 0, truth, drawn))
        flags.append(known)
    return torch.stack(starts, 1).flatten(0, 1), torch.stack(flags, 1).flatten(0, 1)


def landing_loss(
    landed: Float[Tensor, "m k 3"], aim: Float[Tensor, "m k 3"], weight: Float[Tensor, "m k"]
) -> Float[Tensor, ""]:
    """How far palettes are from where they shall be: a soft distance (`SOFTNESS`), weighted over the regions."""
    distance = (landed - aim).square().sum(2).add(SOFTNESS**2).sqrt() - SOFTNESS
    mean: Tensor = ((distance * weight).sum(1) / weight.sum(1).clamp(min=1e-3)).mean()
    return mean


class StepsStage(OneNetworkStage[StepsTraining, RegionFlow, PaletteSample, PaletteBatch]):
    """Drives the copy."""

    name = "palette"

    def __init__(self, config: StepsTraining, machine: Machine) -> None:
        """Fresh weights, the same for both, that depend on the seed alone."""
        self.shape = choose_steps(config)
        super().__init__(config, machine, build_palette, self.shape)
        for name, parameter in self.net.named_parameters():
            parameter.requires_grad_(name.startswith(LEARNED[config.learned]))
        self.teacher = deepcopy(self.net).requires_grad_(False).eval()
        self.plan = LearnedPlan(config.evaluations).to(machine.device)
        self.networks = {self.name: self.net, PLAN: self.plan, TEACHER: self.teacher}
        self.averaged = (self.name, PLAN)
        self.optimizers[self.name].add_param_group(
            {"params": list(self.plan.parameters()), "lr": config.plan_rate, "weight_decay": 0.0}
        )
        self.collate = partial(join_palette_samples, grid=self.shape.grid)
        self.prepare = PalettePreparation(config.side, self.shape.grid, config.true_regions, config.augmentation)

    def compile(self) -> None:
        """Nothing: drawings are read without a backward pass, and what follows has another shape in every batch."""

    def loss(self, batch: PaletteBatch, noise: Noise) -> tuple[Tensor, Scalars]:
        """How far the copy's path is from the teacher's."""
        draws, k = self.config.draws, batch.palette.shape[1]
        with torch.no_grad():
            tokens, own = read_batch(self.teacher, batch)
            sizes = noise_sizes(self.teacher.reader.kind(own).float())  # as in use
            start, known = start_walks(batch, sizes, self.config, noise)
            tokens = Tokens(*(part.repeat_interleave(draws, 0) for part in tokens))
            start, flags = with_references(start, known, batch, draws)
            aim = walk(self.teacher, tokens, start, flags, curved(self.config.teacher_evaluations))[-1]
        landed = walk(self.net, tokens, start, flags, self.plan())[-1]
        weight = region_weights(batch).repeat_interleave(draws, 0) * (1 - known)
        loss = landing_loss(landed[:, :k], aim[:, :k], weight)
        return loss, {"landing": loss.detach()}

    def measure(self, averaged: Mapping[str, nn.Module], samples: list[PaletteSample]) -> Mapping[str, float]:
        """How far two seeds differ, as in the palette stage."""
        batch, palettes = self._draw(averaged, samples)
        return {"diversity/seeds": seeds_differ(palettes, batch)}

    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[PaletteSample]) -> Image:
        """A column for each sample: sketch, true flats, then seeds."""
        batch, palettes = self._draw(averaged, samples)
        return show_palettes(samples, [batch.palette, *palettes])

    def _draw(
        self, averaged: Mapping[str, nn.Module], samples: list[PaletteSample]
    ) -> tuple[PaletteBatch, list[Tensor]]:
        net, plan = averaged[self.name], averaged[PLAN]
        assert isinstance(net, RegionFlow)
        batch = to_device(self.collate(samples), self.machine.device)
        return batch, draw_seeds(net, batch, plan())


def choose_steps(config: StepsTraining) -> PaletteConfig:
    """The network of a run, which is that of the teacher; its grid has a fourth of the side."""
    return choose_network(config, PALETTE_PRESETS, side=config.side, grid=config.side // 4)


_SHARED = StepsTraining(
    stage="steps", preset="default", model="default",
    images=3_000, batch_size=4, accumulate=4, learning_rate=1.2e-4, betas=(0.9, 0.99), referenced=0.5,
    warmup_images=200, cooldown_images=2_000, gradient_clip=1.0, ema_halflife=400,
    views=1, workers=0, report_every=200, save_every=1_000, sheet_every=2_000,
)  # fmt: skip
"""One drawing at a time, as padding would cost more than calls do; on a GPU, set accumulate to 1."""

KIND = StageKind(
    presets={
        "tiny": replace(
            _SHARED, preset="tiny", model="tiny", side=64, images=400, batch_size=8, accumulate=1,
            cooldown_images=0, save_every=200, sheet_every=200, report_every=100,
        ),
        "default": _SHARED,
    },
    network=choose_steps,
    build=StepsStage,
    copies={TEACHER: "palette", PLAN: None},
)  # fmt: skip

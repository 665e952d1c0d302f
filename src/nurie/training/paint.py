"""The paint stage: RASC's generator against a discriminator, on true flats (`default`) or without (`paper`)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.optim import Adam

from nurie.arrays import Image
from nurie.errors import InputError
from nurie.evaluation.features import VGG19Features
from nurie.model.config import PRESETS as MODELS
from nurie.model.config import VARIANTS, ModelConfig
from nurie.model.discriminator import build_discriminator
from nurie.model.generator import Generator as PaintNetwork
from nurie.model.generator import Output, build_generator
from nurie.model.tensors import Logits
from nurie.training.config import TrainConfig
from nurie.training.distributed import Machine
from nurie.training.losses import (
    PictureFeatures,
    Scalar,
    adversarial_loss,
    discriminator_loss,
    kl_loss,
    l1_loss,
    perceptual_loss,
    r1_penalty,
)
from nurie.training.paint_batch import (
    PaintBatch,
    PaintSample,
    PaintTensors,
    PreparePaint,
    collate,
    to_bytes,
    to_networks,
)
from nurie.training.stage import StageKind
from nurie.training.updates import autocast, descend, to_device

NetworkT = TypeVar("NetworkT", bound=nn.Module)

SHEET_CODES = 2
"""Rows of a sheet with a code drawn from N(0, I), below the one with the sketch's own."""


@dataclass(frozen=True, kw_only=True)
class PaintTraining(TrainConfig):
    """Settings of the paint stage. Losses with weight 0 are not computed."""

    adversarial: float = 1.0
    perceptual: float = 0.003
    """Brings eq. (7) to the order of 1: with the Caffe-trained VGG-19 bare flats are at 550 (measured at 256 px),
    another drawing's colours at 1240."""
    l1: float = 0.0
    kl: float = 0.01
    recovery: float = 0.5
    """For `latent="picture"`: a drawn code must be found again in the picture; BicycleGAN's weight."""
    r1: float = 1.0
    """Half of StyleGAN2's gamma at 256 px (0.0002 * side^2 / batch); of the order of its grid of 0.5 to 5."""
    r1_every: int = 16
    """Steps between two R1 penalties, each as much stronger; StyleGAN2's."""


class PaintStage:
    """Generator, discriminator and VGG-19."""

    averaged = ("generator",)
    collate = staticmethod(collate)

    def __init__(self, config: PaintTraining, machine: Machine, model: ModelConfig | None = None) -> None:
        """Draw weights from `config.seed`; `model` takes the place of the one that `config` names.

        Raises:
            InputError: there is no such model.
            WeightsError: VGG-19 is needed and not there.
        """
        if config.model not in MODELS:
            raise InputError(f"unknown paint model {config.model!r}; choose from {', '.join(MODELS)}")
        self.config, self.machine = config, machine
        self.model_config = model or replace(MODELS[config.model], side=config.side)
        torch.manual_seed(config.seed)
        self.generator = _lay_out(build_generator(self.model_config), machine)
        self.discriminator = _lay_out(build_discriminator(self.model_config), machine)
        self.features = VGG19Features().to(machine.device) if config.perceptual else None
        self.networks: dict[str, nn.Module] = {
            "generator": self.generator,
            "discriminator": self.discriminator,
        }
        self.optimizers = {
            name: Adam(network.parameters(), config.learning_rate, config.betas)
            for name, network in self.networks.items()
        }
        self.model = asdict(self.model_config)
        self.prepare = PreparePaint(config.side, config.true_regions, self.model_config.patches, config.augmentation)

    def step(self, batch: PaintBatch, images_seen: int, rng: Generator) -> Mapping[str, Tensor]:
        """The discriminator on the generator's pictures, then the generator; one forward pass for both."""
        tensors = to_networks(to_device(batch, self.machine.device), flats=self.model_config.flats)
        with autocast(self.config, self.machine):
            output = self._paint(tensors)
        losses: dict[str, Tensor] = {}
        if self.config.adversarial:
            losses |= self.discriminator_step(tensors, output, images_seen)
        return losses | self.generator_step(tensors, output, images_seen, rng)

    def discriminator_step(self, tensors: PaintTensors, output: Output, images_seen: int) -> dict[str, Tensor]:
        """Tell pictures drawn from pictures generated; every `r1_every` steps be smooth at the former."""
        with autocast(self.config, self.machine):
            real, fake = self._judge(tensors.color), self._judge(output.image.detach())
            loss = discriminator_loss(real, fake)
        self._descend("discriminator", loss, images_seen)
        if (images_seen // self.config.batch_size) % self.config.r1_every == 0 and self.config.r1:
            # In full precision: the gradient of a gradient of small numbers.
            penalty = r1_penalty(self.discriminator, tensors.color)
            weight = self.config.r1 * self.config.r1_every
            self._descend("discriminator", weight * penalty, images_seen)
        return {"discriminator": loss.detach(), "real": real.mean().detach(), "fake": fake.mean().detach()}

    def generator_step(
        self, tensors: PaintTensors, output: Output, images_seen: int, rng: Generator
    ) -> dict[str, Tensor]:
        """Come close to the truth and deceive the discriminator."""
        self.discriminator.requires_grad_(False)
        try:
            with autocast(self.config, self.machine):
                losses = self._losses(tensors, output)
                if self.model_config.latent == "picture":
                    losses |= self._drawn_losses(tensors, rng)
            weighted = [self._weight(name) * loss for name, loss in losses.items()]
            self._descend("generator", torch.stack(weighted).sum(), images_seen)
        finally:
            self.discriminator.requires_grad_(True)
        return {name: loss.detach() for name, loss in losses.items()}

    def _losses(self, tensors: PaintTensors, output: Output) -> dict[str, Scalar]:
        """Each loss of the generator whose weight is not 0, by the name of its weight."""
        image, truth = output.image.float(), tensors.color
        features: PictureFeatures | None = self.features
        losses = {"l1": l1_loss(image, truth)}  # always: it is shown
        if self.config.adversarial:
            losses["adversarial"] = adversarial_loss(self._judge(output.image))
        if features is not None:
            losses["perceptual"] = perceptual_loss(features, image, truth)
        if output.mean is not None and output.logvar is not None:
            losses["kl"] = kl_loss(output.mean.float(), output.logvar.float())
        return losses

    def _drawn_losses(self, tensors: PaintTensors, rng: Generator) -> dict[str, Scalar]:
        """A picture from a drawn code must look real, and show the code that it was made from.

        The picture encoder learns nothing from the latter: it and the generator could agree on a hidden sign.
        """
        losses: dict[str, Scalar] = {}
        if not (self.config.adversarial or self.config.recovery):
            return losses
        w = _draw_codes(len(tensors.color), self.model_config, rng)
        image = self._paint(tensors, w).image
        if self.config.adversarial:
            losses["adversarial/drawn"] = adversarial_loss(self._judge(image))
        if self.config.recovery:
            self.generator.latent.requires_grad_(False)
            try:
                losses["recovery"] = (self.generator.encode_picture(image).mean.float() - w).abs().mean()
            finally:
                self.generator.latent.requires_grad_(True)
        return losses

    def _weight(self, loss: str) -> float:
        weight: float = getattr(self.config, loss.partition("/")[0])
        return weight

    def _paint(self, tensors: PaintTensors, w: Tensor | None = None) -> Output:
        if w is None and self.model_config.latent == "picture":
            latent = self.generator.encode_picture(tensors.color)
            output = self._paint(tensors, latent.w)
            return output._replace(mean=latent.mean, logvar=latent.logvar)
        painted: Output = self.generator(tensors.sketch, tensors.regions, tensors.flats, w, tensors.present)
        return painted

    def _judge(self, image: Tensor) -> Logits:
        logits: Logits = self.discriminator(image).float()
        return logits

    def _descend(self, name: str, loss: Tensor, images_seen: int) -> None:
        descend(loss, self.optimizers[name], self.config, self.machine, images_seen)

    @torch.no_grad()
    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[PaintSample]) -> Image:
        """Rows: sketch, flats, truth, the picture of the own code, pictures of codes drawn from N(0, I).

        The own code is the truth's if the network reads pictures, and the same drawn code serves all drawings.
        """
        batch = to_device(collate(samples), self.machine.device)
        tensors = to_networks(batch, flats=self.model_config.flats)
        rng = torch.Generator(self.machine.device).manual_seed(self.config.seed)
        own = read_code(averaged["generator"], tensors)
        drawn = _draw_codes(SHEET_CODES, self.model_config, rng)
        codes = [own, *(w.expand(len(samples), -1) for w in drawn)]
        rows = [batch.sketch[..., None].expand(-1, -1, -1, 3), batch.flats, batch.color]
        for w in codes:
            image = averaged["generator"](tensors.sketch, tensors.regions, tensors.flats, w, tensors.present).image
            rows.append(to_bytes(image))
        grid = torch.cat([torch.cat(list(row), dim=1) for row in rows])
        return np.asarray(grid.cpu().numpy())


def read_code(generator: nn.Module, tensors: PaintTensors) -> Tensor | None:
    """The code of the truth, if the network reads pictures; else None, which means the sketch's own."""
    assert isinstance(generator, PaintNetwork)
    return generator.encode_picture(tensors.color).w if generator.config.latent == "picture" else None


def _lay_out(network: NetworkT, machine: Machine) -> NetworkT:
    """On the device, channels last: faster convolutions (docs/training-speed.md)."""
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network.to(machine.device)


def _draw_codes(count: int, model: ModelConfig, rng: Generator) -> Tensor:
    return torch.randn(count, model.latent_dim, generator=rng, device=rng.device)


PAPER = PaintTraining(stage="paint", preset="paper", model="paper", images=2_000_000)
"""Batch, learning rate, betas: section IV-B. Losses: eqs. (6) and (7). The number of images is ours."""

SMALL = PaintTraining(
    stage="paint",
    preset="paper_small",
    model="paper_small",
    side=64,
    images=20_000,
    batch_size=16,
    learning_rate=0.004,
    betas=(0.9, 0.99),  # no discriminator, so no game that momentum would disturb
    cooldown_images=5_000,
    ema_halflife=1_000,
    adversarial=0.0,  # these three cost most of a step, and w is used without them (docs/studies.md)
    perceptual=0.0,
    recovery=0.0,
    l1=10.0,
    kl=0.15,  # BicycleGAN's 0.01 of the sum over the code, of 16 numbers
    true_regions=0.5,
    region_method="trapped_ball",
    views=2,
    report_every=400,
    save_every=2_000,
    sheet_every=1_000,
    workers=0,
)
"""The paper's network at 64 px, for a CPU: about 10 ms an image on one core."""

PRESETS: dict[str, PaintTraining] = {
    "tiny": PaintTraining(
        stage="paint",
        preset="tiny",
        model="tiny",
        side=64,
        images=2_000,
        perceptual=0.0,  # needs no VGG-19, and trains on a CPU
        l1=10.0,
        report_every=200,
        save_every=1_000,
        sheet_every=1_000,
        sheet_drawings=4,
        ema_halflife=500,
    ),
    "default": PaintTraining(
        stage="paint",
        preset="default",
        model="default",
        batch_size=16,
        precision="bf16",
        images=2_000_000,
        adversarial=0.1,  # the flats have the colours; what is left to invent is small
        perceptual=0.002,
        l1=5.0,
        warmup_images=5_000,
    ),
    "paper": PAPER,
    "paper_small": SMALL,
    "paper_small_latent": replace(SMALL, preset="paper_small_latent", model="paper_small_latent"),
} | {name: replace(PAPER, preset=name, model=name) for name in VARIANTS}

KIND = StageKind(presets=PRESETS, build=PaintStage)

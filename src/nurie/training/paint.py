"""The paint stage: RASC's generator against a discriminator, on true flats (`default`) or without (`paper`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import combinations
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.optim import Adam

from nurie.arrays import Image
from nurie.errors import InputError
from nurie.evaluation.features import VGG19Features
from nurie.model.config import PRESETS as MODELS
from nurie.model.config import ModelConfig
from nurie.model.discriminator import build_discriminator
from nurie.model.generator import Generator as PaintGenerator
from nurie.model.generator import Output, build_generator
from nurie.model.tensors import ColorTensor, LatentCode, Logits
from nurie.training.config import choose_network
from nurie.training.distributed import Machine
from nurie.training.losses import (
    PictureFeatures,
    Scalar,
    adversarial_loss,
    discriminator_loss,
    edge_loss,
    kl_loss,
    l1_loss,
    l2_loss,
    light_weight,
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
from nurie.training.paint_settings import PRESETS, PaintTraining
from nurie.training.stage import Part, StageKind
from nurie.training.updates import autocast, descend, mean_scalars, to_device

CHANNELS_LAST = torch.channels_last
"""How convolutions lie in memory: a tenth faster on a CPU, and what tensor cores want."""

SHEET_CODES = 2
"""Rows of a sheet with a code drawn from N(0, I), below the one with the sketch's own."""


def choose_generator(config: PaintTraining) -> ModelConfig:
    """The network of a run."""
    return choose_network(config, MODELS, side=config.side)


class Painted(NamedTuple):
    """A part of a batch and what the generator made of it."""

    tensors: PaintTensors
    noise: LatentCode
    """What the code is drawn with."""
    output: Output


class PaintStage:
    """Generator, discriminator and VGG-19."""

    averaged = ("generator",)
    collate = staticmethod(collate)

    def __init__(self, config: PaintTraining, machine: Machine, model: ModelConfig | None = None) -> None:
        """Draw weights from `config.seed`; `model` takes the place of the one that `config` names.

        Raises:
            InputError: there is no such model, or `emphasis` is asked of one without flats.
            WeightsError: VGG-19 is needed and not there.
        """
        self.config, self.machine = config, machine
        self.model_config = model or choose_generator(config)
        if config.emphasis and not self.model_config.flats:
            raise InputError("emphasis weighs what a picture adds to its flats; set network.flats=true, or emphasis=0")
        torch.manual_seed(config.seed)
        self.generator = build_generator(self.model_config).to(machine.device)
        self.discriminator = build_discriminator(self.model_config).to(machine.device)
        self.features = VGG19Features().to(machine.device) if config.perceptual else None
        self.networks: dict[str, nn.Module] = {
            "generator": self.generator,
            "discriminator": self.discriminator,
        }
        for network in self.networks.values():
            network.to(memory_format=CHANNELS_LAST)  # type: ignore[call-overload]
            if config.compile:
                network.compile()
        self.optimizers = {
            name: Adam(network.parameters(), config.learning_rate, config.betas, weight_decay=config.weight_decay)
            for name, network in self.networks.items()
        }
        self.model = asdict(self.model_config)
        self.prepare = PreparePaint(
            config.side,
            config.true_regions,
            self.model_config.patches,
            config.window,
            self.model_config.flats,
            config.flat_ground,
            config.augmentation,
            config.tries,
        )

    def step(self, parts: Sequence[Part[PaintBatch]], images_seen: int) -> Mapping[str, Tensor]:
        """The discriminator on the generator's pictures, then the generator.

        A batch in one part is painted once for both; of several parts the pictures are painted again for the
        generator, so that no more than one part's graph is ever in memory.
        """
        inputs = [(self._tensors(part.batch), self._noise(part)) for part in parts]
        painted = [self._paint(*inputs[0])] if len(inputs) == 1 else []
        losses: dict[str, Tensor] = {}
        if self.config.adversarial:
            with torch.no_grad():
                fakes = painted or [self._paint(*input_) for input_ in inputs]
            losses |= self.discriminator_step(fakes, images_seen)
        again = painted or (self._paint(*input_) for input_ in inputs)
        return losses | self.generator_step(again, parts, images_seen)

    def discriminator_step(self, painted: Sequence[Painted], images_seen: int) -> dict[str, Tensor]:
        """Tell pictures drawn from pictures generated; every `r1_every` steps be smooth at the former."""
        shown: list[dict[str, Tensor]] = []

        def losses() -> Iterator[Tensor]:
            for part in painted:
                with autocast(self.config, self.machine):
                    tensors = part.tensors
                    real = self._judge(tensors.color, tensors)
                    fake = self._judge(part.output.image.detach(), tensors)
                loss = discriminator_loss(real, fake)
                shown.append({"discriminator": loss.detach(), **balance(real.detach(), fake.detach())})
                yield loss

        norm = self._descend("discriminator", losses(), images_seen)
        scalars = mean_scalars(shown) | {"gradient/discriminator": norm}
        if (images_seen // self.config.batch_size) % self.config.r1_every == 0 and self.config.r1:
            scalars["r1"] = self._smooth([part.tensors for part in painted], images_seen)
        return scalars

    def _smooth(self, pictures: Sequence[PaintTensors], images_seen: int) -> Tensor:
        """R1, in full precision (a gradient of a gradient of small numbers) and never compiled (no second gradient)."""
        shown = []

        def penalties() -> Iterator[Tensor]:
            for tensors in pictures:
                judge = partial(self.discriminator.forward, sketch=tensors.sketch, flats=tensors.flats)
                penalty = r1_penalty(judge, tensors.color)
                shown.append(penalty.detach())
                yield self.config.r1 * self.config.r1_every * penalty

        self._descend("discriminator", penalties(), images_seen)
        return torch.stack(shown).mean()

    def generator_step(
        self, painted: Iterable[Painted], parts: Sequence[Part[PaintBatch]], images_seen: int
    ) -> dict[str, Tensor]:
        """Come close to the truth and deceive the discriminator."""
        shown: list[dict[str, Tensor]] = []

        def losses() -> Iterator[Tensor]:
            for made, part in zip(painted, parts, strict=True):
                with autocast(self.config, self.machine):
                    losses = self._losses(made.tensors, made.output)
                    if self.model_config.latent == "picture" and (self.config.adversarial or self.config.recovery):
                        losses |= self._drawn_losses(made.tensors, self._noise(part))
                shown.append({name: loss.detach() for name, loss in losses.items()})
                yield torch.stack([self._weight(name) * loss for name, loss in losses.items()]).sum()

        self.discriminator.requires_grad_(False)
        try:
            norm = self._descend("generator", losses(), images_seen)
        finally:
            self.discriminator.requires_grad_(True)
        return mean_scalars(shown) | {"gradient/generator": norm}

    def _losses(self, tensors: PaintTensors, output: Output) -> dict[str, Scalar]:
        """Each loss of the generator whose weight is not 0, by the name of its weight."""
        image, truth = output.image.float(), tensors.color
        features: PictureFeatures | None = self.features
        weight = None
        if self.config.emphasis:
            assert tensors.flats is not None, "emphasis was refused without flats"
            weight = light_weight(truth, tensors.flats, self.config.emphasis)
        losses = {"l1": l1_loss(image, truth, weight), "l2": l2_loss(image, truth, weight)}  # always: they are shown
        if self.config.edges:
            losses["edges"] = edge_loss(image, truth)
        if self.config.adversarial:
            losses["adversarial"] = adversarial_loss(self._judge(output.image, tensors))
        if features is not None:
            losses["perceptual"] = perceptual_loss(features, image, truth)
        if output.mean is not None and output.logvar is not None:
            losses["kl"] = kl_loss(output.mean.float(), output.logvar.float())
        return losses

    def _drawn_losses(self, tensors: PaintTensors, w: LatentCode) -> dict[str, Scalar]:
        """A picture from a drawn code must look real, and show the code that it was made from.

        The picture encoder learns nothing from the latter: it and the generator could agree on a hidden sign.
        """
        losses: dict[str, Scalar] = {}
        image = self._generate(tensors, w).image
        if self.config.adversarial:
            losses["adversarial/drawn"] = adversarial_loss(self._judge(image, tensors))
        if self.config.recovery:
            reader = self.generator.latent
            assert reader is not None, "a network that reads pictures has it"
            reader.requires_grad_(False)
            try:
                losses["recovery"] = (
                    (self.generator.encode_picture(image, None, tensors.flats).mean.float() - w).abs().mean()
                )
            finally:
                reader.requires_grad_(True)
        return losses

    def _weight(self, loss: str) -> float:
        weight: float = getattr(self.config, loss.partition("/")[0])
        return weight

    def _tensors(self, batch: PaintBatch) -> PaintTensors:
        return to_networks(to_device(batch, self.machine.device), flats=self.model_config.flats)

    def _noise(self, part: Part[PaintBatch]) -> LatentCode:
        return part.noise.normal(self.model_config.latent_dim).to(self.machine.device)

    def _paint(self, tensors: PaintTensors, noise: LatentCode) -> Painted:
        with autocast(self.config, self.machine):
            if self.model_config.latent == "picture":
                latent = self.generator.encode_picture(tensors.color, noise, tensors.flats)
                output = self._generate(tensors, latent.w)._replace(mean=latent.mean, logvar=latent.logvar)
            elif self.model_config.latent == "light":
                output = self._generate(tensors, face_light(noise, tensors.light))
            else:
                output = self._generate(tensors, noise=noise)
        return Painted(tensors, noise, output)

    def _generate(self, tensors: PaintTensors, w: LatentCode | None = None, noise: LatentCode | None = None) -> Output:
        made: Output = self.generator(tensors.sketch, tensors.regions, tensors.flats, w, tensors.present, noise)
        return made

    def _judge(self, image: ColorTensor, tensors: PaintTensors) -> Logits:
        logits: Logits = self.discriminator(image, tensors.sketch, tensors.flats).float()
        return logits

    def _descend(self, name: str, losses: Iterable[Tensor], images_seen: int) -> Tensor:
        return descend(losses, self.optimizers[name], self.config, self.machine, images_seen)

    @torch.no_grad()
    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[PaintSample]) -> Image:
        """Rows: sketch, flats, truth, the picture of the own code, pictures of codes drawn from N(0, I).

        The own code is the truth's if the network reads pictures, and the same drawn code serves all drawings.
        """
        batch = to_device(collate(samples), self.machine.device)
        rows = [batch.sketch[..., None].expand(-1, -1, -1, 3), batch.flats, batch.color]
        rows += [to_bytes(image) for image in self._draw(averaged["generator"], samples)]
        grid = torch.cat([torch.cat(list(row), dim=1) for row in rows])
        return np.asarray(grid.cpu().numpy())

    @torch.no_grad()
    def measure(self, averaged: Mapping[str, nn.Module], samples: list[PaintSample]) -> Mapping[str, float]:
        """How far the pictures of two drawn codes, and of a drawn and the own one, differ: mean levels of 255."""
        own, *drawn = [to_bytes(image).float() for image in self._draw(averaged["generator"], samples)]
        pairs = [float((a - b).abs().mean()) for a, b in combinations(drawn, 2)]
        apart = [float((own - image).abs().mean()) for image in drawn]
        return {"diversity/drawn codes": float(np.mean(pairs)), "diversity/own and drawn": float(np.mean(apart))}

    def _draw(self, generator: nn.Module, samples: list[PaintSample]) -> list[ColorTensor]:
        """The pictures of the own codes and of `SHEET_CODES` drawn ones, from fixed noise."""
        tensors = self._tensors(collate(samples))
        own = read_code(generator, tensors)
        rng = torch.Generator().manual_seed(self.config.seed)
        drawn = torch.randn(SHEET_CODES, self.model_config.latent_dim, generator=rng).to(self.machine.device)
        codes = [own, *(w.expand(len(samples), -1) for w in drawn)]
        return [generator(tensors.sketch, tensors.regions, tensors.flats, w, tensors.present).image for w in codes]


def read_code(generator: nn.Module, tensors: PaintTensors) -> LatentCode | None:
    """The code of the truth, if the network reads pictures or knows its light; else None: the sketch's own."""
    assert isinstance(generator, PaintGenerator)
    if generator.config.latent == "light":
        return face_light(tensors.sketch.new_zeros(len(tensors.light), generator.config.latent_dim), tensors.light)
    return (
        generator.encode_picture(tensors.color, None, tensors.flats).w if generator.config.latent == "picture" else None
    )


def face_light(noise: LatentCode, light: Float[Tensor, " n"]) -> LatentCode:
    """Codes for `latent="light"`: the side of the light, -1 or 1; where it is 0, nobody knows and chance decides."""
    return torch.where(light[:, None] == 0, noise.sign(), light[:, None])


def balance(real: Logits, fake: Logits) -> dict[str, Tensor]:
    """Who is ahead, discriminator or generator: mean logits, and the share of pictures that are judged rightly."""
    return {
        "logit/real": real.mean(),
        "logit/fake": fake.mean(),
        "balance/real": (real > 0).float().mean(),
        "balance/fake": (fake < 0).float().mean(),
    }


KIND = StageKind(presets=PRESETS, network=choose_generator, build=PaintStage)

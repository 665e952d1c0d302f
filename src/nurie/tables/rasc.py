"""RASC itself as a contender, in all the variants of Tables II-IV: the losses of `nurie train --stage paint`."""

import torch
from torch import nn

from nurie.evaluation.baselines.contender import Fakes, Inputs, Losses
from nurie.evaluation.features import VGG19Features
from nurie.model.config import ModelConfig
from nurie.model.discriminator import build_discriminator
from nurie.model.generator import build_generator
from nurie.model.tensors import ColorTensor, LatentCode
from nurie.training.losses import (
    adversarial_loss,
    discriminator_loss,
    kl_loss,
    l1_loss,
    perceptual_loss,
    r1_penalty,
)
from nurie.training.paint_settings import PaintTraining

WEIGHTS = PaintTraining(stage="paint", preset="", model="")
"""The paint stage's weights of the losses."""


class RASC:
    """Generator and discriminator of the paper."""

    painters = ("generator",)

    def __init__(self, model: ModelConfig, *, perceptual: float, l1: float) -> None:
        """Draw the weights.

        Raises:
            WeightsError: the perceptual loss has weight and VGG-19 is missing.
        """
        self.generator, self.discriminator = build_generator(model), build_discriminator(model)
        self.networks: dict[str, nn.Module] = {"generator": self.generator, "discriminator": self.discriminator}
        self.features = VGG19Features() if perceptual else None
        self.perceptual, self.l1 = perceptual, l1
        self.code_length = model.latent_dim

    def generate(self, inputs: Inputs) -> Fakes:
        """The picture, and the distribution that its code was drawn from."""
        output = self.generator(inputs.sketch, inputs.regions, None, None, inputs.present)
        return {"color": output.image, "mean": output.mean, "logvar": output.logvar}

    def judge_losses(self, inputs: Inputs, fakes: Fakes, step: int) -> Losses:
        """Tell drawn from generated; every `r1_every` steps be smooth at the former."""
        losses = {
            "discriminator": discriminator_loss(self.discriminator(inputs.color), self.discriminator(fakes["color"]))
        }
        if step % WEIGHTS.r1_every == 0:
            losses["r1"] = WEIGHTS.r1 * WEIGHTS.r1_every * r1_penalty(self.discriminator, inputs.color)
        return losses

    def paint_losses(self, inputs: Inputs, fakes: Fakes) -> Losses:
        """Deceive the discriminator, come close to the truth, keep the code near N(0, I)."""
        losses = {
            "adversarial": WEIGHTS.adversarial * adversarial_loss(self.discriminator(fakes["color"])),
            "kl": WEIGHTS.kl * kl_loss(fakes["mean"], fakes["logvar"]),
            "l1": self.l1 * l1_loss(fakes["color"], inputs.color),
        }
        if self.features is not None:
            features = self.features.to(inputs.color.device)
            losses["perceptual"] = self.perceptual * perceptual_loss(features, fakes["color"], inputs.color)
        return losses

    def paint(self, inputs: Inputs, codes: LatentCode | None = None) -> ColorTensor:
        """The picture of the sketch's own code, or of the codes given."""
        with torch.no_grad():
            output = self.generator(inputs.sketch, inputs.regions, None, codes, inputs.present)
        color: ColorTensor = output.image
        return color

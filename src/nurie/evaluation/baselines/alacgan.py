"""AlacGAN without hints (Ci et al., 2018): a U-Net against a Wasserstein critic, and no word of regions.

Of the paper: the critic's gradient penalty (10) and drift (0.001), a content loss of weight 1 beside an adversarial one
of 1e-4. Not of it: hints, which nobody gives here; the local features of a network that tags illustrations, which we do
not have; VGG-16 in the content loss, whose place L1 takes as in the other rows.
"""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import nn

from nurie.evaluation.baselines.contender import Fakes, Inputs, Losses
from nurie.evaluation.baselines.losses import gradient_penalty
from nurie.evaluation.baselines.networks import PatchJudge, UNet
from nurie.model.tensors import ColorTensor, LatentCode

ADVERSARIAL = 1e-4
PENALTY = 10.0
DRIFT = 1e-3
"""Weight of D(real)^2, which keeps the critic's scores from running away."""


class AlacGAN:
    """Sketch in, colours out."""

    painters = ("generator",)
    code_length = 0

    def __init__(self, channels: Sequence[int]) -> None:
        """Draw the weights."""
        self.generator, self.critic = UNet(1, 3, channels), PatchJudge(3, channels)
        self.networks: dict[str, nn.Module] = {"generator": self.generator, "critic": self.critic}

    def generate(self, inputs: Inputs) -> Fakes:
        """The picture."""
        return {"color": self.generator(inputs.sketch)}

    def judge_losses(self, inputs: Inputs, fakes: Fakes, step: int) -> Losses:
        """Wasserstein's distance with gradient penalty and drift."""
        real, fake = self.critic(inputs.color), self.critic(fakes["color"])
        return {
            "critic": fake.mean() - real.mean(),
            "penalty": PENALTY * gradient_penalty(self.critic, inputs.color, fakes["color"]),
            "drift": DRIFT * real.square().mean(),
        }

    def paint_losses(self, inputs: Inputs, fakes: Fakes) -> Losses:
        """Come close to the truth, and rise in the critic's eyes."""
        return {
            "l1": F.l1_loss(fakes["color"], inputs.color),
            "adversarial": -ADVERSARIAL * self.critic(fakes["color"]).mean(),
        }

    def paint(self, inputs: Inputs, codes: LatentCode | None = None) -> ColorTensor:
        """One picture of a sketch."""
        color: ColorTensor = self.generator(inputs.sketch)
        return color

"""DPGAN (Dou et al., 2021): colours supervised in two spaces at once, RGB and HSV.

Each space has its own pixel loss and its own judge, which is the paper's idea of two spaces that guide each other. HSV
is taken as a point of its cone, since the angle of hue jumps at red and means nothing in gray.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

from nurie.evaluation.baselines.contender import Fakes, Inputs, Losses
from nurie.evaluation.baselines.losses import softplus_judge, softplus_painter
from nurie.evaluation.baselines.networks import PatchJudge, UNet
from nurie.model.tensors import ColorTensor, LatentCode

PIXELS = 10.0
"""Weight of L1 in each space, beside adversarial losses of weight 1."""


def to_hsv_cone(color: ColorTensor) -> ColorTensor:
    """Where RGB in [-1, 1] lies in the cone of HSV: two axes of chroma, as wide as value times saturation, and value.

    Gray is at the axis: (0, 0, value). Everything lies in [-1, 1].
    """
    red, green, blue = color.unbind(1)
    alpha, beta = (2 * red - green - blue) / 4, (green - blue) * (3**0.5 / 4)
    return torch.stack([alpha, beta, color.amax(1)], 1)


class DPGAN:
    """One U-Net, two judges."""

    painters = ("generator",)
    code_length = 0

    def __init__(self, channels: Sequence[int]) -> None:
        """Draw the weights."""
        self.generator = UNet(1, 3, channels)
        self.rgb_judge, self.hsv_judge = PatchJudge(3, channels), PatchJudge(3, channels)
        self.networks: dict[str, nn.Module] = {
            "generator": self.generator,
            "rgb_judge": self.rgb_judge,
            "hsv_judge": self.hsv_judge,
        }

    def generate(self, inputs: Inputs) -> Fakes:
        """The picture."""
        return {"color": self.generator(inputs.sketch)}

    def judge_losses(self, inputs: Inputs, fakes: Fakes, step: int) -> Losses:
        """Tell drawn from generated in each space."""
        real, fake = inputs.color, fakes["color"]
        return {
            "rgb judge": softplus_judge(self.rgb_judge(real), self.rgb_judge(fake)),
            "hsv judge": softplus_judge(self.hsv_judge(to_hsv_cone(real)), self.hsv_judge(to_hsv_cone(fake))),
        }

    def paint_losses(self, inputs: Inputs, fakes: Fakes) -> Losses:
        """Come close to the truth and deceive the judge, in each space."""
        real, fake = inputs.color, fakes["color"]
        return {
            "l1": PIXELS * F.l1_loss(fake, real),
            "l1/hsv": PIXELS * F.l1_loss(to_hsv_cone(fake), to_hsv_cone(real)),
            "adversarial": softplus_painter(self.rgb_judge(fake)),
            "adversarial/hsv": softplus_painter(self.hsv_judge(to_hsv_cone(fake))),
        }

    def paint(self, inputs: Inputs, codes: LatentCode | None = None) -> ColorTensor:
        """One picture of a sketch."""
        color: ColorTensor = self.generator(inputs.sketch)
        return color

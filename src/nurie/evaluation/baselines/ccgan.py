"""CCGAN (Zhang et al., 2019): from sketch to colours and back again, each way with a judge (CycleGAN).

Cycle losses of weight 10 and least squares, as in CycleGAN; the pairs of sketch and picture supervise both ways with
L1, as RASC's section II tells of it ("two-way supervisions"). Networks: those all peers share.
"""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import nn

from nurie.evaluation.baselines.contender import Fakes, Inputs, Losses
from nurie.evaluation.baselines.losses import least_squares_judge, least_squares_painter
from nurie.evaluation.baselines.networks import PatchJudge, UNet
from nurie.model.tensors import ColorTensor, LatentCode

CYCLE = 10.0
SUPERVISION = 10.0


class CCGAN:
    """Two U-Nets, one each way, and two judges."""

    painters = ("colorer", "drawer")
    code_length = 0

    def __init__(self, channels: Sequence[int]) -> None:
        """Draw the weights."""
        self.colorer, self.drawer = UNet(1, 3, channels), UNet(3, 1, channels)
        self.color_judge, self.sketch_judge = PatchJudge(3, channels), PatchJudge(1, channels)
        self.networks: dict[str, nn.Module] = {
            "colorer": self.colorer,
            "drawer": self.drawer,
            "color_judge": self.color_judge,
            "sketch_judge": self.sketch_judge,
        }

    def generate(self, inputs: Inputs) -> Fakes:
        """Colours of the sketch, the sketch of the colours, and each way back."""
        color, sketch = self.colorer(inputs.sketch), self.drawer(inputs.color)
        return {
            "color": color,
            "sketch": sketch,
            "sketch again": self.drawer(color),
            "color again": self.colorer(sketch),
        }

    def judge_losses(self, inputs: Inputs, fakes: Fakes, step: int) -> Losses:
        """Tell drawn from generated, colours and sketches apart from each other."""
        return {
            "color judge": least_squares_judge(self.color_judge(inputs.color), self.color_judge(fakes["color"])),
            "sketch judge": least_squares_judge(self.sketch_judge(inputs.sketch), self.sketch_judge(fakes["sketch"])),
        }

    def paint_losses(self, inputs: Inputs, fakes: Fakes) -> Losses:
        """Deceive both judges, come back to where the way began, and meet the pair's other half."""
        cycle = F.l1_loss(fakes["sketch again"], inputs.sketch) + F.l1_loss(fakes["color again"], inputs.color)
        pairs = F.l1_loss(fakes["color"], inputs.color) + F.l1_loss(fakes["sketch"], inputs.sketch)
        return {
            "adversarial": least_squares_painter(self.color_judge(fakes["color"])),
            "adversarial/sketch": least_squares_painter(self.sketch_judge(fakes["sketch"])),
            "cycle": CYCLE * cycle,
            "l1": SUPERVISION * pairs,
        }

    def paint(self, inputs: Inputs, codes: LatentCode | None = None) -> ColorTensor:
        """One picture of a sketch."""
        color: ColorTensor = self.colorer(inputs.sketch)
        return color

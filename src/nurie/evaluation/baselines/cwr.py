"""CWR (Cao et al., 2021): the skeleton map of the regions is a further channel, for the painter and for its judge.

The skeleton map is DanbooRegion's idea: low at the borders of a region, high along its middle. Regions are told to the
network, but pixel by pixel: nothing makes the pixels of one region agree. Not of the paper: colour tags, which no row
has.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from jaxtyping import Float32
from torch import nn

from nurie.arrays import RegionMap
from nurie.evaluation.baselines.contender import Fakes, Inputs, Losses
from nurie.evaluation.baselines.losses import softplus_judge, softplus_painter
from nurie.evaluation.baselines.networks import PatchJudge, UNet
from nurie.model.tensors import ColorTensor, LatentCode

PIXELS = 10.0


def skeleton_map(regions: RegionMap) -> Float32[np.ndarray, "height width"]:
    """How near the middle of its region each pixel is: 0 at the region's borders, 1 where it is deepest.

    A border is a pixel with a neighbour, of four, in another region; the picture's frame is none. A picture of a single
    region is 1 all over, and so is a region that is nothing but border 0.
    """
    border = np.zeros(regions.shape, bool)
    border[:, 1:] |= regions[:, 1:] != regions[:, :-1]
    border[:, :-1] |= regions[:, 1:] != regions[:, :-1]
    border[1:] |= regions[1:] != regions[:-1]
    border[:-1] |= regions[1:] != regions[:-1]
    if not border.any():
        return np.ones(regions.shape, np.float32)
    depth = cv2.distanceTransform((~border).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    deepest = np.zeros(int(regions.max()) + 1, np.float32)
    np.maximum.at(deepest, regions.ravel(), depth.ravel())
    return np.asarray(depth / np.maximum(deepest, 1e-6)[regions], np.float32)


class CWR:
    """A U-Net that sees the skeleton map, and a judge that sees it too."""

    painters = ("generator",)
    code_length = 0

    def __init__(self, channels: Sequence[int]) -> None:
        """Draw the weights."""
        self.generator, self.judge = UNet(2, 3, channels), PatchJudge(4, channels)
        self.networks: dict[str, nn.Module] = {"generator": self.generator, "judge": self.judge}

    def generate(self, inputs: Inputs) -> Fakes:
        """The picture."""
        return {"color": self.generator(torch.cat([inputs.sketch, inputs.skeleton], 1))}

    def judge_losses(self, inputs: Inputs, fakes: Fakes, step: int) -> Losses:
        """Tell drawn from generated, with the skeleton map in view."""
        real, fake = (torch.cat([color, inputs.skeleton], 1) for color in (inputs.color, fakes["color"]))
        return {"judge": softplus_judge(self.judge(real), self.judge(fake))}

    def paint_losses(self, inputs: Inputs, fakes: Fakes) -> Losses:
        """Come close to the truth and deceive the judge."""
        shown = torch.cat([fakes["color"], inputs.skeleton], 1)
        return {
            "l1": PIXELS * F.l1_loss(fakes["color"], inputs.color),
            "adversarial": softplus_painter(self.judge(shown)),
        }

    def paint(self, inputs: Inputs, codes: LatentCode | None = None) -> ColorTensor:
        """One picture of a sketch."""
        color: ColorTensor = self.generate(inputs)["color"]
        return color

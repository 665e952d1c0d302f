"""VGG-19's activations, which the perceptual loss (eq. 7 of the paper) compares."""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from nurie.evaluation.pretrained import load_pretrained

BLOCKS = (2, 2, 4, 4, 1)
"""Convolutions per block that are needed: the last map that is asked for is relu5_1."""

PIXEL_MEAN = (123.68, 116.779, 103.939)
"""ImageNet's mean RGB, 0..255, subtracted from the input in the network's training."""

SMALLEST_SIDE = 16
"""Pixels; four poolings leave one."""


class VGG19Features(nn.Module):
    """ReLU maps of the Caffe-trained VGG-19, frozen, differentiable in the picture.

    The maps are of order 10 to 600: the network takes 0..255 minus the mean, not unit variance, so
    loss weights that suit other copies of VGG do not carry over. The weights are no part of the
    module's state dict.

    Raises:
        WeightsError: the weights are missing or damaged.
    """

    def __init__(self, tensors: dict[str, Tensor] | None = None) -> None:
        """Load the weights, or take `tensors` with the same keys."""
        super().__init__()
        tensors = load_pretrained("vgg19") if tensors is None else tensors
        for name in _layer_names():
            for kind in ("weight", "bias"):
                self.register_buffer(f"{name}_{kind}", tensors[f"{name}.{kind}"], persistent=False)
        self.register_buffer("mean", torch.tensor(PIXEL_MEAN).view(1, 3, 1, 1), persistent=False)

    def forward(self, rgb: Float[Tensor, "n 3 h w"]) -> list[Float[Tensor, "n c i j"]]:
        """Give relu1_1, relu2_1, relu3_1, relu4_1, relu5_1 of pictures in [0, 1].

        They have 64, 128, 256, 512, 512 channels and the side divided (rounding down) by 1, 2, 4,
        8, 16.

        Raises:
            ValueError: a side is under 16 pixels.
        """
        if min(rgb.shape[2:]) < SMALLEST_SIDE:
            raise ValueError(f"pictures need sides of {SMALLEST_SIDE} pixels or more, got {tuple(rgb.shape[2:])}")
        x = rgb * 255 - self.get_buffer("mean")
        maps: list[Tensor] = []
        for name in _layer_names():
            if name.endswith("_1") and maps:
                x = F.max_pool2d(x, 2)
            weight, bias = self.get_buffer(f"{name}_weight"), self.get_buffer(f"{name}_bias")
            x = F.relu(F.conv2d(x, weight, bias, padding=1))
            if name.endswith("_1"):
                maps.append(x)
        return maps


def _layer_names() -> list[str]:
    return [f"conv{block}_{i}" for block, count in enumerate(BLOCKS, 1) for i in range(1, count + 1)]

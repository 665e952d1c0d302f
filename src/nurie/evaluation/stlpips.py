"""ST-LPIPS: a learned distance of two pictures, blind to small shifts (Ghildyal, Liu 2022)."""

import numpy as np
import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from nurie.arrays import Image
from nurie.evaluation.pretrained import load_pretrained

STAGES = (("slice1.0", 2), ("slice2.5", 2), ("slice3.9", 1), ("slice4.11", 1), ("slice5.13", 1))
"""AlexNet's convolutions and their padding in pixels."""

SMALLEST_SIDE = 32
"""Pixels; below, the last maps lose all their columns."""

LENGTH_EPSILON = 1e-10
"""Added to the length of a feature vector; part of the published metric."""


class STLPIPS(nn.Module):
    """Distances of pairs of pictures: 0 for equal ones, below 1 for most others; AlexNet, frozen.

    Raises:
        WeightsError: the weights are missing or damaged.
    """

    def __init__(self, tensors: dict[str, Tensor] | None = None) -> None:
        """Load the weights, or take `tensors` with the same keys."""
        super().__init__()
        tensors = load_pretrained("stlpips") if tensors is None else tensors
        for key, tensor in tensors.items():
            self.register_buffer(key.replace(".", "/"), tensor, persistent=False)
        binomial = torch.tensor([1.0, 2.0, 1.0]) / 4
        self.register_buffer("blur", torch.outer(binomial, binomial)[None, None], persistent=False)

    def forward(self, a: Float[Tensor, "n 3 h w"], b: Float[Tensor, "n 3 h w"]) -> Float[Tensor, " n"]:
        """Give the distance of each pair of pictures in [-1, 1]; it is symmetric.

        Raises:
            ValueError: a side is under 32 pixels.
        """
        if min(a.shape[2:]) < SMALLEST_SIDE:
            raise ValueError(f"pictures need sides of {SMALLEST_SIDE} pixels or more, got {tuple(a.shape[2:])}")
        distances = a.new_zeros(len(a))
        for stage, (map_a, map_b) in enumerate(zip(self._maps(a), self._maps(b), strict=True)):
            difference = (_unit(map_a) - _unit(map_b)).square()
            weight = self.get_buffer(f"lin{stage}/model/1/weight")
            distances = distances + F.conv2d(difference, weight).mean((1, 2, 3))
        return distances

    def compare(self, a: Image, b: Image) -> float:
        """Give the distance of two pictures of the same size."""
        pair = torch.from_numpy(np.stack([a, b])).permute(0, 3, 1, 2) / 127.5 - 1
        with torch.inference_mode():
            return float(self(pair[:1], pair[1:]))

    def _maps(self, rgb: Tensor) -> list[Tensor]:
        """Give AlexNet's five ReLU maps; each stride of 2 blurs first, so shifts matter little."""
        x = (rgb - self.get_buffer("scaling_layer/shift")) / self.get_buffer("scaling_layer/scale")
        x = F.relu(self._halve(self._convolve(x, 0)))
        maps = [x]
        for stage in range(1, len(STAGES)):
            if stage < 3:
                x = self._halve(F.max_pool2d(x, 3, 1))
            x = F.relu(self._convolve(x, stage))
            maps.append(x)
        return maps

    def _convolve(self, x: Tensor, stage: int) -> Tensor:
        name, padding = STAGES[stage]
        layer = f"net/{name.replace('.', '/')}"
        return F.conv2d(x, self.get_buffer(f"{layer}/weight"), self.get_buffer(f"{layer}/bias"), padding=padding)

    def _halve(self, x: Tensor) -> Tensor:
        channels = x.shape[1]
        kernel = self.get_buffer("blur").expand(channels, 1, 3, 3)
        return F.conv2d(F.pad(x, (2, 2, 2, 2), mode="reflect"), kernel, stride=2, groups=channels)


def _unit(x: Tensor) -> Tensor:
    return x / (x.square().sum(1, keepdim=True).sqrt() + LENGTH_EPSILON)

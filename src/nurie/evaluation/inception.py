"""The Inception of 2015, whose 2048 pooled features FID and KID compare (Heusel et al. 2017).

The layers carry TensorFlow's names, as the file of weights does. Its batch normalisation has no
scale (gamma) and is folded into the convolutions when they are loaded.
"""

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from jaxtyping import Float, Float32
from torch import Tensor, nn

from nurie.evaluation.pretrained import load_pretrained
from nurie.evaluation.resizing import RESIZE_RULES, AnyImage

SIDE = 299
"""Pixels; the network's input."""

FEATURES = 2048

BATCH_NORM_EPSILON = 1e-3
"""TensorFlow's, part of the weights."""


class InceptionNetwork(nn.Module):
    """Pictures of 299 by 299 in [-1, 1] to 2048 pooled features, frozen."""

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        """Take the file's tensors: `.weight`, `.mean`, `.var` and `.beta` of each convolution."""
        super().__init__()
        for name in {key.rpartition(".")[0] for key in tensors}:
            scale = torch.rsqrt(tensors[f"{name}.var"] + BATCH_NORM_EPSILON)
            buffer = name.replace(".", "/")
            self.register_buffer(f"{buffer}/weight", tensors[f"{name}.weight"] * scale[:, None, None, None])
            self.register_buffer(f"{buffer}/bias", tensors[f"{name}.beta"] - tensors[f"{name}.mean"] * scale)

    def forward(self, x: Float[Tensor, "n 3 299 299"]) -> Float[Tensor, "n features"]:
        """Give the activations before the classifier, averaged over the picture."""
        x = self._chain(x, "conv", stride=2, padded=False)
        x = self._chain(x, "conv_1", padded=False)
        x = F.max_pool2d(self._chain(x, "conv_2"), 3, 2)
        x = self._chain(x, "conv_3", padded=False)
        x = F.max_pool2d(self._chain(x, "conv_4", padded=False), 3, 2)
        for block in ("mixed", "mixed_1", "mixed_2"):
            x = self._block(x, block, short=1, long=2)
        x = self._halve(x, ["mixed_3.conv"], _series("mixed_3.tower.conv", 2))
        for block in ("mixed_4", "mixed_5", "mixed_6", "mixed_7"):
            x = self._block(x, block, short=2, long=4)
        x = self._halve(x, _series("mixed_8.tower.conv", 1), _series("mixed_8.tower_1.conv", 3))
        x = self._wide_block(x, "mixed_9", _average(x))
        # The published network pools by maximum here, and only here; FID is defined with it.
        x = self._wide_block(x, "mixed_10", F.max_pool2d(x, 3, 1, 1))
        return x.mean((2, 3))

    def _block(self, x: Tensor, block: str, *, short: int, long: int) -> Tensor:
        """Join four branches: 1x1, `short` more convolutions, `long` more, pooled."""
        branches = [
            self._chain(x, f"{block}.conv"),
            self._chain(x, *_series(f"{block}.tower.conv", short)),
            self._chain(x, *_series(f"{block}.tower_1.conv", long)),
            self._chain(_average(x), f"{block}.tower_2.conv"),
        ]
        return torch.cat(branches, 1)

    def _halve(self, x: Tensor, *chains: list[str]) -> Tensor:
        """Join branches whose last convolution has stride 2, and a pooling."""
        halved = [self._chain(self._chain(x, *names[:-1]), names[-1], stride=2, padded=False) for names in chains]
        return torch.cat([*halved, F.max_pool2d(x, 3, 2)], 1)

    def _wide_block(self, x: Tensor, block: str, pooled: Tensor) -> Tensor:
        """Join branches that end in a 1x3 and a 3x1 convolution side by side."""
        short = self._chain(x, f"{block}.tower_conv")
        long = self._chain(x, f"{block}.tower_1_conv", f"{block}.tower_1_conv_1")
        branches = [
            self._chain(x, f"{block}.conv"),
            self._chain(short, f"{block}.tower_mixed_conv"),
            self._chain(short, f"{block}.tower_mixed_conv_1"),
            self._chain(long, f"{block}.tower_1_mixed_conv"),
            self._chain(long, f"{block}.tower_1_mixed_conv_1"),
            self._chain(pooled, f"{block}.tower_2_conv"),
        ]
        return torch.cat(branches, 1)

    def _chain(self, x: Tensor, *names: str, stride: int = 1, padded: bool = True) -> Tensor:
        for name in names:
            buffer = name.replace(".", "/")
            weight, bias = self.get_buffer(f"{buffer}/weight"), self.get_buffer(f"{buffer}/bias")
            padding = (weight.shape[2] // 2, weight.shape[3] // 2) if padded else (0, 0)
            x = F.relu(F.conv2d(x, weight, bias, stride, padding))
        return x


class InceptionFeatures:
    """Pictures to the 2048 features that FID and KID compare.

    Raises:
        WeightsError: the weights are missing or damaged.
    """

    def __init__(self, resize: str = "clean", batch_size: int = 8, tensors: dict[str, Tensor] | None = None) -> None:
        """Load the weights, or take `tensors` with their keys; `resize` is in `RESIZE_RULES`."""
        if resize not in RESIZE_RULES:
            raise ValueError(f"unknown resize rule {resize!r}; choose from {sorted(RESIZE_RULES)}")
        self.resize = resize
        self.batch_size = batch_size
        self.network = InceptionNetwork(load_pretrained("inception") if tensors is None else tensors).eval()

    def __call__(self, pictures: Sequence[AnyImage]) -> Float32[np.ndarray, "n 2048"]:
        """Give one row per picture; the pictures may differ in size, and none at all gives no row.

        Costs about 0.1 s per picture on one CPU core.
        """
        rows = [np.zeros((0, FEATURES), np.float32)]
        for start in range(0, len(pictures), self.batch_size):
            resized = [
                RESIZE_RULES[self.resize](picture, SIDE) for picture in pictures[start : start + self.batch_size]
            ]
            batch = torch.from_numpy(np.stack(resized)).permute(0, 3, 1, 2)
            with torch.inference_mode():
                rows.append(self.network(batch / 127.5 - 1).numpy())
        return np.concatenate(rows)


def _series(name: str, more: int) -> list[str]:
    """Name a convolution and the `more` that follow it: conv, conv_1, conv_2, ..."""
    return [name, *(f"{name}_{i}" for i in range(1, more + 1))]


def _average(x: Tensor) -> Tensor:
    return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)

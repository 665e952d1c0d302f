"""Layers with equalized learning rate, resampling by two, and mirror padding.

Equalized learning rate (Karras et al., Progressive Growing of GANs, section 4.1): weights are drawn
from N(0, 1) and scaled when used, so that Adam moves every layer at the same relative speed.
"""

import math
from functools import lru_cache

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int64, Shaped
from torch import Tensor, nn

from nurie.model.tensors import Features, NewChannels, NewSize

LEAK = 0.2  # slope of the leaky ReLU below zero; StyleGAN2's
LEAKY_GAIN = math.sqrt(2)  # StyleGAN2's; gives back the variance that the leaky ReLU takes
TAPS = (1 / 8, 3 / 8, 3 / 8, 1 / 8)
"""StyleGAN2's blur before halving."""

UNIT_EPSILON = 1e-4  # mean squares below this are nothing, and stay small


class EqualizedLinear(nn.Module):
    """A linear layer whose outputs have the variance `gain`^2 for inputs of unit variance.

    `bias` is the value that the bias starts with; None means no bias.
    """

    def __init__(self, inputs: int, outputs: int, *, gain: float = 1.0, bias: float | None = 0.0) -> None:
        """Draw the weights."""
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = None if bias is None else nn.Parameter(torch.full((outputs,), bias))
        self.scale = gain / math.sqrt(inputs)

    def forward(self, x: Float[Tensor, "*batch _inputs"]) -> Float[Tensor, "*batch _outputs"]:
        """Multiply by the scaled weight, add the bias."""
        return F.linear(x, self.weight * self.scale, self.bias)


class EqualizedConv2d(nn.Module):
    """A convolution that keeps the size; inputs of unit variance give variance `gain`^2."""

    def __init__(self, inputs: int, outputs: int, kernel: int, *, gain: float = 1.0, bias: bool = True) -> None:
        """Draw the weights; `kernel` is odd."""
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.scale = gain / math.sqrt(inputs * kernel * kernel)

    def forward(self, x: Features) -> NewChannels:
        """Zero padding: beyond the border is paper."""
        return F.conv2d(x, self.weight * self.scale, self.bias, padding=self.weight.shape[-1] // 2)


class LeakyConv2d(EqualizedConv2d):
    """`EqualizedConv2d`, then the leaky ReLU; keeps unit variance."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3) -> None:
        """Draw the weights."""
        super().__init__(inputs, outputs, kernel, gain=LEAKY_GAIN)

    def forward(self, x: Features) -> NewChannels:
        """leaky_relu(conv(x))."""
        return F.leaky_relu(super().forward(x), LEAK)


def to_unit(x: Features) -> Features:
    """Scale the features of each pixel to a mean square of 1 over the channels; nothing stays nothing."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + UNIT_EPSILON)


def downsample(x: Features) -> NewSize:
    """Halve height and width (both even) after StyleGAN2's blur [1 3 3 1]: lines do not alias."""
    if x.dtype == torch.float32 and not x.is_cuda:
        channels = x.shape[1]
        taps = torch.tensor(TAPS, dtype=x.dtype, device=x.device)
        kernel = torch.outer(taps, taps).expand(channels, 1, 4, 4)
        return F.conv2d(x, kernel, stride=2, padding=1, groups=channels)
    # Two products with a matrix that is nearly all zeros: 4 to 15 times faster there than the convolution by channel,
    # for which there is no fast kernel (docs/training-speed.md).
    n, channels, height, width = x.shape
    rows = x.permute(0, 2, 3, 1).reshape(n * height, width, channels)
    rows = (_halving(width, x.device, x.dtype) @ rows).reshape(n, height, -1)
    halved = (_halving(height, x.device, x.dtype) @ rows).reshape(n, height // 2, width // 2, channels)
    return halved.permute(0, 3, 1, 2)


@lru_cache(maxsize=64)
def _halving(size: int, device: torch.device, dtype: torch.dtype) -> Float[Tensor, "half size"]:
    """`TAPS` at every second place of a row of `size` pixels, zeros beyond its ends."""
    middle = torch.arange(size // 2)[:, None]
    offset = torch.arange(size) - 2 * middle + 1
    inside = (offset >= 0) & (offset < len(TAPS))
    with torch.inference_mode(False):  # kept for training, whoever asks first
        return torch.where(inside, torch.tensor(TAPS)[offset.clamp(0, len(TAPS) - 1)], 0.0).to(device, dtype)


def upsample_to(x: Features, like: Float[Tensor, "n _c _h _w"]) -> NewSize:
    """Bring x to the size of `like`, bilinear; at twice the size that is the blur [1 3 3 1]."""
    return F.interpolate(x, size=like.shape[-2:], mode="bilinear", align_corners=False)


def mirror_pad(x: Shaped[Tensor, "*batch h w"], multiple: int) -> Shaped[Tensor, "*batch _h _w"]:
    """Continue rows and columns by their mirror image up to the next multiple of `multiple`.

    The edge is repeated (d c b a | a b c d), so that even one row can be continued, as often as
    needed. Works for labels as for colours.
    """
    rows, columns = (_mirror_index(size, multiple, x.device) for size in x.shape[-2:])
    return x.index_select(-2, rows).index_select(-1, columns)


def _mirror_index(size: int, multiple: int, device: torch.device) -> Int64[Tensor, " _padded"]:
    padded = (size + multiple - 1) // multiple * multiple
    # A tensor, as the exporter takes no remainder by a number that depends on the input's size.
    period = torch.full((1,), 2 * size, device=device)
    wave = torch.arange(padded, device=device).remainder(period)
    return torch.minimum(wave, period - 1 - wave)

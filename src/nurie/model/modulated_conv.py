"""StyleGAN2's modulated and demodulated convolution (Karras et al. 2020, 2.2), from its equations.

    modulation    w'_ijk = s_i w_ijk                                            eq. (1) there
    demodulation  w''_ijk = w'_ijk / sqrt(sum_ik w'_ijk^2 + epsilon)            eq. (3) there

The scale s_i of an input channel is the same at every pixel, so scaling the activations instead of
the weights is exact; one convolution then serves the whole batch, and the ONNX exporter accepts it
with a free batch.
"""

import math

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from nurie.model.layers import LEAK, LEAKY_GAIN, EqualizedLinear, upsample_to
from nurie.model.tensors import AnyFeatures, Features, LatentCode

EPSILON = 1e-8  # StyleGAN2's


def modulated_conv2d(
    x: Features,
    weight: Float[Tensor, "o c kernel kernel"],
    styles: Float[Tensor, "n c"],
    *,
    demodulate: bool = True,
    gain: float = 1.0,
) -> Float[Tensor, "n o h w"]:
    """Convolve each picture with the weight scaled by its own styles; zero padding keeps the size.

    With `demodulate`, inputs of unit variance give outputs of variance `gain`^2 whatever the styles
    are. `ModulatedConv2d` computes the same with upsampling and bias in fewer operations; this is its test.
    """
    y = F.conv2d(x * styles[:, :, None, None], weight, padding=weight.shape[-1] // 2)
    scale = demodulation(weight, styles) * gain if demodulate else styles.new_full((1, 1), gain)
    return y * scale[:, :, None, None]


def demodulation(weight: Float[Tensor, "o c kernel kernel"], styles: Float[Tensor, "n c"]) -> Float[Tensor, "n o"]:
    """What the outputs of the scaled weight are multiplied by, so that unit variance comes out as unit variance."""
    energy = styles.square() @ weight.square().sum((2, 3)).T
    return torch.rsqrt(energy + EPSILON)


class ModulatedConv2d(nn.Module):
    """Conv_w of eq. (1): a 3x3 convolution whose input channels w scales, bias, leaky ReLU."""

    def __init__(self, inputs: int, outputs: int, latent_dim: int) -> None:
        """Draw the weights; the styles start around 1, StyleGAN2's choice."""
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.style = EqualizedLinear(latent_dim, inputs, bias=1.0)
        self.scale = 1 / math.sqrt(inputs * 9)  # so that EPSILON means the same for every width

    def forward(self, x: Features, w: LatentCode, like: AnyFeatures) -> AnyFeatures:
        """leaky_relu(demodulated convolution of Upsample(x) + bias), at the size of `like`.

        A channel's scale passes through the upsampling, so it is applied before, to a quarter of the pixels; after
        the convolution scale and bias are one operation.
        """
        weight, styles = self.weight * self.scale, self.style(w)
        y = F.conv2d(upsample_to(x * styles[:, :, None, None], like), weight, padding=1)
        scale = demodulation(weight, styles) * LEAKY_GAIN
        return F.leaky_relu(torch.addcmul(self.bias[:, None, None], y, scale[:, :, None, None]), LEAK)

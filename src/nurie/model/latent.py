"""The latent code w: from the sketch by the paper's MLP on X^e_1, or from a colour picture.

The paper does not say how the MLP's output comes to be N(0, I). Here it predicts a mean and a
log-variance, and a KL term draws both to N(0, I), so that a drawn w is one that the decoder has
been trained on.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from nurie.model.encoder import SketchEncoder
from nurie.model.layers import LEAK, LEAKY_GAIN, EqualizedLinear, mirror_pad
from nurie.model.tensors import ColorTensor, Features, LatentCode

MAX_LOGVAR = 10.0  # keeps exp(logvar) between 4.5e-5 and 2.2e4, far beyond what the KL term allows


class Latent(NamedTuple):
    """A code and the distribution it was drawn from."""

    w: LatentCode
    mean: LatentCode
    logvar: LatentCode


def sample_latent(mean: LatentCode, logvar: LatentCode, noise: LatentCode | None = None) -> LatentCode:
    """Mean + std * noise; noise that is not given is drawn from torch's global random state."""
    return mean + torch.exp(logvar / 2) * (torch.randn_like(mean) if noise is None else noise)


def kl_divergence(mean: LatentCode, logvar: LatentCode) -> Float[Tensor, " n"]:
    """KL(N(mean, exp(logvar)) || N(0, I)) in nats, summed over the code."""
    return (mean.square() + logvar.exp() - 1 - logvar).sum(1) / 2


class LatentHead(nn.Module):
    """The MLP on the coarsest level: on its mean, so that pictures of every size can be read."""

    def __init__(self, channels: int, latent_dim: int) -> None:
        """Draw the weights."""
        super().__init__()
        self.hidden = EqualizedLinear(channels, channels, gain=LEAKY_GAIN)
        self.moments = EqualizedLinear(channels, 2 * latent_dim)

    def forward(self, coarsest: Features, noise: LatentCode | None = None) -> Latent:
        """In training w is drawn (with `noise`, if given); otherwise it is the mean, unless there is `noise`."""
        hidden = F.leaky_relu(self.hidden(coarsest.mean((2, 3))), LEAK)
        mean, logvar = self.moments(hidden).chunk(2, dim=1)
        logvar = MAX_LOGVAR * torch.tanh(logvar / MAX_LOGVAR)
        drawn = self.training or noise is not None
        return Latent(sample_latent(mean, logvar, noise) if drawn else mean, mean, logvar)


class PictureEncoder(nn.Module):
    """The code of a colour picture, as in BicycleGAN: of the truth in training, of any in use."""

    def __init__(self, channels: Sequence[int], latent_dim: int) -> None:
        """Draw the weights; `channels` is fine to coarse."""
        super().__init__()
        self.stride = 1 << (len(channels) - 1)
        self.encoder = SketchEncoder(3, channels)
        self.head = LatentHead(channels[-1], latent_dim)

    def forward(self, color: ColorTensor, noise: LatentCode | None = None) -> Latent:
        """As `LatentHead`; any height and width."""
        latent: Latent = self.head(self.encoder(mirror_pad(color, self.stride))[-1], noise)
        return latent


class PlainHead(nn.Module):
    """The MLP to the letter of the paper: its output is w, in training too. Nothing holds it to N(0, I)."""

    def __init__(self, channels: int, latent_dim: int) -> None:
        """Draw the weights."""
        super().__init__()
        self.hidden = EqualizedLinear(channels, channels, gain=LEAKY_GAIN)
        self.code = EqualizedLinear(channels, latent_dim)

    def forward(self, coarsest: Features) -> LatentCode:
        """W from the mean of the coarsest level."""
        code: LatentCode = self.code(F.leaky_relu(self.hidden(coarsest.mean((2, 3))), LEAK))
        return code

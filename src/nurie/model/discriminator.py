"""Is a colour picture drawn or generated? StyleGAN2's residual form, for any height and width."""

import math
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from nurie.errors import InputError
from nurie.model.config import ModelConfig
from nurie.model.layers import (
    LEAK,
    LEAKY_GAIN,
    EqualizedConv2d,
    EqualizedLinear,
    LeakyConv2d,
    downsample,
    mirror_pad,
)
from nurie.model.tensors import AnyFeatures, ColorTensor, Features, Logits, NewChannels, SketchTensor

GROUP = 4  # pictures compared with each other by `append_deviation`; StyleGAN2's


def append_deviation(x: Features, group: int = GROUP) -> NewChannels:
    """Append one channel with the mean standard deviation among the pictures of a group.

    Groups are neighbours in the batch, of the largest size up to `group` that divides it; a batch of one
    gets (nearly) 0.
    """
    n, c, h, w = x.shape
    size = next(size for size in range(min(group, n), 0, -1) if n % size == 0)
    variance = x.reshape(n // size, size, c, h, w).var(1, correction=0)
    deviation = torch.sqrt(variance + 1e-8).mean((1, 2, 3))  # [n/size]
    return torch.cat([x, deviation.repeat_interleave(size)[:, None, None, None].expand(n, 1, h, w)], dim=1)


class DiscriminatorBlock(nn.Module):
    """Two convolutions and half the size, with a residual path; keeps unit variance."""

    def __init__(self, inputs: int, outputs: int) -> None:
        """Draw the weights."""
        super().__init__()
        self.enter = LeakyConv2d(inputs, inputs)
        self.leave = LeakyConv2d(inputs, outputs)
        self.skip = EqualizedConv2d(inputs, outputs, 1, bias=False)

    def forward(self, x: Features) -> AnyFeatures:
        """(skip + convolved) / sqrt(2) at half the size."""
        y: AnyFeatures = self.leave(downsample(self.enter(x))) + self.skip(downsample(x))
        return y / math.sqrt(2)


class Discriminator(nn.Module):
    """Blocks down to the coarsest level, then one score from the level's mean."""

    def __init__(self, config: ModelConfig) -> None:
        """Draw the weights from torch's global random state."""
        super().__init__()
        channels = config.channels
        self.stride = 1 << (len(channels) - 1)
        self.minibatch_std = config.minibatch_std
        self.told_flats = config.told_flats
        inputs = 3 + 1 + 3 if config.told_flats else 3  # what is added to the flats, sketch, flats; or the picture
        self.from_rgb = LeakyConv2d(inputs, channels[0], kernel=1)
        self.blocks = nn.Sequential(*(DiscriminatorBlock(i, o) for i, o in pairwise(channels)))
        self.last = LeakyConv2d(channels[-1] + config.minibatch_std, channels[-1])
        self.hidden = EqualizedLinear(channels[-1], channels[-1], gain=LEAKY_GAIN)
        self.score = EqualizedLinear(channels[-1], 1)

    def forward(
        self, image: ColorTensor, sketch: SketchTensor | None = None, flats: ColorTensor | None = None
    ) -> Logits:
        """Score each picture; with `minibatch_std` also by the other pictures of the batch.

        Sketch and flats are what a network built with `told_flats` is told, and others do not look at.

        Raises:
            InputError: the network wants them and they are missing.
        """
        features = self.blocks(self.from_rgb(mirror_pad(self._inputs(image, sketch, flats), self.stride)))
        if self.minibatch_std:
            features = append_deviation(features)
        pooled = self.last(features).mean((2, 3))
        logits: Logits = self.score(F.leaky_relu(self.hidden(pooled), LEAK))[:, 0]
        return logits

    def _inputs(self, image: ColorTensor, sketch: SketchTensor | None, flats: ColorTensor | None) -> AnyFeatures:
        if not self.told_flats:
            return image
        if sketch is None or flats is None:
            raise InputError("this discriminator judges what a picture adds to its flats; give sketch and flats")
        # What lies under a line nobody sees, and the truth there is a guess (`without_ink`).
        return torch.cat([(image - flats) * (1 - sketch), sketch, flats], dim=1)


def build_discriminator(config: ModelConfig) -> Discriminator:
    """A discriminator with fresh weights, as wide as the generator of `config`."""
    return Discriminator(config)

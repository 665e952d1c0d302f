"""The networks that the peers share: a U-Net and a judge of patches.

Each peer's paper has its own blocks (ResNeXt, residual, SECat). Here all are built of the layers that RASC is built of,
at its widths, so that what differs between two rows is the idea of the method and not the size of its networks.
"""

from collections.abc import Sequence
from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn

from nurie.model.encoder import SketchEncoder
from nurie.model.layers import EqualizedConv2d, LeakyConv2d, downsample, mirror_pad, upsample_to
from nurie.model.tensors import Features, NewChannels

PatchLogits = Float[Tensor, "n 1 _h _w"]
"""A score for each patch of a picture; high = looks real."""

PATCH_HALVINGS = 3
"""Levels of a judge: its scores are for patches of some 40 pixels."""


class UNet(nn.Module):
    """Encoder and decoder with skips at every level (Ronneberger et al., 2015), for any height and width."""

    def __init__(self, inputs: int, outputs: int, channels: Sequence[int]) -> None:
        """`channels` is fine to coarse."""
        super().__init__()
        self.stride = 1 << (len(channels) - 1)
        self.encoder = SketchEncoder(inputs, channels)
        coarse_to_fine = list(reversed(channels))
        self.decoder = nn.ModuleList(
            nn.Sequential(LeakyConv2d(coarse + fine, fine), LeakyConv2d(fine, fine))
            for coarse, fine in pairwise(coarse_to_fine)
        )
        self.finish = EqualizedConv2d(channels[0], outputs, 1)

    def forward(self, x: Features) -> NewChannels:
        """Give `outputs` channels in [-1, 1], of the size that came in."""
        height, width = x.shape[-2:]
        pyramid = self.encoder(mirror_pad(x, self.stride))
        features = pyramid[-1]
        for block, skip in zip(self.decoder, reversed(pyramid[:-1]), strict=True):
            features = block(torch.cat([upsample_to(features, skip), skip], dim=1))
        return torch.tanh(self.finish(features))[..., :height, :width]


class PatchJudge(nn.Module):
    """A score for each patch (PatchGAN, Isola et al., 2017)."""

    def __init__(self, inputs: int, channels: Sequence[int]) -> None:
        """`channels` is fine to coarse; the first few levels are used."""
        super().__init__()
        used = channels[: PATCH_HALVINGS + 1]
        self.stride = 1 << (len(used) - 1)
        self.enter = LeakyConv2d(inputs, used[0])
        self.blocks = nn.ModuleList(LeakyConv2d(fine, coarse) for fine, coarse in pairwise(used))
        self.score = EqualizedConv2d(used[-1], 1, 3)

    def forward(self, x: Features) -> PatchLogits:
        """Score all patches."""
        features = self.enter(mirror_pad(x, self.stride))
        for block in self.blocks:
            features = block(downsample(features))
        logits: PatchLogits = self.score(features)
        return logits

"""The average of the weights over training: what colours pictures in the end."""

import copy
import math
from collections.abc import Mapping, Sequence

import torch
from torch import nn

RAMP_UP = 0.05
"""Share of the images seen so far that the half-life may be at most, so that the random first weights are
forgotten early; the value of StyleGAN2's `ema_rampup`."""


def ema_decay(batch_size: int, halflife: float) -> float:
    """The weight kept at one step so that half is forgotten after `halflife` images."""
    return math.pow(0.5, batch_size / max(halflife, 1e-8))


class Average:
    """Running copies of some networks, parameters averaged and buffers copied.

    Before the first update the copies equal the networks.
    """

    def __init__(self, networks: Mapping[str, nn.Module], names: Sequence[str], halflife: int) -> None:
        """Copy the networks of these `names`; `halflife` counts images."""
        self.networks = {name: copy.deepcopy(networks[name]).eval() for name in names}
        for network in self.networks.values():
            network.requires_grad_(False)
        self._halflife = halflife

    @torch.no_grad()
    def update(self, networks: Mapping[str, nn.Module], batch_size: int, images_seen: int) -> None:
        """Take in the weights after a step; `images_seen` counts its batch already."""
        decay = ema_decay(batch_size, float(min(self._halflife, RAMP_UP * images_seen)))
        for name, average in self.networks.items():
            for weight, new in zip(average.parameters(), networks[name].parameters(), strict=True):
                weight.lerp_(new, 1 - decay)
            for buffer, current in zip(average.buffers(), networks[name].buffers(), strict=True):
                buffer.copy_(current)

"""Dec: the RM blocks, coarse to fine (section III-B.2)."""

from collections.abc import Sequence
from typing import NamedTuple

from torch import nn

from nurie.model.layers import LeakyConv2d
from nurie.model.modulated_conv import ModulatedConv2d
from nurie.model.region_formulation import RegionFormulation
from nurie.model.region_modulation import RegionModulationBlock


class Level(NamedTuple):
    """One level of the decoder."""

    channels: int
    stride: int
    formulation: RegionFormulation | None


class ColorDecoder(nn.Module):
    """As many RM blocks as the encoder has levels (M = N).

    X^d_0, which the paper does not name, is a convolution of X^e_1; the first block finds it at its
    own size.
    """

    def __init__(self, levels: Sequence[Level], latent_dim: int, *, unit_features: bool = False) -> None:
        """`levels` is fine to coarse, like the pyramid."""
        super().__init__()
        coarse_to_fine = list(reversed(levels))
        before = [coarse_to_fine[0], *coarse_to_fine[:-1]]
        self.start = LeakyConv2d(before[0].channels, before[0].channels)
        self.blocks = nn.ModuleList(
            RegionModulationBlock(
                ModulatedConv2d(coarser.channels, level.channels, latent_dim),
                level.formulation,
                level.stride,
                unit_features=unit_features,
            )
            for coarser, level in zip(before, coarse_to_fine, strict=True)
        )

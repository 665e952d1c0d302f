"""Enc: a picture -> the pyramid X^e_M ... X^e_1, fine to coarse (section III-A)."""

from collections.abc import Sequence

from torch import nn

from nurie.model.layers import LeakyConv2d, downsample, to_unit
from nurie.model.tensors import AnyFeatures, Features


class EncoderBlock(nn.Module):
    """Two convolutions at one level, after halving the size of the level before."""

    def __init__(self, inputs: int, outputs: int, *, halve: bool) -> None:
        """Draw the weights."""
        super().__init__()
        self.halve = halve
        self.enter = LeakyConv2d(inputs, outputs)
        self.refine = LeakyConv2d(outputs, outputs)

    def forward(self, x: Features) -> AnyFeatures:
        """Features of this level from those of the finer one."""
        y: AnyFeatures = self.refine(self.enter(downsample(x) if self.halve else x))
        return y


class SketchEncoder(nn.Module):
    """The levels from full resolution down to the coarsest."""

    def __init__(self, inputs: int, channels: Sequence[int], *, unit_features: bool = False) -> None:
        """`inputs` counts all channels shown, the sketch's too; `channels` is fine to coarse."""
        super().__init__()
        self.unit_features = unit_features
        before = [inputs, *channels[:-1]]
        self.blocks = nn.ModuleList(
            EncoderBlock(i, o, halve=level > 0) for level, (i, o) in enumerate(zip(before, channels, strict=True))
        )

    def forward(self, x: Features) -> list[AnyFeatures]:
        """The pyramid, fine to coarse; the coarsest level's stride must divide height and width."""
        pyramid = []
        for block in self.blocks:
            x = to_unit(block(x)) if self.unit_features else block(x)
            pyramid.append(x)
        return pyramid

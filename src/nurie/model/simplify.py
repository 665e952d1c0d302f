"""Rough, photographed or scanned lines -> one clean line where the artist means one.

A small encoder and decoder with skips at four sizes, after "sketch simplification" (Simo-Serra et al., 2016), whose
networks are a hundred times larger. Runs at any size in strides of `STRIDE`. Trained on pairs of clean drawings and
what a hand, paper and a camera make of them (`nurie.data.degrade`).
"""

from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

STRIDE = 16
"""Height and width are multiples of this; pad with paper."""

LINE_WEIGHT = 3.0
"""What an error on a true line counts, beside 1 on paper: most pixels are paper."""

CONNECTED = 0.5
"""Weight of `connection_loss` beside the cross-entropy."""


def _block(channels_in: int, channels_out: int, *, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    conv = nn.Conv2d(channels_in, channels_out, 3, stride, dilation, dilation, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(channels_out), nn.ReLU())


class SimplifyNet(nn.Module):
    """Gray drawing to clean ink."""

    def __init__(self, channels: tuple[int, ...] = (16, 32, 64, 96)) -> None:
        """`channels[i]` at the size halved i + 1 times."""
        super().__init__()
        self.channels = channels
        first, last = channels[0], channels[-1]
        self.stem = nn.Sequential(_block(4, first), _block(first, first))
        pairs = list(pairwise(channels))
        self.down = nn.ModuleList(nn.Sequential(_block(i, o, stride=2), _block(o, o)) for i, o in pairs)
        # Far sight, where it is cheap: rules of the paper and helping lines show by their length.
        self.far = nn.ModuleList(_block(last, last, dilation=d) for d in (2, 4, 1))
        self.narrow = nn.ModuleList(nn.Conv2d(o, i, 1) for i, o in reversed(pairs))
        self.up = nn.ModuleList(_block(i, i) for i, _ in reversed(pairs))
        self.out = nn.Sequential(_block(first, first), nn.Conv2d(first, 4, 3, 1, 1))

    def forward(self, sketch: Float[Tensor, "n 1 h w"]) -> Float[Tensor, "n 1 h w"]:
        """Logits of clean ink for a batch of drawings (1 = ink)."""
        x = self.stem(F.pixel_unshuffle(sketch, 2))
        skips = [x]
        for block in self.down:
            x = block(x)
            skips.append(x)
        skips.pop()
        for block in self.far:
            x = x + block(x)
        for narrow, block, skip in zip(self.narrow, self.up, reversed(skips), strict=True):
            x = block(F.interpolate(narrow(x), scale_factor=2.0) + skip)
        logits: Tensor = F.pixel_shuffle(self.out(x), 2)
        return logits


def ink_loss(logits: Float[Tensor, "n 1 h w"], lines: Float[Tensor, "n 1 h w"]) -> Float[Tensor, ""]:
    """Weighted cross-entropy against the true lines, whose edges are soft."""
    weight = 1 + (LINE_WEIGHT - 1) * lines
    loss = F.binary_cross_entropy_with_logits(logits, lines, weight, reduction="sum")
    return torch.as_tensor(loss / weight.sum())


def connection_loss(
    ink: Float[Tensor, "n 1 h w"], lines: Float[Tensor, "n 1 h w"], middle: Float[Tensor, "n 1 h w"]
) -> Float[Tensor, ""]:
    """1 - F, from the share of the true middles that is inked and the share of the ink that is at a true line.

    A line that breaks or grows a double costs as much as it is long. This is clDice (Shit et al., 2021) without its
    thinning of what was found: lines of one width need none, and it would take as long as the network.
    """
    near = F.max_pool2d(lines, 3, 1, 1)  # a pixel aside is no error
    precision = ((ink * near).sum() + 1) / (ink.sum() + 1)
    recall = ((middle * ink).sum() + 1) / (middle.sum() + 1)
    return torch.as_tensor(1 - 2 * precision * recall / (precision + recall))

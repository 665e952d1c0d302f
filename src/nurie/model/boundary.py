"""Where a person sees an edge and the artist drew none: open eyes, lines that stop short, gaps.

A small feature pyramid reads the sketch and says for each pixel whether two regions meet there, and which part of an
eye it belongs to. Eyes are what artists leave open most and what people look at first; a border between parts is
closed by construction, where a line found pixel by pixel may leak. What is found on bare paper is taken as ink when
the regions are cut (`nurie.regions.learned`); the drawing itself is never changed. Trained on drawings whose true
regions are known.
"""

from itertools import pairwise
from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn
from torch.nn import functional as F

EYE_PARTS = ("", "white", "iris", "pupil", "highlight")
"""What a pixel can be; the first is what belongs to no eye."""

STRIDE = 16
"""Height and width are multiples of this; pad with paper."""


def _block(channels_in: int, channels_out: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, 3, stride, 1, bias=False), nn.BatchNorm2d(channels_out), nn.ReLU()
    )


class Edges(NamedTuple):
    """Logits for each pixel."""

    boundary: Float[Tensor, "n 1 h w"]
    """Does a boundary between two regions run through it?"""
    eyes: Float[Tensor, "n parts h w"]
    """Which of `EYE_PARTS` is it?"""


class BoundaryNet(nn.Module):
    """Sketch to `Edges`."""

    def __init__(self, channels: tuple[int, ...] = (16, 32, 64, 96)) -> None:
        """`channels[i]` at the size halved i + 1 times."""
        super().__init__()
        self.channels = channels
        first = channels[0]
        self.stem = nn.Sequential(_block(1, first, 2), _block(first, first))
        pairs = list(pairwise(channels))
        self.down = nn.ModuleList(nn.Sequential(_block(i, o, 2), _block(o, o)) for i, o in pairs)
        self.narrow = nn.ModuleList(nn.Conv2d(o, i, 1) for i, o in reversed(pairs))
        self.up = nn.ModuleList(_block(i, i) for i, _ in reversed(pairs))
        self.out = nn.Conv2d(first, 4 * (1 + len(EYE_PARTS)), 3, 1, 1)

    def forward(self, sketch: Float[Tensor, "n 1 h w"]) -> Edges:
        """Logits of a batch of sketches (1 = ink)."""
        logits: Tensor = F.pixel_shuffle(self.quarters(sketch), 2)
        return Edges(logits[:, :1], logits[:, 1:])

    def quarters(self, sketch: Float[Tensor, "n 1 h w"]) -> Float[Tensor, "n quarters h/2 w/2"]:
        """The same before pixels are put in order: four channels for each logit, one for each pixel of a 2x2 square."""
        x = self.stem(sketch)
        skips = [x]
        for block in self.down:
            x = block(x)
            skips.append(x)
        skips.pop()
        for narrow, block, skip in zip(self.narrow, self.up, reversed(skips), strict=True):
            x = block(F.interpolate(narrow(x), scale_factor=2.0) + skip)
        quarters: Tensor = self.out(x)
        return quarters


def boundary_loss(
    logits: Float[Tensor, "n 1 h w"], boundary: Float[Tensor, "n 1 h w"], sketch: Float[Tensor, "n 1 h w"]
) -> Float[Tensor, ""]:
    """Weighted cross-entropy; ink hardly counts, since it separates regions whatever the network says."""
    paper = 1 - sketch
    weight = (0.05 + paper) * (1 + 7 * boundary)
    loss = F.binary_cross_entropy_with_logits(logits, boundary, weight, reduction="sum")
    return torch.as_tensor(loss / weight.sum())


def eye_loss(
    logits: Float[Tensor, "n parts h w"], parts: Int64[Tensor, "n h w"], sketch: Float[Tensor, "n 1 h w"]
) -> Float[Tensor, ""]:
    """Weighted cross-entropy over `EYE_PARTS`; pixels of part -1 are not known and do not count."""
    known = (parts >= 0).float()
    weight = known * (0.2 + 0.8 * (1 - sketch[:, 0])) * (1 + 4 * (parts > 0))
    loss = F.cross_entropy(logits, parts, ignore_index=-1, reduction="none")
    return torch.as_tensor((loss * weight).sum() / weight.sum().clamp(min=1))

"""Is a door between two rooms of a drawing a gap in the ink? The network of `nurie.regions.gaps`, for training."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from torch.nn import functional as F

from nurie.regions.gaps import NUM_NUMBERS, TURNED_NUMBERS, TURNED_VIEWS, VIEW_SHAPE

NUMBERS_MEAN = (0.1, 3.7, 3.7, 1.1, 1.1, 3.7, 0.3, 5.4)
NUMBERS_SPREAD = (0.7, 2.8, 2.8, 1.2, 1.2, 0.9, 0.4, 0.3)
"""Of the doors of 6,000 drawings: see `Doorways.look` for what the numbers are."""


class GapNet(nn.Module):
    """Views and numbers of a door to the odds that it is a gap."""

    def __init__(self, hidden: tuple[int, int] = (128, 32)) -> None:
        """`hidden` are the widths of the two layers in between."""
        super().__init__()
        self.hidden = hidden
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", torch.tensor(NUMBERS_MEAN))
        self.register_buffer("spread", torch.tensor(NUMBERS_SPREAD))
        inputs = torch.Size(VIEW_SHAPE).numel() + NUM_NUMBERS
        first, second = hidden
        self.layers = nn.Sequential(
            nn.Linear(inputs, first), nn.ReLU(), nn.Linear(first, second), nn.ReLU(), nn.Linear(second, 1)
        )

    def forward(self, views: Float[Tensor, "n views rows columns"], numbers: Float[Tensor, "n numbers"]) -> Tensor:
        """Logits, n. Views are in [0, 1]."""
        told = (numbers - self.mean) / self.spread
        logits: Tensor = self.layers(torch.cat([views.flatten(1), told], 1))[:, 0]
        return logits


def turn_doors(
    views: Float[Tensor, "n views rows columns"], numbers: Float[Tensor, "n numbers"]
) -> tuple[Float[Tensor, "n views rows columns"], Float[Tensor, "n numbers"]]:
    """The same doors seen from the other side."""
    return views[:, TURNED_VIEWS].flip(2), numbers[:, TURNED_NUMBERS]


def gap_loss(logits: Float[Tensor, " n"], is_gap: Bool[Tensor, " n"], weight: Float[Tensor, " n"]) -> Float[Tensor, ""]:
    """Binary cross-entropy, each door with its weight; 0 without doors."""
    losses = F.binary_cross_entropy_with_logits(logits, is_gap.to(logits.dtype), reduction="none")
    return (losses * weight).sum() / weight.sum().clamp(min=1e-6)

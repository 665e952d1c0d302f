"""Region formulation, eqs. (2)-(5): aggregate -> correlate -> broadcast.

The paper writes it with K masks of h x w. Here one label map does the same: a scatter with maximum
pools, a gather broadcasts, and both cost h w c whatever K is. K is the width of `present`, so no
shape depends on the data.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int64
from torch import Tensor, nn

from nurie.model import region_kernels
from nurie.model.layers import EqualizedLinear
from nurie.model.tensors import Features, Present, RegionFeatures, RegionTensor


def resize_regions(regions: RegionTensor, stride: int) -> Int64[Tensor, "n _h _w"]:
    """Shrink by nearest neighbour: the upper left pixel of each `stride` x `stride` square."""
    return regions[:, ::stride, ::stride]


def present_regions(regions: RegionTensor, like: Float[Tensor, "n k"]) -> Float[Tensor, "n k"]:
    """1 for each region with at least one pixel; 0 also where `like` has 0."""
    n, k = like.shape
    slots = like.new_zeros(n, k + 1).scatter(1, regions.flatten(1), 1.0)
    return slots[:, 1:] * like


def renumber_present(
    regions: RegionTensor, present: Float[Tensor, "n k"]
) -> tuple[Int64[Tensor, "n h w"], Float[Tensor, "n slots"]]:
    """Number the regions that are present 1, 2, ... in their order; pixels of others become nobody's.

    There are no more of them than pixels, so a coarse level needs few rows, whatever K is.
    """
    n, height, width = regions.shape
    slots = min(present.shape[1], height * width)
    there = present > 0
    numbers = F.pad(there.cumsum(1) * there, (1, 0))
    renumbered = numbers.gather(1, regions.flatten(1)).reshape(n, height, width)
    filled = torch.arange(slots, device=present.device) < there.sum(1, keepdim=True)
    return renumbered, filled.to(present)


def aggregate(features: Features, regions: RegionTensor, present: Present) -> RegionFeatures:
    """Eq. (2): the maximum over each region's pixels, never below zero.

    The floor is the zero that the mask leaves outside the region. (Only a region that covers the
    whole picture has no outside; its floor is zero here all the same, so that no region is an
    exception.) Regions without pixels give 0.
    """
    if region_kernels.serve(features):
        return region_kernels.pool_maximum(features, regions, present.shape[1])
    n, c = features.shape[:2]
    labels = regions.flatten(1)[:, None].expand(-1, c, -1)
    slots = features.new_zeros(n, c, present.shape[1] + 1)  # slot 0: nobody's pixels
    slots = slots.scatter_reduce(2, labels, features.flatten(2), "amax")
    return slots[:, :, 1:].transpose(1, 2)


def broadcast(rows: RegionFeatures, regions: RegionTensor) -> Features:
    """Eq. (5): each pixel gets the row of its region; nobody's pixels get 0."""
    slots = F.pad(rows, (0, 0, 1, 0)).transpose(1, 2)
    labels = regions.flatten(1)[:, None].expand(-1, slots.shape[1], -1)
    n, height, width = regions.shape  # not len(), which would fix the batch of an exported graph
    return slots.gather(2, labels).reshape(n, -1, height, width)


def scale_by_region(features: Features, rows: RegionFeatures, regions: RegionTensor) -> Features:
    """`features` times eq. (5)'s picture of the rows, as eq. (1) has it."""
    if region_kernels.serve(features):
        return region_kernels.scale_pixels(features, rows, regions)
    return features * broadcast(rows, regions)


def region_channels(regions: RegionTensor, present: Present) -> Float[Tensor, "n 3 h w"]:
    """Show the region map as a picture that does not depend on the order of labels.

    Each pixel tells the root of its region's share of the picture, and the row and column of its
    region's centre, where -1 and 1 are the borders of the picture.
    """
    n, height, width = regions.shape
    # From arange, as the exporter would fix the picture's size with linspace.
    rows = ((torch.arange(height).to(present) * 2 + 1) / height - 1)[:, None].expand(-1, width)
    columns = ((torch.arange(width).to(present) * 2 + 1) / width - 1).expand(height, -1)
    pixels = torch.stack([torch.ones_like(rows), rows, columns]).flatten(1).expand(n, -1, -1)
    labels = regions.flatten(1)[:, None].expand(-1, 3, -1)
    sums = present.new_zeros(n, 3, present.shape[1] + 1).scatter_add(2, labels, pixels)[:, :, 1:]
    share = sums[:, :1] / (height * width)
    table = torch.cat([share.sqrt(), sums[:, 1:] / sums[:, :1].clamp(min=1)], dim=1)
    return broadcast(table.transpose(1, 2) * present[:, :, None], regions)


class RegionFormulation(nn.Module):
    """X^f_m from X^e_m and the region map.

    The gradients of the branches (section IV-G) are the input gradients of `query`, `key`, `value`
    and `skip`: `register_full_backward_hook` on each of the four sees them.
    """

    def __init__(self, channels: int, *, skip_connection: bool, stop_gradient: bool) -> None:
        """Draw the weights."""
        super().__init__()
        self.query = EqualizedLinear(channels, channels, bias=None)
        self.key = EqualizedLinear(channels, channels, bias=None)
        self.value = EqualizedLinear(channels, channels, bias=None)
        self.skip = nn.Identity() if skip_connection else None
        self.stop_gradient = stop_gradient

    def correlate(self, rows: RegionFeatures, present: Present) -> RegionFeatures:
        """Eqs. (3), (4): single-head attention among the regions that are present.

        With `stop_gradient` the rows learn nothing through queries and keys; the projections still
        learn.
        """
        watched = rows.detach() if self.stop_gradient else rows
        query, key, value = self.query(watched), self.key(watched), self.value(rows)
        # The least finite number and not -inf: a picture without any region must not become NaN.
        absent = torch.zeros_like(present, dtype=query.dtype)
        absent = absent.masked_fill(present == 0, torch.finfo(query.dtype).min)
        absent = absent[:, None, None].expand(-1, 1, query.shape[1], -1)
        # With an axis for the one head, without which PyTorch forms the K x K scores in memory.
        mixed: Tensor = F.scaled_dot_product_attention(query[:, None], key[:, None], value[:, None], absent)[:, 0]
        if self.skip is not None:
            mixed = mixed + self.skip(rows)
        return mixed * present[:, :, None]

    def formulate(
        self, features: Features, regions: RegionTensor, present: Present
    ) -> tuple[Float[Tensor, "n slots c"], RegionTensor]:
        """Eqs. (2)-(4) at one level: a row for each region that is present there, and the map that tells whose."""
        present = present_regions(regions, present)
        if torch.compiler.is_compiling():  # a graph for any K and size has all rows
            return self.correlate(aggregate(features, regions, present), present), regions
        renumbered, filled = renumber_present(regions, present)
        return self.correlate(aggregate(features, renumbered, filled), filled), renumbered

    def forward(
        self, features: Features, regions: RegionTensor, present: Present, scaled: Features | None = None
    ) -> Features:
        """Eqs. (2)-(5), times `scaled` if it is given; a label above the width of `present` is torch's IndexError."""
        rows, regions = self.formulate(features, regions, present)
        return broadcast(rows, regions) if scaled is None else scale_by_region(scaled, rows, regions)

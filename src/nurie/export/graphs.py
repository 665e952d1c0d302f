"""The networks as the graphs that are exported: tensors in, tensors out, each with a name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from nurie.model.boundary import STRIDE as BOUNDARY_STRIDE
from nurie.model.boundary import BoundaryNet
from nurie.model.generator import Generator
from nurie.model.palette import PaletteConfig, RegionBatch, RegionFlow, Tokens
from nurie.model.simplify import SimplifyNet
from nurie.regions.descriptors import GEOMETRY

Inputs = dict[str, Tensor]


@dataclass(frozen=True)
class GraphKind:
    """What a graph takes and gives, whatever its weights."""

    inputs: Mapping[str, tuple[int, ...]]
    """Name -> axes of free length, in the order of `forward`."""
    outputs: tuple[str, ...]


ENCODER_KIND = GraphKind(
    {
        "sketch": (0,),
        "geometry": (0, 1),
        "present": (0, 1),
        "pair_region": (0,),
        "pair_cell": (0,),
        "pair_pixels": (0,),
    },
    ("tokens", "context", "bias", "kinds"),
)
AFFINITY_KIND = replace(ENCODER_KIND, outputs=(*ENCODER_KIND.outputs, "alike"))
"""With `alike` [n k k], the probability (0 to 1) that two regions have one colour."""

STEP_KIND = GraphKind(
    {
        "tokens": (0, 1),
        "context": (0,),
        "bias": (0, 2, 3),
        "noisy": (0, 1),
        "time": (0,),
        "known": (0, 1),
    },
    ("clean",),
)
PAINT_KIND = GraphKind(
    {"sketch": (0, 2, 3), "regions": (0, 1, 2), "flats": (0, 2, 3), "present": (0, 1), "code": (0,)}, ("image",)
)


BOUNDARY_KIND = GraphKind({"sketch": (0, 2, 3)}, ("quarters",))


SIMPLIFY_KIND = GraphKind({"sketch": (0, 2, 3)}, ("ink",))


class SimplifyGraph(nn.Module):
    """`SimplifyNet` with ink from 0 to 1 instead of logits."""

    def __init__(self, net: SimplifyNet) -> None:
        """Share the weights of `net`."""
        super().__init__()
        self.net = net

    def forward(self, sketch: Tensor) -> Tensor:
        """Named in `SIMPLIFY_KIND`."""
        return torch.sigmoid(self.net(sketch))


class BoundaryGraph(nn.Module):
    """`BoundaryNet` with its logits as `BoundaryNet.quarters` has them: decisions are less to put in order."""

    def __init__(self, net: BoundaryNet) -> None:
        """Share the weights of `net`."""
        super().__init__()
        self.net = net

    def forward(self, sketch: Tensor) -> Tensor:
        """Named in `BOUNDARY_KIND`."""
        return self.net.quarters(sketch)


class PaletteEncoder(nn.Module):
    """`RegionFlow.encode`, with logits of what each region is, and who shares a colour if the network tells."""

    def __init__(self, net: RegionFlow) -> None:
        """Share the weights of `net`."""
        super().__init__()
        self.net = net
        self.kind = ENCODER_KIND if net.reader.affinity is None else AFFINITY_KIND

    def forward(
        self,
        sketch: Tensor,
        geometry: Tensor,
        present: Tensor,
        pair_region: Tensor,
        pair_cell: Tensor,
        pair_pixels: Tensor,
    ) -> tuple[Tensor, ...]:
        """Named in `kind`."""
        regions = RegionBatch(geometry, present, pair_region, pair_cell, pair_pixels)
        tokens, reader = self.net.encode(sketch, regions), self.net.reader
        found = tokens.tokens, tokens.context, tokens.bias, reader.kind(tokens.tokens)
        return found if reader.affinity is None else (*found, reader.affinity(tokens.tokens).sigmoid())


class PaletteStep(nn.Module):
    """`RegionFlow.denoise`."""

    def __init__(self, net: RegionFlow) -> None:
        """Share the weights of `net`."""
        super().__init__()
        self.net = net

    def forward(
        self,
        tokens: Tensor,
        context: Tensor,
        bias: Tensor,
        noisy: Tensor,
        time: Tensor,
        known: Tensor,
    ) -> Tensor:
        """Named in `STEP_KIND`."""
        return self.net.denoise(Tokens(tokens, context, bias), noisy, time, known)


class PaintGraph(nn.Module):
    """`Generator` on flats, with a latent code that `code` from N(0, I) draws.

    For `latent="picture"` that is the code itself; for `"sketch"` it is how far, in deviations, the code is from what
    the sketch suggests. `"plain"` knows one code only, and `code` changes nothing. For `"light"` it is
    the side of the light, -1 or 1.
    """

    def __init__(self, net: Generator) -> None:
        """Share the weights of `net`."""
        super().__init__()
        self.net = net

    def forward(self, sketch: Tensor, regions: Tensor, flats: Tensor, present: Tensor, code: Tensor) -> Tensor:
        """Named in `PAINT_KIND`."""
        image: Tensor = self.net(sketch, regions, flats, present=present, noise=code).image
        return image


def boundary_inputs(*, batch: int, height: int, width: int, seed: int = 0) -> Inputs:
    """Random sketches; height and width in strides of the network, which are those of `SimplifyNet` too."""
    rng = torch.Generator().manual_seed(seed)
    shape = batch, 1, height * BOUNDARY_STRIDE, width * BOUNDARY_STRIDE
    return {"sketch": (torch.rand(*shape, generator=rng) > 0.9).float()}


def encoder_inputs(config: PaletteConfig, *, batch: int, num_regions: int, seed: int = 0) -> Inputs:
    """Random drawings of the right shapes; of several, the last has one region and padding."""
    rng = torch.Generator().manual_seed(seed)
    cells = config.grid**2
    pairs = 3 * batch * num_regions
    present = torch.ones(batch, num_regions)
    present[-1, 1:] = 0 if batch > 1 else 1
    return {
        "sketch": (torch.rand(batch, 1, config.side, config.side, generator=rng) > 0.9).float(),
        "geometry": torch.rand(batch, num_regions, len(GEOMETRY), generator=rng) * 2 - 1,
        "present": present,
        "pair_region": torch.arange(pairs) % (batch * num_regions),
        "pair_cell": torch.randint(batch * cells, (pairs,), generator=rng),
        "pair_pixels": torch.randint(1, 17, (pairs,), generator=rng).float(),
    }


@torch.no_grad()
def step_inputs(net: RegionFlow, drawings: Inputs, *, seed: int = 0) -> Inputs:
    """Tokens of `drawings` (see `encoder_inputs`), noise, and a third of the regions known."""
    rng = torch.Generator().manual_seed(seed)
    tokens, context, bias = PaletteEncoder(net)(*drawings.values())[:3]
    shape = tokens.shape[:2]
    return {
        "tokens": tokens,
        "context": context,
        "bias": bias,
        "noisy": torch.randn(*shape, 3, generator=rng),
        "time": torch.rand(shape[0], generator=rng) * 0.9,
        "known": (torch.rand(*shape, generator=rng) < 1 / 3).float(),
    }


def paint_inputs(*, batch: int, height: int, width: int, num_regions: int, latent_dim: int, seed: int = 0) -> Inputs:
    """Random drawings and codes of the right shapes, with pixels of nobody."""
    rng = torch.Generator().manual_seed(seed)
    return {
        "sketch": torch.rand(batch, 1, height, width, generator=rng),
        "regions": torch.randint(num_regions + 1, (batch, height, width), generator=rng),
        "flats": torch.rand(batch, 3, height, width, generator=rng) * 2 - 1,
        "present": torch.ones(batch, num_regions),
        "code": torch.randn(batch, latent_dim, generator=rng),
    }

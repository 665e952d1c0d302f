"""From a sketch and its regions to one token per region: read once for a drawing, whatever the colours.

A U-Net reads the sketch; its features are pooled over the pixels of each region (mean and maximum), joined with the
region's geometry, and mixed by attention over the regions. How far apart two regions lie, and how their sizes compare,
biases the attention, so that the other eye or the next lock of hair is found from little data.
"""

from itertools import pairwise
from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn
from torch.nn import functional as F

from nurie.model.palette.config import PaletteConfig
from nurie.regions.descriptors import GEOMETRY

NUM_KINDS = 7
"""`nurie.data.sources.drawing.KINDS`: a helper task for training, and names for layers."""


class RegionBatch(NamedTuple):
    """The regions of a batch of drawings (`nurie.regions.descriptors`), padded to the most regions of any."""

    geometry: Float[Tensor, "n k g"]
    present: Float[Tensor, "n k"]
    """1 for a region, 0 for padding."""
    pair_region: Int64[Tensor, " p"]
    """Index in n*k of each pair of region and cell."""
    pair_cell: Int64[Tensor, " p"]
    """Index in n*grid*grid."""
    pair_pixels: Float[Tensor, " p"]


class Tokens(NamedTuple):
    """What the flow needs to know of a drawing."""

    tokens: Float[Tensor, "n k d"]
    context: Float[Tensor, "n d"]
    """The drawing as a whole."""
    bias: Float[Tensor, "n h l l"]
    """Added to the attention between the context (first) and the regions; -1e4 towards padding (l = k + 1)."""


ABSENT = -1e4
"""Added to the attention towards what is not there."""


def refer(tokens: Tokens, reference: Tokens, rows: Int64[Tensor, " m"]) -> Tokens:
    """Tokens of drawings followed by those of coloured references, which are attended like regions of the drawing.

    Row i of `reference` belongs to the drawing `rows[i]`, each drawing has one at most, and the others have none (their
    places are absent). Places and sizes of two drawings are not compared: the bias between them is 0.
    """
    n, heads, length, _ = tokens.bias.shape
    more = reference.tokens.shape[1]
    joined = tokens.tokens.new_zeros(n, more, tokens.tokens.shape[2]).index_copy(0, rows, reference.tokens)
    # A row of the context holds nothing but who is absent.
    keys = tokens.bias.new_full((n, heads, 1, more), ABSENT).index_copy(0, rows, reference.bias[:, :, :1, 1:])
    own = tokens.bias.new_full((n, heads, more, more), ABSENT).index_copy(0, rows, reference.bias[:, :, 1:, 1:])
    above = torch.cat([tokens.bias, keys.expand(-1, -1, length, -1)], 3)
    below = torch.cat([tokens.bias[:, :, :1].expand(-1, -1, more, -1), own], 3)
    return Tokens(torch.cat([tokens.tokens, joined], 1), tokens.context, torch.cat([above, below], 2))


def convolution(channels_in: int, channels_out: int, stride: int = 1) -> nn.Sequential:
    """Convolution 3x3, group normalisation, SiLU."""
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, 3, stride, 1, bias=False),
        nn.GroupNorm(8, channels_out),
        nn.SiLU(),
    )


class SketchReader(nn.Module):
    """From a sketch at full size to features on the grid, a quarter of the side.

    A feature pyramid: down to an eighth of the grid, and up again by adding, which costs a third of a U-Net's
    concatenation.
    """

    def __init__(self, channels: tuple[int, ...], features: int) -> None:
        """`channels[i]` at the grid's size halved i times."""
        super().__init__()
        first = channels[0]
        self.stem = nn.Sequential(convolution(1, 8, 2), convolution(8, first, 2), convolution(first, first))
        pairs = list(pairwise(channels))
        self.down = nn.ModuleList(nn.Sequential(convolution(i, o, 2), convolution(o, o)) for i, o in pairs)
        self.narrow = nn.ModuleList(nn.Conv2d(o, i, 1) for i, o in reversed(pairs))
        self.up = nn.ModuleList(convolution(i, i) for i, _ in reversed(pairs))
        self.out = nn.Conv2d(first, features, 1)

    def forward(self, sketch: Float[Tensor, "n 1 h w"]) -> tuple[Float[Tensor, "n f g g"], Float[Tensor, "n c"]]:
        """Features on the grid, and the mean of the coarsest level."""
        x = self.stem(sketch)
        skips = [x]
        for block in self.down:
            x = block(x)
            skips.append(x)
        coarsest = skips.pop()
        for narrow, block, skip in zip(self.narrow, self.up, reversed(skips), strict=True):
            x = block(F.interpolate(narrow(x), scale_factor=2.0) + skip)
        features: Tensor = self.out(x)
        return features, coarsest.mean((2, 3))


def pool_regions(features: Float[Tensor, "n f g g"], regions: RegionBatch) -> Float[Tensor, "n k two_f"]:
    """Mean and maximum (never below 0) of the features over the pixels of each region; 0 for padding.

    A cell counts by the pixels it shares with the region, so a region smaller than a cell is pooled too.
    """
    n, f = features.shape[:2]
    k = regions.present.shape[1]
    cells = features.permute(0, 2, 3, 1).reshape(-1, f).float()
    rows = cells.index_select(0, regions.pair_cell)
    # Not index_add: it is exported as ScatterND, which onnxruntime adds up in several threads at once, and loses sums.
    index = regions.pair_region[:, None].expand(-1, f)
    weight = regions.pair_pixels[:, None]
    total = rows.new_zeros(n * k, f).scatter_add(0, index, rows * weight)
    pixels = rows.new_zeros(n * k, 1).scatter_add(0, index[:, :1], weight)
    peak = rows.new_zeros(n * k, f).scatter_reduce(0, index, rows, "amax")
    return torch.cat([total / pixels.clamp(min=1), peak], 1).reshape(n, k, 2 * f)


class Layer(nn.Module):
    """Attention with a bias, then a two-layer perceptron; normalised before each, added to what was there."""

    def __init__(self, width: int, heads: int) -> None:
        """`heads` divides `width`."""
        super().__init__()
        self.heads = heads
        self.norm_attention, self.norm_perceptron = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.join = nn.Linear(width, width)
        self.perceptron = nn.Sequential(nn.Linear(width, 3 * width), nn.GELU(), nn.Linear(3 * width, width))

    def forward(self, x: Float[Tensor, "n l d"], bias: Float[Tensor, "n h l l"]) -> Float[Tensor, "n l d"]:
        """Mix the tokens."""
        n, length, width = x.shape
        q, k, v = (
            self.query_key_value(self.norm_attention(x))
            .reshape(n, length, 3, self.heads, width // self.heads)
            .permute(2, 0, 3, 1, 4)
        )
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = x + self.join(mixed.transpose(1, 2).reshape(n, length, width))
        out: Tensor = x + self.perceptron(self.norm_perceptron(x))
        return out


class PairBias(nn.Module):
    """Attention bias [n h l l] from where two regions lie and how large they are."""

    def __init__(self, heads: int, hidden: int = 32) -> None:
        """One bias for each head, shared by all layers."""
        super().__init__()
        self.net = nn.Sequential(nn.Linear(6, hidden), nn.GELU(), nn.Linear(hidden, heads))

    def forward(self, geometry: Float[Tensor, "n k g"], present: Float[Tensor, "n k"]) -> Float[Tensor, "n h l l"]:
        """The context comes first; its bias is 0."""
        place = geometry[..., [GEOMETRY.index(x) for x in ("row", "column", "log_size")]]
        step = place[:, :, None] - place[:, None, :]
        distance = step[..., :2].square().sum(-1, keepdim=True).add(1e-6).sqrt()
        pair = torch.cat([step, step[..., 1:2].abs(), distance, torch.exp(-4 * distance)], -1)
        bias = F.pad(self.net(pair).permute(0, 3, 1, 2), (1, 0, 1, 0))
        absent = 1 - F.pad(present, (1, 0), value=1.0)
        return bias + ABSENT * absent[:, None, None, :]


class Affinity(nn.Module):
    """Do two regions have one colour? A logit for each pair, from what the reader knows of both.

    A symmetric product of their features, in which some count for and some against it, and how ready each is to share.
    """

    def __init__(self, width: int, features: int) -> None:
        """It begins with doubt."""
        super().__init__()
        self.features = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, features))
        self.sign = nn.Parameter(torch.linspace(0.3, -0.3, features))
        self.share = nn.Linear(width, 1)
        nn.init.constant_(self.share.bias, -1.0)

    def forward(self, tokens: Float[Tensor, "n k d"]) -> Float[Tensor, "n k k"]:
        """Symmetric; what stands on the diagonal means nothing."""
        features, share = self.features(tokens), self.share(tokens)
        logits: Float[Tensor, "n k k"] = (features * self.sign) @ features.mT + share + share.mT
        return logits


class RegionReader(nn.Module):
    """Sketch and regions to `Tokens`."""

    def __init__(self, config: PaletteConfig) -> None:
        """Sizes from the configuration."""
        super().__init__()
        width = config.width
        self.sketch = SketchReader(config.channels, config.features)
        self.token = nn.Linear(2 * config.features + len(GEOMETRY), width)
        self.context = nn.Linear(config.channels[-1], width)
        self.bias = PairBias(config.heads)
        self.layers = nn.ModuleList(Layer(width, config.heads) for _ in range(config.reader_layers))
        self.norm = nn.LayerNorm(width)
        self.kind = nn.Linear(width, NUM_KINDS)
        self.affinity = Affinity(width, config.affinity) if config.affinity else None
        self.together = nn.Parameter(torch.zeros(config.heads)) if config.affinity else None
        """What each head of the flow's attention adds towards a region that surely has the same colour."""

    def forward(self, sketch: Float[Tensor, "n 1 h w"], regions: RegionBatch) -> Tokens:
        """Read a batch of drawings."""
        features, context = self.sketch(sketch)
        token = self.token(torch.cat([pool_regions(features, regions), regions.geometry], 2))
        x = torch.cat([self.context(context.float())[:, None], token], 1)
        bias = self.bias(regions.geometry, regions.present)
        for layer in self.layers:
            x = layer(x, bias)
        x = self.norm(x)
        if self.affinity is not None and self.together is not None:
            # Detached, so that the helper task alone decides what an affinity is.
            alike = self.affinity(x[:, 1:]).sigmoid().detach()
            bias = bias + self.together[:, None, None] * F.pad(alike, (1, 0, 1, 0))[:, None]
        return Tokens(x[:, 1:], x[:, 0], bias)

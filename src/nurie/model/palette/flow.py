"""Flow matching over the colours of regions: straight paths from noise (t = 0) to the true palette (t = 1).

x_t = (1 - t) noise + t palette. The network says which clean palette a noisy one leads to, so the velocity is
(clean - x_t) / (1 - t) (Lipman et al. 2023; Liu et al. 2023). Noise is one triple per region: a latent code with a
place in the drawing, kept where a region is locked, drawn anew elsewhere. Hints are regions whose colour is known; they
are told apart by a flag and never move.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn

from nurie.model.palette.config import PALETTE_PRESETS, TEMPERATURES, PaletteConfig
from nurie.model.palette.plan import Plan, straight
from nurie.model.palette.tokens import Layer, RegionBatch, RegionReader, Tokens

REFERENCE = 2.0
"""`known` of a region of a coloured reference."""

FREQUENCIES = 8  # of the time embedding: pi, 2 pi, 4 pi, ...


class RegionFlow(nn.Module):
    """The palette network: `encode` once for a drawing, `denoise` once for a step."""

    def __init__(self, config: PaletteConfig) -> None:
        """Build with random weights."""
        super().__init__()
        self.config = config
        width = config.width
        self.reader = RegionReader(config)
        self.color = nn.Sequential(nn.Linear(4, width), nn.SiLU(), nn.Linear(width, width))
        self.time = nn.Sequential(nn.Linear(2 * FREQUENCIES + 1, width), nn.SiLU(), nn.Linear(width, width))
        self.layers = nn.ModuleList(Layer(width, config.heads) for _ in range(config.flow_layers))
        self.head = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.GELU(), nn.Linear(width, 3))

    def encode(self, sketch: Float[Tensor, "n 1 h w"], regions: RegionBatch) -> Tokens:
        """What the flow needs to know of a batch of drawings (1 = ink)."""
        tokens: Tokens = self.reader(sketch, regions)
        return tokens

    def denoise(
        self,
        tokens: Tokens,
        noisy: Float[Tensor, "n k 3"],
        time: Float[Tensor, " n"],
        known: Float[Tensor, "n k"],
    ) -> Float[Tensor, "n k 3"]:
        """The clean palette that `noisy` at `time` in [0, 1) leads to; where `known` is not 0, `noisy` is clean.

        1 is a hint, `REFERENCE` a region of another drawing (`refer`).
        """
        angle = time[:, None] * (math.pi * 2.0 ** torch.arange(FREQUENCIES, device=time.device))
        clock = self.time(torch.cat([angle.cos(), angle.sin(), time[:, None]], 1))
        color = self.color(torch.cat([noisy, known[..., None]], 2))
        x = torch.cat([(tokens.context + clock)[:, None], tokens.tokens + color + clock[:, None]], 1)
        for layer in self.layers:
            x = layer(x, tokens.bias)
        clean: Float[Tensor, "n k 3"] = self.head(x[:, 1:])
        return clean


def build_palette(config: PaletteConfig | str) -> RegionFlow:
    """The palette network of a configuration or of the preset of that name."""
    if isinstance(config, str):
        if config not in PALETTE_PRESETS:
            raise ValueError(f"unknown preset {config!r}; choose from {sorted(PALETTE_PRESETS)}")
        config = PALETTE_PRESETS[config]
    return RegionFlow(config)


def noise_sizes(kinds: Float[Tensor, "n k kinds"]) -> Float[Tensor, "n k 1"]:
    """Size of the noise of each region in use, by what it is taken for."""
    return kinds.new_tensor(TEMPERATURES)[kinds.argmax(2)][..., None]


def walk(
    net: RegionFlow,
    tokens: Tokens,
    start: Float[Tensor, "n k 3"],
    known: Float[Tensor, "n k"],
    plan: Plan,
) -> list[Float[Tensor, "n k 3"]]:
    """Where palettes are after each step of a plan; what is `known` stays."""
    path: list[Tensor] = []
    seen: list[Tensor] = []
    x = start
    for time, end, memory in zip(plan.times[:-1], plan.times[1:], plan.memory, strict=True):
        clean = net.denoise(tokens, x, time.to(x).expand(len(x)), known).float()
        moved = x + (clean - x) * ((end - time) / (1 - time))
        for share, before in zip(memory, seen, strict=False):
            moved = moved + share * (clean - before)
        seen.append(clean)
        x = torch.where(known[..., None] > 0, start, moved)
        path.append(x)
    return path


@torch.no_grad()
def sample_palette(
    net: RegionFlow,
    tokens: Tokens,
    noise: Float[Tensor, "n k 3"],
    *,
    steps: int | Plan = 16,
    hints: tuple[Float[Tensor, "n k 3"], Float[Tensor, "n k"]] | None = None,
) -> Float[Tensor, "n k 3"]:
    """Palette drawn from `noise` by a plan, or by so many of Euler's steps.

    `hints` are (palette, 1 where it is known), kept exactly.
    """
    plan = straight(steps) if isinstance(steps, int) else steps
    known = noise.new_zeros(noise.shape[:2]) if hints is None else hints[1]
    start = noise if hints is None else torch.where(known[..., None] > 0, hints[0], noise)
    return walk(net, tokens, start, known, plan)[-1]

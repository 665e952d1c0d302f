"""Everything that fixes the shape of the palette network's weights; saved beside them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PaletteConfig:
    """Sizes of the palette network."""

    side: int = 256  # pixels: the sketch it reads
    grid: int = 64  # cells a side, on which features are pooled; side / 4
    channels: tuple[int, ...] = (32, 64, 128, 192)  # at the grid's size and each halving
    features: int = 80  # pooled for each region, as mean and as maximum
    width: int = 160  # of a region token
    heads: int = 5
    reader_layers: int = 4  # over the regions, once for a drawing
    flow_layers: int = 4  # over the regions and their noisy colours, once for a step
    affinity: int = 0  # features of a region by which it is told which others have its colour; 0: it is not told


PALETTE_PRESETS = {
    "tiny": PaletteConfig(
        side=64, grid=16, channels=(8, 16), features=8, width=32, heads=2,
        reader_layers=1, flow_layers=1, affinity=8,
    ),
    "default": PaletteConfig(affinity=64),
}  # fmt: skip

TEMPERATURES = (0.9, 0.8, 0.75, 0.6, 0.8, 1.1, 1.1)
"""Size of the noise in use, for background, skin, hair, eye, mouth, cloth and prop: a body's parts must agree, clothes
may vary, and grounds be calm. Chosen on drawings for validation: docs/log.md, 2026-11-22 and 2026-11-27."""

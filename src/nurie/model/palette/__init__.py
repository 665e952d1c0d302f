"""First stage: one colour per region, drawn from noise by flow matching."""

from nurie.model.palette.config import PALETTE_PRESETS, PaletteConfig
from nurie.model.palette.flow import RegionFlow, build_palette, sample_palette
from nurie.model.palette.tokens import RegionBatch, Tokens

__all__ = [
    "PALETTE_PRESETS",
    "PaletteConfig",
    "RegionBatch",
    "RegionFlow",
    "Tokens",
    "build_palette",
    "sample_palette",
]

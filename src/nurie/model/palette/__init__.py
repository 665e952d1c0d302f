"""First stage: one colour per region, drawn from noise by flow matching."""

from nurie.model.palette.config import PALETTE_PRESETS, PaletteConfig
from nurie.model.palette.flow import REFERENCE, RegionFlow, build_palette, sample_palette
from nurie.model.palette.tokens import RegionBatch, Tokens, refer

__all__ = [
    "PALETTE_PRESETS",
    "REFERENCE",
    "PaletteConfig",
    "RegionBatch",
    "RegionFlow",
    "Tokens",
    "build_palette",
    "refer",
    "sample_palette",
]

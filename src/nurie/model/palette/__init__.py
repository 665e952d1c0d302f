"""First stage: one colour per region, drawn from noise by flow matching."""

from nurie.model.palette.config import PALETTE_PRESETS, TEMPERATURES, PaletteConfig
from nurie.model.palette.flow import REFERENCE, RegionFlow, build_palette, noise_sizes, sample_palette, walk
from nurie.model.palette.plan import LearnedPlan, Plan, curved, straight
from nurie.model.palette.tokens import RegionBatch, Tokens, refer

__all__ = [
    "PALETTE_PRESETS",
    "REFERENCE",
    "TEMPERATURES",
    "LearnedPlan",
    "PaletteConfig",
    "Plan",
    "RegionBatch",
    "RegionFlow",
    "Tokens",
    "build_palette",
    "curved",
    "noise_sizes",
    "refer",
    "sample_palette",
    "straight",
    "walk",
]

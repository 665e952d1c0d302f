"""The settings that fix the shape of the paint network, and the table of presets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from nurie.errors import InputError

COARSEST_SIDE = 4  # pixels; the paper's coarsest level for pictures of 256

CHOICES = {"region_use": ("formulation", "input", "none"), "latent": ("sketch", "plain", "picture", "light")}


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """Everything that fixes the weights' shape and the equations' form; saved beside the weights.

    Raises:
        InputError: a value is impossible.
    """

    side: int = 256
    """Side of the pictures, in pixels, whose coarsest level is 4x4; a power of two. Other sizes
    work too."""
    base_channels: int = 64
    """Channels at full resolution; doubled at each halving."""
    max_channels: int = 512
    latent_dim: int = 512
    """Length of the latent code w."""
    flats: bool = False
    """Whether flats are a further input, and the picture is flats + residual. The paper has none.
    """
    region_use: str = "formulation"
    """`formulation` is the paper; `input` only shows the encoder the region map; `none` never looks
    at it."""
    max_formulation_side: int | None = None
    """Levels of more pixels a side (for pictures of `side`) go without region formulation, to save
    time; None: all levels have one, as in the paper."""
    patches: int = 0
    """Trained on maps of so many equal patches instead of regions (0: real regions). The network is
    the same."""
    skip_connection: bool = False
    """Whether the region correlation adds its input to its output: Fig. 11 (b)."""
    stop_gradient: bool = False
    """Whether the features learn nothing through queries and keys, as in SGA [25]."""
    latent: str = "sketch"
    """Where w comes from in training: the paper's MLP on the sketch as mean and variance, the same MLP's
    output itself (`plain`: the paper to the letter), or an encoder of the colour picture. `light` reads nothing:
    w is one number, the side from which light falls (-1 left, 1 right)."""
    unit_features: bool = False
    """Whether features are brought to a mean square of 1 at each pixel of each level, which demodulation takes for
    granted. Without it eq. (1) multiplies small numbers level by level, and w comes to nothing. Not in the paper.
    """
    minibatch_std: bool = True
    """Whether the discriminator sees how much the pictures of a batch differ."""
    told_flats: bool = False
    """Whether the discriminator sees sketch and flats as well, and the picture as what it adds to the flats between the
    lines: it judges light and shade, where they lie and not which colours they lie on."""

    def __post_init__(self) -> None:
        """Refuse what cannot be built."""
        smallest = 2 * COARSEST_SIDE
        if self.side < smallest or self.side & (self.side - 1):
            raise InputError(f"side must be a power of two from {smallest} on, got {self.side}")
        if not 1 <= self.base_channels <= self.max_channels:
            raise InputError(
                f"base_channels must lie between 1 and max_channels ({self.max_channels}), got {self.base_channels}"
            )
        if self.latent_dim < 1:
            raise InputError(f"latent_dim must be at least 1, got {self.latent_dim}")
        if self.latent == "light" and self.latent_dim != 1:
            raise InputError(
                f'the side of the light is one number; with latent="light" latent_dim is 1, not {self.latent_dim}'
            )
        if self.told_flats and not self.flats:
            raise InputError("told_flats shows flats to the discriminator; it needs flats = true")
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if value not in choices:
                raise InputError(f"unknown {name} {value!r}; choose from {choices}")

    @property
    def level_sides(self) -> tuple[int, ...]:
        """Side of each level for pictures of `side`, fine to coarse."""
        halvings = (self.side // COARSEST_SIDE).bit_length()
        return tuple(self.side >> level for level in range(halvings))

    @property
    def channels(self) -> tuple[int, ...]:
        """Channels of each level, fine to coarse."""
        return tuple(min(self.base_channels << level, self.max_channels) for level in range(len(self.level_sides)))

    @property
    def formulated(self) -> tuple[bool, ...]:
        """Whether each level has a region formulation, fine to coarse."""
        if self.region_use != "formulation":
            return (False,) * len(self.level_sides)
        limit = self.max_formulation_side or self.side
        return tuple(side <= limit for side in self.level_sides)


VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "no_map": {"region_use": "none"},  # Table II
    "map_input": {"region_use": "input"},  # Table II
    "patches_1": {"patches": 1},  # Table IV: patches of 256 x 256 pixels
    "patches_64": {"patches": 64},  # 32 x 32
    "patches_169": {"patches": 169},  # 20 x 20
    "patches_256": {"patches": 256},  # 16 x 16
    "patches_1024": {"patches": 1024},  # 8 x 8
    "skip": {"skip_connection": True},  # Fig. 11 (b)
    "skip_sga": {"skip_connection": True, "stop_gradient": True},  # section IV-G
    "sga": {"stop_gradient": True},  # the same without the skip
    "plain_latent": {"latent": "plain"},  # III-A to the letter: w is what the MLP gives
    "letter": {"latent": "plain", "minibatch_std": False},  # nothing that the paper does not have
    "no_deviation": {"minibatch_std": False},  # not in the paper: each picture is judged alone
    "unit": {"unit_features": True},  # not in the paper
    "picture_latent": {"latent": "picture"},  # not in the paper: BicycleGAN's way to keep w in use
}
"""What each experiment changes; `vary` applies it to a preset of any size."""


def vary(config: ModelConfig, variant: str) -> ModelConfig:
    """The same network with one of `VARIANTS` switched on.

    Raises:
        InputError: there is no such variant.
    """
    if variant not in VARIANTS:
        raise InputError(f"unknown variant {variant!r}; choose from {sorted(VARIANTS)}")
    return ModelConfig(**{**asdict(config), **VARIANTS[variant]})


PAPER = ModelConfig()
SMALL = ModelConfig(side=64, base_channels=8, max_channels=64, latent_dim=16)
PRESETS: Mapping[str, ModelConfig] = {
    "tiny": ModelConfig(side=32, base_channels=8, max_channels=32, latent_dim=16, flats=True),
    "default": ModelConfig(
        base_channels=16, max_channels=192, latent_dim=1, flats=True, latent="light", unit_features=True
    ),
    "paper": PAPER,
    "paper_small": SMALL,
    "paper_small_latent": replace(SMALL, unit_features=True, latent="picture"),
} | {name: vary(PAPER, name) for name in VARIANTS}

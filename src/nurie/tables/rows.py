"""What the tables compare: one line a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from nurie.evaluation.baselines import BASELINES, Contender
from nurie.model.config import VARIANTS, vary
from nurie.model.palette import PaletteConfig
from nurie.tables.palette import PaletteAndFlats
from nurie.tables.rasc import RASC
from nurie.tables.settings import TableSettings

Build = Callable[[TableSettings], Contender]
"""A method with fresh weights, drawn from torch's random state.

Raises:
    WeightsError: VGG-19 is needed and not there.
"""


@dataclass(frozen=True)
class Row:
    """A method that is trained, and the region maps that it is shown."""

    label: str
    build: Build
    regions: str = "trapped_ball"
    """One of `nurie.tables.prepared.FOUND_MAPS`."""
    patches: int = 0
    """Equal patches that take the place of the region map; 0: none."""
    training: Mapping[str, object] = field(default_factory=dict)
    """What differs from the training of all rows, as settings of `nurie.training.config.TrainConfig`."""


def rasc(variant: str | None = None) -> Build:
    """The paper's method, or one of its experiments (`nurie.model.config.VARIANTS`)."""

    def build(settings: TableSettings) -> Contender:
        model = vary(settings.model, variant) if variant else settings.model
        return RASC(model, perceptual=settings.perceptual, l1=settings.l1)

    return build


def peer(name: str) -> Build:
    """One of `BASELINES`."""
    return lambda settings: BASELINES[name](settings.model.channels)


PALETTE = PaletteConfig(channels=(24, 48, 96, 160), features=64, width=128, heads=4, reader_layers=2)
"""The widest that the row of the palette network gets; a smaller one than `nurie train` has now."""


def palette(settings: TableSettings) -> Contender:
    """The palette network of `nurie train`, at the tables' size: no wider than RASC's widest level."""
    widest, grid = settings.max_channels, settings.side // 4
    levels = (grid // 2).bit_length()  # down to 2 x 2 cells
    shape = replace(
        PALETTE,
        side=settings.side,
        grid=grid,
        channels=tuple(min(channels, widest) for channels in PALETTE.channels[:levels]),
        features=min(PALETTE.features, widest),
        width=min(PALETTE.width, widest),
    )
    return PaletteAndFlats(shape)


def patches(label: str, name: str) -> Row:
    """The paper's method on equal patches."""
    return Row(label, rasc(name), patches=VARIANTS[name]["patches"])


ROWS: dict[str, Row] = {
    "full": Row("RASC, all region guidance", rasc()),
    "no_map": Row("RASC without region maps", rasc("no_map")),
    "map_input": Row("RASC without region formulation", rasc("map_input")),
    "cwr": Row("CWR (skeleton map)", peer("cwr"), regions="learned"),
    "palette": Row(
        "palette and flats (nurie's first stage)",
        palette,
        training={"learning_rate": 0.001, "betas": (0.9, 0.99), "gradient_clip": 1.0},
    ),
    "learned": Row("RASC, learned boundaries", rasc(), regions="learned"),
    "patches_1": patches("1 patch (256 x 256)", "patches_1"),
    "patches_64": patches("64 patches (32 x 32)", "patches_64"),
    "patches_169": patches("169 patches (20 x 20)", "patches_169"),
    "patches_256": patches("256 patches (16 x 16)", "patches_256"),
    "patches_1024": patches("1024 patches (8 x 8)", "patches_1024"),
    "alacgan": Row("U-Net GAN (AlacGAN without hints)", peer("alacgan")),
    "ccgan": Row("cycle GAN (CCGAN)", peer("ccgan")),
    "dpgan": Row("two colour spaces (DPGAN)", peer("dpgan")),
}
"""In the order in which they are trained: what matters most comes first."""

PAINTERS = {
    "paper": "paper white (the bare sketch)",
    "random": "random palette per region",
    "most likely": "most likely palette by size and place",
    "nurie": "nurie default (shipped weights)",
    "flattened": "flattened truth",
    "truth": "truth",
}
"""What is not trained here, in every table: from what must be beaten to what cannot be."""

RANDOM, FLATTENED = "random", "flattened"
"""The two painters between which the way of every FID is measured."""


@dataclass(frozen=True)
class Table:
    """One table of the paper."""

    title: str
    rows: tuple[str, ...]
    paper: dict[str, float]
    """The paper's own FID, mean of its three sets, by our names; a row that the paper does not have has none."""


TABLES: dict[int, Table] = {
    1: Table(
        "Peers that need no text and no reference",
        ("ccgan", "alacgan", "dpgan", "cwr", "palette", "full"),
        # Means of the three sets of the paper's Table I.
        {"ccgan": 54.67, "alacgan": 63.37, "dpgan": 61.0, "cwr": 47.73, "full": 33.97},
    ),
    2: Table(
        "What region guidance gives",
        ("cwr", "no_map", "map_input", "palette", "full"),
        {"cwr": 47.69, "no_map": 36.59, "map_input": 36.32, "full": 33.95},
    ),
    3: Table(
        "Trapped ball against learned boundaries",
        ("full", "learned"),
        {"full": 33.95, "learned": 35.43},
    ),
    4: Table(
        "Patches in place of regions",
        ("patches_1", "patches_64", "patches_169", "patches_256", "patches_1024", "full"),
        {
            "patches_1": 37.60,
            "patches_64": 35.12,
            "patches_169": 35.61,
            "patches_256": 35.02,
            "patches_1024": 35.00,
            "full": 33.95,
        },
    ),
}

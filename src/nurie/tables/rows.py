"""What the tables compare: one line a row."""

from collections.abc import Callable
from dataclasses import dataclass

from nurie.evaluation.baselines import BASELINES, Contender
from nurie.model.config import VARIANTS, vary
from nurie.tables.rasc import RASC
from nurie.tables.settings import TableSettings


@dataclass(frozen=True)
class Row:
    """A method that is trained, and the region maps that it is shown."""

    label: str
    variant: str | None = None
    """One of the paper's experiments (`nurie.model.config.VARIANTS`); None: the full method."""
    baseline: str | None = None
    """One of `BASELINES` instead of RASC."""
    regions: str = "trapped_ball"
    """One of `nurie.tables.prepared.FOUND_MAPS`."""

    @property
    def patches(self) -> int:
        """Equal patches that take the place of the region map; 0: none."""
        count: int = VARIANTS.get(self.variant or "", {}).get("patches", 0)
        return count

    def build(self, settings: TableSettings) -> Contender:
        """The method with fresh weights, drawn from torch's random state.

        Raises:
            WeightsError: VGG-19 is needed and not there.
        """
        if self.baseline:
            return BASELINES[self.baseline](settings.model.channels)
        model = vary(settings.model, self.variant) if self.variant else settings.model
        return RASC(model, perceptual=settings.perceptual, l1=settings.l1)


ROWS: dict[str, Row] = {
    "full": Row("RASC, all region guidance"),
    "no_map": Row("RASC without region maps", variant="no_map"),
    "map_input": Row("RASC without region formulation", variant="map_input"),
    "cwr": Row("CWR (skeleton map)", baseline="cwr", regions="learned"),
    "learned": Row("RASC, learned boundaries", regions="learned"),
    "patches_1": Row("1 patch (256 x 256)", variant="patches_1"),
    "patches_64": Row("64 patches (32 x 32)", variant="patches_64"),
    "patches_169": Row("169 patches (20 x 20)", variant="patches_169"),
    "patches_256": Row("256 patches (16 x 16)", variant="patches_256"),
    "patches_1024": Row("1024 patches (8 x 8)", variant="patches_1024"),
    "alacgan": Row("U-Net GAN (AlacGAN without hints)", baseline="alacgan"),
    "ccgan": Row("cycle GAN (CCGAN)", baseline="ccgan"),
    "dpgan": Row("two colour spaces (DPGAN)", baseline="dpgan"),
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
    """The paper's own FID of its rows, mean of its three sets, by our names."""


TABLES: dict[int, Table] = {
    1: Table(
        "Peers that need no text and no reference",
        ("ccgan", "alacgan", "dpgan", "cwr", "full"),
        # Means of the three sets of the paper's Table I.
        {"ccgan": 54.67, "alacgan": 63.37, "dpgan": 61.0, "cwr": 47.73, "full": 33.97},
    ),
    2: Table(
        "What region guidance gives",
        ("cwr", "no_map", "map_input", "full"),
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

Build = Callable[[TableSettings], Contender]

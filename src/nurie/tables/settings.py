"""How large the networks of the tables are, how long they train, and on how many drawings they are scored."""

from dataclasses import asdict, dataclass
from functools import cached_property

from nurie.errors import InputError
from nurie.model.config import ModelConfig
from nurie.training.config import TrainConfig


@dataclass(frozen=True)
class TableSettings:
    """The same for every row of every table."""

    side: int
    """Pixels of the pictures that networks see and that are scored."""
    base_channels: int
    max_channels: int
    latent_dim: int
    images: int
    """The budget of every row: images seen."""
    batch_size: int
    learning_rate: float
    """Of Adam. With equalized layers a weight moves by about as much at each step, whatever the gradient: a run of few
    steps needs more than the paper's 0.002 to get anywhere."""
    training: int
    """Drawings to learn from, the first of the corpus."""
    tested: int
    """Pictures of each test set, the first in the order of names."""
    perceptual: float
    """Weight of eq. (7) in our rows; 0 needs no VGG-19."""
    l1: float
    """Weight of the L1 loss in our rows, which takes the place of eq. (7) where there is no time for VGG-19."""
    diversity_sketches: int
    """Sketches of each set that are painted with several codes, to see how much the pictures differ."""
    inception: bool = True
    """Whether FID, KID and ST-LPIPS are computed: they need pretrained networks, and time."""

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        for name in ("images", "batch_size", "training", "tested"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, got {getattr(self, name)}")
        assert self.model  # which refuses an impossible size

    @cached_property
    def model(self) -> ModelConfig:
        """The network of the full method."""
        return ModelConfig(
            side=self.side,
            base_channels=self.base_channels,
            max_channels=self.max_channels,
            latent_dim=self.latent_dim,
        )

    def train_config(self, row: str, seed: int) -> TrainConfig:
        """The settings of one run: Adam as in section IV-B."""
        return TrainConfig(
            stage="tables",
            preset=row,
            model=row,
            side=self.side,
            images=self.images,
            batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            ema_halflife=max(1, self.images // 20),
            report_every=max(1, self.images // 10),
            save_every=max(1, self.images // 2),
            sheet_every=self.images,
            sheet_drawings=1,
            keep=1,
            workers=0,
            seed=seed,
        )

    def as_json(self) -> dict[str, object]:
        """The settings as plain values."""
        return asdict(self)


PRESETS = {
    "tiny": TableSettings(
        side=32,
        base_channels=4,
        max_channels=8,
        latent_dim=4,
        images=16,
        batch_size=4,
        learning_rate=0.01,
        training=12,
        tested=4,
        perceptual=0.0,
        l1=10.0,
        diversity_sketches=2,
        inception=False,
    ),
    "cpu": TableSettings(
        side=64,
        base_channels=8,
        max_channels=64,
        latent_dim=32,
        images=12_000,
        batch_size=4,
        learning_rate=0.003,
        training=1_000,
        tested=48,
        perceptual=0.0,
        l1=10.0,
        diversity_sketches=8,
    ),
    "paper": TableSettings(
        side=256,
        base_channels=64,
        max_channels=512,
        latent_dim=512,
        images=2_000_000,
        batch_size=8,
        learning_rate=0.002,
        training=40_000,
        tested=1_000,
        perceptual=0.003,
        l1=0.0,
        diversity_sketches=100,
    ),
}
"""`tiny` shows that everything runs, `cpu` is what docs/evaluation.md shows, `paper` is section IV."""

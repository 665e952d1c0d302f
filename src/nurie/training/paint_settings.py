"""Settings and presets of the paint stage: the paper's, its variants, and ours."""

from dataclasses import dataclass, replace

from nurie.errors import InputError
from nurie.model.config import VARIANTS
from nurie.training.config import TrainConfig


@dataclass(frozen=True, kw_only=True)
class PaintTraining(TrainConfig):
    """Settings of the paint stage. Losses with weight 0 are not computed."""

    window: int = 0
    """Pixels a side of the part of a view that is trained on, to save time; 0: all of it."""
    tries: int = 1
    """Parts that are drawn of each view; the one with the most light and shade is trained on."""
    flat_ground: bool = False
    """Whether backgrounds are left flat: what gradient an artist puts there, lines do not tell."""
    adversarial: float = 1.0
    perceptual: float = 0.003
    """Brings eq. (7) to the order of 1: with the Caffe-trained VGG-19 bare flats are at 550 (measured at 256 px),
    another drawing's colours at 1240."""
    l1: float = 0.0
    l2: float = 0.0
    """Weight of the squared difference. L1 asks for the median, which has no shadow wherever one is rarer than not;
    this asks for the mean, which has some of it."""
    edges: float = 0.0
    """Weight of the difference of steps from pixel to pixel: keeps the edges of shadows hard."""
    emphasis: float = 0.0
    """How much more L1 and L2 count where the truth has light or shade (`losses.light_weight`), in curves as well. For
    networks that paint on flats."""
    kl: float = 0.01
    recovery: float = 0.5
    """For `latent="picture"`: a drawn code must be found again in the picture; BicycleGAN's weight."""
    r1: float = 1.0
    """Half of StyleGAN2's gamma at 256 px (0.0002 * side^2 / batch); of the order of its grid of 0.5 to 5."""
    r1_every: int = 16
    """Steps between two R1 penalties, each as much stronger; StyleGAN2's."""

    def __post_init__(self) -> None:
        """Refuse what cannot be trained with."""
        super().__post_init__()
        for name in ("adversarial", "perceptual", "l1", "l2", "edges", "emphasis", "kl", "recovery", "r1"):
            if getattr(self, name) < 0:
                raise InputError(f"{name} must not be negative, got {getattr(self, name)}")
        for name in ("r1_every", "tries"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, got {getattr(self, name)}")

    @property
    def period(self) -> int:
        """R1 makes one of so many steps dearer."""
        return self.r1_every if self.adversarial and self.r1 else 1


PAPER = PaintTraining(stage="paint", preset="paper", model="paper", images=2_000_000)
"""Batch, learning rate, betas: section IV-B. Losses: eqs. (6) and (7). The number of images is ours."""

SMALL = PaintTraining(
    stage="paint",
    preset="paper_small",
    model="paper_small",
    side=64,
    images=20_000,
    batch_size=16,
    learning_rate=0.004,
    betas=(0.9, 0.99),  # no discriminator, so no game that momentum would disturb
    cooldown_images=5_000,
    ema_halflife=1_000,
    adversarial=0.0,  # these three cost most of a step, and w is used without them (docs/studies.md)
    perceptual=0.0,
    recovery=0.0,
    l1=10.0,
    kl=0.15,  # BicycleGAN's 0.01 of the sum over the code, of 16 numbers
    true_regions=0.5,
    region_method="trapped_ball",
    views=2,
    report_every=400,
    save_every=2_000,
    sheet_every=1_000,
    workers=0,
)
"""The paper's network at 64 px, for a CPU: about 10 ms an image on one core."""

PRESETS: dict[str, PaintTraining] = {
    "tiny": PaintTraining(
        stage="paint",
        preset="tiny",
        model="tiny",
        side=64,
        images=2_000,
        perceptual=0.0,  # needs no VGG-19, and trains on a CPU
        l1=10.0,
        report_every=200,
        save_every=1_000,
        sheet_every=1_000,
        sheet_drawings=4,
        ema_halflife=500,
    ),
    "default": PaintTraining(
        stage="paint",
        preset="default",
        model="default",
        window=128,
        flat_ground=True,
        batch_size=8,
        images=40_000,
        learning_rate=0.003,
        betas=(0.9, 0.99),
        warmup_images=800,
        cooldown_images=10_000,
        ema_halflife=2_000,
        adversarial=0.0,  # flats and the side of the light say nearly all: there is little to invent (docs/log.md)
        perceptual=0.0,
        l2=50.0,
        kl=0.0,
        recovery=0.0,
        true_regions=1.0,
        report_every=400,
        save_every=2_000,
        sheet_every=2_000,
    ),
    "adversarial": PaintTraining(
        stage="paint",
        preset="adversarial",
        model="default",
        network={"latent": "picture", "latent_dim": 16},
        batch_size=32,
        precision="bf16",
        images=2_000_000,
        adversarial=0.2,
        perceptual=0.002,
        l1=5.0,
        kl=0.03,
        warmup_images=5_000,
    ),
    "paper": PAPER,
    "paper_small": SMALL,
    "paper_small_latent": replace(SMALL, preset="paper_small_latent", model="paper_small_latent"),
} | {name: replace(PAPER, preset=name, model=name) for name in VARIANTS}
PRESETS["letter"] = replace(PRESETS["letter"], kl=0.0, r1=0.0)  # eqs. (6) and (7) alone

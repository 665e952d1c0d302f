"""The settings of a training run: frozen, saved beside the weights, strict about names and types."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

from nurie.data.augment import Augmentation
from nurie.errors import InputError
from nurie.training.settings import changed, refuse_unknown

PRECISIONS = ("float32", "bf16")
NETWORK = "network"
"""The setting that holds others: those of the network, which `--set network.NAME=VALUE` reaches."""


@dataclass(frozen=True, kw_only=True)
class TrainConfig(Augmentation):
    """What all stages share. All that is counted is counted in images; batch sizes add up over processes."""

    stage: str
    preset: str
    model: str
    """Name in the table of networks of the stage."""
    network: Mapping[str, object] = field(default_factory=dict)
    """What differs from that network's settings, by name."""
    side: int = 256
    """Pixels; drawings are brought to a square of this side. The paper's (IV-B) is 256."""
    images: int = 1_000_000
    """How many images to see; every augmented view of a drawing counts."""
    batch_size: int = 8
    accumulate: int = 1
    """Parts that a process does its share of a batch in, one after the other: less memory, the same step."""
    learning_rate: float = 0.002
    betas: tuple[float, float] = (0.0, 0.99)
    weight_decay: float = 0.0
    warmup_images: int = 0
    """The learning rate rises in a line from 0 over the first so many images."""
    cooldown_images: int = 0
    """The learning rate falls in a line to 0 over the last so many images."""
    gradient_clip: float = 0.0
    """Largest norm of the gradient of one network; 0 clips nothing."""
    ema_halflife: int = 10_000
    """The averaged weights forget half in so many images; the default of StyleGAN3."""
    precision: str = "float32"
    compile: bool = False
    """Whether the networks are compiled by `torch.compile`, which wants a C++ compiler and the first minutes."""
    true_regions: float = 0.25
    """Share of the samples with the true region map instead of one found from the sketch."""
    referenced: float = 0.0
    """Share of the samples with a coloured reference, another drawing of the same character, where there is one."""
    views: int = 0
    """Fixed views of each drawing, prepared once and kept in RUN/views; 0 draws a fresh one every time."""
    report_every: int = 1_000
    save_every: int = 20_000
    sheet_every: int = 20_000
    keep: int = 3
    """How many of the newest checkpoints stay on disk."""
    sheet_drawings: int = 6
    """The first so many drawings are for sheets; none of them is trained on while others are there."""
    seed: int = 0
    reshuffle: int = 0
    """Another order of the drawings and other noise, with the same examples on the sheets; `--restarts` counts it
    up when a run diverged, as the same batches would only diverge again."""
    workers: int = 2
    """Processes that prepare samples, for each training process; 0 prepares in the training process."""

    def __post_init__(self) -> None:
        """Refuse what cannot be trained with."""
        super().__post_init__()
        positive = ("side", "images", "batch_size", "accumulate", "ema_halflife", "sheet_drawings")
        for name in (*positive, "report_every", "save_every", "sheet_every"):
            _require(getattr(self, name) >= 1, f"{name} must be at least 1, got {getattr(self, name)}")
        learning = ("learning_rate", "weight_decay", "warmup_images", "cooldown_images", "gradient_clip")
        for name in (*learning, "workers", "seed", "reshuffle", "views"):
            _require(getattr(self, name) >= 0, f"{name} must not be negative, got {getattr(self, name)}")
        _require(self.keep >= 1, f"keep must be at least 1, got {self.keep}; the newest checkpoint always stays")
        _require(
            self.batch_size % self.accumulate == 0,
            f"a batch_size of {self.batch_size} cannot be divided into accumulate={self.accumulate} parts",
        )
        for name in ("true_regions", "referenced"):
            _require(0 <= getattr(self, name) <= 1, f"{name} is a share from 0 to 1, got {getattr(self, name)}")
        _require(
            self.precision in PRECISIONS,
            f"unknown precision {self.precision!r}; choose from {', '.join(PRECISIONS)}",
        )

    @property
    def augmentation(self) -> Augmentation:
        """How views differ from drawings."""
        return Augmentation(**{field.name: getattr(self, field.name) for field in fields(Augmentation)})

    @property
    def stream_seed(self) -> int:
        """The seed of the order of drawings and of all noise."""
        return self.seed + 1_000_003 * self.reshuffle

    @property
    def steps(self) -> int:
        """Batches of the whole run."""
        return -(-self.images // self.batch_size)

    @property
    def period(self) -> int:
        """Kinds of steps repeat after so many."""
        return 1


ConfigT = TypeVar("ConfigT", bound=TrainConfig)


def to_json(config: TrainConfig) -> dict[str, object]:
    """The settings as plain JSON values."""
    plain: dict[str, object] = json.loads(json.dumps(asdict(config)))
    return plain


def from_json(kind: type[ConfigT], values: Mapping[str, object]) -> ConfigT:
    """The settings that `to_json` wrote; missing ones take their defaults.

    Raises:
        InputError: a name that `kind` does not have, or a value of the wrong type.
    """
    refuse_unknown(kind, values)
    stage, preset, model = (str(values.get(name, "")) for name in ("stage", "preset", "model"))
    return with_settings(kind(stage=stage, preset=preset, model=model), values)


def with_settings(config: ConfigT, values: Mapping[str, object]) -> ConfigT:
    """The settings with some of them replaced, by values or by text from the command line.

    Text is read as the type of what it replaces: `true`/`false`, `12k`, `0.5`, `0,0.99`. `network.NAME` and what is in
    `network` are added to the settings of the network, which `choose_network` reads.

    Raises:
        InputError: a name that the config does not have, or a value that does not fit.
    """
    dot = f"{NETWORK}."
    plain = {name: value for name, value in values.items() if not name.startswith(dot)}
    network = {name.removeprefix(dot): value for name, value in values.items() if name.startswith(dot)}
    whole = plain.pop(NETWORK, {})
    if not isinstance(whole, Mapping):
        raise InputError(f"{NETWORK} cannot be {whole!r}; write {NETWORK}.NAME=VALUE, or a table in a TOML file")
    return replace(changed(config, plain), network={**config.network, **whole, **network})


NetworkT = TypeVar("NetworkT")


def choose_network(config: TrainConfig, table: Mapping[str, NetworkT], **fixed: object) -> NetworkT:
    """The settings of the network that `config.model` names, changed by `config.network`.

    `fixed` follow from the run's settings, such as its side.

    Raises:
        InputError: there is no such network, or no such setting of it, or a value does not fit.
    """
    if config.model not in table:
        raise InputError(f"unknown {config.stage} model {config.model!r}; choose from {', '.join(table)}")
    double = sorted(set(fixed) & set(config.network))
    if double:
        raise InputError(f"{NETWORK}.{double[0]} follows from the settings of the run; set {double[0]} instead")
    values: dict[str, Any] = {**config.network, **fixed}
    return changed(table[config.model], values, prefix=f"{NETWORK}.")


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise InputError(message)

"""The settings of a training run: frozen, saved beside the weights, strict about unknown names."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TypeVar

from nurie.data.augment import Augmentation
from nurie.errors import InputError
from nurie.regions import COLORING_METHOD

PRECISIONS = ("float32", "bf16")
_MULTIPLIERS = {"k": 1_000, "M": 1_000_000}


@dataclass(frozen=True, kw_only=True)
class TrainConfig:
    """What both stages share. All that is counted is counted in images; batch sizes add up over processes."""

    stage: str
    preset: str
    model: str
    """Name in the table of model presets of the stage."""
    side: int = 256
    """Pixels; drawings are brought to a square of this side. The paper's (IV-B) is 256."""
    images: int = 1_000_000
    """How many images to see; every augmented view of a drawing counts."""
    batch_size: int = 8
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
    true_regions: float = 0.25
    """Share of the samples with the true region map instead of one found from the sketch."""
    region_method: str = COLORING_METHOD
    """How region maps are found from sketches; `trapped_ball` takes half the time of `learned`."""
    flip: float = 0.5
    """Share of the samples; as all that follow down to `pen_lines`, see `nurie.data.augment.Augmentation`."""
    crop: float = 0.5
    tremble: float = 0.15
    hue: float = 0.0
    mosaics: float = 0.0
    true_lines: float = 0.5
    xdog_lines: float = 0.4
    soft_lines: float = 0.0
    pen_lines: float = 0.1
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
    workers: int = 2
    """Processes that prepare samples, for each training process; 0 prepares in the training process."""

    def __post_init__(self) -> None:
        """Refuse what cannot be trained with."""
        for name in ("side", "images", "batch_size", "ema_halflife", "report_every", "save_every", "sheet_every"):
            _require(getattr(self, name) >= 1, f"{name} must be at least 1, got {getattr(self, name)}")
        for name in ("learning_rate", "weight_decay", "warmup_images", "cooldown_images", "gradient_clip"):
            _require(getattr(self, name) >= 0, f"{name} must not be negative, got {getattr(self, name)}")
        _require(self.keep >= 1, f"keep must be at least 1, got {self.keep}; the newest checkpoint always stays")
        _require(self.workers >= 0, f"workers must not be negative, got {self.workers}")
        _require(self.sheet_drawings >= 1, f"sheet_drawings must be at least 1, got {self.sheet_drawings}")
        _require(0 <= self.true_regions <= 1, f"true_regions is a share from 0 to 1, got {self.true_regions}")
        assert self.augmentation  # which refuses what is no share
        _require(
            self.precision in PRECISIONS,
            f"unknown precision {self.precision!r}; choose from {', '.join(PRECISIONS)}",
        )

    @property
    def augmentation(self) -> Augmentation:
        """How views differ from drawings."""
        return Augmentation(**{field.name: getattr(self, field.name) for field in fields(Augmentation)})


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
    _refuse_unknown(kind, values)
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})  # type: ignore[arg-type]


def with_overrides(config: ConfigT, settings: Mapping[str, str]) -> ConfigT:
    """The settings with some of them replaced by text from the command line.

    Each text is read as the type of the value it replaces: `true`/`false`, `12k`, `0.5`, `0,0.99`.

    Raises:
        InputError: a name that the config does not have, or a text that does not fit.
    """
    _refuse_unknown(type(config), settings)
    values = {name: _read(name, text, getattr(config, name)) for name, text in settings.items()}
    return replace(config, **values)  # type: ignore[arg-type]


def parse_count(text: str) -> int:
    """A number of images: `500`, `20k` or `1.5M`.

    Raises:
        InputError: anything else.
    """
    number, factor = (text[:-1], _MULTIPLIERS[text[-1]]) if text[-1:] in _MULTIPLIERS else (text, 1)
    try:
        count = float(number) * factor
    except ValueError:
        count = math.nan
    if not count.is_integer():
        raise InputError(f"{text!r} is no whole number; write for example 500, 20k or 1.5M")
    return int(count)


def _refuse_unknown(kind: type[TrainConfig], values: Mapping[str, object]) -> None:
    known = {field.name for field in fields(kind)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise InputError(f"unknown setting {unknown[0]!r}; choose from {', '.join(sorted(known))}")


def _read(name: str, text: str, old: object) -> object:
    try:
        if isinstance(old, bool):
            return {"true": True, "false": False}[text.lower()]
        if isinstance(old, int):
            return parse_count(text)
        if isinstance(old, float):
            return float(text)
        if isinstance(old, tuple):
            return tuple(type(item)(part) for item, part in zip(old, text.split(","), strict=True))
    except (KeyError, ValueError):
        kind = "numbers with commas" if isinstance(old, tuple) else type(old).__name__
        raise InputError(f"{name} cannot be {text!r}; it is {kind}, for example {old}") from None
    return text


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise InputError(message)

"""The settings of `nurie prepare`, and the files of its output folder."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from nurie.data.inputs import Wishes
from nurie.data.prepare.triplet import LINES
from nurie.errors import InputError
from nurie.regions import COLORING_METHOD, REGION_METHODS
from nurie.version import nurie_version

SPLITS = ("train", "val", "test")

COLOR_FORMATS = ("webp", "jpg", "png")

CHUNK = 256
"""Pictures that are listed, and then looked at, together."""

SMALLEST_SIDE = 32
"""Pixels: the least that a stored picture may have along its longer side."""


@dataclass(frozen=True, kw_only=True)
class PrepareConfig:
    """Everything that the bytes of the result depend on, besides the pictures."""

    sources: tuple[str, ...]
    """As the user wrote them; see `nurie.data.inputs`."""
    wishes: Wishes = field(default_factory=Wishes)
    side: int = 256
    """Pixels: the longer side of what is stored; smaller pictures keep their size."""
    min_side: int = 128
    """Pixels: a picture whose shorter side is below is too small."""
    lines: tuple[str, ...] = ("xdog", "soft")
    """Names in `nurie.data.prepare.triplet.LINES`; the first gives the sketch that regions are cut from."""
    regions: str = COLORING_METHOD
    color_format: str = "webp"
    shard_size: int = 1000
    """Samples of a shard."""
    val: float = 0.02
    """Share of the pictures for validation."""
    test: float = 0.02
    """Share for tests, besides drawings whose seeds are for tests."""
    filters: bool = True
    """Whether photographs, line art and grey pictures are left out."""

    def __post_init__(self) -> None:
        """Refuse what cannot be prepared."""
        _require(bool(self.sources), "there is no source; give at least one")
        _require(self.side >= SMALLEST_SIDE, f"side must be at least {SMALLEST_SIDE} pixels, got {self.side}")
        _require(self.shard_size >= 1, f"a shard has at least 1 sample, got {self.shard_size}")
        _require(min(self.val, self.test) >= 0, "val and test are shares and not negative")
        _require(self.val + self.test < 1, f"val and test leave nothing to train on: {self.val} + {self.test}")
        _require(bool(self.lines), "there is no kind of lines; give at least one")
        for line in self.lines:
            _require(line in LINES, f"unknown lines {line!r}; choose from {', '.join(LINES)}")
        _require(self.regions in REGION_METHODS, _unknown("region method", self.regions, REGION_METHODS))
        _require(self.color_format in COLOR_FORMATS, _unknown("format", self.color_format, COLOR_FORMATS))

    def to_json(self) -> dict[str, object]:
        """As plain JSON values, with the version of nurie, on which the bytes depend too."""
        plain: dict[str, object] = json.loads(json.dumps(asdict(self)))
        return {"nurie": nurie_version(), **plain}


@dataclass(frozen=True)
class Layout:
    """Where the files of a run are."""

    out: Path

    @property
    def work(self) -> Path:
        """What is only needed until all is done."""
        return self.out / "work"

    @property
    def plan(self) -> Path:
        """The settings and the number of pictures; there as soon as the listing is complete."""
        return self.work / "plan.json"

    def listed(self, chunk: int) -> Path:
        """The entries of a chunk, a JSON line each."""
        return self.work / f"list-{chunk:06d}.jsonl"

    def looked(self, chunk: int) -> Path:
        """What was seen in each picture of a chunk, a JSON line each."""
        return self.work / f"look-{chunk:06d}.jsonl"

    def written(self, shard: str) -> Path:
        """The manifest's lines of a shard; there before the shard is."""
        return self.work / f"{shard}.jsonl"

    def shard(self, shard: str) -> Path:
        """The shard itself."""
        return self.out / f"{shard}.tar"


def _unknown(kind: str, name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    return f"unknown {kind} {name!r}; choose from {', '.join(known)}"


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise InputError(message)

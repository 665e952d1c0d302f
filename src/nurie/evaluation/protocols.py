"""Named ways to score: a number is only worth something beside the rule that made it."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from nurie.errors import OutputError
from nurie.evaluation.kid import SUBSET_SIZE, SUBSETS
from nurie.evaluation.pretrained import PRETRAINED
from nurie.images import replace_file

LIBRARIES = ("nurie", "numpy", "opencv-python-headless", "pillow", "torch")
"""Packages whose version can move a score."""


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """Everything that fixes a score besides the pictures and the seed."""

    name: str
    resize: str = "clean"
    """How pictures come to Inception's 299 by 299: a name in `RESIZE_RULES`."""
    order: str = "by file name"
    """Sorted by code point, so the n-th picture is the same on every machine."""
    count: int | None = None
    """Pictures; None for all there are."""
    seeds: tuple[int, int] | None = None
    """First seed of the drawings, and the first one after the last."""
    kid_subsets: int = SUBSETS
    kid_subset_size: int = SUBSET_SIZE
    """At most; half of the smaller set if that is less."""
    kid_seed: int = 0


PROTOCOLS = {
    "folders": Protocol(name="folders"),
    "acceptance": Protocol(name="acceptance", count=300, seeds=(900_000, 900_300)),
    "characters": Protocol(name="characters"),
    "latent": Protocol(name="latent"),
    "tables": Protocol(name="tables"),
}
"""`folders`: two folders of pictures; `acceptance`: 300 held-out procedural drawings; `characters`: the same characters
again, coloured from each other; `latent`: what codes change; `tables`: test sets A, B, C."""


def fid_protocol(protocol: Protocol, pictures: int | None = None, truth: int | None = None) -> str:
    """Say in a line how FID was computed: features, resize rule, counts and order of the files.

    The counts are those of the protocol if none are given; a FID says little without them, since small sets are
    biased upwards.
    """
    count = f"{pictures} pictures against {truth}" if pictures is not None else f"{protocol.count or 'all'} pictures"
    return f"FID: Inception 2015-12-05 pool3, resize {protocol.resize!r} to 299 px, {count}, {protocol.order}"


def describe_run(
    protocol: Protocol, *, seed: int | None, networks: tuple[str, ...], scored: str | None = None
) -> dict[str, object]:
    """Give what makes a score repeatable, as JSON can hold it.

    `networks` are the names in `PRETRAINED` that were used; their fingerprints are listed by file. `scored` is the
    SHA-256 of the weights that painted, where they are known.
    """
    entries = [PRETRAINED[name] for name in networks]
    return {
        "protocol": asdict(protocol),
        "seed": seed,
        "scored": scored,
        "weights": {entry.file: entry.sha256 for entry in entries},
        "versions": {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES},
    }


def write_result(path: Path, result: Mapping[str, object]) -> None:
    """Write a result as JSON, readable by people, the folder made if need be.

    Raises:
        OutputError: the file cannot be written.
        ValueError: the result holds a number that is not finite.
    """
    text = json.dumps(result, indent=2, allow_nan=False) + "\n"
    make_folder(path.parent)
    replace_file(path, text.encode())


def make_folder(folder: Path) -> None:
    """Make a folder for results, with those above it, unless it is there.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {error.strerror}") from error

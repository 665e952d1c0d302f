"""Weights on disk: a folder of ONNX graphs, and what they are and expect.

palette-encoder.onnx    sketch and regions -> tokens, once for a drawing
palette-step.onnx       tokens and noisy colours -> clean colours, once for a step
paint.onnx              sketch, regions, flats and code -> light and shade (optional)
weights.json            format, preprocessing, SHA-256 of each graph, training, parity with PyTorch
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nurie.colors import PALETTE_MEAN, PALETTE_STD
from nurie.errors import OutputError, WeightsError
from nurie.images import replace_file
from nurie.regions.descriptors import GEOMETRY

FORMAT = 1
"""Raised whenever older weights can no longer be used."""

MANIFEST = "weights.json"
ENCODER = "palette-encoder.onnx"
STEP = "palette-step.onnx"
PAINT = "paint.onnx"


@dataclass(frozen=True)
class Shipped:
    """Weights that come with the package."""

    folder: str
    """Below `nurie/inference/weights`."""
    sha256: str
    """Of its `weights.json`, which has those of the graphs."""
    version: str
    """Of nurie when they were made."""
    license: str
    card: str
    """What they were trained on, and what they can and cannot do."""


WEIGHTS: dict[str, Shipped] = {
    "default": Shipped(
        folder="default",
        sha256="91e09fb9acec83428894b84294fc471b3f5e5ff032f7b63335e8d736fbef642c",
        version="0.9.0",
        license="Apache-2.0",
        card="docs/model-card.md",
    ),
}
"""What `Colorizer()` can find without being given a folder."""

DEFAULT = "default"
"""The line of `WEIGHTS` that is used when nothing is said."""

_SHIPPED_FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True, kw_only=True)
class PaletteSettings:
    """How the palette network is to be called."""

    side: int
    """Pixels a side of the sketch it reads."""
    grid: int
    """Cells a side on which features are pooled."""
    steps: int
    """Steps from noise to colours."""
    temperatures: Sequence[float] = ()
    """Size of the noise of a region, for each kind of region that the encoder tells apart (its output `kinds`): below 1
    the regions of a kind agree better and pictures differ less in it. None at all are 1 throughout."""
    times: Sequence[float] = ()
    """When the steps begin, from 0 on; the last ends at 1. None at all: they are equally long."""
    memory: Sequence[Sequence[float]] = ()
    """What step i keeps of each step before (`nurie.inference.palette`): row i has i shares, or none for Euler's."""
    references: bool = False
    """Whether it has learned to take colours from coloured drawings of the same character."""


@dataclass(frozen=True, kw_only=True)
class PaintSettings:
    """How the paint network is to be called."""

    side: int
    """Pixels a side of the square it was trained on."""
    latent_dim: int = 0
    """Length of the code that light and shade are drawn with, from N(0, I); 0: it takes none."""
    light: bool = False
    """Whether the code is one number that says from which side light falls: -1 (left) or 1."""


@dataclass(frozen=True)
class Weights:
    """Weights that have been checked and can be used."""

    folder: Path
    palette: PaletteSettings
    paint: PaintSettings | None
    """None if there is no paint network: the colours stay flat."""
    sha256: str
    """Of `weights.json`, which has those of the graphs: it names these weights and no others."""


def load_weights(folder: str | Path | None = None) -> Weights:
    """Check a folder of weights, every byte of it, and read how the networks are to be called.

    None are the weights that come with the package.

    Raises:
        WeightsError: they are missing, incomplete, damaged, or made for another version of nurie.
    """
    if folder is not None:
        return _read_folder(Path(folder))
    if DEFAULT not in WEIGHTS:
        raise WeightsError("this installation has no weights; give a folder made by `nurie export` (--weights)")
    shipped = _SHIPPED_FOLDER / WEIGHTS[DEFAULT].folder
    weights = _read_folder(shipped)
    if weights.sha256 != WEIGHTS[DEFAULT].sha256:
        raise WeightsError(f"{shipped / MANIFEST} has been changed; install nurie again")
    return weights


def write_manifest(
    folder: Path,
    *,
    palette: PaletteSettings,
    paint: PaintSettings | None,
    record: Mapping[str, object],
) -> Path:
    """Write `weights.json` for the graphs in `folder`; `record` are further facts, for people.

    Raises:
        OutputError: a graph is missing, or the file cannot be written.
    """
    names = [ENCODER, STEP] + ([PAINT] if paint else [])
    try:
        files = {name: _fingerprint(folder / name) for name in names}
    except OSError as error:
        raise OutputError(f"{folder} cannot be read: {error.strerror or error}") from None
    manifest = {
        "format": FORMAT,
        "nurie": version("nurie"),
        "preprocessing": preprocessing(),
        "palette": vars(palette),
        "paint": vars(paint) if paint else None,
        "files": files,
        **record,
    }
    path = folder / MANIFEST
    replace_file(path, (json.dumps(manifest, indent=2) + "\n").encode())
    return path


def preprocessing() -> dict[str, list[float] | list[str]]:
    """The numbers outside of the networks that their weights depend on."""
    return {
        "palette_mean": list(PALETTE_MEAN),
        "palette_std": list(PALETTE_STD),
        "geometry": list(GEOMETRY),
    }


def _read_folder(folder: Path) -> Weights:
    manifest = _read_manifest(folder)
    made_by = manifest.get("nurie", "another version")
    if manifest.get("format") != FORMAT:
        raise WeightsError(
            f"the weights in {folder} have format {manifest.get('format')}, this nurie reads "
            f"format {FORMAT}; export them again, or install the nurie that made them ({made_by})"
        )
    if manifest.get("preprocessing") != preprocessing():
        raise WeightsError(
            f"the weights in {folder} expect other colours or region features than this nurie "
            f"({version('nurie')}) computes; install nurie {made_by}, or train and export again"
        )
    try:
        fields: dict[str, Any] = dict(manifest["palette"])
        for name in ("temperatures", "times"):
            fields[name] = tuple(fields.get(name, ()))  # JSON has no tuples
        fields["memory"] = tuple(tuple(row) for row in fields.get("memory", ()))
        palette = PaletteSettings(**fields)
        paint = PaintSettings(**manifest["paint"]) if manifest["paint"] else None
        expected = {name: file["sha256"] for name, file in manifest["files"].items()}
        required = {ENCODER, STEP} | ({PAINT} if paint else set())
        missing = required - set(expected)
        if missing:
            raise KeyError(*sorted(missing))
    except (KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{folder / MANIFEST} is damaged ({error}); copy or export it again") from None
    for name, sha256 in expected.items():
        _check_file(folder / name, sha256)
    return Weights(folder, palette, paint, _sha256(folder / MANIFEST))


def _read_manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise WeightsError(f"there are no weights in {folder} (no {MANIFEST}); give a folder made by `nurie export`")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path} is damaged ({error}); copy or export it again") from None
    if not isinstance(manifest, dict):
        raise WeightsError(f"{path} is damaged (no JSON object); copy or export it again")
    return manifest


def _check_file(path: Path, sha256: str) -> None:
    if not path.is_file():
        raise WeightsError(f"{path} is missing; copy or export the whole folder again")
    if _sha256(path) != sha256:
        raise WeightsError(f"{path} is damaged (its SHA-256 is not the one in {MANIFEST}); copy or export it again")


def _fingerprint(path: Path) -> dict[str, object]:
    return {"sha256": _sha256(path), "bytes": path.stat().st_size}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""The record beside a result, NAME.nurie.json: with the drawing it gives the same picture again, bit for bit.

It holds what was drawn (seed, noise, hints, the colour of each region, the code of light and shade), the region map
itself, so that a newer nurie that would cut or colour the drawing otherwise still finds the picture as it was, and
what the network saw of the references, so that they need not be there when colours are drawn anew.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import PIL
from jaxtyping import Bool, Float32

from nurie.arrays import Colors, Palette, RegionMap
from nurie.errors import InputError
from nurie.graphs import RUNTIME_VERSION
from nurie.images import MAX_PIXELS, Picture, Source, encode_image, read_image, read_sketch, replace_file
from nurie.inference.encoded import Encoded, Networks, Start
from nurie.inference.hints import color_name, read_color_name
from nurie.inference.paint import Code
from nurie.inference.result import Result
from nurie.inference.style import Style, style_from_json, style_to_json

FORMAT = 1
"""Raised whenever older records can no longer be read."""

SUFFIX = ".nurie.json"

LIBRARIES = {
    "numpy": np.__version__,
    "onnxruntime": RUNTIME_VERSION,
    "opencv": cv2.__version__,
    "pillow": PIL.__version__,
}
"""Versions that are noted: other ones may round otherwise."""


@dataclass(frozen=True, eq=False)
class Sidecar:
    """What is known of one result; arrays as in `Result`."""

    drawing: str
    """The drawing's file, relative to the sidecar's folder, or what else it came from."""
    drawing_sha256: str
    """Of its pixels: see `hash_drawing`."""
    seed: int
    index: int
    noise: Palette
    known: Bool[np.ndarray, " regions"]
    colors: Colors
    drawn: Colors
    regions: RegionMap
    weights_sha256: str
    """Of the weights' `weights.json`."""
    code: Code = field(default_factory=lambda: np.zeros(0, np.float32))
    style: Style = field(default_factory=Style)
    options: Mapping[str, Any] = field(default_factory=dict)
    """What was asked for on the command line; anything that JSON can hold."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the libraries that took part."""


def sidecar_path(result: Path) -> Path:
    """Where the sidecar of a result is: `a.png` has `a.nurie.json`."""
    return result.with_name(result.stem + SUFFIX)


def make_sidecar(
    encoded: Encoded, result: Result, *, drawing: str = "", options: Mapping[str, Any] | None = None
) -> Sidecar:
    """The record of a result of `encoded`; `drawing` says where the drawing is."""
    return Sidecar(
        drawing=drawing,
        drawing_sha256=hash_drawing(encoded.drawing),
        seed=result.seed,
        index=result.index,
        noise=result.noise,
        known=result.known,
        colors=result.colors,
        drawn=result.drawn,
        regions=result.regions,
        weights_sha256=encoded.networks.sha256,
        code=result.code,
        style=result.style,
        options=dict(options or {}),
        versions={"nurie": version("nurie"), **LIBRARIES},
    )


def hash_drawing(drawing: Picture) -> str:
    """SHA-256 of a drawing's size and pixels, alpha included: the same for every lossless format."""
    digest = hashlib.sha256(repr(drawing.color.shape).encode())
    digest.update(np.ascontiguousarray(drawing.color).data)
    if drawing.alpha is not None:
        digest.update(np.ascontiguousarray(drawing.alpha).data)
    return digest.hexdigest()


def hash_regions(regions: RegionMap) -> str:
    """SHA-256 of a region map's size and labels (32 bits, little-endian)."""
    digest = hashlib.sha256(repr(regions.shape).encode())
    digest.update(np.ascontiguousarray(regions, "<i4").data)
    return digest.hexdigest()


def regions_to_json(regions: RegionMap) -> dict[str, str]:
    """A region map as a PNG of 16 bits in base64, and its `hash_regions`."""
    return {"sha256": hash_regions(regions), "png": base64.b64encode(encode_image(regions)).decode()}


def regions_from_json(record: Mapping[str, Any]) -> RegionMap:
    """Inverse of `regions_to_json`.

    Raises:
        ValueError: the map is damaged.
        KeyError: it is not there.
    """
    data = np.frombuffer(base64.b64decode(record["png"], validate=True), np.uint8)
    decoded = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    if decoded is not None and decoded.ndim == 2:
        regions = np.asarray(decoded, np.int32)
        if hash_regions(regions) == record["sha256"]:
            return regions
    raise ValueError("its region map is not the one that its SHA-256 says")


def write_sidecar(path: Path, sidecar: Sidecar) -> None:
    """Write a record as JSON.

    Raises:
        OutputError: `path` cannot be written.
    """
    colors = [color_name(color) for color in sidecar.colors]
    drawn = [color_name(color) for color in sidecar.drawn]
    record = {
        "format": FORMAT,
        "drawing": {"file": sidecar.drawing, "sha256": sidecar.drawing_sha256},
        "seed": sidecar.seed,
        "index": sidecar.index,
        "hints": {str(label + 1): colors[label] for label in np.flatnonzero(sidecar.known).tolist()},
        "palette": colors,
        "drawn": None if drawn == colors else drawn,
        "noise": _floats_to_json(sidecar.noise),
        "light": _floats_to_json(sidecar.code),
        "style": style_to_json(sidecar.style),
        "regions": {"count": len(colors), **regions_to_json(sidecar.regions)},
        "weights": {"sha256": sidecar.weights_sha256},
        "versions": dict(sidecar.versions),
        "options": dict(sidecar.options),
    }
    replace_file(path, (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode())


def read_sidecar(path: Path) -> Sidecar:
    """Read a record.

    Raises:
        InputError: it is missing, damaged, or of a newer nurie.
    """
    try:
        record = json.loads(path.read_bytes())
        version_read = record["format"]
        sidecar = _parse(record) if version_read == FORMAT else None
    except FileNotFoundError:
        raise InputError(f"{path} does not exist; color the drawing again, without --no-sidecar") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path} is no record of nurie, or is damaged ({error}); color the drawing again") from None
    if sidecar is None:
        raise InputError(f"{path} has format {version_read}, this nurie reads format {FORMAT}; use a newer nurie")
    return sidecar


def reopen(sidecar: Sidecar, networks: Networks, drawing: Source, *, max_pixels: int = MAX_PIXELS) -> Encoded:
    """The drawing of a record, in the record's regions.

    Raises:
        ImageError: the drawing cannot be read.
        InputError: it is not the drawing that was coloured.
    """
    picture = read_image(drawing, max_pixels=max_pixels)
    if hash_drawing(picture) != sidecar.drawing_sha256:
        raise InputError(
            f"{picture.name} is not the drawing that was colored: its pixels differ; give that one (--drawing)"
        )
    return Encoded(networks, picture, read_sketch(picture), sidecar.regions)


def start_of(sidecar: Sidecar) -> Start:
    """Where the colours of a record began."""
    return Start(sidecar.noise, sidecar.seed, sidecar.index, sidecar.colors, sidecar.known, sidecar.code, sidecar.style)


def reproduce(sidecar: Sidecar, encoded: Encoded) -> Result:
    """The recorded result again, bit for bit; light and shade are so with the same weights and versions only."""
    return encoded.paint(sidecar.colors, sidecar.drawn, start_of(sidecar))


def _parse(record: Mapping[str, Any]) -> Sidecar:
    regions = regions_from_json(record["regions"])
    colors = _read_colors(record["palette"])
    noise = _floats_from_json(record["noise"]).reshape(-1, 3)
    drawn = colors if record["drawn"] is None else _read_colors(record["drawn"])
    known = np.isin(np.arange(1, len(colors) + 1), [int(label) for label in record["hints"]])
    if not len(colors) == len(noise) == len(drawn) == int(regions.max()):
        raise ValueError("its numbers of regions disagree")
    return Sidecar(
        drawing=str(record["drawing"]["file"]),
        drawing_sha256=str(record["drawing"]["sha256"]),
        seed=int(record["seed"]),
        index=int(record["index"]),
        noise=noise,
        known=known,
        colors=colors,
        drawn=drawn,
        regions=regions,
        weights_sha256=str(record["weights"]["sha256"]),
        code=_floats_from_json(record.get("light", "")),
        style=style_from_json(record.get("style")),
        options=dict(record["options"]),
        versions=dict(record["versions"]),
    )


def _floats_to_json(floats: Float32[np.ndarray, "..."]) -> str:
    return base64.b64encode(np.ascontiguousarray(floats, "<f4").data).decode()


def _floats_from_json(text: str) -> Float32[np.ndarray, " floats"]:
    return np.frombuffer(base64.b64decode(text, validate=True), "<f4").astype(np.float32)


def _read_colors(names: list[str]) -> Colors:
    return np.array([read_color_name(name) for name in names], np.uint8).reshape(-1, 3)

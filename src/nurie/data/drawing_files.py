"""One drawing of a corpus as three pictures, and back.

DIR/color/NAME.png      RGB
DIR/sketch/NAME.png     gray
DIR/regions/NAME.png    16-bit gray: labels 1..K
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from jaxtyping import Shaped

from nurie.arrays import RegionMap
from nurie.data.sources.drawing import KINDS, Drawing, Part
from nurie.errors import DataError, OutputError
from nurie.images import write_image

LAYERS: dict[str, tuple[int, type[np.generic]]] = {
    "color": (3, np.uint8),
    "sketch": (2, np.uint8),
    "regions": (2, np.uint16),
}
"""Folder -> number of axes and type of its pictures."""

REMEDY = "delete it and run nurie corpus again"


def layer_paths(directory: Path, name: str) -> dict[str, Path]:
    """Where the pictures of a drawing are."""
    return {layer: directory / layer / f"{name}.png" for layer in LAYERS}


def has_pictures(directory: Path, name: str) -> bool:
    """Whether all pictures of a drawing are there."""
    return all(path.is_file() for path in layer_paths(directory, name).values())


def make_folders(directory: Path) -> None:
    """Make the folders of a corpus where they are missing.

    Raises:
        OutputError: they cannot be made.
    """
    for layer in LAYERS:
        try:
            (directory / layer).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{directory / layer} cannot be made: {error.strerror}") from None


def save_drawing(directory: Path, name: str, drawing: Drawing) -> None:
    """Write the three pictures of a drawing, each whole or not at all.

    Raises:
        OutputError: a place that cannot be written, or more than 65,535 regions.
    """
    paths = layer_paths(directory, name)
    write_image(paths["color"], drawing.color)
    write_image(paths["sketch"], drawing.sketch)
    write_image(paths["regions"], drawing.regions)


def load_drawing(directory: Path, name: str, meta: Mapping[str, Any]) -> Drawing:
    """Read the three pictures of a drawing; `meta` is its line of the corpus's list.

    Raises:
        DataError: a picture is missing or damaged, or does not fit the others or the list.
    """
    paths = layer_paths(directory, name)
    arrays = {layer: _read(path, *LAYERS[layer]) for layer, path in paths.items()}
    height, width = arrays["sketch"].shape
    for layer, array in arrays.items():
        if array.shape[:2] != (height, width):
            raise DataError(
                f"{paths[layer]} has {array.shape[1]}x{array.shape[0]} pixels but its sketch has "
                f"{width}x{height}; {REMEDY}"
            )
    regions = arrays["regions"].astype(np.int32)
    parts = parse_parts(meta.get("parts", ()), f"{name} in the list of {directory}")
    check_labels(regions, len(parts), str(paths["regions"]))
    known = {key: value for key, value in meta.items() if key not in ("name", "parts")}
    color = cv2.cvtColor(arrays["color"], cv2.COLOR_BGR2RGB)
    return Drawing(color, arrays["sketch"], regions, parts, known)


def _read(path: Path, axes: int, dtype: type[np.generic]) -> Shaped[np.ndarray, "..."]:
    """Decode a picture of `save_drawing` as it is there, 16 bits and all, unlike `read_image`."""
    try:
        data = np.fromfile(path, np.uint8)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); {REMEDY}") from None
    array = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    if array is None:
        raise DataError(f"{path} is damaged or cut short; {REMEDY}")
    if array.ndim != axes or array.dtype != dtype or (axes == 3 and array.shape[2] != 3):
        raise DataError(f"{path} is no picture of a corpus ({array.dtype} {array.shape}); {REMEDY}")
    return array


def parse_parts(listed: object, where: str) -> tuple[Part, ...]:
    """Parts from JSON: kind, owner and name of each.

    Raises:
        DataError: they are something else, or of a kind that this version does not know.
    """
    try:
        if not isinstance(listed, Sequence):
            raise TypeError
        parts = tuple(Part(str(kind), int(owner), str(finer)) for kind, owner, finer in listed)
    except (TypeError, ValueError):
        raise DataError(f"{where} has no valid parts; write it again") from None
    for part in parts:
        if part.kind not in KINDS:
            raise DataError(f"{where} has the unknown kind {part.kind!r}; write it again with this version of nurie")
    return parts


def check_labels(regions: RegionMap, num_parts: int, where: str) -> None:
    """Refuse a map that is no partition, or has another number of regions than `num_parts` (0: unknown).

    Raises:
        DataError: it is not as it must be.
    """
    counts = np.bincount(regions.ravel())
    if counts[0] or not counts[1:].all():
        raise DataError(f"{where} does not hold labels 1..K without gaps; {REMEDY}")
    if num_parts and num_parts != len(counts) - 1:
        raise DataError(f"{where} has {len(counts) - 1} regions but {num_parts} parts; {REMEDY}")

"""Drawings brought to the size of the networks once, with every region map that a row may ask for.

All rows of all tables learn from, and are scored on, these very arrays: what differs between two rows is the method.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Int32, UInt8

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.augment import XDOG_SIGMAS
from nurie.data.drawings import Drawings
from nurie.data.sources.drawing import Drawing, Part
from nurie.errors import DataError
from nurie.evaluation.protocols import make_folder
from nurie.evaluation.testsets import TestPicture
from nurie.images import fit_square, replace_file
from nurie.regions import segment_regions
from nurie.sketch import extract_sketch

FOUND_MAPS = ("trapped_ball", "learned")
"""Region methods whose maps are kept: Table III compares the two."""

TRUE_MAP = "true"

Progress = Callable[[int, int], None]
"""Told how many of how many drawings are prepared."""


@dataclass(frozen=True)
class Prepared:
    """Square drawings of one size, in the order in which they were read."""

    names: tuple[str, ...]
    color: UInt8[np.ndarray, "n side side 3"]
    sketch: UInt8[np.ndarray, "n side side"]
    maps: dict[str, Int32[np.ndarray, "n side side"]]
    """By `FOUND_MAPS` and, if the drawings know them, `TRUE_MAP`; labels 1..K without gaps."""
    parts: tuple[tuple[Part, ...], ...]
    """What the regions of the true map are; empty tuples where nobody knows."""
    has_color: tuple[bool, ...]
    """Whether the colours are the true ones; where they are not, `color` shows the lines."""

    def __len__(self) -> int:
        return len(self.names)

    def drawing(self, number: int, regions: str = TRUE_MAP) -> Drawing:
        """Give one drawing with one of its maps as its regions; its parts go with the true map only."""
        parts = self.parts[number] if regions == TRUE_MAP else ()
        meta = {"name": self.names[number], "seed": number}
        return Drawing(self.color[number], self.sketch[number], self.maps[regions][number], parts, meta)

    def drawings(self, regions: str = TRUE_MAP) -> list[Drawing]:
        """Give all drawings with one of their maps."""
        return [self.drawing(number, regions) for number in range(len(self))]


@dataclass(frozen=True)
class PreparedDrawings:
    """What the training loop reads: `Drawings` in memory, with one map each."""

    prepared: Prepared
    regions: str

    @property
    def names(self) -> Sequence[str]:
        """The numbers of the drawings as text."""
        return [f"{number:06d}" for number in range(len(self.prepared))]

    def load(self, name: str) -> Drawing:
        """One drawing."""
        return self.prepared.drawing(int(name), self.regions)


def prepare(pictures: Iterable[TestPicture], side: int, *, total: int, progress: Progress | None = None) -> Prepared:
    """Find the maps of drawings at their own size and bring everything to squares of `side` pixels.

    A drawing's own sketch is taken as it is. Short sides are filled by reflection, as in training and use.

    Raises:
        DataError: there is no drawing.
    """
    kept: list[tuple[TestPicture, Drawing, dict[str, RegionMap]]] = []
    for picture in pictures:
        found = {method: _small_map(segment_regions(picture.drawing.sketch, method), side) for method in FOUND_MAPS}
        kept.append((picture, _small(picture.drawing, side), found))
        if progress:
            progress(len(kept), total)
    if not kept:
        raise DataError("there is no drawing to prepare; give a corpus with at least one")
    maps = {method: np.stack([found[method] for _, _, found in kept]) for method in FOUND_MAPS}
    if all(drawing.known for _, drawing, _ in kept):
        maps[TRUE_MAP] = np.stack([drawing.regions for _, drawing, _ in kept])
    return Prepared(
        names=tuple(picture.name for picture, _, _ in kept),
        color=np.stack([drawing.color for _, drawing, _ in kept]),
        sketch=np.stack([drawing.sketch for _, drawing, _ in kept]),
        maps=maps,
        parts=tuple(drawing.parts for _, drawing, _ in kept),
        has_color=tuple(picture.has_color for picture, _, _ in kept),
    )


def training_pictures(corpus: Drawings, count: int, seed: int = 0) -> Iterable[TestPicture]:
    """Give the first `count` drawings, every other one with lines by XDoG and the paper's sigmas."""
    rng = np.random.default_rng(seed)
    for number, name in enumerate(corpus.names[:count]):
        drawing = corpus.load(name)
        if number % 2 or not drawing.known:
            drawing = with_xdog_lines(drawing, float(rng.choice(XDOG_SIGMAS)))
        yield TestPicture(name, drawing, has_color=True)


def with_xdog_lines(drawing: Drawing, sigma: float) -> Drawing:
    """Give the drawing with the lines that XDoG finds in its colours."""
    return replace(drawing, sketch=extract_sketch(drawing.color, "xdog", sigma=sigma))


def load_or_prepare(path: Path, make: Callable[[], Prepared]) -> Prepared:
    """Read what is kept in a file; if there is none, or it is damaged, make it and keep it."""
    try:
        return load_prepared(path)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        path.unlink(missing_ok=True)
    prepared = make()
    save_prepared(path, prepared)
    return prepared


def save_prepared(path: Path, prepared: Prepared) -> None:
    """Write everything to one file, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    texts = {
        "names": json.dumps(prepared.names),
        "has_color": json.dumps(prepared.has_color),
        "parts": json.dumps([[[p.kind, p.owner, p.name] for p in parts] for parts in prepared.parts]),
    }
    arrays: dict[str, Any] = {name: np.frombuffer(text.encode(), np.uint8) for name, text in texts.items()}
    arrays |= {"color": prepared.color, "sketch": prepared.sketch}
    arrays |= {f"map:{name}": regions for name, regions in prepared.maps.items()}
    content = BytesIO()
    np.savez_compressed(content, **arrays)
    make_folder(path.parent)
    replace_file(path, content.getvalue())


def load_prepared(path: Path) -> Prepared:
    """Read what `save_prepared` wrote; whatever NumPy raises if it cannot."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        names, parts, has_color = (json.loads(arrays[name].tobytes()) for name in ("names", "parts", "has_color"))
        return Prepared(
            names=tuple(names),
            color=arrays["color"],
            sketch=arrays["sketch"],
            maps={name[4:]: arrays[name] for name in arrays.files if name.startswith("map:")},
            parts=tuple(tuple(Part(*part) for part in listed) for listed in parts),
            has_color=tuple(has_color),
        )


def _small(drawing: Drawing, side: int) -> Drawing:
    """A drawing of `side` pixels; true regions that vanish are dropped, and their parts with them."""
    color: Image = fit_square(drawing.color, side)[0]
    sketch: Sketch = fit_square(drawing.sketch, side)[0]
    regions, labels = renumber(fit_square(drawing.regions, side)[0])
    parts = tuple(drawing.parts[label - 1] for label in labels) if drawing.parts else ()
    return replace(drawing, color=color, sketch=sketch, regions=regions, parts=parts, sketches={})


def _small_map(regions: RegionMap, side: int) -> Int32[np.ndarray, "side side"]:
    return renumber(fit_square(regions, side)[0])[0]


def renumber(regions: RegionMap) -> tuple[RegionMap, list[int]]:
    """Number the labels that are left 1..K, and say which they were; 0 stays 0."""
    present = np.flatnonzero(np.bincount(regions.ravel()))
    labels = present[present > 0]
    table = np.zeros(int(present[-1]) + 1, np.int32)
    table[labels] = np.arange(1, len(labels) + 1)
    return table[regions], labels.tolist()

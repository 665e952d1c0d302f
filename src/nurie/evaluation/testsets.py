"""Test sets on disk: A of known truth, B of real line art with colours, C of real art and real lines.

DIR/A/sketch/NAME.png       gray
DIR/A/color/NAME.png        RGB; missing for drawings whose colours nobody knows
DIR/A/regions/NAME.png      16-bit labels; missing where nobody knows the true regions
DIR/A/meta.jsonl            a line a drawing: name, source, license, author, lines; parts where there are regions
DIR/A/card.md               what it is, for people
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nurie.data.drawing_files import parse_parts
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError
from nurie.evaluation.protocols import make_folder
from nurie.images import read_color, replace_file, write_image
from nurie.images.labels import read_labels

SETS = ("A", "B", "C")

LIST, CARD = "meta.jsonl", "card.md"


@dataclass(frozen=True)
class TestPicture:
    """One drawing of a test set."""

    __test__ = False  # pytest takes every class that is called Test... for its own

    name: str
    drawing: Drawing
    """`known` says whether its regions are the true ones."""
    has_color: bool


@dataclass(frozen=True)
class TestSet:
    """A folder that has been looked at."""

    __test__ = False

    name: str
    directory: Path
    meta: tuple[Mapping[str, Any], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Sorted by name."""
        return tuple(str(line["name"]) for line in self.meta)

    def load(self, number: int) -> TestPicture:
        """Read one drawing.

        Raises:
            DataError: a picture is missing, or the pictures of a drawing do not fit each other.
            ImageError: a picture is damaged.
        """
        meta = self.meta[number]
        name = str(meta["name"])
        sketch = np.ascontiguousarray(read_color(self._path("sketch", name))[..., 0])  # gray, as it was written
        color, regions = self._path("color", name), self._path("regions", name)
        has_color, known = color.is_file(), regions.is_file()
        image = read_color(color) if has_color else np.repeat(sketch[..., None], 3, axis=2)
        labels = read_labels(regions) if known else np.ones(sketch.shape, np.int32)
        if labels is None or image.shape[:2] != sketch.shape or labels.shape != sketch.shape:
            raise DataError(f"the pictures of {name} in {self.directory} differ in size; build the test set again")
        parts = parse_parts(meta.get("parts", ()), f"{name} in {self.directory / LIST}") if known else ()
        return TestPicture(
            name, Drawing(image, sketch, labels.astype(np.int32), parts, dict(meta), known=known), has_color
        )

    def _path(self, layer: str, name: str) -> Path:
        return self.directory / layer / f"{name}.png"


def read_testsets(directory: Path) -> dict[str, TestSet]:
    """Look at all test sets of a folder that `nurie testsets` has built.

    Raises:
        DataError: there is none, or its list is damaged.
    """
    found = {name: directory / name for name in SETS if (directory / name / LIST).is_file()}
    if not found:
        raise DataError(f"{directory} has no test sets; build them with nurie testsets -o {directory}")
    return {name: TestSet(name, folder, _read_list(folder / LIST)) for name, folder in found.items()}


def write_testset(directory: Path, pictures: list[TestPicture], card: str) -> None:
    """Write a test set; pictures that are there already under the same names are replaced.

    Raises:
        OutputError: it cannot be written.
    """
    layers = ("sketch", "color", "regions")
    for layer in layers:
        make_folder(directory / layer)
    lines = []
    for picture in sorted(pictures, key=lambda picture: picture.name):
        drawing = picture.drawing
        shown = {"sketch": drawing.sketch}
        if picture.has_color:
            shown["color"] = drawing.color
        if drawing.known:
            shown["regions"] = drawing.regions
        for layer, array in shown.items():
            write_image(directory / layer / f"{picture.name}.png", array)
        parts = [[part.kind, part.owner, part.name] for part in drawing.parts]
        lines.append(json.dumps({**drawing.meta, "name": picture.name, "parts": parts}, ensure_ascii=False) + "\n")
    replace_file(directory / CARD, card.encode())
    replace_file(directory / LIST, "".join(lines).encode())  # last: a folder with a list is complete


def _read_list(path: Path) -> tuple[Mapping[str, Any], ...]:
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return tuple(sorted(lines, key=lambda line: str(line["name"])))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataError(f"{path} is damaged ({error!r}); build the test sets again") from None

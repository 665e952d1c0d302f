"""Numbered contact sheets that carry what is needed to have each of their pictures again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import cv2
import numpy as np

from nurie.arrays import Image, RegionMap
from nurie.errors import InputError
from nurie.images import Picture, encode_image, replace_file
from nurie.inference.contact_sheet import AnyImage, contact_sheet
from nurie.inference.encoded import Encoded
from nurie.inference.hints import color_name, read_color_name
from nurie.inference.palette_files import Swatches
from nurie.inference.png_text import find_text, insert_text
from nurie.inference.result import Result
from nurie.inference.sidecar import hash_drawing, regions_from_json, regions_to_json
from nurie.inference.style import Style, style_from_json, style_to_json

FORMAT = 1
"""Raised whenever older sheets can no longer be read."""

KEYWORD = "nurie"
"""Of the text chunk in the sheet."""

LARGEST_CELL = 320
"""Pixels a side of one picture on the sheet."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """What the pictures of a sheet were made from: picture k, from 1, is index k - 1 of `seed`."""

    drawing_sha256: str
    """See `nurie.inference.sidecar.hash_drawing`."""
    weights_sha256: str
    regions: RegionMap
    """Noise and hints belong to these regions; a newer nurie might cut the drawing otherwise."""
    seed: int
    n: int
    hints: Mapping[int, str] = field(default_factory=dict)
    palette: Sequence[str] = ()
    """The only colours allowed; none are all."""
    style: Style = field(default_factory=Style)

    def check(self, drawing: Picture, number: int) -> None:
        """Raise what `sample` cannot do.

        Raises:
            InputError: the sheet has no such picture, or is of another drawing.
        """
        if not 1 <= number <= self.n:
            raise InputError(f"the sheet has pictures 1 to {self.n}, not {number}")
        if hash_drawing(drawing) != self.drawing_sha256:
            raise InputError(
                f"the sheet is not of {drawing.name}: its pixels differ; make one with nurie variations, or use --seed"
            )

    def sample(self, encoded: Encoded, number: int) -> Result:
        """Picture `number` again, at the drawing's size; `encoded` is the drawing in the sheet's regions."""
        self.check(encoded.drawing, number)
        return encoded.sample(self.seed, number - 1, hints=self.hints, palette=self.colors, style=self.style)

    @property
    def colors(self) -> Swatches | None:
        """The palette as colours; None if all are allowed."""
        return np.array([read_color_name(name) for name in self.palette], np.uint8) if self.palette else None


def make_sheet(
    encoded: Encoded,
    n: int,
    seed: int = 0,
    *,
    hints: Mapping[int, str] | None = None,
    palette: Swatches | None = None,
    style: Style | None = None,
) -> Sheet:
    """What a sheet of `n` pictures of a drawing is made from.

    Raises:
        InputError: `n` is below 1.
    """
    if n < 1:
        raise InputError(f"n must be at least 1 picture, got {n}")
    return Sheet(
        drawing_sha256=hash_drawing(encoded.drawing),
        weights_sha256=encoded.networks.sha256,
        regions=encoded.regions,
        seed=seed,
        n=n,
        hints=dict(hints or {}),
        palette=() if palette is None else [color_name(color) for color in palette],
        style=style or Style(),
    )


def draw_sheet(pictures: Sequence[AnyImage]) -> Image:
    """The pictures in rows, as square as may be, each with its number below it, from 1."""
    columns = ceil(len(pictures) ** 0.5)
    side = min(LARGEST_CELL, max((max(picture.shape[:2]) for picture in pictures), default=1))
    numbered = [_number(picture, number, side) for number, picture in enumerate(pictures, 1)]
    return contact_sheet([numbered[i : i + columns] for i in range(0, len(numbered), columns)], side)


def write_sheet(path: Path, picture: Image, sheet: Sheet) -> None:
    """Write a sheet as PNG with its data inside.

    Raises:
        OutputError: `path` cannot be written.
    """
    numbers = {"regions": regions_to_json(sheet.regions), "style": style_to_json(sheet.style)}
    record = {"format": FORMAT, **vars(sheet), **numbers}
    replace_file(path, insert_text(encode_image(picture), KEYWORD, json.dumps(record)))


def read_sheet(path: Path) -> Sheet:
    """The data inside a sheet.

    Raises:
        InputError: it cannot be read, or carries no data.
    """
    try:
        text = find_text(path.read_bytes(), KEYWORD)
    except OSError as error:
        raise InputError(f"the sheet {path} cannot be read: {error.strerror or error}") from None
    if text is None:
        raise InputError(
            f"{path} carries no data of nurie variations; give the PNG as it was written, as other programs drop them"
        )
    try:
        record = json.loads(text)
        if record.pop("format") != FORMAT:
            raise InputError(f"{path} is a sheet of a newer nurie; use that one")
        hints = {int(label): str(name) for label, name in record.pop("hints").items()}
        style = style_from_json(record.pop("style", None))
        return Sheet(regions=regions_from_json(record.pop("regions")), hints=hints, style=style, **record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} carries damaged data ({error}); make a new sheet with nurie variations") from None


def parse_pick(text: str) -> tuple[Path, int] | None:
    """`SHEET.png#5` as path and number; None if it is written otherwise."""
    path, mark, number = text.rpartition("#")
    return (Path(path), int(number)) if mark and path and number.isdecimal() else None


def _number(picture: AnyImage, number: int, side: int) -> AnyImage:
    """The picture fitted to `side` less a strip, with its number in the strip."""
    strip = max(12, side // 12)
    height, width = picture.shape[:2]
    scale = min((side - strip) / height, side / width)
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    cell = np.full((side, side, 3), 255, np.uint8)
    left = (side - columns) // 2
    cell[:rows, left : left + columns] = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
    text, font = str(number), cv2.FONT_HERSHEY_SIMPLEX
    size = strip / 30
    (text_width, _), _ = cv2.getTextSize(text, font, size, 1)
    place = ((side - text_width) // 2, rows + strip - max(2, strip // 5))
    cv2.putText(cell, text, place, font, size, (40, 40, 40), max(1, strip // 16), cv2.LINE_AA)
    return cell

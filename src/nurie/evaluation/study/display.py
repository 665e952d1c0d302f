"""Copies that a browser can show: PNG, of bounded size, without metadata that could tell where a picture comes from."""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nurie.errors import DataError, OutputError
from nurie.evaluation.study.pictures import StudyPictures
from nurie.images import encode_image, read_color, replace_file, resize_area

DISPLAY_SIDE = 1600
"""Pixels of the longer side, at most: all that a screen shows of one picture."""

DISPLAY_FOLDER = ".display"

WIDE = 1.15
"""Width by height, about half-way from 1 to 4/3."""

PNG_SIZE = slice(16, 24)
"""Where a PNG file says its width and height."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass(frozen=True)
class ShownPicture:
    """A picture of the study and its copy."""

    sketch: str
    method: str | None
    """None for the sketch itself."""
    number: int
    """From 1, among the pictures of one sketch by one method; 0 for the sketch itself."""
    sha256: str
    """Of the original file."""
    file: Path
    """The copy."""


def show_pictures(
    folder: Path, pictures: StudyPictures, progress: Progress = lambda done, total: None
) -> list[ShownPicture]:
    """Make a copy of every picture that has none yet, in `folder`/.display, named by what the original holds.

    Copies are lossless. All are made before the first rater comes, so a damaged file is found by who runs the study.

    Raises:
        ImageError: a picture cannot be read.
        OutputError: a copy cannot be written.
    """
    copies = folder / DISPLAY_FOLDER
    try:
        copies.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {copies}: {error.strerror}") from None
    files = list(_files(pictures))
    shown = []
    for done, (sketch, method, number, file) in enumerate(files, 1):
        sha256 = _sha256(file)
        shown.append(ShownPicture(sketch, method, number, sha256, _copy(file, copies / f"{sha256}-{DISPLAY_SIDE}.png")))
        progress(done, len(files))
    return shown


def is_wide(copy: Path) -> bool:
    """Tell whether a copy is rather 4:3 than square: it is shown in a place of that shape."""
    with copy.open("rb") as file:
        width, height = struct.unpack(">II", file.read(PNG_SIZE.stop)[PNG_SIZE])
    return bool(width >= WIDE * height)


def _files(pictures: StudyPictures) -> Iterable[tuple[str, str | None, int, Path]]:
    for sketch, file in pictures.drawings.items():
        yield sketch, None, 0, file
    yield from _colorings(pictures)


def _colorings(pictures: StudyPictures) -> Iterator[tuple[str, str, int, Path]]:
    for method, sketches in pictures.colorings.items():
        for sketch, files in sketches.items():
            for number, file in enumerate(files, 1):
                yield sketch, method, number, file


def _sha256(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise DataError(f"{file} cannot be read: {error.strerror}") from None


def _copy(file: Path, copy: Path) -> Path:
    if not copy.exists():
        image = read_color(file)
        height, width = image.shape[:2]
        scale = min(1.0, DISPLAY_SIDE / max(height, width))
        if scale < 1:
            image = resize_area(image, max(1, round(height * scale)), max(1, round(width * scale)))
        replace_file(copy, encode_image(image))
    return copy

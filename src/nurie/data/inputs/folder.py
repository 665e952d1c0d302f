"""A folder of pictures, with all folders within it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nurie.data.inputs.entry import Entry, Wishes, is_picture
from nurie.errors import ImageError


@dataclass(frozen=True)
class Folder:
    """Names are paths within the folder, with `/`, sorted."""

    text: str
    wishes: Wishes
    drawn: bool = False

    def entries(self) -> Iterator[Entry]:
        """Every file that is named like a picture; hidden ones and links in circles are left out."""
        meta = self.wishes.credit("folder")
        yield from (Entry(name, meta) for name in sorted(_walk(Path(self.text))))

    def read(self, name: str) -> bytes:
        """The file's bytes."""
        return read_file(Path(self.text) / name)


def find_folder(text: str, wishes: Wishes) -> Folder | None:
    """Any folder."""
    return Folder(text, wishes) if Path(text).is_dir() else None


def read_file(path: Path) -> bytes:
    """The bytes of a picture's file.

    Raises:
        ImageError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImageError(f"it cannot be read: {error.strerror or error}") from None


def _walk(root: Path) -> Iterator[str]:
    for folder, _, files in os.walk(root):
        within = Path(folder).relative_to(root)
        yield from (name for name in ((within / file).as_posix() for file in files) if is_picture(name))

"""A text file with the path of a picture on each line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nurie.data.inputs.entry import Entry, Wishes
from nurie.data.inputs.folder import read_file
from nurie.errors import InputError


@dataclass(frozen=True)
class ListFile:
    """Names are the lines, sorted, each once; relative paths start at the list's own folder."""

    text: str
    wishes: Wishes
    drawn: bool = False

    def entries(self) -> Iterator[Entry]:
        """Every line but empty ones and those that start with #.

        Raises:
            InputError: the list is no text.
        """
        try:
            lines = Path(self.text).read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise InputError(f"{self.text} cannot be read as a list of paths: {error}") from None
        names = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
        meta = self.wishes.credit("list")
        yield from (Entry(name, meta) for name in sorted(names))

    def read(self, name: str) -> bytes:
        """The file's bytes."""
        return read_file(Path(self.text).parent / name)


def find_list(text: str, wishes: Wishes) -> ListFile | None:
    """A .txt file."""
    return ListFile(text, wishes) if Path(text).suffix.lower() == ".txt" and Path(text).is_file() else None

"""Step 1: every picture of every source is written down, in chunks; its place in the list is its number for good."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from nurie.data.inputs import Input, Wishes, find_input
from nurie.data.prepare.config import CHUNK, Layout
from nurie.data.prepare.lines import read_lines, write_lines
from nurie.errors import DataError
from nurie.machines import Tick


def open_inputs(sources: Sequence[str], wishes: Wishes) -> list[Input]:
    """What the sources of the command line are; paths are made absolute, for workers elsewhere.

    Raises:
        InputError: one of them is nothing that can be read.
    """
    return [find_input(str(Path(text).absolute()) if Path(text).exists() else text, wishes) for text in sources]


def list_entries(inputs: Sequence[Input], layout: Layout, tick: Tick) -> int:
    """Write the chunks of the list and return how many pictures there are.

    Raises:
        DataError: there is none.
        InputError: a source cannot be listed.
    """
    lines, chunk, total = _lines(inputs), 0, 0
    while some := list(islice(lines, CHUNK)):
        write_lines(layout.listed(chunk), some)
        tick(len(some))
        chunk, total = chunk + 1, total + len(some)
    if not total:
        raise DataError("the sources hold no pictures; check the paths")
    return total


def _lines(inputs: Sequence[Input]) -> Iterator[dict[str, Any]]:
    for number, source in enumerate(inputs):
        for entry in source.entries():
            rejected = {"rejected": entry.rejected} if entry.rejected else {}
            yield {"input": number, "name": entry.name, "meta": dict(entry.meta), **rejected}


class Listed:
    """Lines of the list or of what was looked at, by number; the last chunks are kept."""

    def __init__(self, layout: Layout) -> None:
        """Of a run in this folder."""
        self._layout = layout
        self._chunk = -1
        self._rows: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def __getitem__(self, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """How the picture is listed, and what was seen in it."""
        chunk, row = divmod(number, CHUNK)
        if chunk != self._chunk:
            listed, looked = read_lines(self._layout.listed(chunk)), read_lines(self._layout.looked(chunk))
            self._rows, self._chunk = list(zip(listed, looked, strict=True)), chunk
        return self._rows[row]

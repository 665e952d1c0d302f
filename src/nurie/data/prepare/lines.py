"""Lists with a JSON object on each line, written whole or not at all."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nurie.images import replace_file

Line = Mapping[str, Any]


def as_line(line: Line) -> str:
    """One line with its end."""
    return json.dumps(dict(line), ensure_ascii=False) + "\n"


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    """Write all lines of a list.

    Raises:
        OutputError: it cannot be written.
    """
    replace_file(path, "".join(map(as_line, lines)).encode("utf-8", "surrogateescape"))


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Every line of a list."""
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        yield from map(json.loads, file)

"""The list of a corpus: a JSON object a line for each drawing.

DIR/meta.jsonl      sorted by source and seed: name, source, seed, side, license, author, parts =
                    [[kind, owner, name], ...] of region 1, 2, ..., and more as sources like
DIR/meta-new.jsonl  the same, unsorted, while drawings are being written
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nurie.errors import DataError, OutputError
from nurie.images import replace_file

LIST = "meta.jsonl"
NEW = "meta-new.jsonl"

Meta = Mapping[str, Any]
"""A line of the list."""


def has_list(directory: Path) -> bool:
    """Whether a folder is a corpus, complete or not."""
    return any(directory.glob("meta*.jsonl"))


def as_line(meta: Meta) -> str:
    """A line of the list, with its end."""
    return json.dumps(dict(meta), ensure_ascii=False) + "\n"


def read_lists(directory: Path) -> dict[str, Meta]:
    """All lines of a corpus by name, sorted by source and seed; the newest of a name counts.

    Raises:
        DataError: a list is damaged or cannot be read.
    """
    lines: dict[str, Meta] = {}
    for path in sorted(directory.glob("meta*.jsonl"), reverse=True):
        lines |= {meta["name"]: meta for meta in _read_list(path)}
    return dict(sorted(lines.items(), key=lambda item: (item[1]["source"], item[1]["seed"])))


def _read_list(path: Path) -> Iterator[Meta]:
    try:
        texts = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read: {error}; write the corpus again") from None
    for number, text in enumerate(texts, 1):
        if not text.endswith("\n") and path.name != LIST:
            return  # cut off while it was written; its drawing is drawn again
        try:
            meta = json.loads(text)
            names = isinstance(meta["name"], str) and isinstance(meta["source"], str)
            valid = names and isinstance(meta["seed"], int)
        except (ValueError, TypeError, KeyError):
            valid = False
        if not valid:
            raise DataError(
                f"line {number} of {path} is damaged or no line of a corpus; delete it and run nurie corpus "
                "again, or give a folder that has pictures only"
            )
        yield meta


def write_list(directory: Path) -> None:
    """Sort all lists of a corpus into one.

    Raises:
        OutputError: it cannot be written.
    """
    meta = read_lists(directory)
    text = "".join(as_line(line) for line in meta.values())
    replace_file(directory / LIST, text.encode())
    try:
        (directory / NEW).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{directory / NEW} cannot be removed: {error.strerror}") from None

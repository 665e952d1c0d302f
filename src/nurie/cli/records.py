"""Where the records of results are, and the drawings that they speak of."""

import os
from pathlib import Path

from nurie.cli.paths import Job
from nurie.errors import InputError
from nurie.inference.sidecar import SUFFIX, Sidecar, sidecar_path


def describe_source(job: Job, folder: Path) -> str:
    """The drawing's file as seen from a folder, with `#page` for a page of a book; "" for a pipe."""
    if job.source is None:
        return ""
    try:
        path = Path(os.path.relpath(job.source.resolve(), folder.resolve()))
    except ValueError:  # on another drive
        path = job.source.resolve()
    return path.as_posix() + (f"#{job.page}" if job.page else "")


def find_sidecar(result: Path) -> Path:
    """The record of a result that is named by its picture or by the record itself."""
    return result if result.name.endswith(SUFFIX) or result.suffix == ".json" else sidecar_path(result)


def find_drawing(sidecar: Sidecar, record: Path, given: str | None = None) -> Job:
    """The drawing of a record, where the user or the record says; `BOOK#PAGE` is a page of a book.

    Raises:
        InputError: it is not there.
    """
    text = given or sidecar.drawing
    folder = Path() if given else record.parent
    if text and (folder / text).is_file():
        return Job(folder / text, None)
    for place, letter in enumerate(text):
        if letter == "#" and (folder / text[:place]).is_file():
            return Job(folder / text[:place], None, text[place + 1 :])
    where = f"{folder / text} is not there" if text else "the drawing came from a pipe"
    raise InputError(f"{where}; say where it is (--drawing)")

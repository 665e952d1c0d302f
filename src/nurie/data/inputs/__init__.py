"""Heaps of pictures that `nurie prepare` reads. A new kind of heap is one file and one line in `INPUTS`."""

from collections.abc import Callable

from nurie.data.inputs.archive import find_archive
from nurie.data.inputs.corpus_folder import find_corpus
from nurie.data.inputs.danbooru import find_danbooru
from nurie.data.inputs.entry import Entry, Input, Wishes
from nurie.data.inputs.folder import find_folder
from nurie.data.inputs.generator import find_generator
from nurie.data.inputs.list_file import find_list
from nurie.data.inputs.parquet import find_parquet
from nurie.errors import InputError

__all__ = ["INPUTS", "Entry", "Input", "Wishes", "find_input"]

INPUTS: dict[str, Callable[[str, Wishes], Input | None]] = {
    "generator": find_generator,  # anime:0-999
    "corpus": find_corpus,  # a folder of nurie corpus
    "danbooru": find_danbooru,  # a folder with 512px/ and metadata/
    "parquet": find_parquet,  # a .parquet file, or a folder with some
    "archive": find_archive,  # .zip, .cbz, .tar, .tar.gz, ...
    "list": find_list,  # .txt: a path a line
    "folder": find_folder,  # any other folder
}
"""Each takes what the user wrote and says what it is, or None. The first that knows it reads it."""


def find_input(text: str, wishes: Wishes | None = None) -> Input:
    """The heap of pictures that a SOURCE of the command line stands for.

    Raises:
        InputError: there is no such thing, or nothing knows how to read it.
    """
    wishes = wishes or Wishes()
    for find in INPUTS.values():
        found = find(text, wishes)
        if found is not None:
            return found
    raise InputError(
        f"{text} is no source of pictures; give a folder, a list (.txt), a ZIP, CBZ or TAR file, a Parquet file "
        "or folder, a Danbooru folder, or a generator with its seeds such as anime:0-999"
    )

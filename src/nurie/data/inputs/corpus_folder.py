"""A folder of `nurie corpus`: its true lines and regions are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nurie.data.corpus import Corpus, read_corpus
from nurie.data.corpus_list import has_list
from nurie.data.inputs.entry import Entry, Wishes
from nurie.data.sources.drawing import Drawing

LAYERS = ("color", "sketch", "regions")


@dataclass(frozen=True)
class CorpusFolder:
    """Names are those of the corpus."""

    text: str
    drawn: bool = True

    def entries(self) -> Iterator[Entry]:
        """Every drawing of the list."""
        for name, meta in _corpus(self.text).meta.items():
            known = {key: meta[key] for key in ("source", "seed", "license", "author") if key in meta}
            yield Entry(name, known)

    def read(self, name: str) -> Drawing:
        """Read it."""
        return _corpus(self.text).load(name)


def find_corpus(text: str, wishes: Wishes) -> CorpusFolder | None:
    """A folder with a list and the three folders of pictures that belong to it."""
    path = Path(text)
    known = path.is_dir() and has_list(path) and all((path / layer).is_dir() for layer in LAYERS)
    return CorpusFolder(text) if known else None


@lru_cache(maxsize=4)  # for each process
def _corpus(text: str) -> Corpus:
    return read_corpus(text)

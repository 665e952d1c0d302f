"""What `nurie train` is given: a folder of shards, a corpus, or any folder of colour pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from nurie.data.corpus import Corpus, read_corpus
from nurie.data.corpus_list import has_list
from nurie.data.shard_corpus import ShardCorpus, read_shards
from nurie.data.shards import has_shards
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.folder import load_bare


@runtime_checkable
class Drawings(Protocol):
    """What training reads; picklable."""

    @property
    def names(self) -> Sequence[str]:
        """In an order that never changes."""

    def load(self, name: str) -> Drawing:
        """One drawing."""


@runtime_checkable
class Cast(Protocol):
    """Drawings of which is known who they show."""

    def siblings(self, name: str) -> Sequence[str]:
        """The other drawings of the same character, in the same colours; perhaps none."""


@dataclass(frozen=True)
class PictureFolder:
    """A plain folder of colour pictures; lines and regions are found in each view of them."""

    directory: Path
    names: tuple[str, ...]
    test_names: tuple[str, ...] = ()

    def load(self, name: str) -> Drawing:
        """Read a picture.

        Raises:
            ImageError: it cannot be read.
        """
        return load_bare(self.directory, name)


TrainingData = ShardCorpus | Corpus | PictureFolder
"""A folder of drawings that has been looked at: where it is, its names, and those that are for tests."""


def read_drawings(directory: str | Path) -> TrainingData:
    """Look at a folder of shards (of which the split `train` is taken), a corpus, or pictures.

    Raises:
        DataError: no such folder, nothing in it that can be used, or a damaged list.
    """
    directory = Path(directory)
    if has_shards(directory):
        return read_shards(directory)
    corpus = read_corpus(directory)
    return corpus if has_list(directory) else PictureFolder(directory, corpus.names)

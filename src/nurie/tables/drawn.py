"""Procedural drawings as something to learn from, drawn when they are asked for."""

from dataclasses import dataclass

from nurie.data.corpus import drawing_name
from nurie.data.sources import SOURCES
from nurie.data.sources.drawing import Drawing


@dataclass(frozen=True)
class DrawnCorpus:
    """The figures of the seeds 0 to `count` - 1."""

    count: int

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the seeds."""
        return tuple(drawing_name("anime", seed) for seed in range(self.count))

    def load(self, name: str) -> Drawing:
        """Draw one; some 0.1 s."""
        return SOURCES["anime"](int(name.rpartition("-")[2]))

"""The package's own generators: `anime:0-999` draws the seeds 0 to 999."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nurie.data.corpus import drawing_name
from nurie.data.inputs.entry import Entry, Wishes
from nurie.data.sources import SOURCES
from nurie.data.sources.drawing import Drawing
from nurie.errors import InputError


@dataclass(frozen=True)
class Generator:
    """Names are those of `nurie corpus`, such as `anime-000123`."""

    text: str
    source: str
    first: int
    last: int
    side: int
    drawn: bool = True

    def entries(self) -> Iterator[Entry]:
        """Every seed."""
        for seed in range(self.first, self.last + 1):
            yield Entry(drawing_name(self.source, seed), {"source": self.source, "seed": seed})

    def read(self, name: str) -> Drawing:
        """Draw it."""
        return SOURCES[self.source](int(name.rpartition("-")[2]), side=self.side)


def find_generator(text: str, wishes: Wishes) -> Generator | None:
    """SOURCE:FIRST-LAST, or SOURCE:SEED for a single drawing.

    Raises:
        InputError: the seeds are not of this form.
    """
    source, colon, seeds = text.partition(":")
    if source not in SOURCES or not colon:
        return None
    numbers = re.fullmatch(r"(\d+)(?:-(\d+))?", seeds)
    if numbers is None:
        raise InputError(f"{text} has no range of seeds; write for example {source}:0-999")
    first, last = int(numbers[1]), int(numbers[2] or numbers[1])
    if last < first:
        raise InputError(f"{text} has no seeds: {last} is below {first}")
    return Generator(text, source, first, last, wishes.side)

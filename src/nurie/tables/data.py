"""Where the arrays of a run of the tables lie, and how they come to be there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nurie.data.drawings import Drawings
from nurie.evaluation.testset_sources import every_nth
from nurie.evaluation.testsets import SETS, TestPicture, TestSet, read_testsets
from nurie.tables.prepared import Prepared, load_or_prepare, load_prepared, prepare, training_pictures
from nurie.tables.settings import TableSettings

WITHOUT_TRUTH = 4
"""One of so many tested pictures of a set has no truth, where the set has such."""

Told = Callable[[str, int, int], None]
"""Told what is prepared, and how much of how much is done."""


@dataclass(frozen=True)
class TableData:
    """What all rows learn from and are scored on."""

    training: Prepared
    sets: dict[str, Prepared]
    """A, B and C, as far as they are there."""
    originals: dict[str, list[TestPicture]]
    """The same drawings at their own size, for methods that work at it."""


def load_data(
    output: Path, corpus: Drawings, testsets: Path, settings: TableSettings, told: Told | None = None
) -> TableData:
    """Read the prepared arrays in `output`/data, and prepare those that are not there.

    Raises:
        DataError: there are no drawings or no test sets, or they are damaged.
        OutputError: the arrays cannot be kept.
    """
    folder = output / "data"

    def progress(name: str) -> Callable[[int, int], None] | None:
        return partial(told, name) if told else None

    def learn() -> Prepared:
        count = min(settings.training, len(corpus.names))
        pictures = training_pictures(corpus, count)
        return prepare(pictures, settings.side, total=count, progress=progress("training"))

    training = load_or_prepare(folder / f"train-{settings.side}.npz", learn)
    sets, originals = {}, {}
    for name, testset in read_testsets(testsets).items():
        chosen = choose_pictures(testset, settings.tested)
        originals[name] = chosen
        make = partial(prepare, chosen, settings.side, total=len(chosen), progress=progress(name))
        sets[name] = load_or_prepare(folder / f"{name}-{settings.side}.npz", make)
    return TableData(training, sets, originals)


def reload_data(output: Path, settings: TableSettings) -> TableData:
    """Read the prepared arrays of a folder, without the drawings they were made of.

    Raises:
        OSError: there are none.
        ValueError: they are damaged.
    """
    folder = output / "data"
    training = load_prepared(folder / f"train-{settings.side}.npz")
    files = {name: folder / f"{name}-{settings.side}.npz" for name in SETS}
    sets = {name: load_prepared(path) for name, path in files.items() if path.is_file()}
    return TableData(training, sets, {})


def choose_pictures(testset: TestSet, count: int) -> list[TestPicture]:
    """Take `count` drawings with a truth and a quarter as many without, evenly spread over the names."""
    pictures = list(_load_all(testset))
    known = every_nth([picture for picture in pictures if picture.has_color], count)
    unknown = every_nth([picture for picture in pictures if not picture.has_color], max(1, count // WITHOUT_TRUTH))
    return sorted([*known, *unknown], key=lambda picture: picture.name)


def _load_all(testset: TestSet) -> Iterator[TestPicture]:
    for number in range(len(testset.names)):
        yield testset.load(number)

"""A folder of table runs: rows that are trained and scored are not done again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nurie.data.drawings import Drawings
from nurie.errors import DataError, InputError
from nurie.evaluation.picture_features import PictureFeatures
from nurie.evaluation.protocols import write_result
from nurie.evaluation.stlpips import STLPIPS
from nurie.inference import Colorizer
from nurie.tables.data import TableData, Told, load_data, reload_data
from nurie.tables.painting import ContenderPainter, PaintSet, plain_painters
from nurie.tables.rows import PAINTERS, ROWS, TABLES
from nurie.tables.score import Judge, is_scored, make_judge, score_method
from nurie.tables.settings import TableSettings
from nurie.tables.train import Job, is_trained, load_contender, train_row
from nurie.training.checkpoint import load_checkpoint
from nurie.training.distributed import Machine

SETTINGS = "settings.json"

Say = Callable[[str], None]
"""Is told, in a line, what is being done."""


@dataclass(frozen=True)
class Tables:
    """Everything that the rows of a folder share."""

    output: Path
    settings: TableSettings
    data: TableData
    judge: Judge


def open_tables(
    output: Path, corpus: Drawings, testsets: Path, settings: TableSettings, told: Told | None = None
) -> Tables:
    """Prepare the data, and the networks that score.

    Raises:
        InputError: the folder has rows of other settings.
        DataError: the corpus or the test sets cannot be used.
        WeightsError: a pretrained network is missing.
        OutputError: the folder cannot be written.
    """
    claim_folder(output, settings)
    data = load_data(output, corpus, testsets, settings, told)
    featurize = PictureFeatures(output / "features") if settings.inception else None
    compare = STLPIPS().compare if settings.inception else None
    return Tables(output, settings, data, make_judge(data, settings, featurize, compare))


def reopen_tables(output: Path) -> Tables:
    """Open a folder that `open_tables` has made, to draw from it: nothing is trained, scored or prepared.

    Raises:
        DataError: it is no such folder, or damaged.
    """
    try:
        settings = TableSettings(**json.loads((output / SETTINGS).read_text(encoding="utf-8")))
        data = reload_data(output, settings)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataError(
            f"{output} has no table runs that can be read ({error!r}); run nurie tables -o {output}"
        ) from None
    return Tables(output, settings, data, make_judge(data, settings, None, None))


def claim_folder(output: Path, settings: TableSettings) -> None:
    """Write the settings into a new folder; refuse one that was begun with others: its rows could not be compared.

    Raises:
        InputError: the settings differ.
        OutputError: the folder cannot be written.
    """
    path = output / SETTINGS
    if path.is_file():
        there = json.loads(path.read_text(encoding="utf-8"))
        different = [name for name, value in settings.as_json().items() if there.get(name) != value]
        if different:
            name = different[0]
            raise InputError(
                f"{output} holds rows of {name} {there.get(name)}, not {settings.as_json()[name]}; "
                "give the same settings, or another folder with -o"
            )
        return
    write_result(path, settings.as_json())


def run_rows(tables: Tables, names: Sequence[str], seeds: int, machine: Machine, say: Say) -> None:
    """Train and score each row with each seed, all rows with the first seed first; what is done stays.

    Raises:
        NurieError: training diverged, or something cannot be written.
        KeyboardInterrupt: it was told to stop while it trained; the same command goes on from there.
    """
    for seed in range(seeds):
        for name in names:
            job = Job(tables.output, name, seed)
            if not is_trained(job.folder, tables.settings):
                say(f"training {job.row.label}, seed {seed}")
                seconds = train_row(job, tables.settings, tables.data.training, machine)
                if not is_trained(job.folder, tables.settings):
                    raise KeyboardInterrupt  # which the loop took for a wish to stop: it has saved
                write_result(job.folder / "time.json", {"seconds": seconds, "device": str(machine.device)})
            if not is_scored(job.folder, tables.settings):
                say(f"scoring {job.row.label}, seed {seed}")
                contender = load_contender(job.folder, job.row, tables.settings, machine)
                paint = ContenderPainter(contender, job.row, tables.data.sets, machine.device)
                scored = load_checkpoint(job.folder).sha256
                score_method(job.folder, paint, tables.judge, seed=seed, extra={"row": name}, scored=scored)


def run_painters(tables: Tables, say: Say, names: Sequence[str] = tuple(PAINTERS)) -> None:
    """Score what is not trained here, each once."""
    missing = [name for name in names if not is_scored(painter_folder(tables.output, name), tables.settings)]
    if not missing:
        return
    colorizer = Colorizer() if "nurie" in missing else None
    painters: dict[str, PaintSet] = plain_painters(tables.data, colorizer)
    for name in missing:
        say(f"scoring {PAINTERS[name]}")
        folder = painter_folder(tables.output, name)
        scored = colorizer.networks.sha256 if colorizer and name == "nurie" else None
        score_method(folder, painters[name], tables.judge, seed=0, extra={"painter": name}, scored=scored)


def is_done(folder: Path, settings: TableSettings) -> bool:
    """Whether a run is trained and scored."""
    return is_trained(folder, settings) and is_scored(folder, settings)


def painter_folder(output: Path, name: str) -> Path:
    """Where the scores of a painter lie."""
    return output / "painters" / name.replace(" ", "-")


def rows_of(numbers: Sequence[int]) -> list[str]:
    """The rows of these tables in the order in which they are trained.

    Raises:
        InputError: there is no such table.
    """
    for number in numbers:
        if number not in TABLES:
            raise InputError(f"there is no Table {number}; choose from {', '.join(map(str, TABLES))}")
    wanted = {name for number in numbers for name in TABLES[number].rows}
    return [name for name in ROWS if name in wanted]

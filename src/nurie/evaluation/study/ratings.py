"""ratings.sqlite -> what was answered, for reports; the file is only read, and may be in use."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float64

from nurie.errors import DataError
from nurie.evaluation.study.database import DATABASE_FILE, PATIENCE, check_version
from nurie.evaluation.study.series import Kind

Scores = Float64[np.ndarray, "raters sketches methods questions"]
"""1 to 5; NaN where nobody was asked or answered."""


@dataclass(frozen=True)
class Answer:
    """One number, and all there is to know of it."""

    rater: int
    position: int
    kind: Kind
    sketch: str
    method: str
    told: int | None
    question: str
    score: int
    shown_at: str
    """ISO 8601, UTC; as is `answered_at`."""
    answered_at: str
    finished: bool
    """Whether the rater has answered everything, submitted or not."""


@dataclass(frozen=True)
class Ratings:
    """What a study has found out so far."""

    methods: tuple[str, ...]
    questions: tuple[str, ...]
    answers: tuple[Answer, ...]
    """By rater, position and question."""
    started: int
    """Raters who pressed Start; some may have answered nothing."""

    @property
    def raters(self) -> tuple[int, ...]:
        """Numbers of all who answered something, sorted."""
        return tuple(sorted({answer.rater for answer in self.answers}))

    @property
    def sketches(self) -> tuple[str, ...]:
        """All that were rated, sorted."""
        return tuple(sorted({answer.sketch for answer in self.answers}))

    def scores(self, raters: Sequence[int]) -> Scores:
        """Give the ratings of some raters as an array; checks of attention are left out, repeats too."""
        axes = (list(raters), list(self.sketches), list(self.methods), list(self.questions))
        places = [{name: place for place, name in enumerate(names)} for names in axes]
        scores = np.full([len(names) for names in axes], np.nan)
        for answer in self.answers:
            if answer.kind is Kind.RATING and answer.rater in places[0]:
                names = (answer.rater, answer.sketch, answer.method, answer.question)
                scores[tuple(place[name] for place, name in zip(places, names, strict=True))] = answer.score
        return scores


def read_ratings(path: Path) -> Ratings:
    """Read a database, or the one in a folder.

    Raises:
        DataError: it is missing, no database of a study, or of another version.
    """
    file = path / DATABASE_FILE if path.is_dir() else path
    if not file.is_file():
        raise DataError(f"{file} is missing; it is made by: nurie study serve DIR")
    try:
        with _open_to_read(file) as connection:
            check_version(connection, file)
            return _read(connection)
    except sqlite3.Error as error:
        raise DataError(f"{file} cannot be read as ratings: {error}") from None


@contextmanager
def _open_to_read(file: Path) -> Iterator[sqlite3.Connection]:
    # Not mode=ro: what a killed server left half done must be rolled back before anything can be read.
    uri = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection


def _read(connection: sqlite3.Connection) -> Ratings:
    design = json.loads(connection.execute("SELECT design FROM study").fetchone()[0])
    (started,) = connection.execute("SELECT count(*) FROM rater").fetchone()
    rows = connection.execute(
        "SELECT rater, position, kind, sketch, method, told, question, score, shown_at, answered_at"
        " FROM answer JOIN item USING (rater, position)"
    )
    open_items = "SELECT DISTINCT rater FROM item LEFT JOIN answer USING (rater, position) WHERE score IS NULL"
    unfinished = {rater for (rater,) in connection.execute(open_items)}
    questions = tuple(question["name"] for question in design["questions"])
    answers = [Answer(**{**row, "kind": Kind(row["kind"]), "finished": row["rater"] not in unfinished}) for row in rows]
    answers.sort(key=lambda answer: (answer.rater, answer.position, questions.index(answer.question)))
    return Ratings(tuple(design["methods"]), questions, tuple(answers), started)

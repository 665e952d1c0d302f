"""ratings.sqlite: one file with everything that a study has found out.

Every change is one transaction on a connection of its own, safe on the disk before the rater sees the next page.
Whatever happens to the server, what is lost is at most the answer on its way.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock

from nurie.errors import DataError
from nurie.evaluation.study.display import ShownPicture
from nurie.evaluation.study.series import Item, Kind, make_series
from nurie.evaluation.study.settings import StudySettings

DATABASE_FILE = "ratings.sqlite"

APPLICATION = 0x6E757269  # "nuri"
SCHEMA_VERSION = 1
PATIENCE = 10.0  # seconds to wait for somebody else's transaction

TOKEN_BYTES = 16
"""128 random bits, in 22 characters: not to be guessed."""


@dataclass(frozen=True)
class Rater:
    """Somebody who rates, and how far they are."""

    number: int
    token: str
    submitted: bool
    total: int
    next: int | None
    """First position without an answer; None if all have one."""


@dataclass(frozen=True)
class Page:
    """One item as it is shown: its pictures and what has been answered."""

    item: Item
    sketch: str | None
    """Id of the picture of the sketch itself."""
    pictures: tuple[str, ...]
    """Ids of the colored ones."""
    answers: Mapping[str, int]


class AlreadySubmittedError(Exception):
    """The rater has submitted; answers stay as they are."""


def make_token() -> str:
    """Give a random token for a rater or a picture."""
    return token_urlsafe(TOKEN_BYTES)


class StudyDatabase:
    """The file, open for nobody until something is asked of it."""

    def __init__(self, path: Path, settings: StudySettings, pictures: Sequence[ShownPicture]) -> None:
        """Make the file, or go on with one that is there.

        Raises:
            DataError: it is no database of a study, somebody has rated another design or other pictures, or it
                cannot be written.
        """
        self.path = path
        self._lock = Lock()
        self._settings = settings
        self._sketches = sorted({picture.sketch for picture in pictures if picture.method})
        self._questions = [question.name for question in settings.questions]
        try:
            with self._transaction() as connection:
                check_version(connection, path, new=True)
                _put_design(connection, path, settings, pictures)
                (self.study,) = connection.execute("SELECT id FROM study").fetchone()
        except sqlite3.Error as error:
            raise DataError(f"{path} cannot be used as the database of a study: {error}") from None

    def add_rater(self, token: str) -> None:
        """Begin a series for a new rater; nothing happens if there is one with this token."""
        with self._transaction() as connection:
            (number,) = connection.execute("SELECT count(*) FROM rater").fetchone()
            added = connection.execute(
                "INSERT OR IGNORE INTO rater (number, token, started_at) VALUES (?, ?, ?)", (number, token, _now())
            )
            if added.rowcount:
                series = make_series(self._settings, self._sketches, number)
                connection.executemany(
                    "INSERT INTO item (rater, position, kind, sketch, method, told) VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (number, position, item.kind, item.sketch, item.method, item.told)
                        for position, item in enumerate(series, 1)
                    ],
                )

    def find_rater(self, token: str) -> Rater | None:
        """Find a rater by token."""
        with self._transaction(write=False) as connection:
            row = connection.execute(
                "SELECT number, token, submitted_at IS NOT NULL FROM rater WHERE token = ?", (token,)
            ).fetchone()
            if row is None:
                return None
            total, following = connection.execute(
                "SELECT count(*), min(CASE WHEN answers < ? THEN position END) FROM ("
                " SELECT position, (SELECT count(*) FROM answer WHERE answer.rater = item.rater"
                "  AND answer.position = item.position) AS answers FROM item WHERE rater = ?)",
                (len(self._questions), row[0]),
            ).fetchone()
        return Rater(row[0], row[1], bool(row[2]), total, following)

    def show(self, rater: int, position: int) -> Page:
        """Give what stands at a position of a rater's series, and remember when it was first shown."""
        with self._transaction() as connection:
            kind, sketch, method, told = connection.execute(
                "SELECT kind, sketch, method, told FROM item WHERE rater = ? AND position = ?", (rater, position)
            ).fetchone()
            connection.execute(
                "UPDATE item SET shown_at = ? WHERE rater = ? AND position = ? AND shown_at IS NULL",
                (_now(), rater, position),
            )
            pictures = connection.execute(
                "SELECT id, method FROM picture WHERE sketch = ? AND (method = ? OR method IS NULL) ORDER BY number",
                (sketch, method),
            ).fetchall()
            answers = connection.execute(
                "SELECT question, score FROM answer WHERE rater = ? AND position = ?", (rater, position)
            ).fetchall()
        return Page(
            Item(Kind(kind), sketch, method, told),
            next((picture for picture, maker in pictures if maker is None), None),
            tuple(picture for picture, maker in pictures if maker is not None),
            dict(answers),
        )

    def answer(self, rater: int, position: int, scores: Mapping[str, int]) -> None:
        """Keep the answers to all questions of one item, in place of earlier ones.

        Raises:
            AlreadySubmittedError: nothing is kept.
        """
        with self._transaction() as connection:
            _refuse_submitted(connection, rater)
            connection.executemany(
                "INSERT INTO answer (rater, position, question, score, answered_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET score = excluded.score, answered_at = excluded.answered_at"
                " WHERE score <> excluded.score",
                [(rater, position, question, scores[question], _now()) for question in self._questions],
            )

    def submit(self, rater: int) -> None:
        """Close a rater's answers; doing so twice changes nothing."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE rater SET submitted_at = ? WHERE number = ? AND submitted_at IS NULL", (_now(), rater)
            )

    def picture_files(self, pictures: Sequence[ShownPicture]) -> dict[str, Path]:
        """Give the copies of `pictures` by the random ids that addresses have."""
        with self._transaction(write=False) as connection:
            rows = connection.execute("SELECT id, sha256 FROM picture").fetchall()
        copies = {picture.sha256: picture.file for picture in pictures}
        return {picture: copies[sha256] for picture, sha256 in rows}

    @contextmanager
    def _transaction(self, *, write: bool = True) -> Iterator[sqlite3.Connection]:
        # The lock is for fairness among threads: SQLite's own waiting looks now and then, and may look too rarely.
        with self._lock, closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            yield connection
            connection.execute("COMMIT")  # after an error it is rolled back by closing


def check_version(connection: sqlite3.Connection, path: Path, *, new: bool = False) -> None:
    """Refuse what is no database of a study, or is of a newer nurie; with `new` make the tables if it is empty.

    Raises:
        DataError: as said.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if new and not tables:
        for statement in (files(__package__) / "schema.sql").read_text(encoding="utf-8").split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    elif application != APPLICATION:
        raise DataError(f"{path} is no database of a study; name the one that `nurie study serve` made")
    elif version != SCHEMA_VERSION:
        raise DataError(
            f"{path} has version {version}, and this nurie reads {SCHEMA_VERSION}; use the one that made it"
        )


def _put_design(
    connection: sqlite3.Connection, path: Path, settings: StudySettings, pictures: Sequence[ShownPicture]
) -> None:
    """Set what the study is about; once somebody has come, it must be what it was."""
    design = settings.design()
    shown = {(picture.sketch, picture.method, picture.number): picture.sha256 for picture in pictures}
    if connection.execute("SELECT count(*) FROM rater").fetchone() == (0,):
        connection.execute("DELETE FROM study")
        connection.execute("DELETE FROM picture")
        connection.execute(
            "INSERT INTO study (id, design, created_at) VALUES (?, ?, ?)", (make_token(), json.dumps(design), _now())
        )
        connection.executemany(
            "INSERT INTO picture (id, sketch, method, number, sha256) VALUES (?, ?, ?, ?, ?)",
            [(make_token(), *key, sha256) for key, sha256 in shown.items()],
        )
        return
    (text,) = connection.execute("SELECT design FROM study").fetchone()
    before = json.loads(text)
    changed = [key for key in design if design[key] != before[key]]
    if changed:
        raise DataError(
            f"{', '.join(changed)} changed after raters had begun; put it back, or begin anew with another --db"
        )
    rows = connection.execute("SELECT sketch, method, number, sha256 FROM picture").fetchall()
    if {(sketch, method, number): sha256 for sketch, method, number, sha256 in rows} != shown:
        raise DataError(
            f"pictures changed after raters had begun ({path}); put them back, or begin anew with another --db"
        )


def _refuse_submitted(connection: sqlite3.Connection, rater: int) -> None:
    row = connection.execute("SELECT submitted_at FROM rater WHERE number = ?", (rater,)).fetchone()
    if row != (None,):
        raise AlreadySubmittedError


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")

"""Ratings as CSV, a row for each number that was chosen."""

import csv
import io
from collections.abc import Iterable, Sequence

from nurie.evaluation.study.ratings import Ratings

COLUMNS = (
    "rater",
    "finished",
    "position",
    "kind",
    "sketch",
    "method",
    "question",
    "score",
    "told",
    "shown_at",
    "answered_at",
)


def ratings_as_csv(ratings: Ratings) -> str:
    """Give all answers, those of checks and of unfinished series too; times are UTC. Tokens are left out."""
    return rows_as_csv(COLUMNS, ([getattr(answer, column) for column in COLUMNS] for answer in ratings.answers))


def rows_as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give CSV with a header; None is empty, yes and no are 1 and 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([int(cell) if isinstance(cell, bool) else cell for cell in row] for row in rows)
    return text.getvalue()

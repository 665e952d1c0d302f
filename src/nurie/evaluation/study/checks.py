"""Who paid attention: repeated sets are rated much the same, and told numbers are chosen."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from nurie.evaluation.study.ratings import Answer, Ratings
from nurie.evaluation.study.series import Kind

MOST_DIFFERENCE = 1.0
"""Between the two ratings of a repeated set, on average over a rater's repeats and questions. Who clicks at random
differs by 1.6."""


@dataclass(frozen=True)
class Attention:
    """How a rater fared with the checks."""

    rater: int
    finished: bool
    """Answered everything, and so saw all checks."""
    repeat_difference: float | None
    """Mean absolute difference; None without repeats."""
    told_right: int
    told: int
    """Numbers chosen as told, of how many."""
    seconds: float
    """Median time on a set, from when it was first shown to the answer that stands."""
    same_answer: float
    """Share of the number that was chosen most: 1 is somebody who chose one number throughout. It excludes nobody."""

    @property
    def failures(self) -> tuple[str, ...]:
        """Name what excludes this rater."""
        reasons = {
            "did not finish": not self.finished,
            "rated repeats differently": self.repeat_difference is not None
            and self.repeat_difference > MOST_DIFFERENCE,
            "chose other numbers than told": self.told_right < self.told,
        }
        return tuple(reason for reason, holds in reasons.items() if holds)

    @property
    def passed(self) -> bool:
        """Whether nothing does."""
        return not self.failures


def check_attention(ratings: Ratings) -> list[Attention]:
    """Judge everybody who answered something, by number."""
    by_rater: dict[int, list[Answer]] = defaultdict(list)
    for answer in ratings.answers:
        by_rater[answer.rater].append(answer)
    return [_attention(rater, answers) for rater, answers in sorted(by_rater.items())]


def _attention(rater: int, answers: list[Answer]) -> Attention:
    first = {(a.sketch, a.method, a.question): a.score for a in answers if a.kind is Kind.RATING}
    again = [a for a in answers if a.kind is Kind.REPEAT]
    told = [a for a in answers if a.kind is Kind.INSTRUCTED]
    scores = [a.score for a in answers if a.kind is Kind.RATING]
    differences = [abs(a.score - first[a.sketch, a.method, a.question]) for a in again]
    return Attention(
        rater=rater,
        finished=answers[0].finished,
        repeat_difference=float(np.mean(differences)) if differences else None,
        told_right=sum(a.score == a.told for a in told),
        told=len(told),
        seconds=float(np.median([_seconds(a) for a in answers])),
        same_answer=max(scores.count(score) for score in scores) / len(scores),
    )


def _seconds(answer: Answer) -> float:
    shown, answered = (datetime.fromisoformat(text) for text in (answer.shown_at, answer.answered_at))
    return (answered - shown).total_seconds()

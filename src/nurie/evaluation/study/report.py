"""What a study found: tables and a plot, with and without the raters who failed the checks of attention."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import combinations

from nurie.errors import DataError
from nurie.evaluation.study.checks import MOST_DIFFERENCE, Attention, check_attention
from nurie.evaluation.study.export import rows_as_csv
from nurie.evaluation.study.ratings import Ratings, Scores
from nurie.evaluation.study.statistics import (
    CONFIDENCE,
    RESAMPLES,
    Estimate,
    estimate_differences,
    estimate_means,
    krippendorff_alpha,
    resampled_means,
)

MOS = "mos"
CHECKED, EVERYBODY = "who passed the checks", "everybody"

NOTES = f"""\
Means are over all ratings; `{MOS}` is the mean of the questions. Intervals ({CONFIDENCE:.0%}) come from {RESAMPLES:,}
resamples of raters (percentiles), so they speak of other raters with these sketches. A difference whose interval
leaves out 0 is more than chance among raters; the intervals are not corrected for how many there are. Alpha is
Krippendorff's for ordered categories: 1 is agreement, 0 is chance. Second ratings of repeated sets and told numbers
count in the checks only. Raters fail who did not finish, rated repeated sets more than {MOST_DIFFERENCE:g} apart on
average, or chose another number than they were told."""


@dataclass(frozen=True)
class Summary:
    """What some of the raters said."""

    who: str
    raters: int
    scores: Scores
    means: list[list[Estimate]]
    """By method and measure."""
    differences: dict[tuple[str, str], list[Estimate]]
    """By measure, for each two methods."""
    alphas: list[float | None]
    """By question."""


@dataclass(frozen=True)
class StudyReport:
    """All of it."""

    ratings: Ratings
    attention: list[Attention]
    summaries: tuple[Summary, ...]
    """Of those who passed, if any, and of everybody."""

    @property
    def measures(self) -> tuple[str, ...]:
        """The questions, and their mean if there are several."""
        questions = self.ratings.questions
        return (*questions, MOS) if len(questions) > 1 else questions


def make_report(ratings: Ratings, *, seed: int = 0) -> StudyReport:
    """Compute everything.

    Raises:
        DataError: nobody has rated anything yet.
    """
    if not ratings.answers:
        raise DataError("nobody has rated anything yet; give raters the address that `nurie study serve` shows")
    attention = check_attention(ratings)
    groups = {CHECKED: [entry.rater for entry in attention if entry.passed], EVERYBODY: list(ratings.raters)}
    summaries = [_summarize(ratings, who, raters, seed) for who, raters in groups.items() if raters]
    return StudyReport(ratings, attention, tuple(summaries))


def report_as_markdown(report: StudyReport, plot: str) -> str:
    """Write it up; `plot` is the name of the picture beside it."""
    finished = sum(entry.finished for entry in report.attention)
    failures = Counter(reason for entry in report.attention for reason in entry.failures)
    failed = sum(not entry.passed for entry in report.attention)
    reasons = ", ".join(f"{count} {reason}" for reason, count in failures.most_common())
    lines = [
        "# Ratings",
        "",
        f"{report.ratings.started} started, {len(report.attention)} rated something, {finished} finished. "
        f"{failed} failed the checks{f' ({reasons})' if reasons else ''}.",
        "",
        f"![Means and intervals]({plot})",
    ]
    for summary in report.summaries:
        lines += ["", *_summary_lines(report, summary)]
    return "\n".join([*lines, "", "## How", "", NOTES, ""])


def means_as_csv(report: StudyReport) -> str:
    """Give means and intervals, a row for each group of raters, method and measure."""
    rows = [
        [summary.who, summary.raters, method, measure, *_cells(estimate)]
        for summary in report.summaries
        for method, estimates in zip(report.ratings.methods, summary.means, strict=True)
        for measure, estimate in zip(report.measures, estimates, strict=False)
    ]
    return rows_as_csv(["who", "raters", "method", "measure", "mean", "low", "high", "ratings"], rows)


def differences_as_csv(report: StudyReport) -> str:
    """Give how much higher the first method of each two is rated."""
    rows = [
        [summary.who, summary.raters, first, second, measure, *_cells(estimate)]
        for summary in report.summaries
        for (first, second), estimates in summary.differences.items()
        for measure, estimate in zip(report.measures, estimates, strict=False)
    ]
    return rows_as_csv(["who", "raters", "first", "second", "measure", "difference", "low", "high", "ratings"], rows)


def raters_as_csv(report: StudyReport) -> str:
    """Give how each rater fared with the checks."""
    names = [field.name for field in fields(Attention)]
    rows = [[*(_rounded(getattr(entry, name)) for name in names), entry.passed] for entry in report.attention]
    return rows_as_csv([*names, "passed"], rows)


def _summarize(ratings: Ratings, who: str, raters: Sequence[int], seed: int) -> Summary:
    scores = ratings.scores(raters)
    resampled = resampled_means(scores, seed=seed)
    pairs = combinations(range(len(ratings.methods)), 2)
    return Summary(
        who,
        len(raters),
        scores,
        estimate_means(scores, resampled),
        {(ratings.methods[i], ratings.methods[j]): estimate_differences(scores, resampled, i, j) for i, j in pairs},
        [krippendorff_alpha(scores, question) for question in range(len(ratings.questions))],
    )


def _summary_lines(report: StudyReport, summary: Summary) -> list[str]:
    measures = report.measures
    means = [
        [method, *map(_interval, estimates[: len(measures)]), str(estimates[-1].ratings)]
        for method, estimates in zip(report.ratings.methods, summary.means, strict=True)
    ]
    differences = [
        [f"{first} - {second}", *map(_interval, estimates[: len(measures)])]
        for (first, second), estimates in summary.differences.items()
    ]
    alphas = [
        [question, _number(alpha)] for question, alpha in zip(report.ratings.questions, summary.alphas, strict=True)
    ]
    lines = [f"## {summary.who.capitalize()}: {_count(summary.raters, 'rater')}", ""]
    lines += _table(["method", *measures, "ratings"], means)
    if differences:
        lines += ["", *_table(["difference", *measures], differences)]
    return [*lines, "", *_table(["question", "alpha"], alphas)]


def _table(header: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(cells) + " |" for cells in [header, ["---"] * len(header), *rows]]


def _cells(estimate: Estimate) -> list[object]:
    numbers = [estimate.value, estimate.low, estimate.high]
    return [*(None if math.isnan(number) else f"{number:.4f}" for number in numbers), estimate.ratings]


def _interval(estimate: Estimate) -> str:
    if math.isnan(estimate.low):
        return _number(estimate.value)
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def _number(value: float | None) -> str:
    return "-" if value is None or math.isnan(value) else f"{value:.2f}"


def _rounded(value: object) -> object:
    return f"{value:.3f}" if isinstance(value, float) else value


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"

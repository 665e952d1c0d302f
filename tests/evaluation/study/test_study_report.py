import csv
import io

import numpy as np
import pytest

from nurie.errors import DataError
from nurie.evaluation.study import report as reports
from nurie.evaluation.study.checks import check_attention
from nurie.evaluation.study.export import COLUMNS, ratings_as_csv
from nurie.evaluation.study.plot import plot_means
from nurie.evaluation.study.ratings import Answer, Ratings
from nurie.evaluation.study.series import Kind

QUESTIONS = ("diversity", "few_artifacts")


def answers_of(rater, rate, *, repeat=0, told=(4, 4), finished=True):
    """A rater of 2 sketches by 2 methods who gives `rate(method)`; the repeat differs by `repeat`."""
    shown = [(Kind.RATING, sketch, method, None) for sketch in ("cat", "dog") for method in ("ours", "theirs")]
    shown += [(Kind.INSTRUCTED, "cat", "ours", told[0]), (Kind.REPEAT, "cat", "theirs", None)]
    for position, (kind, sketch, method, number) in enumerate(shown, 1):
        score = {Kind.RATING: rate(method), Kind.INSTRUCTED: told[1], Kind.REPEAT: rate(method) + repeat}[kind]
        for question in QUESTIONS:
            times = f"2026-01-02T03:04:{position:02}.000+00:00", f"2026-01-02T03:04:{position + 9:02}.500+00:00"
            yield Answer(rater, position, kind, sketch, method, number, question, score, *times, finished)


def ratings_of(*raters, started=None):
    answers = tuple(answer for rater in raters for answer in rater)
    return Ratings(("ours", "theirs"), QUESTIONS, answers, started or len(raters))


def four_and_two(method):
    return 4 if method == "ours" else 2


@pytest.fixture
def ratings():
    """Three who pass, and one for each way to fail, who rate everything 1."""
    return ratings_of(
        *(answers_of(rater, four_and_two) for rater in range(3)),
        answers_of(3, lambda method: 1, repeat=2),
        answers_of(4, lambda method: 1, told=(4, 1)),
        answers_of(5, lambda method: 1, finished=False),
        started=8,
    )


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_raters_fail_each_check_by_itself(ratings):
    failures = [entry.failures for entry in check_attention(ratings)]
    assert failures == [
        (), (), (), ("rated repeats differently",), ("chose other numbers than told",), ("did not finish",)
    ]  # fmt: skip


@pytest.mark.parametrize(("difference", "passed"), [(-1, True), (0, True), (1, True), (2, False)])
def test_a_repeat_may_differ_by_one(difference, passed):
    (entry,) = check_attention(ratings_of(answers_of(0, lambda method: 3, repeat=difference)))
    assert entry.repeat_difference == abs(difference)
    assert entry.passed == passed


def test_attention_counts_time_and_sameness(ratings):
    entry = check_attention(ratings)[0]
    assert entry.seconds == 9.5
    assert entry.same_answer == 0.5
    assert (entry.told_right, entry.told) == (2, 2)


def test_means_leave_out_repeats_and_told_numbers(ratings):
    report = reports.make_report(ratings)
    checked, everybody = report.summaries
    assert (checked.raters, everybody.raters) == (3, 6)
    assert [estimate.value for estimate in checked.means[0]] == [4, 4, 4]
    assert [estimate.value for estimate in checked.means[1]] == [2, 2, 2]
    assert checked.means[0][0].ratings == 3 * 2
    assert checked.differences["ours", "theirs"][0].value == 2
    # Everybody: three of 4 and three of 1.
    assert everybody.means[0][2].value == 2.5


def test_alpha_is_one_where_all_agree(ratings):
    assert reports.make_report(ratings).summaries[0].alphas == pytest.approx([1, 1])


def test_the_report_says_who_was_left_out(ratings):
    text = reports.report_as_markdown(reports.make_report(ratings), "means.png")
    assert "8 started, 6 rated something, 5 finished. 3 failed the checks (1 rated repeats differently, " in text
    assert "## Who passed the checks: 3 raters" in text
    assert "## Everybody: 6 raters" in text
    assert "| ours | 4.00 (4.00 to 4.00) | 4.00 (4.00 to 4.00) | 4.00 (4.00 to 4.00) | 12 |" in text
    assert "| ours - theirs | 2.00 (2.00 to 2.00) |" in text
    assert "![Means and intervals](means.png)" in text


def test_tables_have_the_same_numbers(ratings):
    report = reports.make_report(ratings)
    means = rows_of(reports.means_as_csv(report))
    assert len(means) == 2 * 2 * 3
    assert means[0] == {
        "who": "who passed the checks", "raters": "3", "method": "ours", "measure": "diversity",
        "mean": "4.0000", "low": "4.0000", "high": "4.0000", "ratings": "6",
    }  # fmt: skip
    assert [row["measure"] for row in means[:3]] == ["diversity", "few_artifacts", "mos"]
    assert rows_of(reports.differences_as_csv(report))[0]["difference"] == "2.0000"
    assert [row["passed"] for row in rows_of(reports.raters_as_csv(report))] == ["1", "1", "1", "0", "0", "0"]


def test_if_nobody_passes_there_is_everybody():
    report = reports.make_report(ratings_of(answers_of(0, four_and_two, finished=False)))
    assert [summary.who for summary in report.summaries] == ["everybody"]
    text = reports.report_as_markdown(report, "means.png")
    assert "| ours | 4.00 | 4.00 | 4.00 | 4 |" in text
    assert "| diversity | - |" in text


def test_without_answers_there_is_no_report():
    with pytest.raises(DataError, match="nobody has rated anything yet"):
        reports.make_report(ratings_of(started=2))


def test_one_question_has_no_mean_of_questions(ratings):
    single = tuple(answer for answer in ratings.answers if answer.question == "diversity")
    report = reports.make_report(Ratings(ratings.methods, ("diversity",), single, 6))
    assert report.measures == ("diversity",)
    assert "mos |" not in reports.report_as_markdown(report, "means.png")
    assert {row["measure"] for row in rows_of(reports.means_as_csv(report))} == {"diversity"}


def test_a_method_that_lacks_a_rating_is_blank_in_the_tables():
    ratings = ratings_of(answers_of(0, four_and_two))
    report = reports.make_report(Ratings((*ratings.methods, "new"), QUESTIONS, ratings.answers, 1))
    assert "| new | - | - | - | 0 |" in reports.report_as_markdown(report, "means.png")
    assert rows_of(reports.means_as_csv(report))[-1]["mean"] == ""
    assert plot_means(report).startswith(b"\x89PNG")


def test_the_export_has_a_row_for_each_number_and_no_tokens(ratings):
    rows = rows_of(ratings_as_csv(ratings))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 6 * 6 * 2
    assert rows[0] | {"shown_at": "", "answered_at": ""} == {
        "rater": "0", "finished": "1", "position": "1", "kind": "rating", "sketch": "cat", "method": "ours",
        "question": "diversity", "score": "4", "told": "", "shown_at": "", "answered_at": "",
    }  # fmt: skip
    assert {row["told"] for row in rows if row["kind"] == "instructed"} == {"4"}


def test_the_plot_is_the_same_every_time(ratings):
    report = reports.make_report(ratings)
    assert plot_means(report) == plot_means(report)


def test_scores_are_placed_by_name(ratings):
    scores = ratings.scores([5, 0])
    assert scores.shape == (2, 2, 2, 2)
    assert np.array_equal(scores[1, :, 0], np.full((2, 2), 4))
    assert np.array_equal(scores[0], np.ones((2, 2, 2)))

"""Scores as tables for people and as JSON for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from nurie.evaluation.acceptance import Verdict
from nurie.evaluation.scores import PainterScore
from nurie.evaluation.tally import Tally


def scores_as_json(scores: Mapping[str, PainterScore]) -> dict[str, object]:
    """Give the scores as JSON can hold them; tallies as hits, total and share."""
    return {name: asdict(score) | _shares(score) for name, score in scores.items()}


def scores_as_markdown(scores: Mapping[str, PainterScore]) -> str:
    """Give a table with a row per painter; KID in thousandths with its spread."""
    header = ["painter", "FID", "KID x1000", "skin", "eyes", "hair", "whole heads", "two seeds"]
    rows = [
        [
            name,
            _number(score.fid),
            "-" if score.kid is None else f"{score.kid.mean * 1e3:.1f} ± {score.kid.std * 1e3:.1f}",
            *(_percent(tally) for tally in (score.skin, score.eyes, score.hair, score.heads)),
            _number(score.difference),
        ]
        for name, score in scores.items()
    ]
    return _table(header, rows)


def verdicts_as_markdown(verdicts: Sequence[Verdict]) -> str:
    """Give a table with a row per figure of the acceptance."""
    rows = [
        [
            verdict.figure,
            "-" if verdict.value is None else f"{verdict.value:.3g}",
            f"{verdict.bound:g}",
            "yes" if verdict.reached else "no",
        ]
        for verdict in verdicts
    ]
    return _table(["figure", "value", "at least", "reached"], rows)


def _shares(score: PainterScore) -> dict[str, object]:
    tallies = {"skin": score.skin, "eyes": score.eyes, "hair": score.hair, "heads": score.heads}
    return {name: {"hits": tally.hits, "total": tally.total, "share": tally.share} for name, tally in tallies.items()}


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _percent(tally: Tally) -> str:
    return "-" if tally.share is None else f"{tally.share:.1%} of {tally.total}"

"""Scores as tables for people and as JSON for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from nurie.evaluation.acceptance import FLATTENED, RANDOM, Verdict
from nurie.evaluation.characters import GROUPS, ColorError, Errors
from nurie.evaluation.folders import FolderScore
from nurie.evaluation.picture_scores import way_between
from nurie.evaluation.scores import PainterScore
from nurie.evaluation.tally import Tally


def scores_as_json(scores: Mapping[str, PainterScore]) -> dict[str, object]:
    """Give the scores as JSON can hold them; tallies as hits, total and share."""
    return {name: asdict(score) | _shares(score) | {"way": _way(score, scores)} for name, score in scores.items()}


def scores_as_markdown(scores: Mapping[str, PainterScore]) -> str:
    """Give a table with a row per painter; KID in thousandths with its spread."""
    header = ["painter", "FID", "way", "KID x1000", "skin", "eyes", "hair", "whole heads"]
    header += ["skin pairs", "cloth pairs", "two seeds", "within regions", "on open paper"]
    rows = [
        [
            name,
            _number(score.fid),
            _whole_percent(_way(score, scores)),
            "-" if score.kid is None else f"{score.kid.mean * 1e3:.1f} ± {score.kid.std * 1e3:.1f}",
            *(_percent(tally) for tally in _tallies(score).values()),
            _number(score.difference),
            _number(score.deviation),
            "-" if score.change is None else f"{score.change:.2f}",
        ]
        for name, score in scores.items()
    ]
    return _table(header, rows)


def folders_as_text(score: FolderScore, protocol: str) -> str:
    """Give a line a figure; those that could not be measured, or were not asked for, have a dash."""
    kernel = "-" if score.kid is None else f"{score.kid.mean:.5f} ± {score.kid.std:.5f}"
    lines = [
        f"pictures  {score.pictures}, truth {score.truth}, pairs of one name {score.pairs}",
        f"FID       {'-' if score.fid is None else f'{score.fid:.2f}'}",
        f"KID       {kernel}",
    ]
    others = {
        "ST-LPIPS": (score.stlpips, ".4f"),
        "PSNR": (score.psnr, ".2f"),
        "SSIM": (score.ssim, ".4f"),
        "colors": (score.histogram, ".4f"),
        "way": (score.way, ".0%"),
        "on paper": (score.change, ".3f"),
        "within": (score.deviation, ".3f"),
        "diversity": (score.diversity, ".4f"),
    }
    lines += [f"{name:<10}{'-' if value is None else format(value, form)}" for name, (value, form) in others.items()]
    return "\n".join([*lines, protocol])


def errors_as_markdown(errors: Errors) -> str:
    """Give a table with a row per method: mean CIEDE2000 over regions with its standard error, and over pixels."""
    header = ["method", *(f"{group}, {weight}" for group in GROUPS for weight in ("regions", "pixels"))]
    rows = [[name, *(cell for group in GROUPS for cell in _errors(groups[group]))] for name, groups in errors.items()]
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
    return {
        name: {"hits": tally.hits, "total": tally.total, "share": tally.share}
        for name, tally in _tallies(score).items()
    }


def _tallies(score: PainterScore) -> dict[str, Tally]:
    names = ("skin", "eyes", "hair", "heads", "skin_pairs", "cloth_pairs")
    return {name: getattr(score, name) for name in names}


def _errors(error: ColorError) -> list[str]:
    spread = "" if error.spread is None else f" ± {error.spread:.1f}"
    return [_number(error.regions) + spread, _number(error.pixels)]


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _way(score: PainterScore, scores: Mapping[str, PainterScore]) -> float | None:
    ends = [scores[name].fid if name in scores else None for name in (RANDOM, FLATTENED)]
    return way_between(score.fid, *ends)


def _whole_percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _percent(tally: Tally) -> str:
    return "-" if tally.share is None else f"{tally.share:.1%} of {tally.total}"

"""Scoring one method on the test sets: pictures on disk, figures as JSON with everything that makes them repeatable."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nurie.arrays import Image
from nurie.errors import DataError
from nurie.evaluation.diversity import Compare, diversity
from nurie.evaluation.kid import KID
from nurie.evaluation.picture_features import Featurize
from nurie.evaluation.picture_scores import PictureScores, References, score_pictures
from nurie.evaluation.plausibility import Lab, skin_colors
from nurie.evaluation.protocols import PROTOCOLS, describe_run, fid_protocol, make_folder, write_result
from nurie.evaluation.tally import Tally
from nurie.images import write_image
from nurie.tables.data import TableData
from nurie.tables.painting import CODES, PaintSet
from nurie.tables.prepared import TRUE_MAP, Prepared
from nurie.tables.settings import TableSettings

SCORES = "scores.json"


@dataclass(frozen=True)
class Judge:
    """What all methods are scored with."""

    data: TableData
    settings: TableSettings
    skin: Lab | None
    featurize: Featurize | None = None
    compare: Compare | None = None
    """ST-LPIPS, for diversity."""


def make_judge(data: TableData, settings: TableSettings, featurize: Featurize | None, compare: Compare | None) -> Judge:
    """Learn the skin colours of the training drawings; without people among them, skin is not scored."""
    try:
        skin = skin_colors(data.training.drawings())
    except DataError:
        skin = None
    return Judge(data, settings, skin, featurize, compare)


def score_method(
    folder: Path,
    paint: PaintSet,
    judge: Judge,
    *,
    seed: int | None,
    extra: Mapping[str, object],
    scored: str | None = None,
) -> None:
    """Paint all test sets into `folder`/pictures and write `folder`/scores.json; `scored` as in `describe_run`.

    Raises:
        OutputError: they cannot be written.
    """
    protocol, sets, named = PROTOCOLS["tables"], {}, {}
    for name, prepared in judge.data.sets.items():
        numbers = range(len(prepared))
        pictures = paint(name, numbers, 0)
        _write_pictures(folder / "pictures" / name, prepared, pictures)
        scores = score_pictures(pictures, _references(prepared, judge))
        sets[name] = asdict(scores) | {"diversity": _diversity(name, prepared, paint, judge)}
        named[name] = fid_protocol(protocol, scores.compared, scores.compared)
    networks = ("inception", "stlpips") if judge.featurize else ()
    described = describe_run(protocol, seed=seed, networks=networks, scored=scored) | {"fid_protocol": named, **extra}
    write_result(folder / SCORES, described | {"settings": judge.settings.as_json(), "sets": sets})


def is_scored(folder: Path, settings: TableSettings) -> bool:
    """Whether the scores are there, and are those of these settings."""
    result = _read(folder)
    return result is not None and result.get("settings") == settings.as_json()


def read_scores(folder: Path) -> tuple[dict[str, PictureScores], Mapping[str, Any]]:
    """The scores of a method on each set, and all that was written beside them.

    Raises:
        DataError: they are missing or damaged.
    """
    result = _read(folder)
    if result is None:
        raise DataError(f"{folder / SCORES} is missing or damaged; run nurie tables again")
    return {name: _from_json(scores) for name, scores in result["sets"].items()}, result


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        result: dict[str, Any] = json.loads((folder / SCORES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return result if "sets" in result else None


def _from_json(scores: Mapping[str, Any]) -> PictureScores:
    tallies = {name: Tally(**scores[name]) for name in ("skin", "eyes", "hair", "heads")}
    kid = KID(**scores["kid"]) if scores["kid"] else None
    return PictureScores(**{**scores, **tallies, "kid": kid})


def _references(prepared: Prepared, judge: Judge) -> References:
    known = TRUE_MAP in prepared.maps
    parts = known and all(prepared.parts)
    return References(
        drawings=prepared.drawings(TRUE_MAP if known else "trapped_ball"),
        has_color=prepared.has_color,
        true_regions=known,
        skin=judge.skin if parts else None,
        featurize=judge.featurize,
    )


def _diversity(name: str, prepared: Prepared, paint: PaintSet, judge: Judge) -> float | None:
    if judge.compare is None:
        return None
    count = min(judge.settings.diversity_sketches, len(prepared))
    numbers = [number * len(prepared) // count for number in range(count)]
    rounds = [paint(name, numbers, seed) for seed in range(1, CODES + 1)]
    return diversity(list(zip(*rounds, strict=True)), judge.compare)


def _write_pictures(folder: Path, prepared: Prepared, pictures: Sequence[Image]) -> None:
    make_folder(folder)
    for name, picture in zip(prepared.names, pictures, strict=True):
        write_image(folder / f"{name}.png", picture)

"""The first edition's figures: what colourings of 300 held-out drawings must reach."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nurie.data.sources.drawing import Drawing
from nurie.evaluation.painters import Painter
from nurie.evaluation.picture_scores import way_between
from nurie.evaluation.protocols import Protocol
from nurie.evaluation.scores import PainterScore, Yardstick, score_painter

RANDOM, MOST_LIKELY, FLATTENED, TRUTH = "random", "most likely", "flattened truth", "truth"
"""Names of the painters that every report compares with."""

FID_PROGRESS = 0.35
"""Share of the way from the random painter's FID to that of the flattened truth."""

PLAUSIBLE_SKIN = 0.90
AGREEING_EYES = 0.85
AGREEING_HAIR = 0.80
"""Shares of skin regions, faces and hair regions."""

SEED_DIFFERENCE = 15.0
"""CIEDE2000, mean over hair and clothes."""

PainterProgress = Callable[[str, int, int], None]
"""Told the painter's name, and how many of how many drawings it has painted."""


@dataclass(frozen=True)
class Verdict:
    """One figure of the acceptance and whether it is reached."""

    figure: str
    value: float | None
    """None if it could not be measured, which is not reached."""
    bound: float
    reached: bool


def compare_painters(
    drawings: Sequence[Drawing],
    painters: Mapping[str, Painter],
    yardstick: Yardstick,
    *,
    seed: int = 0,
    progress: PainterProgress | None = None,
) -> dict[str, PainterScore]:
    """Score each painter on the same drawings with the same seeds, as `score_painter` does."""
    scores = {}
    for name, painter in painters.items():

        def report(done: int, total: int, name: str = name) -> None:
            if progress:
                progress(name, done, total)

        scores[name] = score_painter(drawings, painter, yardstick, seed=seed, progress=report)
    return scores


def fid_progress(score: PainterScore, random: PainterScore, flattened: PainterScore) -> float | None:
    """Give the way from the random painter's FID (0) to that of the flattened truth (1).

    None if an FID is missing, or if random is no worse than the flattened truth: no way to go.
    """
    return way_between(score.fid, random.fid, flattened.fid)


def judge(score: PainterScore, random: PainterScore, flattened: PainterScore) -> list[Verdict]:
    """Hold one painter's score against the first edition's bounds; equal is reached."""
    way = fid_progress(score, random, flattened)
    figures = [
        ("FID, way from random to flattened truth", way, FID_PROGRESS),
        ("skin painted a skin colour", score.skin.share, PLAUSIBLE_SKIN),
        ("faces whose eyes agree", score.eyes.share, AGREEING_EYES),
        ("hair regions that agree with their head", score.hair.share, AGREEING_HAIR),
        ("difference between two seeds (CIEDE2000)", score.difference, SEED_DIFFERENCE),
    ]
    return [Verdict(figure, value, bound, value is not None and value >= bound) for figure, value, bound in figures]


def follows(protocol: Protocol, drawings: Sequence[Drawing]) -> bool:
    """Tell whether the drawings are those of the protocol: its count, each of its seeds once."""
    if protocol.count is not None and len(drawings) != protocol.count:
        return False
    if protocol.seeds is None:
        return True
    return sorted(str(drawing.meta.get("seed")) for drawing in drawings) == sorted(
        str(seed) for seed in range(*protocol.seeds)
    )

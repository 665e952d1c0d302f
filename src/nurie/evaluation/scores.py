"""Score anything that colours drawings: any function of a drawing and a seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float32, Float64

from nurie.data.sources.drawing import Drawing
from nurie.evaluation.agreement import TWIN_KINDS, agreeing_eyes, agreeing_hair, agreeing_twins, difference
from nurie.evaluation.bleeding import open_paper_change, region_deviation
from nurie.evaluation.fid import fid
from nurie.evaluation.kid import KID, kid
from nurie.evaluation.painted import painted_regions
from nurie.evaluation.painters import Painter
from nurie.evaluation.picture_features import Featurize, Progress
from nurie.evaluation.picture_scores import mean_of
from nurie.evaluation.plausibility import plausible_skin, skin_colors
from nurie.evaluation.resizing import AnyImage
from nurie.evaluation.tally import Tally


@dataclass(frozen=True)
class Yardstick:
    """What pictures are compared with; the same for all painters of one set of drawings."""

    skin: Float64[np.ndarray, "colors 3"]
    """The training corpus' skin colours, CIELAB."""
    featurize: Featurize | None = None
    truth: Float32[np.ndarray, "n d"] | None = None
    """Features of the true pictures."""


@dataclass(frozen=True)
class PainterScore:
    """All figures of one painter on one set of drawings; None where they could not be measured."""

    pictures: int
    fid: float | None
    kid: KID | None
    skin: Tally
    """Skin regions painted a skin colour (`plausible_skin`)."""
    eyes: Tally
    """Faces whose irises agree (`agreeing_eyes`)."""
    hair: Tally
    """Hair regions near the mean of their head (`agreeing_hair`)."""
    heads: Tally
    """Heads of which all hair regions are."""
    difference: float | None
    """Mean CIEDE2000 over all hair and cloth regions of all drawings, between two seeds."""
    deviation: float | None = None
    """Bleeding within true regions (`region_deviation`), mean over the drawings."""
    change: float | None = None
    """Bleeding on open paper (`open_paper_change`), mean over the drawings."""
    skin_pairs: Tally = field(default_factory=Tally)
    """Pairs of skin regions of one figure and colour that agree (`agreeing_twins`)."""
    cloth_pairs: Tally = field(default_factory=Tally)
    """As many of clothes."""


def make_yardstick(
    drawings: Sequence[Drawing],
    training: Iterable[Drawing],
    featurize: Featurize | None = None,
) -> Yardstick:
    """Prepare to score painters of `drawings`, with the skin colours of `training`.

    Without `featurize` there is no FID and no KID, and nothing pretrained is needed.
    """
    truth = featurize([drawing.color for drawing in drawings]) if featurize else None
    return Yardstick(skin_colors(training), featurize, truth)


def score_painter(
    drawings: Sequence[Drawing],
    painter: Painter,
    yardstick: Yardstick,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> PainterScore:
    """Let `painter` colour each drawing with two seeds and measure the pictures.

    Drawing number i is painted with the seeds `seed` + 2 i and `seed` + 2 i + 1, so no two drawings
    share their noise. All figures but `difference` are of the first picture. Shares are over all
    regions, faces or heads of the set together, not per drawing. FID and KID need two drawings.

    Raises:
        DataError: a drawing does not know its parts, or a picture has another size than its
        drawing.
    """
    pictures: list[AnyImage] = []
    tallies = [Tally()] * 6
    differences = [np.zeros(0)]
    for number, drawing in enumerate(drawings):
        pictures.append(painter(drawing, seed + 2 * number))
        painted, truth = painted_regions(pictures[-1], drawing), painted_regions(drawing.color, drawing)
        found = (
            plausible_skin(painted, yardstick.skin),
            agreeing_eyes(painted),
            *agreeing_hair(painted),
            *(agreeing_twins(painted, truth, kind) for kind in TWIN_KINDS),
        )
        tallies = [tally + more for tally, more in zip(tallies, found, strict=True)]
        other = painted_regions(painter(drawing, seed + 2 * number + 1), drawing)
        differences.append(difference(painted, other))
        if progress:
            progress(number + 1, len(drawings))
    skin, eyes, hair, heads, skin_pairs, cloth_pairs = tallies
    spreads = [region_deviation(p, d.sketch, d.regions) for p, d in zip(pictures, drawings, strict=True)]
    from_truth, kernel = _distances(pictures, yardstick)
    return PainterScore(
        pictures=len(pictures),
        fid=from_truth,
        kid=kernel,
        skin=skin,
        eyes=eyes,
        hair=hair,
        heads=heads,
        difference=_mean(np.concatenate(differences)),
        deviation=mean_of(spreads),
        change=mean_of([open_paper_change(p, d.sketch) for p, d in zip(pictures, drawings, strict=True)]),
        skin_pairs=skin_pairs,
        cloth_pairs=cloth_pairs,
    )


def _mean(values: Float64[np.ndarray, " n"]) -> float | None:
    return float(values.mean()) if values.size else None


def _distances(pictures: Sequence[AnyImage], yardstick: Yardstick) -> tuple[float | None, KID | None]:
    if yardstick.featurize is None or yardstick.truth is None or len(pictures) < 2:
        return None, None
    features = yardstick.featurize(pictures)
    return fid(features, yardstick.truth), kid(features, yardstick.truth)

"""Every figure of one set of pictures, whoever made them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float64

from nurie.data.sources.drawing import Drawing
from nurie.evaluation.agreement import agreeing_eyes, agreeing_hair
from nurie.evaluation.bleeding import open_paper_change, region_deviation
from nurie.evaluation.fid import fid
from nurie.evaluation.fidelity import histogram_distance, psnr, ssim
from nurie.evaluation.kid import KID, kid
from nurie.evaluation.painted import painted_regions
from nurie.evaluation.picture_features import Featurize
from nurie.evaluation.plausibility import plausible_skin
from nurie.evaluation.resizing import AnyImage
from nurie.evaluation.tally import Tally

NO_CHANCE = Tally()


@dataclass(frozen=True)
class PictureScores:
    """One method on one set; None where a figure cannot be measured."""

    pictures: int
    """How many were scored."""
    compared: int
    """Those with a true picture, between which and the truth FID, KID and the figures of pairs are."""
    fid: float | None = None
    way: float | None = None
    """Share of the way from the random painter's FID (0) to that of the flattened truth (1)."""
    kid: KID | None = None
    psnr: float | None = None
    ssim: float | None = None
    histogram: float | None = None
    deviation: float | None = None
    """Bleeding within true regions (`region_deviation`), mean over the drawings."""
    change: float | None = None
    """Bleeding on open paper (`open_paper_change`), mean over the drawings."""
    skin: Tally = NO_CHANCE
    eyes: Tally = NO_CHANCE
    hair: Tally = NO_CHANCE
    heads: Tally = NO_CHANCE
    diversity: float | None = None


@dataclass(frozen=True)
class References:
    """What pictures of one set of drawings are held against."""

    drawings: Sequence[Drawing]
    has_color: Sequence[bool]
    """Whether the colours of each drawing are the true ones."""
    true_regions: bool
    """Whether the regions of the drawings are the true ones."""
    skin: Float64[np.ndarray, "colors 3"] | None = None
    """Skin colours, if the drawings know their parts."""
    featurize: Featurize | None = None


def score_pictures(pictures: Sequence[AnyImage], references: References) -> PictureScores:
    """Measure pictures against their drawings, one each, in the same order; FID and KID need two with truth."""
    drawings = references.drawings
    pairs = [
        (picture, drawing.color)
        for picture, drawing, known in zip(pictures, drawings, references.has_color, strict=True)
        if known
    ]
    changes = [open_paper_change(p, d.sketch) for p, d in zip(pictures, drawings, strict=True)]
    scores = PictureScores(
        pictures=len(pictures),
        compared=len(pairs),
        psnr=mean_of([psnr(a, b) for a, b in pairs]),
        ssim=mean_of([ssim(a, b) for a, b in pairs]),
        histogram=mean_of([histogram_distance(a, b) for a, b in pairs]),
        change=mean_of(changes),
    )
    if references.true_regions:
        spreads = [region_deviation(p, d.sketch, d.regions) for p, d in zip(pictures, drawings, strict=True)]
        scores = replace(scores, deviation=mean_of(spreads))
    if references.skin is not None:
        scores = _score_parts(scores, pictures, references)
    if references.featurize and len(pairs) > 1:
        made, true = (references.featurize([pair[which] for pair in pairs]) for which in (0, 1))
        scores = replace(scores, fid=fid(made, true), kid=kid(made, true))
    return scores


def mean_of(values: Sequence[float | None]) -> float | None:
    """Give the mean of those values that could be measured; None if none could."""
    measured = [value for value in values if value is not None]
    return float(np.mean(measured)) if measured else None


def way_between(value: float | None, random: float | None, flattened: float | None) -> float | None:
    """Give the way from the random painter's FID (0) to that of the flattened truth (1).

    It may leave that range. None if an FID is missing, or if random is no worse than the flattened truth: then there is
    no way to go.
    """
    if value is None or random is None or flattened is None or random <= flattened:
        return None
    return (random - value) / (random - flattened)


def _score_parts(scores: PictureScores, pictures: Sequence[AnyImage], references: References) -> PictureScores:
    assert references.skin is not None, "who calls this has looked"
    tallies = [NO_CHANCE] * 4
    for picture, drawing in zip(pictures, references.drawings, strict=True):
        painted = painted_regions(picture, drawing)
        found = (plausible_skin(painted, references.skin), agreeing_eyes(painted), *agreeing_hair(painted))
        tallies = [tally + more for tally, more in zip(tallies, found, strict=True)]
    skin, eyes, hair, heads = tallies
    return replace(scores, skin=skin, eyes=eyes, hair=hair, heads=heads)

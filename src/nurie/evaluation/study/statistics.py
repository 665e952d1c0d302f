"""Means with intervals, differences of methods, and how far raters agree."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from nurie.evaluation.study.ratings import Scores
from nurie.evaluation.study.settings import SCALE

RESAMPLES = 10_000
CONFIDENCE = 0.95

Means = Float64[np.ndarray, "... methods measures"]
"""By method and measure: the questions, then their mean."""


@dataclass(frozen=True)
class Estimate:
    """A number with its interval; NaN where there is none."""

    value: float
    low: float
    high: float
    ratings: int
    """How many it is the mean of; of a difference, the fewer of the two."""


def mean_scores(scores: Scores) -> Means:
    """Give the mean of all ratings of a method on a question, and the mean of its questions: the MOS.

    NaN where a method has no rating.
    """
    sums, counts = _totals(scores)
    return _with_mos(_divide(sums.sum(0), counts.sum(0)))


def resampled_means(scores: Scores, *, resamples: int = RESAMPLES, seed: int = 0) -> Means:
    """Give `mean_scores` of as many raters drawn with replacement, so many times.

    All ratings of a rater come or stay away together: they are more alike than those of two raters, so an interval from
    single ratings would be too narrow. Sketches are not drawn: what follows holds for these sketches. All is NaN for
    a single rater, of whom nothing follows about others.
    """
    sums, counts = _totals(scores)
    raters = len(scores)
    if raters < 2:
        return np.full((resamples, scores.shape[2], scores.shape[3] + 1), np.nan)
    drawn = np.random.default_rng(seed).multinomial(raters, np.full(raters, 1 / raters), size=resamples)
    return _with_mos(_divide(np.tensordot(drawn, sums, 1), np.tensordot(drawn, counts, 1)))


def estimate_means(scores: Scores, resampled: Means) -> list[list[Estimate]]:
    """Give, by method and measure, the mean with its interval: the percentiles of the resampled means."""
    return _estimates(mean_scores(scores), resampled, _counts(scores))


def estimate_differences(scores: Scores, resampled: Means, first: int, second: int) -> list[Estimate]:
    """Give, by measure, how much higher the method at place `first` is rated than the one at `second`.

    Both means come from the same raters in every resample, so what strict raters share falls out.
    """
    means, counts = mean_scores(scores), _counts(scores)
    difference = (means[first] - means[second])[None]
    resampled_difference = (resampled[:, first] - resampled[:, second])[:, None]
    return _estimates(difference, resampled_difference, np.minimum(counts[first], counts[second])[None])[0]


def krippendorff_alpha(scores: Scores, question: int) -> float | None:
    """Give Krippendorff's alpha of one question for ordered categories: 1 is agreement, 0 is what chance gives.

    Units are (sketch, method) pairs. None where it is not defined: no unit with two raters, or one number only.
    """
    import krippendorff

    units = scores[..., question].reshape(len(scores), -1)
    shared = units[:, (~np.isnan(units)).sum(0) > 1]
    if len(np.unique(shared[~np.isnan(shared)])) < 2:
        return None
    alpha = krippendorff.alpha(reliability_data=shared, value_domain=list(SCALE), level_of_measurement="ordinal")
    return float(alpha)


def _totals(scores: Scores) -> tuple[Float64[np.ndarray, "r m q"], Float64[np.ndarray, "r m q"]]:
    return np.nansum(scores, axis=1), (~np.isnan(scores)).sum(1).astype(float)


def _counts(scores: Scores) -> Float64[np.ndarray, "methods measures"]:
    counts = (~np.isnan(scores)).sum((0, 1)).astype(float)
    return np.concatenate([counts, counts.sum(-1, keepdims=True)], -1)


def _divide(sums: Float64[np.ndarray, "..."], counts: Float64[np.ndarray, "..."]) -> Float64[np.ndarray, "..."]:
    quotient = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=quotient, where=counts > 0)
    return quotient


def _with_mos(means: Float64[np.ndarray, "... m q"]) -> Means:
    return np.concatenate([means, means.mean(-1, keepdims=True)], -1)


def _estimates(
    means: Float64[np.ndarray, "rows measures"],
    resampled: Float64[np.ndarray, "resamples rows measures"],
    counts: Float64[np.ndarray, "rows measures"],
) -> list[list[Estimate]]:
    tail = (1 - CONFIDENCE) / 2
    low, high = (_percentile(resampled, share) for share in (tail, 1 - tail))
    return [
        [
            Estimate(float(means[row, k]), float(low[row, k]), float(high[row, k]), int(counts[row, k]))
            for k in range(means.shape[1])
        ]
        for row in range(means.shape[0])
    ]


def _percentile(
    resampled: Float64[np.ndarray, "resamples rows measures"], share: float
) -> Float64[np.ndarray, "rows measures"]:
    """Take a percentile, without the resamples where a method had no rating; NaN where none had any."""
    rows, measures = resampled.shape[1:]
    result = np.full((rows, measures), np.nan)
    for row in range(rows):
        for measure in range(measures):
            values = resampled[:, row, measure]
            values = values[~np.isnan(values)]
            if len(values):
                result[row, measure] = np.quantile(values, share)
    return result

"""The kernel distance of two sets of features (Binkowski et al. 2018), unbiased for small sets."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float64

from nurie.errors import InputError

SUBSETS = 100
SUBSET_SIZE = 100
"""The paper's subsets have 1000 pictures; our sets are smaller."""

Features = Float[np.ndarray, "_ d"]
Sample = Float64[np.ndarray, "m d"]


@dataclass(frozen=True)
class KID:
    """A mean over random subsets and its spread."""

    mean: float
    std: float
    """Deviation of the subsets' values; the error of the mean is smaller."""


def kid(
    features_a: Features,
    features_b: Features,
    *,
    subsets: int = SUBSETS,
    subset_size: int = SUBSET_SIZE,
    seed: int = 0,
) -> KID:
    """Give the squared MMD with the kernel (x.y / d + 1)^3, averaged over `subsets` draws.

    A draw takes `subset_size` rows of each set without replacement. The estimate is unbiased: 0 on
    average for two sets from one source, so single values may be negative, and a set against itself
    gives slightly less than 0. Of a small set at most half is drawn (but two
    rows), so that the draws differ and their spread says something. Equal seeds give equal values.

    Raises:
        InputError: a set has fewer than two rows.
        ValueError: `subsets` or `subset_size` is too small.
    """
    if subsets < 1 or subset_size < 2:
        raise ValueError(f"need at least 1 subset of 2 pictures, got {subsets} of {subset_size}")
    smaller = min(len(features_a), len(features_b))
    if smaller < 2:
        raise InputError(f"KID needs 2 pictures or more in each set, got {smaller}; add pictures")
    size = min(subset_size, max(2, smaller // 2))
    rng = np.random.default_rng(seed)
    a, b = np.asarray(features_a, np.float64), np.asarray(features_b, np.float64)
    values = [
        squared_mmd(a[rng.choice(len(a), size, False)], b[rng.choice(len(b), size, False)]) for _ in range(subsets)
    ]
    return KID(float(np.mean(values)), float(np.std(values)))


def squared_mmd(a: Sample, b: Sample) -> float:
    """Give the unbiased squared maximum mean discrepancy of two sets of one size, at least 2."""
    m = len(a)
    within = _off_diagonal_sum(_kernel(a, a)) + _off_diagonal_sum(_kernel(b, b))
    return float(within / (m * (m - 1)) - 2 * _kernel(a, b).mean())


def _kernel(a: Sample, b: Sample) -> Float64[np.ndarray, "m m"]:
    return np.asarray((a @ b.T / a.shape[1] + 1) ** 3)


def _off_diagonal_sum(matrix: Float64[np.ndarray, "m m"]) -> float:
    return float(matrix.sum() - np.trace(matrix))

"""The Fréchet distance of two sets of features (Heusel et al. 2017), safe for small sets.

tr sqrt(A B) is the nuclear norm of rootA^T rootB for any roots A = rootA rootA^T: real, never
negative, and exact for covariances without full rank, where the square root of a product goes
complex and needs an epsilon.
"""

import numpy as np
from jaxtyping import Float, Float64

from nurie.errors import InputError

Features = Float[np.ndarray, "_ d"]


def frechet_distance(
    mean_a: Float[np.ndarray, " d"],
    cov_a: Float[np.ndarray, "d d"],
    mean_b: Float[np.ndarray, " d"],
    cov_b: Float[np.ndarray, "d d"],
) -> float:
    """Give |mean_a - mean_b|^2 + tr(A + B - 2 sqrt(A B)), in the square of the features' unit.

    Computed in float64. Rounding can bring the distance of a set to itself below zero; that is
    answered as 0.
    """
    return _distance(mean_a, _root(cov_a), mean_b, _root(cov_b))


def fid(features_a: Features, features_b: Features) -> float:
    """Give the Fréchet distance of two sets of features: 0 for equal sets, whatever their order.

    The centred features themselves are a root of their covariance (with n - 1 in the denominator),
    so a set smaller than its dimension costs little and stays exact. Small sets are biased upwards:
    compare equal counts only.

    Raises:
        InputError: a set has fewer than two rows, so it has no covariance.
    """
    for features in (features_a, features_b):
        if len(features) < 2:
            raise InputError(f"FID needs 2 pictures or more in each set, got {len(features)}; add pictures")
    mean_a, root_a = _mean_and_root(features_a)
    mean_b, root_b = _mean_and_root(features_b)
    return _distance(mean_a, root_a, mean_b, root_b)


def _distance(mean_a: np.ndarray, root_a: np.ndarray, mean_b: np.ndarray, root_b: np.ndarray) -> float:
    # The squared entries of a root sum to the trace of its covariance.
    traces = np.square(root_a).sum() + np.square(root_b).sum()
    cross = np.linalg.svd(root_a.T @ root_b, compute_uv=False).sum()
    shift = np.square(np.asarray(mean_a, np.float64) - mean_b).sum()
    return max(0.0, float(shift + traces - 2 * cross))


def _root(cov: Float[np.ndarray, "d d"]) -> Float64[np.ndarray, "d d"]:
    values, vectors = np.linalg.eigh(np.asarray(cov, np.float64))
    return np.asarray(vectors * np.sqrt(values.clip(0)))


def _mean_and_root(
    features: Features,
) -> tuple[Float64[np.ndarray, " d"], Float64[np.ndarray, "d r"]]:
    features = np.asarray(features, np.float64)
    mean = features.mean(0)
    centered = (features - mean) / np.sqrt(len(features) - 1)
    if len(centered) > centered.shape[1]:
        centered = np.linalg.qr(centered, mode="r")  # the same covariance from fewer rows
    return mean, centered.T

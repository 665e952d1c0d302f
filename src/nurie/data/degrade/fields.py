"""Smooth random fields: what differs from place to place on a page, and by how much."""

import cv2
import numpy as np
from jaxtyping import Float32

Field = Float32[np.ndarray, "height width"]


def smooth_field(shape: tuple[int, int], length: float | int, rng: np.random.Generator) -> Field:
    """Normal numbers (mean 0, about 0.8 wide) that change over `length` pixels."""
    height, width = shape
    # One knot more than fits, and a cut at a random place: the knots lie elsewhere each time.
    rows, columns = int(height / length) + 3, int(width / length) + 3
    knots = rng.standard_normal((rows, columns), np.float32)
    size = max(width, round(columns * length)), max(height, round(rows * length))
    # Cubic to a quarter of the size is smooth enough, and eight times as fast.
    quarter = max(1, size[0] // 4), max(1, size[1] // 4)
    field = cv2.resize(cv2.resize(knots, quarter, interpolation=cv2.INTER_CUBIC), size, interpolation=cv2.INTER_LINEAR)
    top, left = rng.integers(size[1] - height + 1), rng.integers(size[0] - width + 1)
    return np.ascontiguousarray(field[top : top + height, left : left + width])


def patches(shape: tuple[int, int], length: float | int, share: float, rng: np.random.Generator) -> Field:
    """1 on soft-edged patches of about `length` pixels that cover about `share` of the picture, else 0."""
    field = smooth_field(shape, length, rng)
    edge = np.quantile(field[::4, ::4], 1 - share)  # smooth: a sixteenth of the pixels tell
    return np.asarray(np.clip((field - edge) * 4 + 0.5, 0, 1), np.float32)


def displace(ink: Field, amount: float | int, length: float | int, rng: np.random.Generator) -> Field:
    """The lines moved by a smooth field of `amount` pixels (one standard deviation); what comes from outside is 0."""
    height, width = ink.shape
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    down, right = (np.float32(amount) * smooth_field((height, width), length, rng) for _ in range(2))
    moved = cv2.remap(ink, columns + right, rows + down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(moved, np.float32)


def blur(field: Field, sigma: float | int) -> Field:
    """By a Gaussian; the border is mirrored."""
    return np.asarray(cv2.GaussianBlur(field, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101), np.float32)


def noise(shape: tuple[int, int], sigma: float | int, rng: np.random.Generator) -> Field:
    """Normal numbers (mean 0, 1 wide), correlated over `sigma` pixels."""
    white = rng.standard_normal(shape, np.float32)
    if sigma < 0.3:
        return white
    smooth = blur(white, sigma)
    return np.asarray(smooth / max(float(smooth.std()), 1e-6), np.float32)

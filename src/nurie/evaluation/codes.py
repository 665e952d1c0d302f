"""Does the latent code do something: how far apart pictures of two codes are, and how even the way between them is."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import torch
from jaxtyping import Float, Float64
from torch import Tensor

from nurie.arrays import Image
from nurie.colors import ciede2000, rgb_to_cielab

LEAST_DIFFERENCE = 15.0
"""CIEDE2000 between the pictures of two codes, mean over paper pixels; the bound of `acceptance` for two seeds."""

LARGEST_STEP = 3.0
"""Times the mean step: what the largest step between neighbours may be."""

NEIGHBORS = 16
"""Pictures on the way from one code to another, both ends included."""

Distance = Callable[[Image, Image], float]
"""Such as `STLPIPS().compare`."""


@dataclass(frozen=True, kw_only=True)
class CodeScore:
    """What a code changes; means over drawings and pairs of codes."""

    drawings: int
    codes: int
    """Drawn for each drawing; the same ones for all."""
    distance: float
    """Learned distance (ST-LPIPS) of the pictures of two codes."""
    difference: float
    """CIEDE2000 of the pictures of two codes over paper pixels."""
    truth_distance: float
    """Learned distance of the picture with the code of the truth (or the sketch's own) from the truth."""
    largest_step: float
    """The largest step to the next neighbour, by the mean step of its way: the worst of all drawings."""
    typical_step: float
    """The same, median over drawings."""

    @property
    def different(self) -> bool:
        """Whether two codes give clearly different pictures."""
        return self.difference >= LEAST_DIFFERENCE

    @property
    def smooth(self) -> bool:
        """Whether no way has a jump."""
        return self.largest_step <= LARGEST_STEP


def mean_distance(pictures: list[Image], distance: Distance) -> float:
    """Mean over all pairs of the pictures.

    Raises:
        ValueError: there is no pair.
    """
    if len(pictures) < 2:
        raise ValueError(f"a distance needs two pictures, got {len(pictures)}")
    return float(np.mean([distance(a, b) for a, b in combinations(pictures, 2)]))


def color_difference(a: Image, b: Image, sketch: Float[np.ndarray, "h w"]) -> float:
    """Mean CIEDE2000 over the pixels of paper; `sketch` is 1 for ink. 0 if all is ink."""
    paper = sketch < 0.2
    return float(ciede2000(rgb_to_cielab(a[paper]), rgb_to_cielab(b[paper])).mean()) if paper.any() else 0.0


def way(first: Float[Tensor, " d"], last: Float[Tensor, " d"], count: int = NEIGHBORS) -> Float[Tensor, "_n d"]:
    """Codes on the straight line from one to the other, both included: the paper's interpolation (IV-E)."""
    share = torch.linspace(0, 1, count, dtype=first.dtype, device=first.device)[:, None]
    return first + share * (last - first)


def steps(pictures: list[Image], distance: Distance) -> Float64[np.ndarray, " n"]:
    """Distance of each picture from the next."""
    return np.array([distance(a, b) for a, b in pairwise(pictures)])


def largest_step(lengths: Float64[np.ndarray, " n"]) -> float:
    """The largest by the mean: 1 for an even way, and for a way along which nothing changes at all."""
    mean = float(lengths.mean())
    return float(lengths.max()) / mean if mean > 0 else 1.0

"""From one picture of a drawing to another in steps that look even."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float32, Float64

from nurie.arrays import Colors, Palette
from nurie.colors import rgb_to_oklab
from nurie.errors import InputError
from nurie.inference.encoded import Encoded, Start
from nurie.inference.palette_files import Swatches
from nurie.inference.result import Result

FINENESS = 0.5
"""Of a step: where the colours change by more between two samples, another is drawn in the middle."""

MOST_SAMPLES = 6
"""Palettes drawn for one step at most."""

FINEST = 2.0**-20
"""Share of the way below which nothing more is found between two samples."""

_PARALLEL = 1e-6  # radians

Normal = Float32[np.ndarray, "*axes"]
"""Numbers from N(0, I)."""


@dataclass(frozen=True, eq=False)
class _Sample:
    share: float
    colors: Colors
    drawn: Colors
    start: Start


def interpolate(
    encoded: Encoded, first: Start, last: Start, steps: int, palette: Swatches | None = None
) -> Iterator[Result]:
    """Pictures from `first` to the one that has its hints and style, and noise and code of `last`; both included.

    The noise goes along the great circle between the two, so that each picture on the way is as likely as any. A small
    change of noise may change colours much; so the way is sampled where they change, and the pictures are those
    between which the drawing changes by about as much each time (mean over its pixels in OKLab). Light and shade go
    their own way, evenly from code to code.

    Raises:
        InputError: `steps` is below 2.
    """
    if steps < 2:
        raise InputError(f"an interpolation has at least 2 steps, got {steps}")
    samples = _sample_way(encoded, first, last.noise, steps, palette)
    for number, sample in enumerate(_even(samples, _distances(encoded, samples), steps)):
        code = slerp(first.code, last.code, number / (steps - 1))
        yield encoded.paint(sample.colors, sample.drawn, replace(sample.start, code=code))


def slerp(first: Normal, last: Normal, share: float) -> Normal:
    """Noise on the great circle from `first` (share 0) to `last` (1); straight where they lie on a line."""
    a, b = first.astype(np.float64).ravel(), last.astype(np.float64).ravel()
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    cosine = float(a @ b) / max(float(lengths[0] * lengths[1]), 1e-12)
    angle = float(np.arccos(np.clip(cosine, -1, 1)))
    if angle < _PARALLEL or angle > np.pi - _PARALLEL or share in (0, 1):
        mixed = (1 - share) * a + share * b
    else:
        mixed = (np.sin((1 - share) * angle) * a + np.sin(share * angle) * b) / np.sin(angle)
    return np.asarray(mixed.reshape(first.shape), np.float32)


def _sample_way(encoded: Encoded, first: Start, last: Palette, steps: int, palette: Swatches | None) -> list[_Sample]:
    def sample(share: float) -> _Sample:
        start = replace(first, noise=slerp(first.noise, last, share))
        return _Sample(share, *encoded.draw_colors(start, palette), start)

    samples = [sample(share) for share in np.linspace(0, 1, steps).tolist()]
    while len(samples) < MOST_SAMPLES * steps:
        lengths = _distances(encoded, samples)
        fine = np.diff([one.share for one in samples]) <= FINEST
        widest = int(np.where(fine, 0, lengths).argmax())
        if lengths[widest] <= FINENESS * lengths.sum() / (steps - 1) or fine[widest]:
            break
        samples.insert(widest + 1, sample((samples[widest].share + samples[widest + 1].share) / 2))
    return samples


def _distances(encoded: Encoded, samples: list[_Sample]) -> Float64[np.ndarray, " gaps"]:
    """How much the drawing changes from each sample to the next."""
    area = np.bincount(encoded.regions.ravel(), minlength=encoded.num_regions + 1)[1:]
    colors = np.stack([rgb_to_oklab(sample.colors) for sample in samples])
    change = np.linalg.norm(np.diff(colors, axis=0), axis=2)
    return np.asarray(change @ (area / area.sum()), np.float64)


def _even(samples: list[_Sample], lengths: Float64[np.ndarray, " gaps"], steps: int) -> list[_Sample]:
    """So many samples, each the nearest to its place on the way; the first and the last are kept."""
    way = np.concatenate([[0], np.cumsum(lengths)])
    if way[-1] == 0:
        return [samples[round(i)] for i in np.linspace(0, len(samples) - 1, steps)]
    places = np.linspace(0, way[-1], steps)
    nearest = np.abs(way[None] - places[:, None]).argmin(1)
    nearest[0], nearest[-1] = 0, len(samples) - 1
    return [samples[i] for i in nearest]

"""Are the found lines true lines, and are the true lines found?"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from skimage.morphology import skeletonize

from nurie.arrays import LineMask
from nurie.errors import InputError
from nurie.evaluation.tally import Tally

TOLERANCE = 2.0
"""Pixels between a found and a true line that count as the same."""


@dataclass(frozen=True)
class LineScore:
    """Lines count by their length: by pixels of their middles, however thick they are. Scores add up."""

    found: Tally = field(default_factory=Tally)
    """Found pixels that are near a true one, of all found."""
    true: Tally = field(default_factory=Tally)
    """True pixels that are near a found one, of all true."""

    def __add__(self, other: "LineScore") -> "LineScore":
        return LineScore(self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        """Share of the found lines that are true, 0..1; 1 if nothing is found."""
        share = self.found.share
        return 1.0 if share is None else share

    @property
    def recall(self) -> float:
        """Share of the true lines that are found, 0..1; 1 if there are none."""
        share = self.true.share
        return 1.0 if share is None else share

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 if both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_lines(found: LineMask, true: LineMask, *, tolerance: float | int = TOLERANCE) -> LineScore:
    """Compare the middles of found and true lines; a distance of exactly `tolerance` pixels still counts.

    Two found lines beside one true line both count as found, so doubled strokes show in `LineScore.found` only by
    what lies too far away.

    Raises:
        InputError: `tolerance` is negative.
    """
    if tolerance < 0:
        raise InputError(f"tolerance is in pixels and at least 0, got {tolerance}")
    found, true = _middles(found), _middles(true)
    return LineScore(_near(found, true, tolerance), _near(true, found, tolerance))


def _middles(lines: LineMask) -> LineMask:
    middles: LineMask = skeletonize(lines)  # type: ignore[no-untyped-call]
    return middles


def _near(lines: LineMask, others: LineMask, tolerance: float | int) -> Tally:
    """How many pixels of `lines` are near one of `others`."""
    total = int(lines.sum())
    if not others.any():
        return Tally(0, total)
    distance = cv2.distanceTransform((~others).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return Tally(int((distance[lines] <= tolerance).sum()), total)

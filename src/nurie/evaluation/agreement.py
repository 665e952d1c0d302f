"""Do parts that belong together agree, and do two pictures of one sketch differ?"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from jaxtyping import Float64

from nurie.colors import ciede2000
from nurie.evaluation.painted import PaintedRegion
from nurie.evaluation.tally import Tally

Color = Float64[np.ndarray, "3"]

EYE_DISTANCE = 8.0
"""CIEDE2000 between the two irises of a face; the first edition's bound."""

HAIR_DISTANCE = 10.0
"""CIEDE2000 between a lock and the mean of its head; the first edition's bound."""

TRUE_TWINS, AGREEING_TWINS = 3.0, 10.0
"""CIEDE2000 up to which two regions of a figure have one colour in the truth, and up to which they agree as painted."""

TWIN_KINDS = ("skin", "cloth")
"""Kinds of which a figure has several regions of one colour: face, neck and hands; both sleeves."""

VARIED_KINDS = ("hair", "cloth")
"""Kinds of regions whose colour is free, so two seeds should give two colours."""


def agreeing_eyes(painted: Sequence[PaintedRegion]) -> Tally:
    """Count the faces whose two irises differ by at most 8 CIEDE2000.

    A face is an owner with both `iris1` and `iris2` among the painted regions; others (one eye
    closed, hidden or too small) are no chance.
    """
    irises = {(r.part.owner, r.part.name): r.lab for r in painted if r.part.kind == "eye"}
    pairs = [
        (lab, irises[owner, "iris2"])
        for (owner, name), lab in irises.items()
        if name == "iris1" and (owner, "iris2") in irises
    ]
    return Tally(int((_pair_distances(pairs) <= EYE_DISTANCE).sum()), len(pairs))


def agreeing_hair(painted: Sequence[PaintedRegion]) -> tuple[Tally, Tally]:
    """Count the hair regions within 10 CIEDE2000 of their head's mean, and heads all within.

    The mean is that of CIELAB over the head's (owner's) hair regions, weighted by paper pixels. A
    head with a single hair region agrees with itself and is left out of both counts.
    """
    heads: dict[int, list[PaintedRegion]] = defaultdict(list)
    for region in painted:
        if region.part.kind == "hair":
            heads[region.part.owner].append(region)
    agreeing = [_near_mean(regions) for regions in heads.values() if len(regions) > 1]
    regions = Tally(sum(sum(head) for head in agreeing), sum(len(head) for head in agreeing))
    return regions, Tally(sum(all(head) for head in agreeing), len(agreeing))


def agreeing_twins(painted: Sequence[PaintedRegion], truth: Sequence[PaintedRegion], kind: str) -> Tally:
    """Count the pairs of regions of one figure and kind that agree, of those that have one colour in the truth.

    Within 10 CIEDE2000 they agree, within 3 they have one colour. `painted` and `truth` are the same regions in the
    same order. Figures with a single such region are no chance.
    """
    figures: dict[int, list[int]] = defaultdict(list)
    for number, region in enumerate(truth):
        if region.part.kind == kind:
            figures[region.part.owner].append(number)
    twins = [pair for numbers in figures.values() for pair in combinations(numbers, 2)]
    true, found = (
        _pair_distances([(regions[a].lab, regions[b].lab) for a, b in twins]) for regions in (truth, painted)
    )
    alike = true <= TRUE_TWINS
    return Tally(int((found[alike] <= AGREEING_TWINS).sum()), int(alike.sum()))


def difference(
    painted_a: Sequence[PaintedRegion], painted_b: Sequence[PaintedRegion]
) -> Float64[np.ndarray, " regions"]:
    """Give the CIEDE2000 difference of each hair and cloth region in two pictures of a drawing."""
    pairs = [(a.lab, b.lab) for a, b in zip(painted_a, painted_b, strict=True) if a.part.kind in VARIED_KINDS]
    return _pair_distances(pairs)


def _pair_distances(
    pairs: Sequence[tuple[Color, Color]],
) -> Float64[np.ndarray, " pairs"]:
    first, second = np.array(pairs).reshape(-1, 2, 3).transpose(1, 0, 2)
    return ciede2000(first, second)


def _near_mean(regions: Sequence[PaintedRegion]) -> list[bool]:
    colors = np.array([region.lab for region in regions])
    mean = np.average(colors, axis=0, weights=[region.area for region in regions])
    return [bool(near) for near in ciede2000(colors, np.broadcast_to(mean, colors.shape)) <= HAIR_DISTANCE]

"""The look of another picture: its colours for the regions that mean the same.

All there is for weights that were trained without references; others follow them where nothing is surely alike. The
palette network's encoder tells what each region is (its tokens, and the kind it takes the region for), and a region of
the drawing takes the colour of the region of the references that is most alike in that, and lies at about the same
place with about the same size. Where nothing is alike, no hint is given, and the network draws a colour that goes
with the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32

from nurie.arrays import Colors
from nurie.graphs import Arrays
from nurie.inference.palette import PaletteNetwork, Reading
from nurie.inference.references import Reference
from nurie.regions.descriptors import GEOMETRY

TOKEN, PLACE, KIND = 2.0, 0.5, 0.3
"""Weights of unlikeness: in what the encoder says (1 - cosine), in place and size, in kind (-log of agreeing). Chosen
on a few drawings; colours transfer about as well with other weights, as long as tokens or kinds have one."""

UNLIKE = 1.2
"""Unlikeness from which two regions have nothing to do with each other."""

SURE = 0.8
"""Unlikeness below which a colour is copied even where the network follows references: of held-out characters' regions
copied alone are 12.4 CIEDE2000 from their colours, followed alone 16.1, and both 11.8, with less harm to others."""

_PLACE = [GEOMETRY.index(name) for name in ("row", "column", "log_size")]
_RAREST = 1e-4  # the least probability that two regions are of one kind


@dataclass(frozen=True, eq=False)
class _Traits:
    """What is compared; one row for each region."""

    tokens: Float32[np.ndarray, "regions width"]
    """Of length 1."""
    place: Float32[np.ndarray, "regions 3"]
    kinds: Float32[np.ndarray, "regions kinds"]
    """Probabilities; no columns if the weights do not tell kinds apart."""


def match_colors(
    network: PaletteNetwork,
    tokens: Arrays,
    reading: Reading,
    references: Sequence[Reference],
    unlike_from: float = UNLIKE,
) -> tuple[Bool[np.ndarray, " regions"], Colors]:
    """Which regions of a drawing have a counterpart in a reference, and the colour of the one that is most alike.

    That is so below an unlikeness of `unlike_from`. Of two alike the first is taken. What has none gets some colour,
    which means nothing.
    """
    own = _describe(tokens, reading)
    unlike = np.concatenate([_compare(own, _describe(other.tokens(network), other.reading)) for other in references], 1)
    colors = np.concatenate([other.colors for other in references])
    return unlike.min(1) < unlike_from, colors[unlike.argmin(1)]


def _describe(tokens: Arrays, reading: Reading) -> _Traits:
    rows = tokens["tokens"][0]
    kinds = tokens.get("kinds", np.zeros((1, len(rows), 0), np.float32))[0]
    shares = np.exp(kinds - kinds.max(1, keepdims=True, initial=-np.inf)) if kinds.size else kinds
    return _Traits(
        tokens=rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6),
        place=reading.table.geometry[:, _PLACE],
        kinds=shares / np.maximum(shares.sum(1, keepdims=True), 1e-6),
    )


def _compare(drawing: _Traits, reference: _Traits) -> Float32[np.ndarray, "regions others"]:
    unlike = TOKEN * (1 - drawing.tokens @ reference.tokens.T)
    unlike += PLACE * np.linalg.norm(drawing.place[:, None] - reference.place[None], axis=2)
    if drawing.kinds.shape[1]:
        unlike -= KIND * np.log(np.maximum(drawing.kinds @ reference.kinds.T, _RAREST))
    return np.asarray(unlike, np.float32)

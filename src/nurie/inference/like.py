"""The look of another picture: its colours for the regions that mean the same.

No network was trained for this. The palette network's encoder tells what each region is (its tokens, and the kind it
takes the region for), and a region of the drawing takes the colour of the region of the reference that is most
alike in that, and lies at about the same place with about the same size. Where nothing is alike, no hint is
given, and the network draws a colour that goes with the others.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from nurie.arrays import Colors
from nurie.errors import InputError
from nurie.images import Source, read_color
from nurie.inference.colorizer import Colorizer
from nurie.inference.encoded import Encoded
from nurie.inference.hints import color_name
from nurie.regions.descriptors import GEOMETRY, describe_regions
from nurie.regions.flats import region_colors
from nurie.sketch import extract_sketch

TOKEN, PLACE, KIND = 2.0, 0.5, 0.3
"""Weights of unlikeness: in what the encoder says (1 - cosine), in place and size, in kind (-log of agreeing). Chosen
on a few drawings; colours transfer about as well with other weights, as long as tokens or kinds have one."""

UNLIKE = 1.2
"""Unlikeness from which two regions have nothing to do with each other."""

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


@dataclass(frozen=True, eq=False)
class Reference:
    """The regions of a coloured picture."""

    traits: _Traits
    colors: Colors


def read_reference(colorizer: Colorizer, picture: Source) -> Reference:
    """Cut a coloured picture into its regions, along lines that are drawn from it, and take their colours.

    Raises:
        ImageError: it cannot be read.
    """
    color = read_color(picture, max_pixels=colorizer.max_pixels)
    encoded = colorizer.encode(extract_sketch(color))
    return make_reference(encoded, region_colors(color, encoded.sketch, encoded.regions))


def make_reference(encoded: Encoded, colors: Colors) -> Reference:
    """The regions of a drawing in the colours that a result gave them (`Result.colors`).

    Raises:
        InputError: there are not as many colours as regions.
    """
    if len(colors) != encoded.num_regions:
        raise InputError(f"{len(colors)} colors do not fit a drawing of {encoded.num_regions} regions")
    return Reference(_describe(encoded), colors)


def match_colors(encoded: Encoded, reference: Reference) -> dict[int, str]:
    """Hints for the regions of a drawing that have a counterpart in the reference; of two alike the first is taken."""
    unlike = _compare(_describe(encoded), reference.traits)
    nearest = unlike.argmin(1)
    alike = np.flatnonzero(unlike.min(1) < UNLIKE)
    return {int(index) + 1: color_name(reference.colors[nearest[index]]) for index in alike}


def _describe(encoded: Encoded) -> _Traits:
    tokens = encoded.tokens["tokens"][0]
    kinds = encoded.tokens.get("kinds", np.zeros((1, len(tokens), 0), np.float32))[0]
    shares = np.exp(kinds - kinds.max(1, keepdims=True, initial=-np.inf)) if kinds.size else kinds
    geometry = describe_regions(encoded.regions, encoded.sketch).geometry
    return _Traits(
        tokens=tokens / np.maximum(np.linalg.norm(tokens, axis=1, keepdims=True), 1e-6),
        place=geometry[:, _PLACE],
        kinds=shares / np.maximum(shares.sum(1, keepdims=True), 1e-6),
    )


def _compare(drawing: _Traits, reference: _Traits) -> Float32[np.ndarray, "regions others"]:
    unlike = TOKEN * (1 - drawing.tokens @ reference.tokens.T)
    unlike += PLACE * np.linalg.norm(drawing.place[:, None] - reference.place[None], axis=2)
    if drawing.kinds.shape[1]:
        unlike -= KIND * np.log(np.maximum(drawing.kinds @ reference.kinds.T, _RAREST))
    return np.asarray(unlike, np.float32)

"""Same character, same colours: how far a drawing's colours are from the true ones when another drawing shows them.

Drawings come in pairs that show one character (the owner 1 of parts) in the same colours. One is drawn, the other, in
its true colours, is the reference; each is both in turn. Who else is in the picture has colours of its own there, so
those should be neither better nor worse for the reference.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from jaxtyping import Float64

from nurie.arrays import Image
from nurie.colors import ciede2000, rgb_to_cielab
from nurie.data.sources.drawing import Drawing
from nurie.evaluation.painted import PaintedRegion, painted_regions
from nurie.inference import Colorizer, Encoded, Reference, Style
from nurie.inference.hints import color_name
from nurie.inference.like import match_colors
from nurie.regions.descriptors import GEOMETRY
from nurie.regions.flats import paint_flats, region_colors

CHARACTER = 1
"""The owner whose colours two drawings of a character share."""

GROUPS = ("character", "others", "nobody")
"""Whose regions: the character's, other figures', and what belongs to nobody."""

NONE, NEAREST, MATCH, NETWORK, BEST = (
    "no reference",
    "nearest region",
    "token match",
    "network",
    "best of its colours",
)
"""Names of methods; guidance other than 1 is added to that of the network."""

_PLACE = [GEOMETRY.index(name) for name in ("row", "column", "log_size")]


@dataclass(frozen=True)
class Pair:
    """A drawing, and another of the same character in its true colours."""

    character: object
    drawing: Drawing
    encoded: Encoded
    reference: Reference
    seed: int


Method = Callable[[Pair], Image]
"""Flat colours for the drawing of a pair."""


@dataclass(frozen=True)
class ColorError:
    """CIEDE2000 between the colours of regions and their true ones; None where there is no region."""

    regions: float | None
    """Mean over regions: each counts alike."""
    pixels: float | None
    """Mean over their paper pixels: large regions count more."""
    spread: float | None
    """Standard error of `regions` over the characters; None of fewer than two."""
    count: int
    """How many regions, over all pairs."""


Errors = Mapping[str, Mapping[str, ColorError]]
"""Method -> one of `GROUPS` -> error."""


@dataclass(frozen=True)
class _Measured:
    """One region in one picture."""

    character: object
    distance: float
    pixels: int


def make_methods(colorizer: Colorizer, guidance: Sequence[float] = (1.0,)) -> dict[str, Method]:
    """What is compared; the network's own way only for weights that have learned to follow references."""
    methods: dict[str, Method] = {NONE: _draw_freely, NEAREST: _copy_nearest, MATCH: _draw_matched}
    if colorizer.networks.palette.settings.references:
        for strength in guidance:
            name = NETWORK if strength == 1 else f"{NETWORK}, guidance {strength:g}"
            methods[name] = _Follow(strength)
    return methods


def pair_drawings(
    colorizer: Colorizer, drawings: Sequence[Drawing], *, character: object, seed: int, pictures: bool = False
) -> list[Pair]:
    """Each of a character's drawings with each other one as reference, cut as in use; pair i has the seed + i.

    A reference has the true colours. Of `pictures` the lines are not known and are found in them; otherwise it is an
    earlier result, whose drawing is known.
    """
    encoded = [colorizer.encode(drawing.sketch) for drawing in drawings]
    if pictures:
        references = [colorizer.read_reference(drawing.color) for drawing in drawings]
    else:
        references = [
            one.refer(region_colors(drawing.color, drawing.sketch, one.regions))
            for drawing, one in zip(drawings, encoded, strict=True)
        ]
    ways = permutations(range(len(drawings)), 2)
    return [
        Pair(character, drawings[to], encoded[to], references[other], seed + number)
        for number, (to, other) in enumerate(ways)
    ]


def score_characters(pairs: Iterable[Pair], methods: Mapping[str, Method]) -> dict[str, dict[str, ColorError]]:
    """Colour every pair by every method, and measure each true region that has paper.

    `BEST` is the colour of the reference that is nearest to the true one, for each region: no method that only hands
    out the reference's colours does better, and two drawings may differ in light.

    Raises:
        DataError: a drawing does not say what its regions are.
    """
    measured: dict[str, dict[str, list[_Measured]]] = {
        name: {group: [] for group in GROUPS} for name in (*methods, BEST)
    }
    for pair in pairs:
        truth = painted_regions(pair.drawing.color, pair.drawing)
        true = np.array([region.lab for region in truth]).reshape(-1, 3)
        for name, method in methods.items():
            painted = painted_regions(method(pair), pair.drawing)
            distances = ciede2000(np.array([region.lab for region in painted]).reshape(-1, 3), true)
            _add(measured[name], pair, truth, distances)
        _add(measured[BEST], pair, truth, _nearest_distances(pair, true))
    return {name: {group: _mean(found[group]) for group in GROUPS} for name, found in measured.items()}


def _draw_freely(pair: Pair) -> Image:
    return pair.encoded.sample(pair.seed, style=Style(shading=0.0)).flats


def _copy_nearest(pair: Pair) -> Image:
    """No network: the colour of the region at about the same place and of about the same size."""
    network = pair.encoded.networks.palette
    own = network.read(pair.encoded.sketch, pair.encoded.regions).table.geometry[:, _PLACE]
    others = pair.reference.reading.table.geometry[:, _PLACE]
    nearest = np.linalg.norm(own[:, None] - others[None], axis=2).argmin(1)
    return paint_flats(pair.reference.colors[nearest], pair.encoded.regions)


def _draw_matched(pair: Pair) -> Image:
    """As weights without references do it, whether or not these have learned them."""
    network, encoded = pair.encoded.networks.palette, pair.encoded
    reading = network.read(encoded.sketch, encoded.regions)
    alike, colors = match_colors(network, encoded.tokens, reading, [pair.reference])
    hints = {int(index) + 1: color_name(colors[index]) for index in np.flatnonzero(alike)}
    return encoded.sample(pair.seed, hints=hints, style=Style(shading=0.0)).flats


@dataclass(frozen=True)
class _Follow:
    guidance: float

    def __call__(self, pair: Pair) -> Image:
        style = Style(references=[pair.reference], guidance=self.guidance, shading=0.0)
        return pair.encoded.sample(pair.seed, style=style).flats


def _nearest_distances(pair: Pair, true: Float64[np.ndarray, "regions 3"]) -> Float64[np.ndarray, " regions"]:
    colors = rgb_to_cielab(pair.reference.colors)
    shape = len(true), len(colors), 3
    distances = ciede2000(np.broadcast_to(true[:, None], shape), np.broadcast_to(colors[None], shape))
    nearest: Float64[np.ndarray, " regions"] = distances.min(1)
    return nearest


def _add(
    measured: Mapping[str, list[_Measured]],
    pair: Pair,
    truth: Sequence[PaintedRegion],
    distances: Float64[np.ndarray, " regions"],
) -> None:
    for region, distance in zip(truth, distances.tolist(), strict=True):
        owner = region.part.owner
        group = "character" if owner == CHARACTER else "others" if owner else "nobody"
        measured[group].append(_Measured(pair.character, distance, region.area))


def _mean(measured: Sequence[_Measured]) -> ColorError:
    if not measured:
        return ColorError(None, None, None, 0)
    distances = np.array([one.distance for one in measured])
    pixels = np.array([one.pixels for one in measured])
    casts: dict[object, list[float]] = defaultdict(list)
    for one in measured:
        casts[one.character].append(one.distance)
    means = [float(np.mean(cast)) for cast in casts.values()]
    spread = float(np.std(means, ddof=1) / len(means) ** 0.5) if len(means) > 1 else None
    return ColorError(float(distances.mean()), float(np.average(distances, weights=pixels)), spread, len(measured))

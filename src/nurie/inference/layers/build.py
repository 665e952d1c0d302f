"""A result -> the layers that an artist would have made of it, which together look the same."""

from collections.abc import Iterator, Sequence
from typing import overload

import cv2
import numpy as np
from jaxtyping import Int64, UInt16

from nurie.arrays import Colors, RegionMap
from nurie.errors import InputError
from nurie.images import DEEP_STEP, Pixels
from nurie.inference.coverage import Paper, Share
from nurie.inference.ink import Ink, iterate_ink
from nurie.inference.layers.boxes import box_of, boxes_of
from nurie.inference.layers.stack import Blend, Coverage, Group, Layer, LayerStack
from nurie.inference.result import Result
from nurie.regions.flats import paint_flats

GROUPINGS = ("color", "region")
"""What has a layer of its own within the group of flat colors."""

LABEL_FACTOR = 0x9E3779
"""Region k is painted as the 24-bit number k * LABEL_FACTOR (red is its highest byte): as the factor is odd, no two
regions have one color, and as it is near 2^24 divided by the golden ratio, neighbors have very different ones."""

_BAND = 64  # rows


def build_layers(result: Result, *, by: str = "color") -> LayerStack:
    """The layers of a result; `merged` is what its file shows (`Result.pixels`).

    From the bottom to the top:

    background: the bare paper; hidden in a cut-out.
    flats: a group with a layer for each color, or for each region if `by` is "region", named after the (first) region
        and the color, as in `12 #ffcc88`.
    shading (Multiply), shading light (Screen): where there are light and shade.
    lines: multiplied where that is what they do, as black ones do on white, and those whose alpha is their ink.
        Colored ink covers what is below it, since multiplied it would change its color.
    regions: hidden; see `LABEL_FACTOR`.

    Raises:
        InputError: `by` is none of `GROUPINGS`.
    """
    if by not in GROUPINGS:
        raise InputError(f"layers are made by {' or '.join(GROUPINGS)}, not by {by!r}")
    ink = result.ink
    lines, cover = _lines(ink)
    layers: tuple[Layer | Group, ...] = (
        _fill("background", ink.paper, ink.share.shape, visible=ink.alpha is None),
        Group("flats", _Flats(result, by, cover)),
        *_shading(result),
        lines,
        _labels(result),
    )
    return LayerStack(layers, result.pixels, ink.dpi, ink.icc)


def _fill(name: str, color: Paper, shape: tuple[int, ...], *, visible: bool) -> Layer:
    return Layer(name, np.broadcast_to(color, (*shape, 3)), _opaque(shape, color.dtype), visible=visible)


def _opaque(shape: tuple[int, ...], dtype: np.dtype) -> Coverage:
    return np.broadcast_to(np.array(np.iinfo(dtype).max, dtype), shape)


def _lines(ink: Ink) -> tuple[Layer, Coverage]:
    """The lines, and how much of each pixel the layers below them fill, so that all together have the right alpha."""
    top = np.iinfo(ink.share.dtype).max
    color, black = _ink_color(ink)
    blend: Blend = "multiply" if black else "normal"
    alpha, below = np.asarray(top - ink.share), _opaque(ink.share.shape, ink.share.dtype)
    if ink.alpha is not None:
        alpha, below = _split_alpha(ink.share, ink.alpha)
    box = box_of(alpha > 0)
    if black and ink.picture.alpha is None:  # the drawing itself
        color, alpha = np.broadcast_to(ink.share[..., None], color.shape), below
    return Layer("lines", box.cut(color), box.cut(alpha), box.top, box.left, blend), below


def _ink_color(ink: Ink) -> tuple[Pixels, bool]:
    """The color that the ink has without the paper between it, and whether it is black everywhere."""
    top = int(np.iinfo(ink.share.dtype).max)
    color, black = np.zeros(ink.pixels.shape, ink.pixels.dtype), True
    for rows, added in iterate_ink(ink.pixels, ink.share, ink.paper):
        if added.any():
            black = False
            covered = np.maximum(top - ink.share[rows], 1)[..., None].astype(np.uint32)
            color[rows] = (added.astype(np.uint32) * top + covered // 2) // covered
    return color, black


def _split_alpha(share: Share, alpha: Share) -> tuple[Coverage, Coverage]:
    """Alpha of the lines and of the colors below them, which together are `alpha`; the lines cover their share of it.

    lines = alpha (1 - share);  alpha = lines + below (1 - lines)
    """
    top = int(np.iinfo(share.dtype).max)
    lines, below = np.zeros_like(alpha), np.full_like(alpha, top)
    for row in range(len(alpha)):
        whole = alpha[row].astype(np.float64)
        lines[row] = np.rint(whole * (top - share[row]) / top)
        rest = np.maximum(top - lines[row].astype(np.float64), 1)
        # Where the drawing is opaque colors go on below its ink: hidden lines must leave no gaps.
        below[row] = np.where(whole == top, top, np.rint((whole - lines[row]) * top / rest))
    return lines, below


class _Flats(Sequence[Layer]):
    """From the last to the first, so that a list that is read from the top begins with region 1.

    A layer is made when it is asked for: all at once may be many times the drawing.
    """

    def __init__(self, result: Result, by: str, below: Coverage) -> None:
        number, self._firsts = _number_layers(result.colors, by)
        self._own = result.ink.to_own(result.colors[None])[0]
        self._colors = result.colors
        self._numbers = _look_up(np.concatenate([[0], number]).astype(np.uint16), result.regions)
        self._boxes = boxes_of(self._numbers, len(self._firsts))
        self._below = below

    def __len__(self) -> int:
        return len(self._firsts)

    @overload
    def __getitem__(self, index: int) -> Layer: ...

    @overload
    def __getitem__(self, index: slice) -> list[Layer]: ...

    def __getitem__(self, index: int | slice) -> Layer | list[Layer]:
        places = range(len(self) - 1, -1, -1)[index]
        return self._layer(places) if isinstance(places, int) else [self._layer(place) for place in places]

    def _layer(self, place: int) -> Layer:
        box, first = self._boxes[place], self._firsts[place]
        alpha = box.cut(self._below) * (box.cut(self._numbers) == place)
        color = np.broadcast_to(self._own[first], (*alpha.shape, 3))
        return Layer(f"{first + 1} #{bytes(self._colors[first]).hex()}", color, alpha, box.top, box.left)


def _look_up(table: UInt16[np.ndarray, " labels"], regions: RegionMap) -> UInt16[np.ndarray, "height width"]:
    found = np.empty(regions.shape, np.uint16)
    for start in range(0, len(regions), _BAND):  # what `take` makes in between stays in the cache
        found[start : start + _BAND] = table.take(regions[start : start + _BAND])
    return found


def _number_layers(colors: Colors, by: str) -> tuple[Int64[np.ndarray, " regions"], Int64[np.ndarray, " layers"]]:
    """The layer of each region, and the first region (from 0) of each layer, in the order of those."""
    if by == "region":
        return np.arange(len(colors)), np.arange(len(colors))
    _, first, inverse = np.unique(colors, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return np.argsort(order)[inverse.ravel()], first[order]


def _shading(result: Result) -> Iterator[Layer]:
    """What multiplies the flats where they get darker, and what screens them where they get lighter."""
    if result.shaded is result.flats:
        return
    flats, shaded = (result.ink.to_own(colors) for colors in (result.flats, result.shaded))
    top = int(np.iinfo(flats.dtype).max)
    names: tuple[tuple[str, Blend], ...] = (("shading", "multiply"), ("shading light", "screen"))
    for name, blend in names:
        if blend == "screen":  # screening is multiplying what is missing to white
            flats, shaded = top - flats, top - shaded
        changed = np.asarray((shaded < flats).any(2))
        if not changed.any():
            continue
        box = box_of(changed)
        below = np.ascontiguousarray(box.cut(flats))
        factor = cv2.divide(np.ascontiguousarray(box.cut(shaded)), below, scale=top)
        factor[below == 0] = top  # where nothing is, nothing can be added
        alpha = box.cut(changed) * flats.dtype.type(top)
        yield Layer(name, top - factor if blend == "screen" else factor, alpha, box.top, box.left, blend)


def _labels(result: Result) -> Layer:
    """Regions to select by their color."""
    numbers = np.arange(1, len(result.colors) + 1, dtype=np.uint32) * LABEL_FACTOR
    color: Pixels = paint_flats(np.stack([numbers >> 16, numbers >> 8, numbers], 1).astype(np.uint8), result.regions)
    if result.ink.share.dtype == np.uint16:
        color = color.astype(np.uint16) * DEEP_STEP
    return Layer("regions", color, _opaque(color.shape[:2], color.dtype), visible=False)

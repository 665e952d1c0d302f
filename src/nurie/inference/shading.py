"""Light and shade that leave every flat colour recognisable: a bound that holds by construction."""

from collections.abc import Iterator

import cv2
import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8

from nurie.arrays import Colors, Image, RegionMap
from nurie.colors import ciede2000, levels_to_cielab, rgb_to_cielab
from nurie.regions.flats import paint_flats

BOUND = 5.0
"""CIEDE2000: the mean colour of a region (of its sRGB levels) is nearer than this to its flat colour."""

AIM = 4.25
"""Where light and shade exceed it, they are brought to this: rounding adds up to 0.9 for one dark pixel."""

NEAR = 3.9
"""The same at the network's size, a little nearer, as means over fewer pixels are not quite the same."""

_SHARES = 64
"""Steps between no light and shade and all, of which the largest within the aim is taken."""

_STRIP = 1 << 17  # pixels looked at at once
_PACKED = 1 << 26  # more than the levels of a strip add up to; two such numbers fit into a float exactly

Added = Float32[np.ndarray, "height width 3"]
"""Levels, within -255..255."""

Levels = Float64[np.ndarray, "regions 3"]
Shares = Float64[np.ndarray, " regions"]
Chosen = Bool[np.ndarray, " regions"]


def keep_recognizable(flats: Image, shaded: Image, regions: RegionMap, colors: Colors) -> Image:
    """The shaded picture, with less light or shade in regions whose mean colour has moved by more than `AIM`.

    First what exceeds is subtracted from all pixels of the region, which keeps the contrast within it. Where levels
    end, at white and at black, that may not be enough: there what is left is scaled down, and the change of a mean is
    the mean of the changes. A region that rounding alone still brings to `BOUND` stays flat. So no picture, whatever
    the network, has a region whose mean is that far from its colour.

    `shaded` itself is given back where there is nothing to do.
    """
    moved = _mean_change(flats, shaded, regions, len(colors))
    share = _share_within(colors, moved)
    if (share == 1).all():
        return shaded
    shaded = _subtract(shaded, regions, np.rint(moved * (1 - share)[:, None]))
    share = _share_within(colors, _mean_change(flats, shaded, regions, len(colors)))
    if (share < 1).any():
        _scale(flats, shaded, regions, share < 1, share)
        moved = _mean_change(flats, shaded, regions, len(colors))
        _scale(flats, shaded, regions, _distance(colors, moved) >= BOUND, np.zeros(len(colors)))
    return shaded


def temper(added: Added, regions: RegionMap, colors: Colors) -> Added:
    """What a network adds to the flats, less what moves the mean of a region by more than `NEAR`.

    At the network's size that costs little, and `keep_recognizable`, which sees every pixel, mostly has nothing to do.
    """
    count = len(colors) + 1
    pixels = np.maximum(np.bincount(regions.ravel(), minlength=count), 1)
    sums = [np.bincount(regions.ravel(), added[..., channel].ravel(), count) for channel in range(3)]
    moved = (np.stack(sums, 1) / pixels[:, None])[1:]
    excess = moved * (1 - _share_within(colors, moved, NEAR))[:, None]
    return np.asarray(added - np.concatenate([np.zeros((1, 3)), excess]).astype(np.float32)[regions])


def _mean_change(flats: Image, shaded: Image, regions: RegionMap, num_regions: int) -> Levels:
    sums = np.zeros((num_regions + 1, 4), np.int64)
    for rows in _strips(regions):
        labels = regions[rows].ravel()
        change = np.subtract(shaded[rows], flats[rows], dtype=np.int16).reshape(-1, 3) + np.int16(255)  # from 0 on
        for channel, other in ((0, change[:, 1]), (2, 1)):
            packed = change[:, channel] * float(_PACKED) + other
            high, low = np.divmod(np.bincount(labels, packed, num_regions + 1).astype(np.int64), _PACKED)
            sums[:, channel] += high
            sums[:, channel + 1] += low
    means: Levels = sums[1:, :3] / np.maximum(sums[1:, 3:], 1) - 255 * (sums[1:, 3:] > 0)
    return means


def _share_within(colors: Colors, moved: Levels, aim: float = AIM) -> Shares:
    """The part of each region's mean change up to which the colour stays within `aim`; 1 where all of it does."""
    share = np.ones(len(colors))
    over = np.flatnonzero(_distance(colors, moved) > aim)
    if over.size:
        steps = np.arange(1, _SHARES + 1) / _SHARES
        within = _distance(colors[over, None], moved[over, None] * steps[:, None]) <= aim
        share[over] = within.argmin(1) / _SHARES  # the last is not within
    return share


def _distance(
    colors: UInt8[np.ndarray, "*axes 3"], moved: Float64[np.ndarray, "*more 3"]
) -> Float64[np.ndarray, "..."]:
    """CIEDE2000 between colours and where they have moved; the two broadcast."""
    there = levels_to_cielab(np.clip(colors + moved, 0, 255))
    return ciede2000(np.broadcast_to(rgb_to_cielab(colors), there.shape), there)


def _subtract(shaded: Image, regions: RegionMap, levels: Levels) -> Image:
    """Every pixel of a region by so many levels less, from 0 to 255."""
    down, up = (np.maximum(sign * levels, 0).astype(np.uint8) for sign in (1, -1))
    less = np.empty_like(shaded)
    for rows in _strips(regions):
        labels = np.ascontiguousarray(regions[rows])
        darker = cv2.subtract(np.ascontiguousarray(shaded[rows]), _paint(down, labels))
        less[rows] = cv2.add(darker, _paint(up, labels))
    return less


def _paint(levels: Colors, regions: RegionMap) -> Image:
    """As `paint_flats`; pixels of no region have no levels."""
    return paint_flats(np.concatenate([np.zeros((1, 3), np.uint8), levels]), regions + np.int32(1))


def _scale(flats: Image, shaded: Image, regions: RegionMap, chosen: Chosen, share: Shares) -> None:
    for rows in _strips(regions) if chosen.any() else ():
        place = np.flatnonzero(np.concatenate([[False], chosen])[regions[rows]])
        pixels = shaded[rows].reshape(-1, 3)
        flat = flats[rows].reshape(-1, 3)[place].astype(np.float64)
        change = (pixels[place] - flat) * share[regions[rows].ravel()[place] - 1][:, None]
        pixels[place] = np.rint(flat + change)


def _strips(regions: RegionMap) -> Iterator[slice]:
    step = max(1, _STRIP // regions.shape[1])
    for top in range(0, len(regions), step):
        yield slice(top, top + step)

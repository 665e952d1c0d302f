"""Other colours for a result: some regions set, some kept, some drawn anew. The drawing is not cut again."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from jaxtyping import Bool

from nurie.errors import InputError
from nurie.inference.encoded import Encoded, Start
from nurie.inference.hints import Hints, read_hints
from nurie.inference.palette import draw_noise
from nurie.inference.palette_files import Swatches, snap_colors
from nurie.inference.result import Result
from nurie.inference.sidecar import Sidecar, start_of

REST = "rest"
"""All regions that are neither set nor locked, nor had a hint: drawn anew."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What shall be other in a result."""

    colors: Hints = field(default_factory=dict)
    """Colours to set; they count as hints from then on."""
    lock: Collection[int] = ()
    """Regions that keep their colour, as hints, and their noise, when others are drawn anew."""
    reroll: Collection[int] | str = ()
    """Regions to draw anew, or `REST`."""
    seed: int | None = None
    """What they are drawn from; None is the result's own plus 1."""
    palette: Swatches | None = None
    """The only colours allowed for what has no hint: see `Encoded.sample`."""
    shading: float | None = None
    """How much light and shade; None: as it was."""
    light: int | str | None = None
    """What light and shade are drawn from: a seed, or a side (`left`, `right`); None: they stay, whatever colours are
    drawn anew."""
    guidance: float | None = None
    """How strongly what is drawn anew follows what is kept; None: as it was."""


def recolor(sidecar: Sidecar, encoded: Encoded, changes: Changes) -> Result:
    """The recorded picture with changes; `encoded` is its drawing, from `reopen`.

    Without `reroll` no network draws colours, and light and shade stay: regions that are not named keep every pixel.
    With it, all others are given to the network as hints, so that what is new goes with what is kept, and with the
    references of the record.

    Raises:
        InputError: a region that is not there, or one that is to be both kept and drawn anew; or a number that is out
            of its range.
    """
    old = _restyle(sidecar, encoded, changes)
    wanted, given = read_hints(changes.colors, sidecar.regions)
    colors = np.where(wanted[:, None], given, sidecar.colors)
    fixed = sidecar.known | wanted
    anew = _find_anew(sidecar, wanted, changes)
    if not anew.any():
        if changes.palette is not None:
            colors = np.where(fixed[:, None], colors, snap_colors(colors, changes.palette))
        return encoded.paint(colors, sidecar.drawn, replace(old, given=colors, known=fixed))
    seed = sidecar.seed + 1 if changes.seed is None else changes.seed
    noise = np.where(anew[:, None], draw_noise(len(colors), seed, 0), sidecar.noise)
    start = replace(old, noise=noise, seed=seed, index=0, given=colors, known=~anew)
    result = encoded.draw(start, changes.palette)
    # What was merely kept this time is free again the next time.
    kept = (fixed | _mask(changes.lock, len(colors))) & ~anew
    return replace(result, known=kept)


def _restyle(sidecar: Sidecar, encoded: Encoded, changes: Changes) -> Start:
    """Where the record began, with the light, the shading and the guidance that are wanted."""
    networks, start = encoded.networks, start_of(sidecar)
    style, code = start.style, start.code
    if isinstance(changes.light, int):
        if changes.light < 0:
            raise InputError(f"light is a seed of at least 0, got {changes.light}")
        style, code = replace(style, light=None), networks.draw_code(changes.light, 0)
    elif changes.light is not None:
        style = replace(style, light=changes.light)
        code = networks.draw_code(sidecar.seed, sidecar.index, style.light)
    elif not networks.fits(code):  # of other weights; before the colours have another seed
        code = networks.draw_code(sidecar.seed, sidecar.index, style.light)
    shading = style.shading if changes.shading is None else changes.shading
    guidance = style.guidance if changes.guidance is None else changes.guidance
    return replace(start, code=code, style=replace(style, shading=shading, guidance=guidance))


def _find_anew(
    sidecar: Sidecar, wanted: Bool[np.ndarray, " regions"], changes: Changes
) -> Bool[np.ndarray, " regions"]:
    num_regions = len(sidecar.colors)
    locked = _mask(changes.lock, num_regions)
    if changes.reroll == REST:
        return np.asarray(~(locked | wanted | sidecar.known))
    if isinstance(changes.reroll, str):
        raise InputError(f"reroll is {REST!r} or a list of regions, got {changes.reroll!r}")
    anew = _mask(changes.reroll, num_regions)
    if locked.any() and not anew.any():
        raise InputError(
            f"locked regions are kept while others are drawn anew; add --reroll {REST}, or leave out --lock"
        )
    both = np.flatnonzero(anew & (locked | wanted)) + 1
    if both.size:
        raise InputError(f"region {both[0]} cannot be both kept and drawn anew; name it once")
    return anew


def _mask(labels: Collection[int], num_regions: int) -> Bool[np.ndarray, " regions"]:
    mask = np.zeros(num_regions, bool)
    for label in labels:
        if not 1 <= label <= num_regions:
            raise InputError(f"there is no region {label}; the drawing has regions 1..{num_regions}")
        mask[label - 1] = True
    return mask

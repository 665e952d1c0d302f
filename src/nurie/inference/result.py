"""What colouring gives: one picture, and what it is made of."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Bool

from nurie.arrays import Colors, Image, Palette, RegionMap
from nurie.images import Pixels, write_image
from nurie.inference.ink import Ink
from nurie.inference.paint import Code
from nurie.inference.style import Style


@dataclass(frozen=True, eq=False)
class Result:
    """One coloured picture, and what it is made of; all pictures and maps have the drawing's size."""

    image: Image
    """The drawing's lines over the colours: full ink is the drawing's own pixel, unchanged."""
    flats: Image
    """The colours alone, one for each region, without lines, light and shade."""
    shaded: Image
    """The flats with light and shade; the same array where there are none. The mean colour of a region is nearer than 5
    CIEDE2000 to its flat colour (`nurie.inference.shading`)."""
    ink: Ink
    """The drawing's lines."""
    regions: RegionMap
    """The regions 1..K."""
    colors: Colors
    """The colour of each region."""
    drawn: Colors
    """The colours that light and shade were painted for: `colors`, before any were snapped to a palette or set."""
    noise: Palette
    """What the colours were drawn from."""
    known: Bool[np.ndarray, " regions"]
    """The regions whose colour was given, by a hint or by being kept."""
    seed: int
    """With `index` it gives the same noise again, where no region has been drawn anew."""
    index: int
    """Which of the pictures of this seed it is, from 0."""
    code: Code
    """What light and shade were drawn from; of length 0 where there are none, or only one kind."""
    style: Style
    """What else the picture follows, and how much light and shade it has."""
    dpi: tuple[float, float] | None = None
    """As the drawing's file says."""

    @property
    def pixels(self) -> Pixels:
        """What a file of the picture has: `image` as the drawing's file is, [h w 3] or [h w 4].

        That is with 16 bits (uint16) if it has them, in the color space of `ink.icc`, and with its alpha if it is a
        cut-out (`Ink`).
        """
        return self.image if self.ink.is_plain else self.ink.lay(self.shaded)

    def save(self, path: str | Path) -> None:
        """Write `pixels`, in the format that the suffix of `path` says; .psd and .ora have layers.

        Raises:
            OutputError: an unknown suffix, or a place that cannot be written.
            MissingExtraError: the library for .psd is not installed.
        """
        from nurie.inference.layers import LAYER_SUFFIXES, build_layers, write_layers  # which know results

        if Path(path).suffix.lower() in LAYER_SUFFIXES:
            write_layers(path, build_layers(self))
        else:
            write_image(path, self.pixels, dpi=self.dpi, icc=self.ink.icc)

"""A drawing that has been read and cut: what all pictures of it share is computed once."""

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from jaxtyping import Bool

from nurie.arrays import Colors, Image, Palette, RegionMap, Sketch
from nurie.colors import palette_to_rgb, rgb_to_palette
from nurie.errors import InputError
from nurie.graphs import Arrays
from nurie.images import Picture
from nurie.inference.hints import Hints, read_hints
from nurie.inference.ink import Ink
from nurie.inference.paint import PaintNetwork
from nurie.inference.palette import PaletteNetwork, draw_noise
from nurie.inference.palette_files import Swatches, snap_colors
from nurie.inference.result import Result
from nurie.regions.flats import paint_flats

Known = Bool[np.ndarray, " regions"]


@dataclass(frozen=True)
class Networks:
    """The networks of one folder of weights; they keep nothing of a drawing, so threads may share them."""

    palette: PaletteNetwork
    paint: PaintNetwork | None
    """None if there is none: the colours stay flat."""
    sha256: str
    """Of the weights' `weights.json`, which has those of the graphs."""


@dataclass(frozen=True, eq=False)
class Start:
    """Where the colours of one picture begin."""

    noise: Palette
    seed: int
    index: int
    given: Colors
    """The colours of the regions that are `known`; of the others, anything."""
    known: Known


class Encoded:
    """A drawing, its regions, and what the network knows of them; threads may share it.

    It is encoded when the first colours are drawn, so that whoever only sets colours does not wait for it.
    """

    def __init__(self, networks: Networks, drawing: Picture, sketch: Sketch, regions: RegionMap) -> None:
        """`Colorizer.encode` makes one; the three pictures have one size, and regions are 1..K."""
        self.networks = networks
        self.drawing = drawing
        self.sketch = sketch
        self.regions = regions
        self.ink = Ink(drawing, sketch)
        self._encoding = Lock()

    @cached_property
    def num_regions(self) -> int:
        """How many regions there are (K)."""
        return int(self.regions.max())

    @property
    def tokens(self) -> Arrays:
        """What the network knows of the drawing before any colour."""
        with self._encoding:
            return self._tokens

    def sample(
        self,
        seed: int = 0,
        index: int = 0,
        *,
        hints: Hints | None = None,
        palette: Swatches | None = None,
        noise: Palette | None = None,
    ) -> Result:
        """Colour the drawing once; the same arguments give the same picture.

        Args:
            seed: what the picture is drawn from, at least 0.
            index: which of the pictures of this seed, from 0.
            hints: colours that are known, as {region or (row, column): "#rrggbb"}; they are kept exactly.
            palette: the only colours allowed, [n 3]: what is drawn is snapped to the nearest by CIEDE2000. Hints, light
                and shade are kept.
            noise: what the colours are drawn from instead of seed and index, [regions 3].

        Raises:
            InputError: an argument is not as said above.
        """
        if seed < 0 or index < 0:
            raise InputError(f"seed and index must be at least 0, got {seed} and {index}")
        known, given = read_hints(hints or {}, self.regions)
        if noise is None:
            noise = draw_noise(self.num_regions, seed, index)
        if len(noise) != self.num_regions:
            raise InputError(f"noise of {len(noise)} regions does not fit a drawing of {self.num_regions}")
        return self.draw(Start(noise, seed, index, given, known), palette)

    def draw(self, start: Start, palette: Swatches | None = None) -> Result:
        """As `sample`, from a start that is known in every number."""
        colors, drawn = self.draw_colors(start, palette)
        return self.paint(colors, drawn, start)

    def draw_colors(self, start: Start, palette: Swatches | None = None) -> tuple[Colors, Colors]:
        """The colour of each region, snapped to the palette, and as drawn."""
        fixed = rgb_to_palette(start.given)
        drawn = palette_to_rgb(self.networks.palette.sample(self.tokens, start.noise, fixed, start.known))
        drawn[start.known] = start.given[start.known]
        colors = drawn if palette is None else snap_colors(drawn, palette)
        return np.where(start.known[:, None], start.given, colors), drawn

    def paint(self, colors: Colors, drawn: Colors, start: Start) -> Result:
        """Fill the regions with `colors`, with the light and shade of a picture in the colours `drawn`."""
        flats = paint_flats(colors, self.regions)
        shaded = self._shade(flats, drawn)
        return Result(
            image=self.ink.lay_on_screen(shaded),
            flats=flats,
            shaded=shaded,
            ink=self.ink,
            regions=self.regions,
            colors=colors,
            drawn=drawn,
            noise=start.noise,
            known=start.known,
            seed=start.seed,
            index=start.index,
            dpi=self.drawing.dpi,
        )

    @cached_property
    def _tokens(self) -> Arrays:
        return self.networks.palette.encode(self.sketch, self.regions)

    def _shade(self, flats: Image, drawn: Colors) -> Image:
        if self.networks.paint is None:
            return flats
        return self.ink.keep_edges_flat(flats, self.networks.paint.shade(flats, drawn, self.sketch, self.regions))

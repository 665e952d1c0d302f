"""A drawing that has been read and cut: what all pictures of it share is computed once."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import TypedDict

import cv2
import numpy as np
from jaxtyping import Bool, Float32

from nurie.arrays import Colors, Image, Palette, RegionMap, Sketch
from nurie.colors import palette_to_rgb, rgb_to_palette
from nurie.errors import InputError
from nurie.graphs import Arrays
from nurie.images import Picture
from nurie.inference.hints import Hints, read_hints
from nurie.inference.ink import Ink
from nurie.inference.like import SURE, UNLIKE, match_colors
from nurie.inference.paint import Code, PaintNetwork, draw_code
from nurie.inference.palette import PaletteNetwork, Reading, draw_noise, find_ground
from nurie.inference.palette_files import Swatches, snap_colors
from nurie.inference.references import Reference, refer_all
from nurie.inference.result import Result
from nurie.inference.settle import calm, settle
from nurie.inference.shading import keep_recognizable
from nurie.inference.style import Style
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

    def draw_code(self, seed: int, index: int, light: str | None = None) -> Code:
        """What light and shade of picture `index` of `seed` are drawn from."""
        return draw_code(self.paint.settings if self.paint else None, seed, index, light)

    def fits(self, code: Code) -> bool:
        """Whether a code is one of these weights."""
        return len(code) == (self.paint.settings.latent_dim if self.paint else 0)


class Wishes(TypedDict, total=False):
    """What may be wanted of pictures: see `Encoded.sample`."""

    hints: Hints | None
    palette: Swatches | None
    style: Style | None


@dataclass(frozen=True, eq=False)
class Start:
    """Where one picture begins; `Encoded.start` makes one."""

    noise: Palette
    seed: int
    index: int
    given: Colors
    """The colours of the regions that are `known`; of the others, anything."""
    known: Known
    code: Code = field(default_factory=lambda: np.zeros(0, np.float32))
    """What light and shade are drawn from; one that does not fit the weights is drawn from seed and index instead."""
    style: Style = field(default_factory=Style)


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

    def refer(self, colors: Colors) -> Reference:
        """The drawing in the colours of a result (`Result.colors`), for other drawings to be coloured like it.

        Raises:
            InputError: there are not as many colours as regions.
        """
        reference = Reference(self._reading, colors)
        reference.tokens(self.networks.palette)  # for copies of this process, too
        return reference

    def sample(
        self,
        seed: int = 0,
        index: int = 0,
        *,
        hints: Hints | None = None,
        palette: Swatches | None = None,
        style: Style | None = None,
        noise: Palette | None = None,
    ) -> Result:
        """Colour the drawing once; the same arguments give the same picture.

        Args:
            seed: what the picture is drawn from, at least 0.
            index: which of the pictures of this seed, from 0.
            hints: colours that are known, as {region or (row, column): "#rrggbb"}; they are kept exactly.
            palette: the only colours allowed, [n 3]: what is drawn is snapped to the nearest by CIEDE2000. Hints, light
                and shade are kept.
            style: coloured drawings to follow, how strongly, and how much light and shade there shall be. Weights that
                have not learned to follow drawings take their colours for what is most alike, as further hints.
            noise: what the colours are drawn from instead of seed and index, [regions 3].

        Raises:
            InputError: an argument is not as said above.
        """
        start = self.start(seed, index, hints=hints, style=style)
        if noise is not None:
            if len(noise) != self.num_regions:
                raise InputError(f"noise of {len(noise)} regions does not fit a drawing of {self.num_regions}")
            start = replace(start, noise=noise)
        return self.draw(start, palette)

    def start(self, seed: int = 0, index: int = 0, *, hints: Hints | None = None, style: Style | None = None) -> Start:
        """Where picture `index` of `seed` begins; arguments and errors as for `sample`."""
        if seed < 0 or index < 0:
            raise InputError(f"seed and index must be at least 0, got {seed} and {index}")
        known, given = read_hints(hints or {}, self.regions)
        style = style or Style()
        network = self.networks.palette
        if style.references:
            learned = network.settings.references
            alike, colors = match_colors(
                network, self.tokens, self._reading, style.references, SURE if learned else UNLIKE
            )
            given = np.where(known[:, None], given, colors)
            known, style = known | alike, style if learned else replace(style, references=())
        noise, code = draw_noise(self.num_regions, seed, index), self.networks.draw_code(seed, index, style.light)
        return Start(noise, seed, index, given, known, code, style)

    def draw(self, start: Start, palette: Swatches | None = None) -> Result:
        """As `sample`, from a start that is known in every number."""
        colors, drawn = self.draw_colors(start, palette)
        return self.paint(colors, drawn, start)

    def draw_colors(self, start: Start, palette: Swatches | None = None) -> tuple[Colors, Colors]:
        """The colour of each region, snapped to the palette, and as drawn."""
        fixed, network = rgb_to_palette(start.given), self.networks.palette
        references = refer_all(start.style.references if network.settings.references else (), network)
        guidance = start.style.guidance
        noise = calm(start.noise, self.tokens, self._pixels)
        sampled = network.sample(self.tokens, noise, fixed, start.known, references, guidance)
        drawn = palette_to_rgb(settle(sampled, self.tokens, self._pixels, start.known))
        drawn[start.known] = start.given[start.known]
        colors = drawn if palette is None else snap_colors(drawn, palette)
        return np.where(start.known[:, None], start.given, colors), drawn

    def paint(self, colors: Colors, drawn: Colors, start: Start) -> Result:
        """Fill the regions with `colors`, with the light and shade of a picture in the colours `drawn`."""
        if not self.networks.fits(start.code):
            start = replace(start, code=self.networks.draw_code(start.seed, start.index, start.style.light))
        flats = paint_flats(colors, self.regions)
        shaded = self._shade(flats, colors, drawn, start)
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
            code=start.code,
            style=start.style,
            dpi=self.drawing.dpi,
        )

    @cached_property
    def _tokens(self) -> Arrays:
        return self.networks.palette.encode(self._reading)

    @cached_property
    def _pixels(self) -> Float32[np.ndarray, " regions"]:
        table = self._reading.table
        return np.bincount(table.pair_region, table.pair_pixels, self.num_regions).astype(np.float32)

    @cached_property
    def _reading(self) -> Reading:
        return self.networks.palette.read(self.sketch, self.regions)

    def _shade(self, flats: Image, colors: Colors, drawn: Colors, start: Start) -> Image:
        strength = start.style.shading
        if self.networks.paint is None or strength == 0:
            return flats
        shaded = self.networks.paint.shade(flats, drawn, self.sketch, self.regions, start.code, strength)
        shaded = keep_recognizable(flats, self.ink.keep_edges_flat(flats, shaded), self.regions, colors)
        ground = find_ground(self.tokens)
        if ground.any():  # the network has seen flat backgrounds alone
            paper = np.concatenate([[0], ground]).astype(np.uint8).take(self.regions)
            shaded = cv2.copyTo(flats, paper, shaded.copy())
        return np.asarray(shaded)

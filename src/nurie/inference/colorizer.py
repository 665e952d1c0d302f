"""Sketch in, coloured pictures out, at the drawing's own size: the whole way in one place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image as PillowImage

from nurie.arrays import Colors, Image, RegionMap, Sketch
from nurie.colors import palette_to_rgb, rgb_to_palette
from nurie.errors import InputError
from nurie.images import MAX_PIXELS, Source, read_image, read_sketch, resize_area, write_image
from nurie.inference.hints import Hints, read_hints
from nurie.inference.paint import PaintNetwork
from nurie.inference.palette import PaletteNetwork, draw_noise
from nurie.inference.transfer import carry_labels, lay_lines
from nurie.inference.weights import load_weights
from nurie.regions import COLORING_METHOD, segment_regions
from nurie.regions.flats import paint_flats

WORKING_SIDE = 1024
"""Pixels: a drawing with a longer side is cut into regions at this size, the labels carried back.
Beyond it cutting takes seconds, and its defaults are not made for it."""


@dataclass(frozen=True, eq=False)
class Result:
    """One coloured picture, and what it is made of; all arrays have the drawing's size."""

    image: Image
    """The drawing's lines over the colours: full ink is the drawing's own pixel, unchanged."""
    flats: Image
    """The colours alone, one for each region, without lines, light and shade."""
    regions: RegionMap
    """The regions 1..K."""
    colors: Colors
    """The colour of each region."""
    seed: int
    """With `index` it gives the same picture again."""
    index: int
    """Which of the pictures of this seed it is, from 0."""
    dpi: tuple[float, float] | None = None
    """As the drawing's file says."""

    def save(self, path: str | Path) -> None:
        """Write `image`, in the format that the suffix of `path` says.

        Raises:
            OutputError: an unknown suffix, or a place that cannot be written.
        """
        write_image(path, self.image, dpi=self.dpi)


class Colorizer:
    """Weights, loaded once, that colour drawing after drawing; not to be shared between threads."""

    def __init__(
        self, weights: str | Path | None = None, *, threads: int | None = None, max_pixels: int = MAX_PIXELS
    ) -> None:
        """Load weights from a folder made by `nurie export`; None are those of the package.

        `threads` bounds the processor cores in use; None takes all. Drawings of more than `max_pixels` pixels are
        refused.

        Raises:
            WeightsError: the weights are missing, damaged or of another version.
            InputError: `threads` is below 1.
        """
        loaded = load_weights(weights)
        self._max_pixels = max_pixels
        self._palette = PaletteNetwork(loaded, threads=threads)
        self._paint = PaintNetwork(loaded, loaded.paint, threads=threads) if loaded.paint else None

    def __call__(
        self,
        picture: Source,
        n: int = 1,
        seed: int = 0,
        *,
        hints: Hints | None = None,
        regions: RegionMap | None = None,
    ) -> list[Result]:
        """Colour one drawing in `n` ways; the same seed gives the same pictures.

        Args:
            picture: a drawing as a path, the bytes of a file, a Pillow picture or an array.
            n: how many pictures; picture i is the same however many there are.
            seed: what the pictures are drawn from, at least 0.
            hints: colours that are known, as {region or (row, column): "#rrggbb"}; those regions
                have exactly that colour in `Result.colors` and `Result.flats`, and the others go
                with it.
            regions: a map of one's own to use instead of cutting the drawing; of its size, with
                labels 1..K.

        Raises:
            ImageError: the picture cannot be read.
            InputError: another argument is not as said above.
        """
        return list(self.iterate(picture, n, seed, hints=hints, regions=regions))

    def iterate(
        self,
        picture: Source,
        n: int = 1,
        seed: int = 0,
        *,
        hints: Hints | None = None,
        regions: RegionMap | None = None,
    ) -> Iterator[Result]:
        """As a call, but gives each picture as soon as it is there: one is held at a time."""
        _check_counts(n, seed)
        drawing = read_image(picture, max_pixels=self._max_pixels)
        sketch = read_sketch(picture if isinstance(picture, np.ndarray) else drawing)
        regions = cut_regions(sketch) if regions is None else _check_regions(regions, sketch.shape)
        known, given = read_hints(hints or {}, regions)
        fixed = rgb_to_palette(given)
        tokens = self._palette.encode(sketch, regions)
        for index in range(n):
            noise = draw_noise(len(given), seed, index)
            colors = palette_to_rgb(self._palette.sample(tokens, noise, fixed, known))
            colors[known] = given[known]
            flats = paint_flats(colors, regions)
            image = lay_lines(self._shade(flats, colors, sketch, regions), drawing.color, sketch)
            yield Result(image, flats, regions, colors, seed, index, drawing.dpi)

    def _shade(self, flats: Image, colors: Colors, sketch: Sketch, regions: RegionMap) -> Image:
        if self._paint is None:
            return flats
        shaded = flats + self._paint.shade(colors, sketch, regions)
        return np.asarray(np.rint(np.clip(shaded, 0, 255)), np.uint8)


def color(
    picture: Source, n: int = 1, seed: int = 0
) -> Image | PillowImage.Image | list[Image] | list[PillowImage.Image]:
    """Colour a drawing with the package's weights: one picture for n = 1, otherwise a list of n.

    A Pillow picture gives Pillow pictures; a path, the bytes of a file or an array give arrays.
    The weights are loaded at the first call; `Colorizer` says when, and gives more. Errors as
    there.
    """
    images = [result.image for result in _default_colorizer()(picture, n, seed)]
    if isinstance(picture, PillowImage.Image):
        pillow = [PillowImage.fromarray(image) for image in images]
        return pillow[0] if n == 1 else pillow
    return images[0] if n == 1 else images


def cut_regions(sketch: Sketch) -> RegionMap:
    """The regions of a drawing of any size, found at `WORKING_SIDE` pixels if it is larger."""
    scale = WORKING_SIDE / max(sketch.shape)
    if scale >= 1:
        return segment_regions(sketch, COLORING_METHOD)
    height, width = (max(1, round(scale * length)) for length in sketch.shape)
    return carry_labels(segment_regions(resize_area(sketch, height, width), COLORING_METHOD), sketch)


@lru_cache(maxsize=1)
def _default_colorizer() -> Colorizer:
    return Colorizer()


def _check_counts(n: int, seed: int) -> None:
    if n < 1:
        raise InputError(f"n must be at least 1 picture, got {n}")
    if seed < 0:
        raise InputError(f"seed must be at least 0, got {seed}")


def _check_regions(regions: RegionMap, shape: tuple[int, ...]) -> RegionMap:
    if regions.shape != shape:
        raise InputError(
            f"the region map has {regions.shape[1]}x{regions.shape[0]} pixels, the drawing "
            f"{shape[1]}x{shape[0]}; give a map of the drawing's size"
        )
    if regions.min() < 1 or not np.bincount(regions.ravel())[1:].all():
        raise InputError(
            "the region map must have labels 1..K without gaps; nurie.regions.fill_lines gives lines (0) away"
        )
    return regions

"""Sketch in, coloured pictures out, at the drawing's own size: the whole way in one place."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Unpack

import numpy as np
from PIL import Image as PillowImage

from nurie.arrays import Image, RegionMap
from nurie.errors import InputError
from nurie.images import MAX_PIXELS, Picture, Source, encode_image, read_color, read_image, read_sketch
from nurie.inference.encoded import Encoded, Networks, Wishes
from nurie.inference.paint import PaintNetwork
from nurie.inference.palette import PaletteNetwork
from nurie.inference.pretrained import find_pretrained
from nurie.inference.references import Reference
from nurie.inference.result import Result
from nurie.inference.weights import load_weights
from nurie.regions import COLORING_METHOD
from nurie.regions.flats import region_colors
from nurie.regions.large import segment_large
from nurie.sketch import extract_sketch


class Colorizer:
    """Weights, loaded once, that colour drawing after drawing; threads may share one."""

    def __init__(
        self, weights: str | Path | None = None, *, threads: int | None = None, max_pixels: int = MAX_PIXELS
    ) -> None:
        """Load weights from a folder made by `nurie export`; None are those of the package.

        `threads` bounds the processor cores that light and shade are painted on; None takes all. Colours are always
        drawn on one: that takes hundredths of a second, and sums in another order would round otherwise. Drawings of
        more than `max_pixels` pixels are refused.

        Raises:
            WeightsError: the weights are missing, damaged or of another version.
            InputError: `threads` is below 1.
        """
        loaded = load_weights(weights)
        self.max_pixels = max_pixels
        self.networks = Networks(
            palette=PaletteNetwork(loaded, threads=1 if threads is None else min(threads, 1)),
            paint=PaintNetwork(loaded, loaded.paint, threads=threads) if loaded.paint else None,
            sha256=loaded.sha256,
        )

    @classmethod
    def from_pretrained(
        cls, name: str | Path, *, revision: str | None = None, threads: int | None = None, max_pixels: int = MAX_PIXELS
    ) -> "Colorizer":
        """Load weights from a folder, or from the Hugging Face hub by "owner/name".

        The hub needs the package huggingface_hub; what has been fetched once is found again without the
        network. `revision` is a branch, tag or commit of the hub. The rest is as for `Colorizer`.

        Raises:
            WeightsError: neither a folder nor a name on the hub, or not to be had now; or as for `Colorizer`.
            MissingExtraError: it is no folder, and huggingface_hub is not installed.
        """
        return cls(find_pretrained(name, revision=revision), threads=threads, max_pixels=max_pixels)

    def __call__(
        self,
        picture: Source,
        n: int = 1,
        seed: int = 0,
        *,
        regions: RegionMap | None = None,
        **wishes: Unpack[Wishes],
    ) -> list[Result]:
        """Colour one drawing in `n` ways; the same seed gives the same pictures.

        Args:
            picture: a drawing as a path, the bytes of a file, a Pillow picture or an array.
            n: how many pictures; picture i is the same however many there are.
            seed: what the pictures are drawn from, at least 0.
            regions: a map of one's own to use instead of cutting the drawing; of its size, with
                labels 1..K.
            wishes: `hints`, colours that are known, as {region or (row, column): "#rrggbb"}: those regions
                have exactly that colour in `Result.colors` and `Result.flats`, and the others go
                with it. `palette`, the only colours allowed, as `nurie.inference.read_palette` gives them. `style`,
                coloured drawings to follow, how strongly, and how much light and shade. See `Encoded.sample`.

        Raises:
            ImageError: the picture cannot be read.
            InputError: another argument is not as said above.
        """
        return list(self.iterate(picture, n, seed, regions=regions, **wishes))

    def iterate(
        self,
        picture: Source,
        n: int = 1,
        seed: int = 0,
        *,
        regions: RegionMap | None = None,
        **wishes: Unpack[Wishes],
    ) -> Iterator[Result]:
        """As a call, but gives each picture as soon as it is there: one is held at a time."""
        _check_counts(n, seed)
        encoded = self.encode(picture, regions=regions)
        for index in range(n):
            yield encoded.sample(seed, index, **wishes)

    def encode(self, picture: Source | Picture, *, regions: RegionMap | None = None) -> Encoded:
        """Read and cut a drawing once, to colour it as often as one likes: `encode(picture).sample(seed)`.

        Arguments and errors are those of a call; a picture that was read already is not read again.
        """
        drawing = picture if isinstance(picture, Picture) else read_image(picture, max_pixels=self.max_pixels)
        sketch = read_sketch(picture if isinstance(picture, np.ndarray) else drawing)
        regions = segment_large(sketch, COLORING_METHOD) if regions is None else _check_regions(regions, sketch.shape)
        return Encoded(self.networks, drawing, sketch, regions)

    def read_reference(self, picture: Source | Result) -> Reference:
        """A coloured drawing for others to be coloured like it: `sample(style=Style(references=[...]))`.

        A picture is cut into regions along lines that are drawn from it, and each has its median colour there. Of a
        result lines, regions and colours are known.

        Raises:
            ImageError: the picture cannot be read.
        """
        if isinstance(picture, Result):
            return Encoded(self.networks, picture.ink.picture, picture.ink.sketch, picture.regions).refer(
                picture.colors
            )
        color = read_color(picture, max_pixels=self.max_pixels)
        encoded = self.encode(extract_sketch(color))
        return encoded.refer(region_colors(color, encoded.sketch, encoded.regions))


def color(
    picture: Source, n: int = 1, seed: int = 0
) -> Image | PillowImage.Image | bytes | list[Image] | list[PillowImage.Image] | list[bytes]:
    """Colour a drawing with the package's weights: one picture for n = 1, otherwise a list of n.

    What comes in decides what goes out: a Pillow picture gives Pillow pictures, the bytes of a file give those of a
    PNG, a path or an array gives arrays. The weights are loaded at the first call; `Colorizer` says when, and gives
    more. Errors as there.
    """
    images = [result.image for result in _default_colorizer()(picture, n, seed)]
    if isinstance(picture, PillowImage.Image):
        pillow = [PillowImage.fromarray(image) for image in images]
        return pillow[0] if n == 1 else pillow
    if isinstance(picture, bytes):
        files = [encode_image(image) for image in images]
        return files[0] if n == 1 else files
    return images[0] if n == 1 else images


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

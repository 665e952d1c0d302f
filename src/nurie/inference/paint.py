"""The paint stage without torch: light and shade on flat colours."""

import numpy as np
from jaxtyping import Float32

from nurie.arrays import Colors, Image, RegionMap, Sketch
from nurie.graphs import Graph
from nurie.images import fit_square, resize_nearest
from nurie.inference.shading import temper
from nurie.inference.transfer import add_shading
from nurie.inference.weights import PAINT, PaintSettings, Weights
from nurie.regions.flats import paint_flats

Code = Float32[np.ndarray, " latent"]
"""What light and shade are drawn from."""

SIDES = {"left": -1.0, "right": 1.0}
"""From where light can be told to fall."""

LIGHT = 1
"""Keeps the stream of codes apart from that of the noise of colours."""


class PaintNetwork:
    """Paints at its own size; only what it adds to the flats is carried to the drawing's size."""

    def __init__(self, weights: Weights, settings: PaintSettings, *, threads: int | None = None) -> None:
        """Load the graph. Errors as in `Graph`."""
        self.settings = settings
        self._graph = Graph(weights.folder / PAINT, threads=threads)

    def shade(
        self, flats: Image, colors: Colors, sketch: Sketch, regions: RegionMap, code: Code, strength: float = 1.0
    ) -> Image:
        """Flats with `strength` times the light and shade of a picture in `colors`, drawn with `code`.

        Flats, sketch and regions have one size.
        """
        square, place = fit_square(sketch, self.settings.side)
        small = resize_nearest(regions, place.inner_height, place.inner_width)
        rows = slice(place.top, place.top + place.inner_height)
        columns = slice(place.left, place.left + place.inner_width)
        # Mirrored like the sketch: the network has never seen regions that end where no line is.
        labels, _ = fit_square(regions, self.settings.side)
        seen = paint_flats(colors, labels).astype(np.float32) / 127.5 - 1
        image = self._graph(
            {
                "sketch": (1 - square.astype(np.float32) / 255)[None, None],
                "regions": labels[None].astype(np.int64),
                "flats": seen.transpose(2, 0, 1)[None],
                "present": np.ones((1, len(colors)), np.float32),
                "code": code[None],
            }
        )["image"][0]
        added = (image.transpose(1, 2, 0) - seen)[rows, columns] * np.float32(127.5 * strength)
        added = temper(added, small, colors)
        return add_shading(flats, added, small, square[rows, columns], regions)


def draw_code(settings: PaintSettings | None, seed: int, index: int, light: str | None = None) -> Code:
    """The code of picture `index` of `seed`: pictures are lit differently, and the same one always alike.

    `light` is a side of `SIDES`, for networks that know sides.
    """
    if settings is None:
        return np.zeros(0, np.float32)
    generator = np.random.Generator(np.random.PCG64([seed, index, LIGHT]))
    code = generator.standard_normal(settings.latent_dim, dtype=np.float32)
    if not settings.light:
        return code
    side = np.sign(code) if light is None else np.full(1, SIDES[light], np.float32)
    return np.asarray(side, np.float32)

"""The paint stage without torch: light and shade on flat colours."""

import numpy as np

from nurie.arrays import Colors, Image, RegionMap, Sketch
from nurie.graphs import Graph
from nurie.images import fit_square, resize_nearest
from nurie.inference.transfer import add_shading
from nurie.inference.weights import PAINT, PaintSettings, Weights
from nurie.regions.flats import paint_flats


class PaintNetwork:
    """Paints at its own size; only what it adds to the flats is carried to the drawing's size."""

    def __init__(self, weights: Weights, settings: PaintSettings, *, threads: int | None = None) -> None:
        """Load the graph. Errors as in `Graph`."""
        self.settings = settings
        self._graph = Graph(weights.folder / PAINT, threads=threads)

    def shade(self, flats: Image, colors: Colors, sketch: Sketch, regions: RegionMap) -> Image:
        """Flats with the light and shade of a picture in `colors`; flats, sketch and regions have one size."""
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
            }
        )["image"][0]
        added = (image.transpose(1, 2, 0) - seen)[rows, columns] * 127.5
        return add_shading(flats, added, small, square[rows, columns], regions)

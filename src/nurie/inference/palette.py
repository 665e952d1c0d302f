"""The palette stage without torch: read a drawing once, then draw palettes for it."""

import numpy as np
from jaxtyping import Bool, Float32

from nurie.arrays import Palette, RegionMap, Sketch
from nurie.graphs import Arrays, Graph
from nurie.images import fit_square
from nurie.inference.weights import ENCODER, STEP, Weights
from nurie.regions.descriptors import describe_regions

Known = Bool[np.ndarray, " regions"]


class PaletteNetwork:
    """Draws one colour for each region; `encode` does what all palettes of a drawing share."""

    def __init__(self, weights: Weights, *, threads: int | None = None) -> None:
        """Load the two graphs. Errors as in `Graph`."""
        self.settings = weights.palette
        self._encoder = Graph(weights.folder / ENCODER, threads=threads)
        self._step = Graph(weights.folder / STEP, threads=threads)

    def encode(self, sketch: Sketch, regions: RegionMap) -> Arrays:
        """What the network knows of a drawing before any colour; sketch and regions have one size.

        The network sees the sketch as a square of its own size, mirrored at the short side;
        regions are described at the size they have, and nobody owns the margin.
        """
        square, _ = fit_square(sketch, self.settings.side)
        table = describe_regions(regions, sketch, grid=self.settings.grid, square=True)
        return self._encoder(
            {
                "sketch": (1 - square.astype(np.float32) / 255)[None, None],
                "geometry": table.geometry[None],
                "present": np.ones((1, table.num_regions), np.float32),
                "pair_region": table.pair_region,
                "pair_cell": table.pair_cell,
                "pair_pixels": table.pair_pixels,
            }
        )

    def sample(
        self,
        tokens: Arrays,
        noise: Palette,
        given: Palette | None = None,
        known: Known | None = None,
    ) -> Palette:
        """One palette, from `noise` by Euler steps; regions that are `known` keep what is `given`.

        The noise is scaled by the weights' `temperatures` first.

        x += (clean(x, t) - x) / (1 - t) / steps, for t = 0, 1 / steps, ...
        """
        steps = self.settings.steps
        noise = noise * self._temperatures(tokens)
        fixed = np.zeros(len(noise), bool) if known is None else known
        palette = noise if given is None else np.where(fixed[:, None], given, noise)
        for step in range(steps):
            time = step / steps
            clean = self._step(
                {
                    **tokens,
                    "noisy": palette[None],
                    "time": np.array([time], np.float32),
                    "known": fixed[None].astype(np.float32),
                }
            )["clean"][0]
            moved = palette + (clean - palette) / np.float32((1 - time) * steps)
            palette = np.where(fixed[:, None], palette, moved)
        return palette

    def _temperatures(self, tokens: Arrays) -> Float32[np.ndarray, "_regions 1"]:
        """Size of the noise of each region, by what the network takes it for."""
        if not self.settings.temperatures:
            return np.ones((1, 1), np.float32)
        table = np.array(self.settings.temperatures, np.float32)
        sizes: Float32[np.ndarray, "_regions 1"] = table[tokens["kinds"][0].argmax(1)][:, None]
        return sizes


def draw_noise(num_regions: int, seed: int, index: int) -> Palette:
    """Noise for picture `index` of `seed`; region k has the same for every number of regions."""
    generator = np.random.Generator(np.random.PCG64([seed, index]))
    return generator.standard_normal((num_regions, 3), dtype=np.float32)

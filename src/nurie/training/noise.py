"""The random numbers of a step, drawn for each image of the batch by itself.

A row depends on the seed, the image's place in the stream and the number of the call: not on the process, the part of
the batch or the device that it falls to, nor on how long the rows of this batch are. So neither processes nor
accumulation change what is learned.
"""

from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


class Noise:
    """Random rows for a few places of the stream, on the CPU."""

    def __init__(self, seed: int, places: Sequence[int]) -> None:
        """A row for each of `places`."""
        self.seed, self.places = seed, places
        self._calls = 0

    def normal(self, *shape: int) -> Float[Tensor, "..."]:
        """[n, *shape] from N(0, 1). A longer row begins as a shorter one does."""
        rows = [rng.standard_normal(shape, np.float32) for rng in self._generators()]
        return torch.from_numpy(np.stack(rows))

    def uniform(self, *shape: int) -> Float[Tensor, "..."]:
        """[n, *shape] from [0, 1)."""
        rows = [rng.random(shape, np.float32) for rng in self._generators()]
        return torch.from_numpy(np.stack([np.asarray(row) for row in rows]))

    def _generators(self) -> list[np.random.Generator]:
        self._calls += 1
        return [
            np.random.Generator(np.random.Philox(key=self.seed, counter=[0, self._calls, place, 0]))
            for place in self.places
        ]

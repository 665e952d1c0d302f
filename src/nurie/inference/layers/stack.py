"""Layers as every painting program has them, whatever file they end up in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import UInt8, UInt16

from nurie.images import Pixels

Blend = Literal["normal", "multiply", "screen"]
"""How a layer meets what is below it, in levels as they are stored, not in linear light."""

Coverage = UInt8[np.ndarray, "_height _width"] | UInt16[np.ndarray, "_height _width"]
"""0 = transparent, the top level = opaque."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture somewhere on the canvas; all around it is transparent."""

    name: str
    color: Pixels
    """[h w 3], not multiplied by alpha; a layer of one color is a broadcast one, which takes no memory."""
    alpha: Coverage
    top: int = 0
    """Row of the canvas that its first row lies on; `left` is its first column."""
    left: int = 0
    blend: Blend = "normal"
    visible: bool = True


@dataclass(frozen=True)
class Group:
    """Layers under one name."""

    name: str
    layers: Sequence["Layer | Group"]
    """From the bottom to the top."""
    visible: bool = True


@dataclass(frozen=True, eq=False)
class LayerStack:
    """A document of layers, and the picture that they make together."""

    layers: tuple[Layer | Group, ...]
    """From the bottom to the top; all of the type of `merged`."""
    merged: Pixels
    """[h w 3], or [h w 4] with alpha: what is seen of the layers, within one level of 8 bits."""
    dpi: tuple[float, float] | None = None
    """Pixels an inch, across and down."""
    icc: bytes | None = None
    """Profile of the color space of all layers; None is sRGB."""

    @property
    def height(self) -> int:
        """Rows of the canvas."""
        return len(self.merged)

    @property
    def width(self) -> int:
        """Columns of the canvas."""
        return int(self.merged.shape[1])

    @property
    def bits(self) -> int:
        """8 or 16 a channel."""
        return 8 * self.merged.dtype.itemsize

    def count(self) -> int:
        """How many layers `walk` gives, without making them; groups hold no groups."""
        return sum(len(entry.layers) if isinstance(entry, Group) else 1 for entry in self.layers)

    def walk(self) -> Iterator[Layer]:
        """All layers from the bottom to the top, those of groups too."""
        yield from _walk(self.layers)


def _walk(entries: Sequence[Layer | Group]) -> Iterator[Layer]:
    for entry in entries:
        if isinstance(entry, Group):
            yield from _walk(entry.layers)
        else:
            yield entry

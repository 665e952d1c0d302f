"""What a picture is once it has been read."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8, UInt16

from nurie.arrays import Image

Alpha = UInt8[np.ndarray, "height width"]
"""0 = transparent, 255 = opaque."""

Pixels = UInt8[np.ndarray, "height width _channels"] | UInt16[np.ndarray, "height width _channels"]
"""RGB, or RGBA with colors that are not multiplied by alpha; 8 or 16 bits a channel."""

_BAND = 64  # rows composed at once


@dataclass(frozen=True)
class Picture:
    """A picture that has been read, and what is needed to write one like it."""

    color: Image
    """sRGB; what is transparent is composed on white."""
    alpha: Alpha | None = None
    """None if the picture has no transparency."""
    dpi: tuple[float, float] | None = None
    """Pixels an inch, horizontally and vertically, if the file says so."""
    name: str = "the picture"
    """How messages call it: the path, or what kind of value it was."""
    icc: bytes | None = None
    """The profile of RGB pictures that have one; colors can be brought into its color space and out of it."""
    own: Pixels | None = None
    """The pixels as they are, where `color` has lost something of them: 16 bits, transparency, the color space of
    `icc`. None where `color` is all there is."""


def compose_on_white(color: Pixels, alpha: Alpha | UInt16[np.ndarray, "height width"]) -> Pixels:
    """RGB over white; what is opaque stays as it is. Both have the same number of bits."""
    top = int(np.iinfo(color.dtype).max)
    blend = np.ascontiguousarray(color)
    if alpha.min() == top:
        return blend
    blend = blend.copy() if blend is color else blend
    for start in range(0, len(color), _BAND):
        band = slice(start, start + _BAND)
        weight = alpha[band, :, None].astype(np.uint32)
        if weight.min() < top:
            blend[band] = (color[band] * weight + top * (top - weight) + top // 2) // top
    return blend

"""How a picture comes to the size that Inception takes; scores depend on it, so it has a name."""

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from jaxtyping import Float32, UInt8
from PIL import Image as Pillow

from nurie.arrays import Image

Resized = Float32[np.ndarray, "side side 3"]

AnyImage = UInt8[np.ndarray, "_ _ 3"]
"""An `Image` among others of other sizes."""


def resize_clean(picture: Image, side: int) -> Resized:
    """Pillow's bicubic filter channel by channel without rounding, clipped to 0..255.

    It widens the filter when it shrinks, so nothing aliases ("On Aliased Resizing", Parmar et al.
    2022).
    """
    channels = [
        Pillow.fromarray(picture[..., channel].astype(np.float32)).resize((side, side), Pillow.Resampling.BICUBIC)
        for channel in range(3)
    ]
    return np.stack([np.asarray(channel, np.float32) for channel in channels], -1).clip(0, 255)


def resize_bilinear(picture: Image, side: int) -> Resized:
    """Bilinear, 0..255, the filter not widened: what most published FIDs used; it aliases."""
    channels_first = torch.from_numpy(picture.astype(np.float32)).permute(2, 0, 1)[None]
    resized = F.interpolate(channels_first, size=(side, side), mode="bilinear", align_corners=False)
    return np.ascontiguousarray(resized[0].permute(1, 2, 0).numpy())


RESIZE_RULES: dict[str, Callable[[Image, int], Resized]] = {
    "clean": resize_clean,
    "bilinear": resize_bilinear,
}

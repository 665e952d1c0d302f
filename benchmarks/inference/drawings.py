"""Drawings of any size: the same figures, in pens and on paper of several kinds."""

from pathlib import Path

import numpy as np

from nurie.data.sources import SOURCES
from nurie.images import resize_area, write_image

SEED = 900_003  # of a held-out drawing
DRAWN_SIDE = 1024
"""Pixels at which the figure is drawn; larger ones are enlarged, since drawing 4096 pixels takes half a minute."""

KINDS = ("black", "colored", "alpha", "deep")
"""Black on white; blue on white; black with its ink in alpha; black on white with 16 bits."""


def write_drawing(path: Path, kind: str, side: int) -> None:
    """Write a drawing of one of `KINDS`, 300 dots an inch."""
    sketch = resize_area(SOURCES["anime"](SEED, side=min(side, DRAWN_SIDE)).sketch, side, side)
    # Enlarging blurs the lines: they get the steepness back that a pen of this size has.
    scale = max(1.0, side / DRAWN_SIDE)
    sketch = np.clip((sketch.astype(np.float32) - 128) * scale + 128, 0, 255).astype(np.uint8)
    black = np.zeros_like(sketch)
    picture = {
        "black": lambda: sketch,
        "colored": lambda: np.dstack([30 + sketch // 255 * 225, 60 + sketch // 255 * 195, 200 + sketch // 255 * 55]),
        "alpha": lambda: np.dstack([black, black, black, 255 - sketch]),
        "deep": lambda: (sketch[..., None].astype(np.uint16) * 257).repeat(3, 2),
    }[kind]()
    write_image(path, picture, dpi=(300.0, 300.0))

"""Small drawings of known parts, for tests."""

import numpy as np

from nurie.data.sources.drawing import Drawing, Part

SKIN = (255, 224, 200)
SIDE = 16
"""Each part is a square of 16 pixels, its right and lower edge ink: 225 pixels of paper."""


def make_drawing(parts, colors, seed=0):
    """Make a drawing of squares side by side, one per part, in the given colours."""
    regions = np.repeat(np.arange(1, len(parts) + 1, dtype=np.int32), SIDE)[None].repeat(SIDE, 0)
    sketch = np.full(regions.shape, 255, np.uint8)
    sketch[:, SIDE - 1 :: SIDE] = 0
    sketch[-1] = 0
    color = np.array(colors, np.uint8).reshape(-1, 3)[regions - 1]
    color[sketch == 0] = 0
    parts = tuple(part if isinstance(part, Part) else Part(*part) for part in parts)
    meta = {"source": "test", "seed": seed, "license": "CC0", "author": "nobody"}
    return Drawing(color, sketch, regions, parts, meta)


def make_person(seed=0, hair=(90, 60, 30), cloth=(30, 60, 200)):
    """Make a drawing with everything that is scored: skin, two irises, two locks of hair, cloth."""
    parts = [
        ("background", 0, ""),
        ("skin", 1, ""),
        ("eye", 1, "iris1"),
        ("eye", 1, "iris2"),
        ("hair", 1, ""),
        ("hair", 1, ""),
        ("cloth", 1, ""),
    ]
    eye = (40, 120, 60)
    return make_drawing(parts, [(250, 250, 250), SKIN, eye, eye, hair, hair, cloth], seed)

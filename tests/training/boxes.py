"""Drawings of two coloured boxes on a coloured ground, outlined; the right one is open at the bottom."""

import numpy as np

from nurie.data.sources.drawing import Drawing, Part


class Boxes:
    names = tuple(f"box-{number:06d}" for number in range(8))

    def __init__(self, side=32, parts=()):
        self.side, self.parts = side, parts

    def load(self, name):
        rng = np.random.default_rng(int(name[4:]))
        k = self.side // 32
        regions = np.ones((self.side, self.side), np.int32)
        sketch = np.full((self.side, self.side), 255, np.uint8)
        for label, left in ((2, 2 * k), (3, 17 * k)):
            regions[6 * k : 26 * k, left : left + 12 * k] = label
            sketch[6 * k : 26 * k, left : left + 12 * k] = 0
            sketch[8 * k : (24 if label == 2 else 26) * k, left + 2 * k : left + 10 * k] = 255
        color = rng.integers(40, 256, (4, 3)).astype(np.uint8)[regions]
        color[sketch == 0] = 0
        return Drawing(color, sketch, regions, self.parts, {"seed": int(name[4:])})


NAMED = (Part("background"), Part("eye", 1, "iris1"), Part("eye", 1, "white1"))

"""Puts this folder on the path, so that tests in the folders below can import `heaps`; and what they share."""

import numpy as np
import pytest
from heaps import flat_picture

from nurie.data.sources import SOURCES
from nurie.data.sources.drawing import Drawing, Part


def draw_boxes(seed, *, side=256, line_width=None):
    color = flat_picture(seed, side, side)
    sketch = np.where(color.max(axis=2) < 20, 0, 255).astype(np.uint8)
    regions = np.ones((side, side), np.int32)
    regions[side // 2 :] = 2
    meta = {"source": "boxes", "seed": seed, "license": "CC0 1.0", "author": "a ü"}
    return Drawing(color, sketch, regions, (Part("background"), Part("eye", 1, "iris1")), meta)


@pytest.fixture
def boxes_source(monkeypatch):
    """A generator `boxes` that needs no further package; not known to other processes."""
    monkeypatch.setitem(SOURCES, "boxes", draw_boxes)

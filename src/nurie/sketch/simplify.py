"""Clean lines by a small network (`nurie.model.simplify`, trained on what hands, paper and cameras do to drawings)."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from jaxtyping import Float32, UInt8

from nurie.arrays import Sketch
from nurie.errors import InputError
from nurie.images import resize_area
from nurie.sketch.light import flatten_light, stretch_ink
from nurie.sketch.line_width import line_width

if TYPE_CHECKING:
    from nurie.graphs import Graph

SIDES = (320, 1536)
"""Pixels: least and greatest longer side of the drawing as the network sees it, if the drawing decides."""

LINE_WIDTH = 2.5
"""Pixels: how wide lines are in what the network sees. It was trained on 1.3 to 6; docs/sketch.md compares."""

SURE = (0.15, 0.85)
"""Ink of which the network is less sure is paper, of which it is surer is black: a page without lines is white."""

SOLID_RADIUS, SOLID_DARKNESS = 4, 0.6
"""Pixels as the network sees them, and darkness of ink: what holds such a disk and is so dark is solid black, of which
the network knows little, and no shadow."""

STRIDE = 16
"""The network's height and width are multiples of this."""

WEIGHTS = Path(__file__).parent / "weights" / "simplify.onnx"
"""The network that comes with the package; `nurie export` writes such graphs."""


def simplify(sketch: Sketch, *, side: int | None = None) -> Sketch:
    """Draw one clean line where the artist means one.

    The network sees the drawing with its longer side at `side` pixels, None for what makes its lines `LINE_WIDTH`
    pixels wide. It draws lines of 2 pixels of that size, which are then brought to the drawing's size. A smaller
    `side` joins more strokes and drops more dirt, a larger one keeps finer detail.

    Raises:
        InputError: `side` is not within 64..4096.
        WeightsError: the network cannot be loaded.
    """
    if side is not None and not 64 <= side <= 4096:
        raise InputError(f"side must be within 64..4096 pixels, got {side}")
    height, width = sketch.shape
    scale = (side or choose_side(sketch)) / max(height, width)
    seen = _resize(sketch, max(1, round(height * scale)), max(1, round(width * scale)))
    even = flatten_light(seen)
    return _draw(np.maximum(find_ink(stretch_ink(even)), find_solid(even)), height, width)


def choose_side(sketch: Sketch) -> int:
    """The longer side, within `SIDES`, at which the drawing's lines are `LINE_WIDTH` pixels wide."""
    least, most = SIDES
    width = line_width(sketch)
    return int(np.clip(round(max(sketch.shape) * LINE_WIDTH / width), least, most)) if width else least


def find_solid(sketch: Sketch) -> Float32[np.ndarray, "height width"]:
    """1 where a drawing in even light is solid black, else 0."""
    size = 2 * SOLID_RADIUS + 1
    black = (sketch < 255 * (1 - SOLID_DARKNESS)).astype(np.uint8)
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.morphologyEx(black, cv2.MORPH_OPEN, disk), np.float32).reshape(sketch.shape)


def find_ink(sketch: Sketch, weights: Path = WEIGHTS) -> Float32[np.ndarray, "height width"]:
    """How sure the network is of clean ink at each pixel, 0..1, for a drawing in even light.

    Raises:
        WeightsError: the network cannot be loaded.
    """
    rows, columns = sketch.shape
    padded = cv2.copyMakeBorder(sketch, 0, -rows % STRIDE, 0, -columns % STRIDE, cv2.BORDER_CONSTANT, value=255)
    ink = _graph(weights)({"sketch": 1 - padded[None, None].astype(np.float32) / 255})["ink"]
    return np.asarray(ink[0, 0, :rows, :columns], np.float32)


def _resize(sketch: Sketch, height: int, width: int) -> UInt8[np.ndarray, "rows columns"]:
    if height * width <= sketch.size:
        return resize_area(sketch, height, width)
    return np.asarray(cv2.resize(sketch, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def _draw(ink: Float32[np.ndarray, "rows columns"], height: int, width: int) -> Sketch:
    """Bring ink to a size: edges of lines that grow stay as sharp as they were."""
    small = np.asarray(np.rint(np.interp(ink, SURE, [255, 0])), np.uint8)
    growth = height / ink.shape[0]
    if growth <= 1:
        return resize_area(small, height, width)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC).reshape(height, width)
    sharper = np.clip((np.arange(256) - 127.5) * growth + 127.5, 0, 255)
    return np.asarray(cv2.LUT(large, np.rint(sharper).astype(np.uint8)), np.uint8).reshape(height, width)


@lru_cache(maxsize=2)
def _graph(weights: Path) -> "Graph":
    from nurie.graphs import Graph  # onnxruntime is behind it, and nothing else here needs it

    return Graph(weights)

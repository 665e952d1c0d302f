"""One picture -> the files of a sample: colour, lines of several kinds, regions, and what is known of it."""

import io
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image as PillowImage

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.augment import SOFT, XDOG_SIGMAS
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.folder import reduce_picture
from nurie.regions import segment_regions
from nurie.sketch import extract_sketch

if TYPE_CHECKING:
    from nurie.data.prepare.config import PrepareConfig

PNG_LEVEL = 4
"""Of zlib: level 9 saves a tenth of the bytes and takes ten times as long."""

GRAYS = 16
"""Levels of a stored sketch: anti-aliased lines need no more, and take half the bytes."""

COLOR_OPTIONS: dict[str, dict[str, Any]] = {
    "webp": {"quality": 92, "method": 0},  # the other methods take up to twice as long for a tenth of the bytes
    "jpg": {"quality": 92, "subsampling": 0},
    "png": {"compress_level": 6},
}
PILLOW_FORMATS = {"webp": "WEBP", "jpg": "JPEG", "png": "PNG"}


def _xdog(color: Image, rng: np.random.Generator) -> tuple[Sketch, dict[str, Any]]:
    sigma = float(rng.choice(XDOG_SIGMAS))
    return extract_sketch(color, "xdog", sigma=sigma), {"method": "xdog", "sigma": sigma}


def _soft(color: Image, rng: np.random.Generator) -> tuple[Sketch, dict[str, Any]]:
    return extract_sketch(color, "xdog", **SOFT), {"method": "xdog", **SOFT}


LINES: dict[str, Callable[[Image, np.random.Generator], tuple[Sketch, dict[str, Any]]]] = {"xdog": _xdog, "soft": _soft}
"""Kinds of lines: colours -> sketch, and how it was made. A further kind is one line."""


@dataclass(frozen=True)
class Triplet:
    """A sample before it is packed."""

    color: Image
    sketches: Mapping[str, Sketch]
    """By the names of files: `sketch` is the one that the regions belong to, others are `sketch-KIND`."""
    regions: RegionMap
    meta: Mapping[str, Any]


def make_triplet(color: Image, config: "PrepareConfig", rng: np.random.Generator) -> Triplet:
    """Lines and regions of a picture, found at the size at which it is stored."""
    stored = reduce_picture(color, config.side)
    made = {kind: LINES[kind](stored, rng) for kind in config.lines}
    names = {kind: f"sketch-{kind}" if index else "sketch" for index, kind in enumerate(made)}
    sketches = {names[kind]: sketch for kind, (sketch, _) in made.items()}
    methods = {names[kind]: options for kind, (_, options) in made.items()}
    regions = segment_regions(sketches["sketch"], config.regions)
    return Triplet(stored, sketches, regions, {"methods": {**methods, "regions": {"method": config.regions}}})


def keep_drawing(drawing: Drawing, config: "PrepareConfig", rng: np.random.Generator) -> Triplet:
    """A drawing with its true lines and regions, and lines of other kinds beside them."""
    made = {f"sketch-{kind}": LINES[kind](drawing.color, rng) for kind in config.lines}
    sketches = {"sketch": drawing.sketch, **{name: sketch for name, (sketch, _) in made.items()}}
    methods = {name: options for name, (_, options) in made.items()}
    true = {"sketch": {"method": "true"}, "regions": {"method": "true"}}
    parts = [[part.kind, part.owner, part.name] for part in drawing.parts]
    return Triplet(drawing.color, sketches, drawing.regions, {"methods": {**methods, **true}, "parts": parts})


def encode_triplet(triplet: Triplet, color_format: str) -> dict[str, bytes]:
    """The files of a sample by the ends of their names."""
    return {
        f"color.{color_format}": _encode_color(triplet.color, color_format),
        **{f"{name}.png": encode_sketch(sketch) for name, sketch in triplet.sketches.items()},
        "regions.png": encode_regions(triplet.regions),
        "json": json.dumps(dict(triplet.meta), ensure_ascii=False, separators=(",", ":")).encode(),
    }


def encode_sketch(sketch: Sketch) -> bytes:
    """PNG with `GRAYS` levels, black and white exactly; with 2 if it has no others."""
    step = 255 // (GRAYS - 1)
    levels = ((sketch.astype(np.uint16) + step // 2) // step).astype(np.uint8)
    buffer = io.BytesIO()
    if ((levels == 0) | (levels == GRAYS - 1)).all():
        PillowImage.fromarray(levels > 0).save(buffer, "PNG", compress_level=PNG_LEVEL)
    else:
        picture = PillowImage.fromarray(levels, "P")
        picture.putpalette(np.repeat(np.arange(GRAYS, dtype=np.uint8) * step, 3).tobytes())
        picture.save(buffer, "PNG", compress_level=PNG_LEVEL, compress_type=zlib.Z_RLE, bits=4)
    return buffer.getvalue()


def encode_regions(regions: RegionMap) -> bytes:
    """PNG with 16 bits; rows are mostly those above them, which takes a quarter of the usual time to say."""
    options = (
        *(cv2.IMWRITE_PNG_COMPRESSION, PNG_LEVEL),
        *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP),
        *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE),
    )
    data: bytes = cv2.imencode(".png", regions.astype(np.uint16), options)[1].tobytes()
    return data


def _encode_color(color: Image, color_format: str) -> bytes:
    buffer = io.BytesIO()
    PillowImage.fromarray(color).save(buffer, PILLOW_FORMATS[color_format], **COLOR_OPTIONS[color_format])
    return buffer.getvalue()

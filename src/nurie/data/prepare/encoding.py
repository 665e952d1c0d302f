"""A sample -> its files, at most `SAMPLE_BYTES` together at 256 pixels a side.

Drawings are stored as 256 colors without further loss: on our own that is smaller, four times as fast to read, and
closer to the picture than lossy WebP, which mixes the colors of small regions with those of the lines around them.
Pictures like photographs, which 256 colors do no justice, are stored with losses.
"""

import io
import json
from typing import Any, NamedTuple

import cv2
import numpy as np
from PIL import Image as PillowImage

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.prepare.triplet import Triplet
from nurie.data.shards import Files, size_in_tar

SAMPLE_BYTES = 40_000
"""Of a picture of 256 x 256 pixels, TAR headers included; larger pictures may have more, by their area."""

SAMPLE_PIXELS = 256 * 256

GRAYS = 16
"""Levels of a stored sketch: anti-aliased lines need no more, and take half the bytes."""

LOSSLESS: dict[str, Any] = {"lossless": True, "quality": 20, "method": 1}
"""WebP: a fifth smaller than PNG, twice as fast to read; more effort saves 2 % and takes twice as long."""

OPTIONS: dict[str, dict[str, Any]] = {"jpg": {"quality": 92, "subsampling": 0}, "png": {"compress_level": 6}}
PILLOW_FORMATS = {"jpg": "JPEG", "png": "PNG"}


class ColorWay(NamedTuple):
    """How colors are stored as WebP."""

    colors: int
    """So many, without further loss ..."""
    decibels: float
    """... if that is so close to the picture (PSNR; lossy WebP of quality 92 has 37 on our drawings), or else ..."""
    quality: int
    """... with losses."""


COLOR_WAYS = (ColorWay(256, 37, 92), ColorWay(128, 35, 80), ColorWay(64, 33, 64), ColorWay(32, 31, 40))
"""The first that leaves the sample within its bytes is taken, or the last."""


def encode_triplet(triplet: Triplet, color_format: str) -> Files:
    """The files of a sample by the ends of their names."""
    others = {
        **{f"{name}.webp": encode_sketch(sketch) for name, sketch in triplet.sketches.items()},
        "regions.png": encode_regions(triplet.regions),
        "json": json.dumps(dict(triplet.meta), ensure_ascii=False, separators=(",", ":")).encode(),
    }
    if color_format != "webp":
        return {
            f"color.{color_format}": _save(triplet.color, PILLOW_FORMATS[color_format], OPTIONS[color_format]),
            **others,
        }
    budget = SAMPLE_BYTES * max(1.0, triplet.regions.size / SAMPLE_PIXELS)
    for way in COLOR_WAYS:
        files = {"color.webp": encode_color(triplet.color, way), **others}
        if size_in_tar(files) <= budget:
            break
    return files


def encode_color(color: Image, way: ColorWay) -> bytes:
    """WebP, with or without loss."""
    picture = PillowImage.fromarray(color)
    if picture.getcolors(way.colors) is None:
        picture = picture.quantize(way.colors, PillowImage.Quantize.FASTOCTREE, dither=PillowImage.Dither.NONE).convert(
            "RGB"
        )
        if cv2.PSNR(color, np.asarray(picture)) < way.decibels:
            # Method 2 is as fast as 0 and a tenth smaller; 4 takes twice as long for 2 % more.
            return _save(color, "WEBP", {"quality": way.quality, "method": 2})
    return _save(np.asarray(picture), "WEBP", LOSSLESS)


def encode_sketch(sketch: Sketch) -> bytes:
    """WebP without loss of `GRAYS` levels, black and white exactly."""
    step = 255 // (GRAYS - 1)
    levels = (sketch.astype(np.uint16) + step // 2) // step
    return _save((levels * step).astype(np.uint8), "WEBP", LOSSLESS)


def encode_regions(regions: RegionMap) -> bytes:
    """PNG with 16 bits; level 7 and no filter are a fifth smaller than rows told by those above them, in 1 ms."""
    options = (
        *(cv2.IMWRITE_PNG_COMPRESSION, 7),
        *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE),
        *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_DEFAULT),
    )
    data: bytes = cv2.imencode(".png", regions.astype(np.uint16), options)[1].tobytes()
    return data


def _save(pixels: Image | Sketch, pillow_format: str, options: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    PillowImage.fromarray(pixels).save(buffer, pillow_format, **options)
    return buffer.getvalue()

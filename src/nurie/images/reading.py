"""Files, bytes, Pillow pictures and arrays -> sRGB arrays."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from jaxtyping import Shaped, UInt8
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError
from PIL.ExifTags import Base

from nurie.arrays import Image
from nurie.errors import ImageError
from nurie.images.deep import read_deep, round_to_bytes
from nurie.images.picture import Picture, Pixels, compose_on_white
from nurie.images.png import decode_plain, plain_size
from nurie.images.profiles import gray_to_srgb, is_reversible, is_srgb, to_srgb

MAX_PIXELS = 16_000**2
"""Largest picture read by default: 16,000 pixels a side. An A3 page at 600 dpi has a quarter of that."""

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF")
"""What Pillow may try; its other decoders start programs or are seldom tested."""

DECODER_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    AttributeError, struct.error, zlib.error, MemoryError,
)  # fmt: skip
"""What Pillow's decoders raise on damaged files."""

Source = str | Path | bytes | PillowImage.Image | Shaped[np.ndarray, "..."]
"""A path, the bytes of a file, a Pillow picture or an array."""

PROFILED_MODES = ("L", "RGB", "RGBA", "CMYK")
"""Pillow's modes that have color models of ICC profiles."""
ALPHA_MODES = ("RGBA", "LA", "PA", "RGBa", "La")

INCH, CENTIMETER = 2, 3
"""EXIF's units of resolution."""

_pillow_limit = Lock()


def read_image(source: Source, *, max_pixels: int = MAX_PIXELS) -> Picture:
    """Read a picture: PNG, JPEG, WebP, TIFF, BMP, or the first frame of a GIF.

    The EXIF orientation is applied, an ICC profile is converted to sRGB, 16 bits are rounded to 8; the pixels as they
    were are kept beside (`Picture.own`).
    Arrays are gray [h w] or [h w 1], gray with alpha [h w 2], RGB [h w 3] or RGBA [h w 4]; of type
    uint8, uint16, bool, or floating point within 0..1.

    Raises:
        ImageError: no picture, damaged, empty, of more than `max_pixels` pixels, or unreadable.
    """
    if isinstance(source, np.ndarray):
        return _from_array(source)
    if isinstance(source, PillowImage.Image):
        return _from_pillow(source, "the picture", max_pixels)
    if isinstance(source, bytes):
        return _decode(source, "the data", max_pixels)
    path = Path(source)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImageError(f"{path} does not exist; check the path") from None
    except IsADirectoryError:
        raise ImageError(f"{path} is a folder; give a picture") from None
    except (OSError, ValueError) as error:
        raise ImageError(f"{path} cannot be read: {_reason(error)}") from None
    return _decode(data, str(path), max_pixels)


def read_color(source: Source, *, max_pixels: int = MAX_PIXELS) -> Image:
    """Read a picture as sRGB, composed on white. See `read_image`."""
    return read_image(source, max_pixels=max_pixels).color


def _decode(data: bytes, name: str, max_pixels: int) -> Picture:
    if not data:
        raise ImageError(f"{name} is empty (0 bytes); it was probably not saved or copied completely")
    size = plain_size(data)
    if size is not None:
        _check_size(size, name, max_pixels)
        color = decode_plain(data)  # half of Pillow's time; what is wrong with a damaged file, Pillow says
        if color is not None and color.shape[1::-1] == size:
            return Picture(color, name=name)
    try:
        with open_unlimited(data) as image:
            return _from_pillow(image, name, max_pixels, data)
    except ImageError:
        raise
    except UnidentifiedImageError:
        raise ImageError(f"{name} is not a picture that can be read; give PNG, JPEG, WebP, TIFF, BMP or GIF") from None
    except DECODER_ERRORS as error:
        raise ImageError(f"{name} is damaged or cut short ({_reason(error)}); save or copy it again") from None


@contextmanager
def open_unlimited(data: bytes) -> Iterator[PillowImage.Image]:
    """Open without Pillow's own limit, which is global: ours is checked before decoding."""
    with _pillow_limit:
        limit, PillowImage.MAX_IMAGE_PIXELS = PillowImage.MAX_IMAGE_PIXELS, None
        try:
            image = PillowImage.open(io.BytesIO(data), formats=FORMATS)
        finally:
            PillowImage.MAX_IMAGE_PIXELS = limit
    with image:
        yield image


def _from_pillow(image: PillowImage.Image, name: str, max_pixels: int, data: bytes = b"") -> Picture:
    _check_size(image.size, name, max_pixels)
    image.load()  # what is damaged is found here, and EXIF at the end of the file
    dpi = _read_dpi(image)
    profile: bytes = image.info.get("icc_profile") or b""
    deep = read_deep(data, image) if data else None
    image = ImageOps.exif_transpose(image)
    if deep is not None and deep.shape[:2] != image.size[::-1]:
        deep = None
    if deep is None and image.mode.startswith("I;16"):
        deep = np.asarray(image).astype(np.uint16)[..., None]
    image = _to_eight_bits(image) if deep is None else _to_pillow(round_to_bytes(deep))
    converted, icc = _convert(image, profile)
    picture = _build(_to_pixels(converted), name)
    own = picture.own if converted is image or icc is None else _to_pixels(image)
    if deep is not None:
        own = _to_color(deep if converted is image or icc else gray_to_srgb(deep, profile))
    if own is not None and picture.alpha is None:
        own = own[..., :3]
    return replace(picture, own=own, icc=icc, dpi=dpi)


def _convert(image: PillowImage.Image, profile: bytes) -> tuple[PillowImage.Image, bytes | None]:
    """The picture in sRGB, and its profile if a result can have it too."""
    if not profile or image.mode not in PROFILED_MODES:
        return image, None
    rgb = image.mode in ("RGB", "RGBA") and is_reversible(profile)
    if rgb and is_srgb(profile):
        return image, profile
    return to_srgb(image, profile) or image, profile if rgb else None


def _check_size(size: tuple[int, int], name: str, max_pixels: int) -> None:
    width, height = size
    if width * height == 0:
        raise ImageError(f"{name} has no pixels ({width}x{height}); give one of at least 1x1")
    if width * height > max_pixels:
        raise ImageError(
            f"{name} has {width}x{height} pixels, more than the limit of {max_pixels}; "
            "raise the limit (max_pixels) if you trust the file"
        )


def _to_eight_bits(image: PillowImage.Image) -> PillowImage.Image:
    if image.mode in ("I", "F"):
        values = np.asarray(image).astype(np.float64)
        top = 65535.0 if image.mode != "F" or values.max() > 1 else 1.0
        return PillowImage.fromarray(np.rint(np.clip(values / top, 0, 1) * 255).astype(np.uint8))
    return image


def _to_pillow(pixels: Pixels) -> PillowImage.Image:
    return PillowImage.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)


def _to_pixels(image: PillowImage.Image) -> Pixels:
    """RGB, or RGBA if anything may be transparent."""
    if image.mode == "L" and "transparency" not in image.info:
        return cv2.cvtColor(np.asarray(image), cv2.COLOR_GRAY2RGB)  # Pillow would need three times the memory
    mode = "RGBA" if image.mode in ALPHA_MODES or "transparency" in image.info else "RGB"
    return np.asarray(image if image.mode == mode else image.convert(mode))


def _to_color(pixels: Pixels) -> Pixels:
    """Gray as RGB, without taking more memory."""
    return np.broadcast_to(pixels, (*pixels.shape[:2], 3)) if pixels.shape[2] == 1 else pixels


def _build(pixels: Pixels, name: str) -> Picture:
    """From 8-bit sRGB, with alpha or without."""
    if pixels.shape[2] == 3:
        return Picture(np.ascontiguousarray(pixels), name=name)
    color, alpha = pixels[..., :3], np.ascontiguousarray(pixels[..., 3])
    if alpha.min() == 255:
        return Picture(np.ascontiguousarray(color), name=name)
    return Picture(compose_on_white(color, alpha), alpha, name=name, own=pixels)


def _from_array(array: Shaped[np.ndarray, "..."]) -> Picture:
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (1, 2, 3, 4)):
        raise ImageError(f"an array of shape {array.shape} is no picture; give [h w] or [h w 1..4]")
    if array.size == 0:
        raise ImageError(f"an array of shape {array.shape} has no pixels; give one of at least 1x1")
    array = array[..., None] if array.ndim == 2 else array
    if array.shape[2] == 2:
        array = np.concatenate([np.repeat(array[..., :1], 3, axis=2), array[..., 1:]], axis=2)
    picture = _build(_to_color(_array_to_bytes(array)), "the array")
    return replace(picture, own=_to_color(array)) if array.dtype == np.uint16 else picture


def _array_to_bytes(array: Shaped[np.ndarray, "..."]) -> UInt8[np.ndarray, "..."]:
    if array.dtype == np.uint8:
        return array
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype == np.uint16:
        return round_to_bytes(array)
    if np.issubdtype(array.dtype, np.floating) and np.all((array >= 0) & (array <= 1)):
        return np.asarray(np.rint(array * 255), np.uint8)
    raise ImageError(f"an array of type {array.dtype} is no picture; give uint8, uint16, bool, or floats in 0..1")


def _read_dpi(image: PillowImage.Image) -> tuple[float, float] | None:
    """As the format says it, or as EXIF does (WebP has nothing else)."""
    if "dpi" in image.info:
        return _dpi(image.info["dpi"])
    exif = image.getexif()
    per_inch = {INCH: 1.0, CENTIMETER: 2.54}.get(exif.get(Base.ResolutionUnit, 0))
    sides = _dpi((exif.get(Base.XResolution), exif.get(Base.YResolution)))
    return None if per_inch is None or sides is None else (sides[0] * per_inch, sides[1] * per_inch)


def _dpi(value: object) -> tuple[float, float] | None:
    if not isinstance(value, tuple) or len(value) != 2:
        return None
    try:
        return float(value[0]), float(value[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def _reason(error: BaseException) -> str:
    """The system's or decoder's words, on one line, without the path."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())

"""Files, bytes, Pillow pictures and arrays -> sRGB arrays."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from jaxtyping import Shaped, UInt8
from PIL import Image as PillowImage
from PIL import ImageCms, ImageOps, UnidentifiedImageError

from nurie.arrays import Image
from nurie.errors import ImageError

MAX_PIXELS = 100_000_000
"""Largest picture read by default: an A3 page at 600 dpi has 70 million pixels."""

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF")
"""What Pillow may try; its other decoders start programs or are seldom tested."""

DECODER_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    AttributeError, struct.error, zlib.error, MemoryError,
)  # fmt: skip
"""What Pillow's decoders raise on damaged files."""

Source = str | Path | bytes | PillowImage.Image | Shaped[np.ndarray, "..."]
"""A path, the bytes of a file, a Pillow picture or an array."""

Alpha = UInt8[np.ndarray, "height width"]

_pillow_limit = Lock()


@dataclass(frozen=True)
class Picture:
    """A picture that has been read, and what is needed to write one like it."""

    color: Image
    """sRGB; what is transparent is composed on white."""
    alpha: Alpha | None = None
    """0 = transparent, 255 = opaque; None if the picture has no transparency."""
    dpi: tuple[float, float] | None = None
    """Pixels an inch, horizontally and vertically, if the file says so."""
    name: str = "the picture"
    """How messages call it: the path, or what kind of value it was."""


def read_image(source: Source, *, max_pixels: int = MAX_PIXELS) -> Picture:
    """Read a picture: PNG, JPEG, WebP, TIFF, BMP, or the first frame of a GIF.

    The EXIF orientation is applied, an ICC profile is converted to sRGB, 16 bits are rounded to 8.
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
    try:
        with _open_unlimited(data) as image:
            return _from_pillow(image, name, max_pixels)
    except ImageError:
        raise
    except UnidentifiedImageError:
        raise ImageError(f"{name} is not a picture that can be read; give PNG, JPEG, WebP, TIFF, BMP or GIF") from None
    except DECODER_ERRORS as error:
        raise ImageError(f"{name} is damaged or cut short ({_reason(error)}); save or copy it again") from None


@contextmanager
def _open_unlimited(data: bytes) -> Iterator[PillowImage.Image]:
    """Open without Pillow's own limit, which is global: ours is checked before decoding."""
    with _pillow_limit:
        limit, PillowImage.MAX_IMAGE_PIXELS = PillowImage.MAX_IMAGE_PIXELS, None
        try:
            image = PillowImage.open(io.BytesIO(data), formats=FORMATS)
        finally:
            PillowImage.MAX_IMAGE_PIXELS = limit
    with image:
        yield image


def _from_pillow(image: PillowImage.Image, name: str, max_pixels: int) -> Picture:
    width, height = image.size
    if width * height == 0:
        raise ImageError(f"{name} has no pixels ({width}x{height}); give one of at least 1x1")
    if width * height > max_pixels:
        raise ImageError(
            f"{name} has {width}x{height} pixels, more than the limit of {max_pixels}; "
            "raise the limit (max_pixels) if you trust the file"
        )
    dpi = image.info.get("dpi")
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    rgba = _to_rgba(_to_srgb(_to_eight_bits(image), profile))
    array = np.asarray(rgba)
    picture = _compose(array[..., :3], array[..., 3])
    return Picture(picture.color, picture.alpha, _dpi(dpi), name)


def _to_eight_bits(image: PillowImage.Image) -> PillowImage.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        values = np.asarray(image).astype(np.float64)
        top = 65535.0 if image.mode != "F" or values.max() > 1 else 1.0
        return PillowImage.fromarray(np.rint(np.clip(values / top, 0, 1) * 255).astype(np.uint8))
    return image


def _to_srgb(image: PillowImage.Image, profile: bytes | None) -> PillowImage.Image:
    """Convert by the ICC profile; one that is damaged or of another color model is ignored."""
    if not profile or image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        return image
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return converted or image


def _to_rgba(image: PillowImage.Image) -> PillowImage.Image:
    return image if image.mode == "RGBA" else image.convert("RGBA")


def _from_array(array: Shaped[np.ndarray, "..."]) -> Picture:
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (1, 2, 3, 4)):
        raise ImageError(f"an array of shape {array.shape} is no picture; give [h w] or [h w 1..4]")
    if array.size == 0:
        raise ImageError(f"an array of shape {array.shape} has no pixels; give one of at least 1x1")
    pixels = _array_to_bytes(array)
    pixels = pixels[..., None] if pixels.ndim == 2 else pixels
    channels = pixels.shape[2]
    color = pixels[..., :3] if channels >= 3 else np.repeat(pixels[..., :1], 3, axis=2)
    alpha = pixels[..., -1] if channels in (2, 4) else np.full(pixels.shape[:2], 255, np.uint8)
    picture = _compose(color, alpha)
    return Picture(picture.color, picture.alpha, None, "the array")


def _array_to_bytes(array: Shaped[np.ndarray, "..."]) -> UInt8[np.ndarray, "..."]:
    if array.dtype == np.uint8:
        return array
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype == np.uint16:
        return np.asarray(np.rint(array / 257), np.uint8)
    if np.issubdtype(array.dtype, np.floating) and np.all((array >= 0) & (array <= 1)):
        return np.asarray(np.rint(array * 255), np.uint8)
    raise ImageError(f"an array of type {array.dtype} is no picture; give uint8, uint16, bool, or floats in 0..1")


def _compose(color: Image, alpha: Alpha) -> Picture:
    if alpha.min() == 255:
        return Picture(np.ascontiguousarray(color))
    weight = alpha[..., None].astype(np.uint16)
    blend = (color * weight + 255 * (255 - weight) + 127) // 255
    return Picture(blend.astype(np.uint8), np.ascontiguousarray(alpha))


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

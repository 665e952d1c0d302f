"""Arrays -> picture files, written beside the target and renamed: no half file is ever seen."""

import io
import os
import secrets
from pathlib import Path

import numpy as np
from jaxtyping import Shaped, UInt8, UInt16
from PIL import Image as PillowImage
from PIL.ExifTags import Base

from nurie.errors import OutputError
from nurie.images.deep import encode_deep_tiff, round_to_bytes
from nurie.images.png import encode_png

JPEG_QUALITY = 95

IMAGE_SUFFIXES = {
    ".png": "PNG",
    ".webp": "WEBP",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".bmp": "BMP",
}

PILLOW_OPTIONS: dict[str, dict[str, object]] = {
    "WEBP": {"lossless": True},
    "JPEG": {"quality": JPEG_QUALITY, "subsampling": 0},
    "TIFF": {"compression": "tiff_deflate"},
    "BMP": {},
}
DEEP_FORMATS = ("PNG", "TIFF")
"""Formats that hold 16 bits a channel."""
OPAQUE_FORMATS = ("JPEG", "BMP")
INCH = 2  # EXIF's unit of resolution


def write_image(
    path: str | Path,
    array: Shaped[np.ndarray, "..."],
    *,
    dpi: tuple[float, float] | None = None,
    icc: bytes | None = None,
) -> None:
    """Write an array as the suffix of `path` says: .png, .webp (lossless), .jpg, .tif or .bmp.

    The array is gray [h w], RGB [h w 3] or RGBA [h w 4] of uint8, RGB or RGBA of uint16, or a 16-bit map [h w] of any
    integer type. Only PNG and TIFF hold 16 bits: for the other formats colors are rounded to 8, and maps are refused.
    JPEG and BMP lose alpha: pictures with alpha are composed on white. BMP holds no profile.

    Args:
        path: where to; an older file is replaced.
        array: the picture.
        dpi: pixels an inch, across and down.
        icc: the profile whose color space an RGB or RGBA picture is in; None is sRGB.

    Raises:
        OutputError: an unknown suffix, an array the format cannot hold, or an unwritable place.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in IMAGE_SUFFIXES:
        raise OutputError(f"{path} has no picture suffix that can be written; use {', '.join(IMAGE_SUFFIXES)}")
    replace_file(path, encode_image(array, IMAGE_SUFFIXES[suffix], dpi=dpi, icc=icc))


def encode_image(
    array: Shaped[np.ndarray, "..."],
    file_format: str = "PNG",
    *,
    dpi: tuple[float, float] | None = None,
    icc: bytes | None = None,
) -> bytes:
    """Encode an array of `write_image` as `file_format`, one of the values of `IMAGE_SUFFIXES`."""
    pixels = _check_array(array, file_format)
    if file_format == "PNG":
        return encode_png(pixels, dpi=dpi, icc=icc)
    if pixels.ndim == 3 and pixels.dtype == np.uint16:
        if file_format == "TIFF":
            return encode_deep_tiff(pixels, dpi=dpi, icc=icc)
        pixels = round_to_bytes(pixels)
    if pixels.ndim == 3 and pixels.shape[2] == 4 and file_format in OPAQUE_FORMATS:
        weight = pixels[..., 3:].astype(np.uint16)
        pixels = ((pixels[..., :3] * weight + 255 * (255 - weight) + 127) // 255).astype(np.uint8)
    buffer = io.BytesIO()
    try:
        PillowImage.fromarray(pixels).save(buffer, file_format, **_options(file_format, dpi, icc))
    except (OSError, ValueError) as error:
        height, width = pixels.shape[:2]
        raise OutputError(f"{file_format} cannot hold {width}x{height} pixels: {error}") from None
    return buffer.getvalue()


def _options(file_format: str, dpi: tuple[float, float] | None, icc: bytes | None) -> dict[str, object]:
    options = dict(PILLOW_OPTIONS[file_format])
    if icc is not None and file_format != "BMP":
        options["icc_profile"] = icc
    if dpi is not None:
        options["dpi"] = dpi
        if file_format == "WEBP":  # it has no field of its own for the resolution
            exif = PillowImage.Exif()
            exif[Base.XResolution], exif[Base.YResolution], exif[Base.ResolutionUnit] = *dpi, INCH
            options["exif"] = exif
    return options


def _check_array(
    array: Shaped[np.ndarray, "..."], file_format: str
) -> UInt8[np.ndarray, "..."] | UInt16[np.ndarray, "..."]:
    shape = array.shape
    if array.size == 0 or not (len(shape) == 2 or (len(shape) == 3 and shape[2] in (3, 4))):
        raise OutputError(f"an array of shape {shape} is no picture; give [h w], [h w 3] or [h w 4]")
    if array.dtype == np.uint8 or (array.dtype == np.uint16 and len(shape) == 3):
        return array
    if len(shape) != 2 or not np.issubdtype(array.dtype, np.integer):
        raise OutputError(f"an array of type {array.dtype} cannot be written; convert it to uint8")
    if file_format not in DEEP_FORMATS:
        raise OutputError(f"{file_format} holds no 16-bit map; write .png or .tif")
    if array.min() < 0 or array.max() > 65535:
        raise OutputError("a 16-bit map holds 0..65535; reduce the number of regions (max_regions)")
    return array.astype(np.uint16)


def replace_file(path: str | Path, data: bytes) -> None:
    """Write `data` to a file beside `path`, then rename it: the old file or the new, never half.

    Raises:
        OutputError: the folder does not exist or cannot be written, or the disk is full.
    """
    path = Path(path)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            with partial.open("xb") as file:
                file.write(data)
            os.replace(partial, path)  # noqa: PTH105
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None

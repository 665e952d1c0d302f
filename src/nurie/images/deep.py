"""Sixteen bits a channel: what Pillow would round to eight is read by OpenCV, and written as TIFF by tifffile."""

import io

import cv2
import numpy as np
from jaxtyping import Shaped, UInt8, UInt16
from PIL import Image as PillowImage
from PIL.ExifTags import Base
from PIL.TiffImagePlugin import TiffImageFile

from nurie.images.png import swap_red_and_blue

Deep = UInt16[np.ndarray, "_height _width _channels"]
"""0..65535; one channel is gray, three are RGB, four RGBA."""

DEEP_TOP, DEEP_STEP = 65535, 257
"""The top level of 16 bits, and how many of its levels one of 8 bits spans."""

_PNG_DEPTH = 24  # byte of the IHDR that says how many bits
_BITS, _PHOTOMETRIC, _PLANAR, _EXTRA, _SAMPLE = 258, 262, 284, 338, 339  # TIFF tags
_STRAIGHT_ALPHA, _UNSIGNED = 2, 1
_STRIP_BYTES = 1 << 18


def read_deep(data: bytes, image: PillowImage.Image) -> Deep | None:
    """The 16-bit pixels of a PNG or TIFF that Pillow has loaded as `image`, upright; None for any other file."""
    if not (_is_deep_png(data, image) or _is_deep_tiff(image)):
        return None
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    if pixels is None or pixels.dtype != np.uint16:
        return None
    pixels = pixels.reshape(*pixels.shape[:2], -1)
    if pixels.shape[2] not in (1, 3, 4):
        return None
    # OpenCV turns a TIFF upright, but not a PNG.
    orientation = image.getexif().get(Base.Orientation, 1) if image.format == "PNG" else 1
    return _turn_upright(swap_red_and_blue(pixels), orientation)


def round_to_bytes(pixels: Shaped[np.ndarray, "..."]) -> UInt8[np.ndarray, "..."]:
    """The nearest levels of 8 bits; no level lies in the middle of two."""
    return cv2.convertScaleAbs(pixels, alpha=1 / DEEP_STEP).reshape(pixels.shape)


def encode_deep_tiff(pixels: Deep, *, dpi: tuple[float, float] | None, icc: bytes | None) -> bytes:
    """A TIFF of RGB or RGBA, deflated."""
    import tifffile  # 30 ms that other formats need not pay

    buffer = io.BytesIO()
    tifffile.imwrite(
        buffer,
        pixels,
        photometric="rgb",
        extrasamples=["unassalpha"] if pixels.shape[2] == 4 else None,
        compression="zlib",
        rowsperstrip=max(1, _STRIP_BYTES // pixels[0].nbytes),
        resolution=dpi,
        resolutionunit=None if dpi is None else "INCH",
        iccprofile=icc,
        metadata=None,
        software=False,
    )
    return buffer.getvalue()


def _is_deep_png(data: bytes, image: PillowImage.Image) -> bool:
    # A single color that counts as transparent is left to Pillow.
    return image.format == "PNG" and data[_PNG_DEPTH] == 16 and "transparency" not in image.info


def _is_deep_tiff(image: PillowImage.Image) -> bool:
    if not isinstance(image, TiffImageFile):
        return False
    tags = image.tag_v2
    return (
        set(tags.get(_BITS, ())) == {16}
        and set(tags.get(_SAMPLE, (_UNSIGNED,))) == {_UNSIGNED}
        and tags.get(_PHOTOMETRIC) in (1, 2)
        and tags.get(_PLANAR, 1) == 1
        and tags.get(_EXTRA, (_STRAIGHT_ALPHA,)) == (_STRAIGHT_ALPHA,)
    )


def _turn_upright(pixels: Deep, orientation: int) -> Deep:
    """Undo an EXIF orientation, 1..8: bit 4 of one less is a transposition, the others are mirrorings."""
    if orientation not in range(2, 9):
        return pixels
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)

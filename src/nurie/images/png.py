"""PNG through OpenCV: four times faster than through Pillow, as small for flat colors, and with 16 bits a channel."""

import struct
import zlib

import cv2
import numpy as np
from jaxtyping import UInt8, UInt16

_START = 8 + 25  # signature, and the chunk IHDR: bytes after which other chunks may stand
_METERS_PER_INCH = 0.0254
_SIGNATURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_HEADER = slice(24, 29)
_PLAIN = bytes([8, 2, 0, 0, 0])  # 8 bits, RGB, the only compression and filters there are, not interlaced

AnyPixels = UInt8[np.ndarray, "..."] | UInt16[np.ndarray, "..."]


def encode_png(pixels: AnyPixels, *, dpi: tuple[float, float] | None, icc: bytes | None) -> bytes:
    """Encode gray [h w], RGB [h w 3] or RGBA [h w 4] without loss."""
    data = cv2.imencode(".png", swap_red_and_blue(pixels))[1].tobytes()
    # OpenCV writes no resolution and, in older versions, no profile: both go in as chunks.
    chunks = []
    if icc is not None:
        chunks.append(_chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(icc)))
    if dpi is not None:
        across, down = (round(side / _METERS_PER_INCH) for side in dpi)
        chunks.append(_chunk(b"pHYs", struct.pack(">IIB", across, down, 1)))
    return b"".join([data[:_START], *chunks, data[_START:]])


def plain_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG that is nothing but 8-bit RGB: no alpha, palette, profile, gamma, EXIF or resolution.

    None for any other file, and for one that is damaged or cut short: of such libpng would tell on its own account.
    """
    if not data.startswith(_SIGNATURE) or data[_HEADER] != _PLAIN:
        return None
    place = 8
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 8 + length
        if data[end : end + 4] != struct.pack(">I", zlib.crc32(memoryview(data)[place + 4 : end])):
            return None
        place = end + 4
        if kind == b"IEND":
            width, height = struct.unpack_from(">II", data, 16)
            return (width, height) if place == len(data) else None
        if kind not in (b"IHDR", b"IDAT"):
            return None
    return None


def decode_plain(data: bytes) -> UInt8[np.ndarray, "height width 3"] | None:
    """The pixels of a PNG that `plain_size` knows; None if they are damaged."""
    try:
        return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error:
        return None


def swap_red_and_blue(pixels: AnyPixels) -> AnyPixels:
    """Between OpenCV's order of channels and everybody else's; gray is left as it is."""
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    pixels = np.ascontiguousarray(pixels)
    if channels == 1:
        return pixels
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB if channels == 3 else cv2.COLOR_BGRA2RGBA)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

"""ICC profiles: a drawing's own color space -> sRGB, and back for what is painted under its lines."""

import io
import struct
from functools import lru_cache

import numpy as np
from jaxtyping import UInt16
from PIL import Image as PillowImage
from PIL import ImageCms

from nurie.arrays import Image
from nurie.images.deep import DEEP_STEP, DEEP_TOP

CMS_ERRORS = (ImageCms.PyCMSError, OSError, ValueError, TypeError)
"""What LittleCMS and its wrapper raise on profiles that are damaged, or of another color model."""

SAME_LEVELS = 1
"""Levels up to which a profile is sRGB under another name: no color is worth a conversion that only rounds."""

_GRID = (np.indices((18, 18, 18)).reshape(3, -1).T[None] * 15).astype(np.uint8)  # every 15th level

_PROFILE_DATE = slice(24, 36)  # of the header: when it was made


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The profile of sRGB, for programs that ask what 16 bits without one mean; always the same bytes."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[_PROFILE_DATE] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    return bytes(data)


def to_srgb(image: PillowImage.Image, profile: bytes) -> PillowImage.Image | None:
    """Convert a gray, RGB(A) or CMYK picture; None if the profile is damaged or of another color model."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except CMS_ERRORS:
        return None


def gray_to_srgb(pixels: UInt16[np.ndarray, "height width 1"], profile: bytes) -> UInt16[np.ndarray, "height width 1"]:
    """Convert 16-bit gray, between the 256 levels that LittleCMS is asked for; as it is if the profile is damaged."""
    levels = np.arange(256, dtype=np.uint8)
    converted = to_srgb(PillowImage.fromarray(levels[None]), profile)
    if converted is None:
        return pixels
    curve = np.asarray(converted)[0, :, 0].astype(np.float64)
    table = np.rint(np.interp(np.arange(DEEP_TOP + 1) / DEEP_STEP, levels, curve) * DEEP_STEP).astype(np.uint16)
    return np.take(table, pixels)


def from_srgb(colors: Image, profile: bytes) -> Image:
    """Convert sRGB into the color space of a profile that `is_reversible`; what it has not becomes the nearest."""
    if is_srgb(profile):
        return colors
    transform = _backward(profile)
    if transform is None:
        raise ValueError("the profile has no way back from sRGB")
    return np.asarray(ImageCms.applyTransform(PillowImage.fromarray(colors), transform))


@lru_cache(maxsize=8)
def is_reversible(profile: bytes) -> bool:
    """Whether it is the profile of RGB pictures, and colors can be brought into it as well as out of it."""
    return to_srgb(PillowImage.fromarray(_GRID), profile) is not None and _backward(profile) is not None


@lru_cache(maxsize=8)
def is_srgb(profile: bytes) -> bool:
    """Whether it changes no color by more than `SAME_LEVELS`."""
    converted = to_srgb(PillowImage.fromarray(_GRID), profile)
    return converted is not None and int(np.abs(np.asarray(converted).astype(int) - _GRID).max()) <= SAME_LEVELS


def _backward(profile: bytes) -> ImageCms.ImageCmsTransform | None:
    try:
        target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "RGB")
    except CMS_ERRORS:
        return None

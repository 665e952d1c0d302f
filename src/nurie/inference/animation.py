"""Pictures in a row or one after the other: strips, GIF, WebP, APNG."""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image as PillowImage

from nurie.arrays import Image
from nurie.errors import OutputError
from nurie.images import encode_image, replace_file, resize_area
from nurie.inference.contact_sheet import AnyImage

ANIMATIONS: dict[str, tuple[str, dict[str, object]]] = {
    ".gif": ("GIF", {"disposal": 1}),
    ".webp": ("WEBP", {"quality": 90}),
    ".apng": ("PNG", {}),
}
"""Suffix -> Pillow's format and options."""

STRIP = ".png"
"""Suffix of all frames side by side in one picture."""

PAUSE = 4
"""Frames for which the first and the last are shown."""


def write_frames(path: Path, frames: Sequence[Image], *, milliseconds: int = 100) -> None:
    """Write frames of one size as the suffix says: .png side by side; .gif, .webp and .apng as an endless animation.

    The animation goes there and back, and rests at both ends.

    Raises:
        OutputError: another suffix, or a place that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix == STRIP:
        replace_file(path, encode_image(np.concatenate(list(frames), axis=1)))
    elif suffix in ANIMATIONS:
        replace_file(path, _animate(frames, suffix, milliseconds))
    else:
        raise OutputError(f"{path} has no suffix of an animation; use {', '.join([*ANIMATIONS, STRIP])} (side by side)")


def shrink(image: AnyImage, side: int) -> AnyImage:
    """The picture with its longer side at most `side` pixels."""
    height, width = image.shape[:2]
    scale = min(1.0, side / max(height, width))
    return resize_area(image, max(1, round(height * scale)), max(1, round(width * scale)))


def _animate(frames: Sequence[Image], suffix: str, milliseconds: int) -> bytes:
    way = [*range(len(frames)), *range(len(frames) - 2, 0, -1)]
    pictures = [PillowImage.fromarray(frames[i]) for i in way]
    durations = [milliseconds * (PAUSE if i in (0, len(frames) - 1) else 1) for i in way]
    file_format, options = ANIMATIONS[suffix]
    buffer = io.BytesIO()
    first, *rest = pictures
    first.save(buffer, file_format, save_all=True, append_images=rest, duration=durations, loop=0, **options)
    return buffer.getvalue()

"""Tensors of ComfyUI -> arrays of nurie, and back.

IMAGE is [batch height width channels], MASK [batch height width] or [height width]; both are floats from 0 to 1. A MASK
that comes with an IMAGE is its transparency, 1 = transparent.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
import torch

from nurie.errors import InputError
from nurie.inference import Result

T = TypeVar("T")


def read_batch(images: torch.Tensor, transparency: torch.Tensor | None = None) -> list[np.ndarray]:
    """The pictures of a batch, uint8 [h w 3], or [h w 4] with transparency.

    A mask without anything in it says that all is opaque, whatever its size: ComfyUI's own for a file without alpha has
    64x64 pixels. One mask may be for all pictures.

    Raises:
        InputError: the mask has another size, or there are neither one nor as many as pictures.
    """
    pictures = list(_to_bytes(images))
    if transparency is None or not transparency.any():
        return pictures
    masks = list(_to_bytes(transparency).reshape(-1, *transparency.shape[-2:]))
    (height, width), (rows, columns) = pictures[0].shape[:2], masks[0].shape
    if (height, width) != (rows, columns):
        raise InputError(
            f"the transparency has {columns}x{rows} pixels, the drawing {width}x{height}; connect the mask that was "
            "loaded with the drawing"
        )
    return [
        np.dstack([picture[..., :3], 255 - mask])
        for picture, mask in zip(pictures, spread(masks, len(pictures), "masks"), strict=True)
    ]


def spread(values: Sequence[T], count: int, name: str) -> list[T]:
    """One value for each of `count` drawings: as many as there are, or a single one for all.

    Raises:
        InputError: there are neither.
    """
    if len(values) not in (1, count):
        raise InputError(f"there are {len(values)} {name} for {count} drawings; connect one for all, or one for each")
    return list(values) * (count if len(values) == 1 else 1)


def make_images(pictures: Iterable[np.ndarray]) -> torch.Tensor:
    """Pictures of one size, uint8 [h w 3], as IMAGE."""
    return torch.from_numpy(np.stack(list(pictures))).float() / 255


def make_transparency(results: Iterable[Result]) -> torch.Tensor:
    """The transparency of results as MASK: that of cut-outs, and 0 for all others."""
    return torch.stack([_transparency(result.pixels) for result in results])


def _transparency(pixels: np.ndarray) -> torch.Tensor:
    if pixels.shape[2] < 4:
        return torch.zeros(pixels.shape[:2])
    return 1 - torch.from_numpy(pixels[..., 3].copy()).float() / 255


def _to_bytes(values: torch.Tensor) -> np.ndarray:
    # Other nodes, upscalers for one, leave values that are a little below 0 or above 1.
    return (values.detach().float().clamp(0, 1) * 255).round().to(torch.uint8).cpu().numpy()

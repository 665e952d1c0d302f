"""PSD and ORA files -> their visible layers of pixels."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Image
from nurie.errors import ImageError, MissingExtraError
from nurie.images import Pixels, read_image
from nurie.images.reading import DECODER_ERRORS
from nurie.regions.flat_colors import Opaque

PSD_START = (b"8BPS",)
ZIP_START = (b"PK\x03\x04",)

HALF = 128
"""Alpha from which a layer covers what is below."""

MAX_STACK_BYTES = 10_000_000
"""Size of an ORA's list of layers, above which it is taken for an attack."""

NORMAL = "svg:src-over"


@dataclass(frozen=True)
class Layer:
    """A layer's pixels and where they lie on the canvas."""

    color: Image
    opaque: Opaque
    top: int
    left: int


@dataclass(frozen=True)
class Layers:
    """A canvas and what lies on it, from bottom to top."""

    height: int
    width: int
    layers: list[Layer]


def is_layer_file(data: bytes) -> bool:
    """Whether the bytes are a PSD, or a ZIP as ORA is one."""
    return data.startswith(PSD_START + ZIP_START)


def read_layers(data: bytes, name: str, *, max_pixels: int) -> Layers:
    """Read what is visible of a PSD or ORA, groups included.

    Only layers laid normally on those below count: one that multiplies, adds light and so on holds lines or shading.
    Masks count, opacity does not.

    Raises:
        ImageError: damaged, without such layers, of more than `max_pixels` pixels, or another kind of file.
        MissingExtraError: a PSD, and psd-tools is not installed.
    """
    read = _read_psd if data.startswith(PSD_START) else _read_ora
    try:
        layers = read(data, name, max_pixels)
    except (ImageError, MissingExtraError):
        raise
    except (*DECODER_ERRORS, AssertionError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise ImageError(f"{name} is damaged or cut short ({error or type(error).__name__}); save it again") from None
    if not layers.layers:
        raise ImageError(f"{name} has no visible layer of pixels in normal mode; show the layer of flat colors")
    return layers


def _check_size(height: int, width: int, name: str, max_pixels: int) -> None:
    if not 0 < height * width <= max_pixels:
        raise ImageError(f"{name} has {width}x{height} pixels; the limit is {max_pixels} (max_pixels)")


def _read_psd(data: bytes, name: str, max_pixels: int) -> Layers:
    try:
        from psd_tools import PSDImage  # an extra: only who gives a PSD needs it
    except ModuleNotFoundError:
        raise MissingExtraError(
            f"{name} is a PSD, which needs psd-tools; install it by: pip install 'nurie[layers]', or save as ORA or PNG"
        ) from None
    psd = PSDImage.open(io.BytesIO(data))
    _check_size(psd.height, psd.width, name, max_pixels)
    layers = [_psd_layer(layer) for layer in psd.descendants() if _shows(layer)]
    if not len(psd) and (flat := psd.topil()) is not None:  # a PSD saved as one background
        layers = [_to_layer(np.asarray(flat.convert("RGBA")), 0, 0)]
    return Layers(psd.height, psd.width, layers)


def _shows(layer: Any) -> bool:  # noqa: ANN401  psd-tools is not always there to name its types
    normal = layer.blend_mode.name == "NORMAL"
    return bool(not layer.is_group() and normal and layer.is_visible() and layer.has_pixels() and layer.opacity > 0)


def _psd_layer(layer: Any) -> Layer:  # noqa: ANN401
    rgba = np.array(layer.topil().convert("RGBA"))
    mask = layer.mask if layer.has_mask() else None
    if mask is not None and not mask.disabled and (picture := mask.topil()) is not None:
        shown = np.full(rgba.shape[:2], mask.background_color, np.uint8)
        _paste(shown, np.asarray(picture.convert("L")), mask.top - layer.top, mask.left - layer.left)
        rgba[..., 3] = np.minimum(rgba[..., 3], shown)
    return _to_layer(rgba, layer.top, layer.left)


def _to_layer(rgba: UInt8[np.ndarray, "height width 4"], top: int, left: int) -> Layer:
    return Layer(np.ascontiguousarray(rgba[..., :3]), rgba[..., 3] >= HALF, top, left)


def _paste(
    below: UInt8[np.ndarray, "height width"], above: UInt8[np.ndarray, "rows columns"], top: int, left: int
) -> None:
    inner, outer = overlap(below.shape, above.shape, top, left)
    below[outer] = above[inner]


def overlap(
    below: tuple[int, ...], above: tuple[int, ...], top: int, left: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Where a picture laid at (top, left) on another lies on it: in its own pixels, and in those of the other."""
    inner, outer = [], []
    for size, length, start in zip(below, above, (top, left), strict=True):
        low, high = max(0, start), max(0, min(size, start + length))
        low = min(low, high)
        outer.append(slice(low, high))
        inner.append(slice(low - start, high - start))
    return (inner[0], inner[1]), (outer[0], outer[1])


def _read_ora(data: bytes, name: str, max_pixels: int) -> Layers:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if "stack.xml" not in file.namelist():
            raise ImageError(f"{name} is no ORA: a ZIP without stack.xml; save the drawing as ORA, PSD or PNG")
        if file.getinfo("stack.xml").file_size > MAX_STACK_BYTES:
            raise ImageError(f"{name} has a list of layers that is too long; save it again")
        image = ElementTree.fromstring(file.read("stack.xml"))
        height, width = int(image.attrib["h"]), int(image.attrib["w"])
        _check_size(height, width, name, max_pixels)
        layers = []
        for source, top, left in _walk(image, 0, 0):
            picture = read_image(_unpack(file, source, name, max_pixels), max_pixels=max_pixels)
            opaque = np.ones(picture.color.shape[:2], bool) if picture.alpha is None else picture.alpha >= HALF
            layers.append(Layer(_own_color(picture.own, picture.color), opaque, top, left))
    return Layers(height, width, layers[::-1])


def _own_color(own: Pixels | None, color: Image) -> Image:
    """Colors as they are, not blended with white where they are half transparent."""
    return color if own is None or own.dtype != np.uint8 else np.ascontiguousarray(own[..., :3])


def _unpack(file: zipfile.ZipFile, source: str, name: str, max_pixels: int) -> bytes:
    if file.getinfo(source).file_size > 8 * max_pixels:
        raise ImageError(f"{name} has a layer of more than {max_pixels} pixels; raise the limit (max_pixels)")
    return file.read(source)


def _walk(stack: ElementTree.Element, top: int, left: int) -> Iterator[tuple[str, int, int]]:
    """File and place of each visible layer, from top to bottom."""
    for child in stack:
        if child.get("visibility", "visible") != "visible" or child.get("composite-op", NORMAL) != NORMAL:
            continue
        down, right = top + int(child.get("y", "0")), left + int(child.get("x", "0"))
        if child.tag == "stack":
            yield from _walk(child, down, right)
        elif child.tag == "layer" and float(child.get("opacity", "1")) > 0:
            yield child.attrib["src"], down, right

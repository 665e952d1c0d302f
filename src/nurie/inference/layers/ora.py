"""Layers -> OpenRaster: a ZIP of PNGs and a list of them (https://www.openraster.org)."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
from jaxtyping import UInt8

from nurie.images import Pixels, encode_image, resize_area, round_to_bytes, srgb_profile
from nurie.inference.layers.stack import Blend, Group, Layer, LayerStack

BLENDS: dict[Blend, str] = {"normal": "svg:src-over", "multiply": "svg:multiply", "screen": "svg:screen"}
THUMBNAIL_SIDE = 256
"""Pixels at most, as the specification asks."""

_VERSION = "0.0.5"  # of the specification
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP knows: the same layers give the same bytes


def encode_ora(stack: LayerStack) -> bytes:
    """Encode as OpenRaster, with 8 or 16 bits a channel; resolution and profile are in the PNGs too."""
    if stack.bits == 16 and stack.icc is None:
        stack = replace(stack, icc=srgb_profile())  # Krita asks about each layer otherwise
    image = ElementTree.Element("image", version=_VERSION, w=str(stack.width), h=str(stack.height))
    if stack.dpi is not None:
        image.set("xres", str(round(stack.dpi[0])))
        image.set("yres", str(round(stack.dpi[1])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, "mimetype", b"image/openraster")  # first, and stored: programs look for it at byte 38
        names = iter(f"data/layer{number:04}.png" for number in range(stack.count()))
        _add_entries(archive, stack, names, stack.layers, ElementTree.SubElement(image, "stack"))
        merged = encode_image(stack.merged, dpi=stack.dpi, icc=stack.icc)
        _add(archive, "mergedimage.png", merged)
        _add(archive, "Thumbnails/thumbnail.png", encode_image(_thumbnail(stack.merged), icc=stack.icc))
        ElementTree.indent(image)
        _add(archive, "stack.xml", ElementTree.tostring(image, encoding="UTF-8", xml_declaration=True))
    return buffer.getvalue()


def _add_entries(
    archive: zipfile.ZipFile,
    stack: LayerStack,
    names: Iterator[str],
    entries: Sequence[Layer | Group],
    parent: ElementTree.Element,
) -> None:
    for entry in reversed(entries):  # the list begins at the top
        visibility = "visible" if entry.visible else "hidden"
        if isinstance(entry, Group):
            element = ElementTree.SubElement(parent, "stack", name=entry.name, visibility=visibility)
            _add_entries(archive, stack, names, entry.layers, element)
            continue
        name = next(names)
        _add(archive, name, encode_image(_rgba(entry), dpi=stack.dpi, icc=stack.icc))
        ElementTree.SubElement(
            parent, "layer", {"name": entry.name, "src": name, "x": str(entry.left), "y": str(entry.top),
            "opacity": "1.0", "visibility": visibility, "composite-op": BLENDS[entry.blend]},
        )  # fmt: skip


def _rgba(layer: Layer) -> Pixels:
    pixels = np.empty((*layer.alpha.shape, 4), layer.alpha.dtype)
    pixels[..., :3], pixels[..., 3] = layer.color, layer.alpha
    return pixels


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)  # stored: PNG is compressed


def _thumbnail(merged: Pixels) -> UInt8[np.ndarray, "_rows _columns _"]:
    merged = merged if merged.dtype == np.uint8 else round_to_bytes(merged)
    height, width = merged.shape[:2]
    scale = min(1, THUMBNAIL_SIDE / max(height, width))
    return resize_area(merged, max(1, round(scale * height)), max(1, round(scale * width)))

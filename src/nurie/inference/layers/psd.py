"""Layers -> a Photoshop file, through psd-tools' records of the format (its drawing interface has 8 bits only)."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nurie.errors import MissingExtraError, OutputError
from nurie.images import compose_on_white, srgb_profile
from nurie.inference.layers.stack import Coverage, Group, Layer, LayerStack

if TYPE_CHECKING:
    from psd_tools.psd.image_data import ImageData
    from psd_tools.psd.image_resources import ImageResources
    from psd_tools.psd.layer_and_mask import ChannelData, LayerAndMaskInformation, LayerRecord

MAX_SIDE = 30_000
"""Pixels: what the format holds."""

_CHANNELS = (-1, 0, 1, 2)  # alpha, red, green, blue
_FIXED_POINT = 1 << 16
_INCHES = 1
_GROUP_END = "</Layer group>"


def encode_psd(stack: LayerStack) -> bytes:
    """Encode as PSD, RLE compressed, with 8 or 16 bits a channel.

    Raises:
        OutputError: the canvas is larger than `MAX_SIDE`.
        MissingExtraError: psd-tools is not installed.
    """
    if max(stack.height, stack.width) > MAX_SIDE:
        raise OutputError(
            f"PSD holds {MAX_SIDE} pixels a side, not {stack.width}x{stack.height}; write .ora or a smaller picture"
        )
    if stack.bits == 16 and stack.icc is None:
        stack = replace(stack, icc=srgb_profile())  # Krita takes 16 bits without one for linear light
    try:
        from psd_tools.psd import PSD
        from psd_tools.psd.header import FileHeader
    except ImportError:
        raise MissingExtraError("writing PSD needs psd-tools; run `pip install nurie[layers]`, or write .ora") from None
    document = PSD(
        header=FileHeader(channels=stack.merged.shape[2], height=stack.height, width=stack.width, depth=stack.bits),
        image_resources=_resources(stack),
        layer_and_mask_information=_layers(stack),
        image_data=_merged(stack),
    )
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def _resources(stack: LayerStack) -> "ImageResources":
    from psd_tools.constants import Resource
    from psd_tools.psd.image_resources import ImageResource, ImageResources, ResoulutionInfo

    resources = ImageResources.new()
    if stack.dpi is not None:
        across, down = (round(side * _FIXED_POINT) for side in stack.dpi)
        info = ResoulutionInfo(across, _INCHES, _INCHES, down, _INCHES, _INCHES)
        resources[Resource.RESOLUTION_INFO] = ImageResource(key=Resource.RESOLUTION_INFO, data=info.tobytes())
    if stack.icc is not None:
        resources[Resource.ICC_PROFILE] = ImageResource(key=Resource.ICC_PROFILE, data=stack.icc)
    return resources


def _layers(stack: LayerStack) -> "LayerAndMaskInformation":
    from psd_tools.constants import Tag
    from psd_tools.psd.layer_and_mask import (
        ChannelDataList,
        ChannelImageData,
        GlobalLayerMaskInfo,
        LayerAndMaskInformation,
        LayerInfo,
        LayerRecords,
    )
    from psd_tools.psd.tagged_blocks import TaggedBlocks

    records, data = LayerRecords(), ChannelImageData()
    for entry in stack.layers:
        for record, channels in _records(entry):
            records.append(record)
            data.append(ChannelDataList())
            data[-1].extend(channels)
    # A negative number says that the merged picture has alpha.
    count = -len(records) if stack.merged.shape[2] == 4 else len(records)
    content: dict[str, Any] = {"layer_count": count, "layer_records": records, "channel_image_data": data}
    blocks = TaggedBlocks()
    if stack.bits == 16:  # these are kept in a block, and the section for layers stays empty
        blocks.set_data(Tag.LAYER_16, **content)
        content = {}
    return LayerAndMaskInformation(LayerInfo(**content), GlobalLayerMaskInfo(), blocks)


def _records(entry: Layer | Group) -> Iterator[tuple["LayerRecord", list["ChannelData"]]]:
    """The record of a layer; or those of a group's layers, between its end, which comes first, and its head."""
    from psd_tools.constants import BlendMode, SectionDivider

    if isinstance(entry, Layer):
        mode = {"normal": BlendMode.NORMAL, "multiply": BlendMode.MULTIPLY, "screen": BlendMode.SCREEN}[entry.blend]
        channels = [_channel(plane) for plane in (entry.alpha, *np.moveaxis(entry.color, 2, 0))]
        record = _record(entry.name, channels, visible=entry.visible)
        record.top, record.left, record.blend_mode = entry.top, entry.left, mode
        record.bottom, record.right = entry.top + len(entry.alpha), entry.left + entry.alpha.shape[1]
        yield record, channels
        return
    nothing = [_channel(None) for _ in _CHANNELS]
    yield _divider(_record(_GROUP_END, nothing), SectionDivider.BOUNDING_SECTION_DIVIDER), nothing
    for below in entry.layers:
        yield from _records(below)
    yield _divider(_record(entry.name, nothing, visible=entry.visible), SectionDivider.OPEN_FOLDER), nothing


def _record(name: str, channels: list["ChannelData"], *, visible: bool = True) -> "LayerRecord":
    from psd_tools.constants import Tag
    from psd_tools.psd.layer_and_mask import ChannelInfo, LayerFlags, LayerRecord

    infos = [ChannelInfo(number, 2 + len(channel.data)) for number, channel in zip(_CHANNELS, channels, strict=True)]
    record = LayerRecord(channel_info=infos, flags=LayerFlags(visible=visible), name=name)
    record.tagged_blocks.set_data(Tag.UNICODE_LAYER_NAME, name)
    return record


def _divider(record: "LayerRecord", kind: Any) -> "LayerRecord":  # noqa: ANN401  an enumeration of psd-tools
    from psd_tools.constants import Tag

    record.tagged_blocks.set_data(Tag.SECTION_DIVIDER_SETTING, kind=kind)
    return record


def _channel(plane: Coverage | None) -> "ChannelData":
    from psd_tools.constants import Compression
    from psd_tools.psd.layer_and_mask import ChannelData

    if plane is None:
        return ChannelData(Compression.RAW, b"")
    return ChannelData(Compression.RLE, _run_lengths(plane))


def _merged(stack: LayerStack) -> "ImageData":
    from psd_tools.constants import Compression
    from psd_tools.psd.image_data import ImageData

    merged = stack.merged
    if merged.shape[2] == 4:  # as Photoshop does it, and as readers undo it
        merged = np.dstack([compose_on_white(merged[..., :3], merged[..., 3]), merged[..., 3]])
    channels = np.ascontiguousarray(np.moveaxis(merged, 2, 0))
    return ImageData(Compression.RLE, _run_lengths(channels.reshape(-1, stack.width)))


def _run_lengths(plane: Coverage) -> bytes:
    """PackBits, row by row, after the number of bytes of each row; big-endian."""
    from psd_tools.compression import encode_rle

    height, width = plane.shape
    depth = 8 * plane.itemsize
    if plane.strides == (0, 0):  # one level throughout: one row, repeated
        row = encode_rle(_big_endian(plane[:1]), width, 1, depth, 1)
        return bytes(row[:2] * height + row[2:] * height)
    return bytes(encode_rle(_big_endian(plane), width, height, depth, 1))


def _big_endian(plane: Coverage) -> bytes:
    return plane.astype(plane.dtype.newbyteorder(">")).tobytes()

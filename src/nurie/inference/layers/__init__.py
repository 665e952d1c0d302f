"""A result as layers, for painting programs: PSD and OpenRaster."""

from collections.abc import Callable
from pathlib import Path

from nurie.errors import OutputError
from nurie.images import replace_file
from nurie.inference.layers.build import GROUPINGS, build_layers
from nurie.inference.layers.ora import encode_ora
from nurie.inference.layers.psd import encode_psd
from nurie.inference.layers.stack import Group, Layer, LayerStack

__all__ = [
    "GROUPINGS",
    "LAYER_SUFFIXES",
    "Group",
    "Layer",
    "LayerStack",
    "build_layers",
    "encode_layers",
    "write_layers",
]

_ENCODERS: dict[str, Callable[[LayerStack], bytes]] = {".psd": encode_psd, ".ora": encode_ora}

LAYER_SUFFIXES = tuple(_ENCODERS)
"""Files that hold layers."""


def write_layers(path: str | Path, stack: LayerStack) -> None:
    """Write layers as the suffix of `path` says: .psd, or .ora (OpenRaster: Krita, GIMP, MyPaint).

    Raises:
        OutputError: another suffix, a place that cannot be written, or a canvas that the format cannot hold.
        MissingExtraError: the suffix is .psd, and psd-tools is not installed.
    """
    path = Path(path)
    replace_file(path, encode_layers(stack, path.suffix.lower()))


def encode_layers(stack: LayerStack, suffix: str) -> bytes:
    """Encode layers as the file that a suffix of `LAYER_SUFFIXES` says. Errors as in `write_layers`."""
    if suffix not in _ENCODERS:
        raise OutputError(f"{suffix or 'a file without suffix'} holds no layers; use {' or '.join(LAYER_SUFFIXES)}")
    return _ENCODERS[suffix](stack)

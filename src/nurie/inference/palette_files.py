"""Palettes that users bring: lists of colours, swatch files of painting programs, and pictures.

GPL is GIMP's, Krita's and Inkscape's text; ASE and ACO are Adobe's, big-endian. Colours are brought to sRGB without
a profile: CMYK by multiplying inks, Lab as Adobe's, under D50.
"""

import colorsys
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Colors
from nurie.colors import ciede2000, rgb_to_cielab
from nurie.errors import ImageError, InputError
from nurie.images import read_image
from nurie.inference.hints import read_color_name

Swatches = UInt8[np.ndarray, "swatches 3"]
"""The colours of a palette, sRGB."""

MAX_COLORS = 256
"""Colours that a picture may have to be a palette: what has more is a painting."""

_WAYS = 'give a list such as "#aabbcc,#ddeeff" or a file: GPL, ASE, ACO, or a PNG of swatches'

_ASE_COLOR = 0x0001
"""Type of an ASE block that holds a colour; the others begin and end groups."""

_XYZ_TO_SRGB = np.array(
    [
        [3.1338561, -1.6168667, -0.4906146],
        [-0.9787684, 1.9161415, 0.0334540],
        [0.0719453, -0.2289914, 1.4052427],
    ]
)
"""From XYZ under D50 to linear sRGB, adapted by Bradford (Lindbloom)."""
_D50 = np.array([0.96422, 1.0, 0.82521])

_RGB = tuple[float, float, float]


def read_palette(source: str | Path) -> Swatches:
    """The colours of a list, "#rrggbb,#rrggbb", or of a file: GPL, ASE, ACO, or a picture of at most 256 colours.

    The order is that of the source; in a picture, that of their first pixels. What comes twice is there once; what is
    translucent in a picture does not count.

    Raises:
        InputError: no such file, a colour that is none, a damaged file, or one without colours.
    """
    if isinstance(source, str) and source.lstrip().startswith("#"):
        colors = [read_color_name(text.strip()) for text in source.split(",") if text.strip()]
        return _distinct(np.array(colors, np.uint8))
    path = Path(source)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the palette {path} cannot be read ({error.strerror or error}); {_WAYS}") from None
    try:
        return _distinct(_find_reader(path, data)(data))
    except (struct.error, ValueError, IndexError) as error:
        if isinstance(error, ImageError) or not isinstance(error, InputError):
            raise InputError(f"{path} is no palette that can be read, or is damaged; {_WAYS}") from None
        raise InputError(f"the palette {path} {error}") from None


def snap_colors(colors: Colors, palette: Swatches) -> Colors:
    """Each colour's nearest in the palette by CIEDE2000; of two at the same distance the first."""
    if len(palette) == 0:
        raise InputError(f"a palette needs at least one colour; {_WAYS}")
    pairs = np.broadcast_arrays(rgb_to_cielab(colors)[:, None], rgb_to_cielab(palette)[None])
    return np.asarray(palette[ciede2000(*pairs).argmin(1)], np.uint8)


def _find_reader(path: Path, data: bytes) -> Callable[[bytes], Swatches]:
    if data.startswith(b"ASEF"):
        return _read_ase
    if data.lstrip(b"\xef\xbb\xbf").startswith(b"GIMP Palette"):
        return _read_gpl
    return _read_aco if path.suffix.lower() == ".aco" else _read_swatches


def _distinct(colors: UInt8[np.ndarray, "listed 3"]) -> Swatches:
    if len(colors) == 0:
        raise InputError("has no colours; give one with at least one")
    _, first = np.unique(colors, axis=0, return_index=True)
    return np.asarray(colors[np.sort(first)], np.uint8)


def _read_gpl(data: bytes) -> Swatches:
    """A line `GIMP Palette`, lines `Key: value`, comments, and lines `red green blue name`."""
    colors = []
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        words = line.split()
        if number == 1 or not words or words[0].startswith("#") or words[0].endswith(":"):
            continue
        values = [int(word) for word in words[:3] if word.isdecimal()]
        if len(values) < 3 or max(values) > 255:
            raise InputError(f"has no colour in line {number}; each is three numbers from 0 to 255, and a name")
        colors.append(values)
    return np.array(colors, np.uint8).reshape(-1, 3)


def _read_ase(data: bytes) -> Swatches:
    """`ASEF`, version, number of blocks; a block is its type, its length, and for a colour name, model and numbers."""
    (blocks,) = struct.unpack_from(">8xI", data)
    colors, place = [], 12
    for _ in range(blocks):
        kind, length = struct.unpack_from(">HI", data, place)
        if kind == _ASE_COLOR:
            (name,) = struct.unpack_from(">H", data, place + 6)
            colors.append(_ase_color(data, place + 8 + 2 * name))
        place += 6 + length
    return _bytes(colors)


def _ase_color(data: bytes, place: int) -> _RGB:
    model = data[place : place + 4]
    numbers = {b"RGB ": 3, b"CMYK": 4, b"LAB ": 3, b"Gray": 1}.get(model)
    if len(model) < 4:
        raise ValueError("cut short")
    if numbers is None:
        raise InputError(f"has a colour of the unknown model {model!r}; save it in RGB")
    values = struct.unpack_from(f">{numbers}f", data, place + 4)
    if model == b"CMYK":
        return _from_cmyk(*values)
    if model == b"LAB ":
        return _from_lab(values[0] * 100, values[1], values[2])
    return (values[0],) * 3 if model == b"Gray" else (values[0], values[1], values[2])


def _read_aco(data: bytes) -> Swatches:
    """Version 1, number of colours, and for each its space and four numbers; version 2 may follow, with names."""
    version, count = struct.unpack_from(">HH", data)
    if version not in (1, 2):
        raise InputError(f"is of the unknown version {version}; save it again as ACO")
    colors, place = [], 4
    for _ in range(count):
        space, *values = struct.unpack_from(">5H", data, place)
        colors.append(_aco_color(space, values))
        place += 10
        if version == 2:
            place += 4 + 2 * int(struct.unpack_from(">I", data, place)[0])
    return _bytes(colors)


def _aco_color(space: int, values: list[int]) -> _RGB:
    w, x, y, z = (value / 65535 for value in values)
    if space == 0:
        return w, x, y
    if space == 1:
        return colorsys.hsv_to_rgb(w, x, y)
    if space == 2:  # 0 is full ink
        return _from_cmyk(1 - w, 1 - x, 1 - y, 1 - z)
    if space == 7:
        a, b = (value - 65536 if value > 32767 else value for value in values[1:3])
        return _from_lab(values[0] / 100, a / 100, b / 100)
    if space == 8:
        return (values[0] / 10000,) * 3
    if space == 9:
        return _from_cmyk(*(value / 10000 for value in values))
    raise InputError(f"has a colour of the unknown space {space}; save it in RGB")


def _read_swatches(data: bytes) -> Swatches:
    picture = read_image(data)
    pixels = picture.color.reshape(-1, 3)
    if picture.alpha is not None:
        pixels = pixels[picture.alpha.ravel() == 255]
    values = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    distinct, first = np.unique(values, return_index=True)
    if len(distinct) > MAX_COLORS:
        raise InputError(f"is a picture of {len(distinct)} colours; swatches have at most {MAX_COLORS}")
    return np.asarray(pixels[np.sort(first)], np.uint8)


def _from_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> _RGB:
    return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)


def _from_lab(lightness: float, a: float, b: float) -> _RGB:
    f = (lightness + 16) / 116 + np.array([a / 500, 0, -b / 200])
    xyz = np.where(f > 6 / 29, f**3, (f - 4 / 29) * 3 * (6 / 29) ** 2) * _D50
    linear = np.clip(_XYZ_TO_SRGB @ xyz, 0, 1)
    red, green, blue = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return float(red), float(green), float(blue)


def _bytes(colors: list[_RGB]) -> Swatches:
    values = np.array(colors, np.float64).reshape(-1, 3)
    if not np.isfinite(values).all():
        raise InputError("has a colour that is no number; save it again")
    return np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)

"""Arithmetic on colors written as "#rrggbb", the way the drawing code names them."""

import colorsys
from collections.abc import Sequence

WHITE = "#ffffff"


def to_rgb(color: str) -> tuple[int, int, int]:
    """Red, green and blue, 0..255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def from_rgb(channels: Sequence[float]) -> str:
    """The color of three channels in 0..1; what lies outside is clipped."""
    red, green, blue = (max(0, min(255, round(channel * 255))) for channel in channels)
    return f"#{red:02x}{green:02x}{blue:02x}"


def from_hsv(hue: float, saturation: float, value: float) -> str:
    """The color of a hue (a turn is 1, any turn counts), saturation and value in 0..1."""
    return from_rgb(colorsys.hsv_to_rgb(hue % 1, saturation, value))


def to_hsv(color: str) -> tuple[float, float, float]:
    """Hue (a turn is 1), saturation and value in 0..1."""
    red, green, blue = to_rgb(color)
    return colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)


def scale(color: str, factor: float | tuple[float, float, float]) -> str:
    """Multiply the sRGB channels, all by one factor or each by its own; clipped at white."""
    factors = factor if isinstance(factor, tuple) else (factor, factor, factor)
    pairs = zip(to_rgb(color), factors, strict=True)
    return from_rgb([channel / 255 * times for channel, times in pairs])


def mix(first: str, second: str, share: float) -> str:
    """Blend in sRGB: share 0 is the first color, 1 the second."""
    pairs = zip(to_rgb(first), to_rgb(second), strict=True)
    return from_rgb([(a * (1 - share) + b * share) / 255 for a, b in pairs])

"""Colour spaces: sRGB bytes, OKLab (what the palette network sees), CIELAB (for differences).

OKLab is Björn Ottosson's (2020); its numbers are in the public domain. CIELAB is D65, 2 degrees. The
network's "palette" space is OKLab, moved and scaled so that each channel of the corpus' region colours
has mean 0 and deviation 1: equal errors in it look about equally wrong, and the noise that flow
matching starts from has the same size.
"""

import numpy as np
from jaxtyping import Float32, Float64, UInt8

_SRGB_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LMS_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_OKLAB_TO_LMS = np.linalg.inv(_LMS_TO_OKLAB)
_LMS_TO_SRGB = np.linalg.inv(_SRGB_TO_LMS)
_SRGB_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_D65 = _SRGB_TO_XYZ.sum(1)

_STEPS = np.arange(256) / 255
_LINEAR: Float64[np.ndarray, "256"] = np.where(_STEPS <= 0.04045, _STEPS / 12.92, ((_STEPS + 0.055) / 1.055) ** 2.4)

PALETTE_MEAN = (0.69, 0.01, 0.01)  # OKLab mean of the corpus' region colours
PALETTE_STD = (0.2, 0.063, 0.063)  # and their deviation; one number for a and b keeps hue angles

RGB = UInt8[np.ndarray, "*axes 3"]
Lab = Float64[np.ndarray, "*axes 3"]


def _linear(rgb: RGB) -> Lab:
    linear: Lab = _LINEAR[rgb]
    return linear


def _bytes(linear: Lab) -> RGB:
    clipped = np.clip(linear, 0, 1)
    value = np.where(clipped <= 0.0031308, clipped * 12.92, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(value * 255), np.uint8)


def rgb_to_oklab(rgb: RGB) -> Lab:
    """OKLab of sRGB bytes: lightness in [0, 1], a and b in about [-0.4, 0.4]."""
    lab: Lab = np.cbrt(_linear(rgb) @ _SRGB_TO_LMS.T) @ _LMS_TO_OKLAB.T
    return lab


def oklab_to_rgb(lab: Lab) -> RGB:
    """Inverse of `rgb_to_oklab`; what no screen can show is clipped channel by channel."""
    return _bytes((lab @ _OKLAB_TO_LMS.T) ** 3 @ _LMS_TO_SRGB.T)


def rgb_to_palette(rgb: RGB) -> Float32[np.ndarray, "*axes 3"]:
    """Bring sRGB bytes to the network's scaled OKLab (mean about 0, deviation about 1)."""
    scaled = (rgb_to_oklab(rgb) - np.array(PALETTE_MEAN)) / np.array(PALETTE_STD)
    return np.asarray(scaled, np.float32)


def palette_to_rgb(palette: Float32[np.ndarray, "*axes 3"]) -> RGB:
    """Inverse of `rgb_to_palette`, clipped to what sRGB can show."""
    return oklab_to_rgb(palette.astype(np.float64) * np.array(PALETTE_STD) + np.array(PALETTE_MEAN))


def rgb_to_cielab(rgb: RGB) -> Lab:
    """CIELAB (D65): lightness in [0, 100], a and b in about [-110, 110]."""
    return _linear_to_cielab(_linear(rgb))


def levels_to_cielab(levels: Lab) -> Lab:
    """CIELAB of sRGB levels from 0 to 255 that are no whole numbers, such as means."""
    return _linear_to_cielab(np.interp(levels, np.arange(256), _LINEAR))


def _linear_to_cielab(linear: Lab) -> Lab:
    ratio = linear @ _SRGB_TO_XYZ.T / _D65
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def ciede2000(lab_a: Lab, lab_b: Lab) -> Float64[np.ndarray, "..."]:
    """CIEDE2000 difference of two CIELAB arrays that broadcast; about 1 is just visible.

    Written from Sharma, Wu and Dalal (2005), whose test pairs are in the tests.
    """
    # At least one axis: NumPy turns arrays without axes into scalars as soon as it adds them.
    pair = np.broadcast_arrays(lab_a, lab_b)
    axes = pair[0].shape[:-1]
    lab_a, lab_b = (np.atleast_2d(lab) for lab in pair)
    mean_chroma = (np.hypot(*_ab(lab_a)) + np.hypot(*_ab(lab_b))) / 2
    stretch = 1 + (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))) / 2
    chroma_a, hue_a = _chroma_and_hue(lab_a, stretch)
    chroma_b, hue_b = _chroma_and_hue(lab_b, stretch)

    gray = chroma_a * chroma_b == 0
    turn = np.where(gray, 0, (hue_b - hue_a + 180) % 360 - 180)
    d_light = lab_b[..., 0] - lab_a[..., 0]
    d_chroma = chroma_b - chroma_a
    d_hue = 2 * np.sqrt(chroma_a * chroma_b) * np.sin(np.radians(turn) / 2)

    light = (lab_a[..., 0] + lab_b[..., 0]) / 2
    chroma = (chroma_a + chroma_b) / 2
    hue = np.where(gray, hue_a + hue_b, hue_a + turn / 2) % 360
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_hue = 1 + 0.015 * chroma * _hue_weight(hue)
    rotation = -np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2)))) * (
        2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    )
    light_term, chroma_term = d_light / s_light, d_chroma / (1 + 0.045 * chroma)
    hue_term = d_hue / s_hue
    square = light_term**2 + chroma_term**2 + hue_term**2 + rotation * chroma_term * hue_term
    return np.asarray(np.sqrt(np.maximum(square, 0)), np.float64).reshape(axes)


def _ab(lab: Lab) -> tuple[np.ndarray, np.ndarray]:
    return lab[..., 1], lab[..., 2]


def _chroma_and_hue(lab: Lab, stretch: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a, b = lab[..., 1] * stretch, lab[..., 2]
    return np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360


def _hue_weight(hue: np.ndarray) -> np.ndarray:
    def cosine(factor: float, shift: float) -> np.ndarray:
        return np.asarray(np.cos(np.radians(factor * hue + shift)))

    return 1 - 0.17 * cosine(1.0, -30.0) + 0.24 * cosine(2.0, 0.0) + 0.32 * cosine(3.0, 6.0) - 0.20 * cosine(4.0, -63.0)

"""Light on a flat picture: shadows along the regions, highlights, a slow change of tone."""

import cv2
import numpy as np
from jaxtyping import Bool, Shaped

from nurie.arrays import Image, RegionMap

Light = Shaped[np.ndarray, "rows columns 3"]
"""An sRGB picture of 0..1, float32 or float64, before it is reduced."""

VIEW = 256  # pixels; lengths below are for a picture of this side


def shade_regions(color: Image, labels: RegionMap, *, last_background: int, rng: np.random.Generator) -> Light:
    """Shade a flat picture by chance; three of four get a shadow, half of all a change of tone.

    Args:
        color: the flat picture, square.
        labels: of the same size; 0 = line.
        last_background: labels up to this are background, which seldom gets shadows.
        rng: what to draw from.
    """
    light: Light = color.astype(np.float32) / 255
    figures = labels > (last_background if rng.random() < 0.85 else 0)
    if rng.random() < 0.75:
        light = _cast_shadow(light, labels, figures, rng)
    if rng.random() < 0.5:
        light = _grade(light, rng)
    shaded: Light = np.clip(light, 0, 1)
    return shaded


def _cast_shadow(
    light: Light, labels: RegionMap, lit: Bool[np.ndarray, "height width"], rng: np.random.Generator
) -> Light:
    """Darken each region along the side from which its neighbor, moved, falls on it."""
    scale = len(labels) / VIEW
    angle = rng.uniform(0, 2 * np.pi)
    reach = rng.uniform(4, 14) * scale
    right, down = int(reach * np.cos(angle)), int(abs(reach * np.sin(angle)))
    edge = _overlap(labels, -down, -right) & lit
    blur_width = 7 if scale > 1 else 3
    hard = cv2.medianBlur(edge.astype(np.uint8) * 255, blur_width).astype(np.float32) / 255
    shadow = cv2.GaussianBlur(hard, (0, 0), rng.choice([0.6, 0.6, 1.5, 4]) * scale)
    ranges = ((0.68, 0.85), (0.62, 0.8), (0.72, 0.95))  # slightly violet
    tint = np.array([rng.uniform(*channel) for channel in ranges], np.float32)
    light = light * (1 - shadow[..., None] * (1 - tint))
    if rng.random() < 0.5:
        reach *= 0.5
        edge = _overlap(labels, int(reach * 0.9), int(reach * np.cos(angle))) & lit
        glow = cv2.GaussianBlur(edge.astype(np.float32), (0, 0), scale)
        glow = glow * rng.uniform(0.15, 0.4)
        light = light + glow[..., None] * (1 - light)
    return light


def _overlap(labels: RegionMap, down: int, right: int) -> Bool[np.ndarray, "height width"]:
    """Where another region than a pixel's own comes to lie when the picture is moved."""
    moved = np.roll(labels, (down, right), (0, 1))
    overlap: Bool[np.ndarray, "height width"] = (labels != moved) & (moved > 0)
    return overlap


def _grade(light: Light, rng: np.random.Generator) -> Light:
    """Change the tone of the whole picture from one side to the other."""
    side = len(light)
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32) / side
    angle = rng.uniform(0, 2 * np.pi)
    # NumPy's cosine is a float64 scalar, so that the ramp is float64 as well.
    ramp = (columns - 0.5) * np.cos(angle) + (rows - 0.5) * np.sin(angle)
    tone = rng.uniform(-0.25, 0.25) + rng.uniform(-0.12, 0.12, 3)
    graded: Light = light * (1 + ramp[..., None] * tone.astype(np.float32))
    return graded


def reduce_light(light: Light, side: int) -> Image:
    """Average a picture of 0..1 down to its finished side, in 8 bits."""
    small = cv2.resize(light, (side, side), interpolation=cv2.INTER_AREA)
    reduced: Image = (small * 255 + 0.5).astype(np.uint8)
    return reduced

"""Drawings photographed on paper, by rules of their own: nothing here is shared with `nurie.data.degrade`.

Light is computed in linear light and color: a lamp close to the sheet, a hand's shadow, creases, blue or brown ink on
blank, ruled or squared paper, seen from aside by a camera with shot noise, sharpening and chroma subsampling.
"""

from typing import NamedTuple

import cv2
import numpy as np
from jaxtyping import Float32

from nurie.arrays import Image, Sketch

Plane = Float32[np.ndarray, "height width"]
Light = Float32[np.ndarray, "height width 3"]

INKS = ((0.12, 0.12, 0.13), (0.03, 0.03, 0.03), (0.05, 0.08, 0.35), (0.22, 0.1, 0.05), (0.3, 0.3, 0.31))
"""Reflectance of soft pencil, black pen, blue ballpoint, brown ink and hard pencil; linear RGB."""

RULE = (0.45, 0.62, 0.85)
"""Reflectance of printed rules."""

GAMMA = 2.2


class Photograph(NamedTuple):
    """A photograph, and where the true lines are in it."""

    image: Image
    lines: Sketch


def photograph(sketch: Sketch, seed: int) -> Photograph:
    """Put a drawing on paper and take a picture of it, at the drawing's size; the sheet fills the frame."""
    rng = np.random.default_rng(seed)
    tilt = _perspective(sketch.shape, rng)
    size = sketch.shape[1], sketch.shape[0]
    lines = cv2.warpPerspective(sketch, tilt, size, flags=cv2.INTER_AREA, borderValue=255)
    cover = 1 - lines.astype(np.float32)[..., None] / 255
    tooth = _octaves(sketch.shape, 4, rng)[..., None]
    pencil = rng.random() < 0.6
    cover = cover * (np.clip(0.75 + 0.9 * tooth, 0.2, 1) if pencil else np.float32(rng.uniform(0.8, 1)))
    ink = np.asarray(INKS[rng.integers(len(INKS))], np.float32)
    paper = np.asarray(rng.uniform(0.7, 0.9) * np.array([1, rng.uniform(0.93, 1), rng.uniform(0.8, 1)]), np.float32)
    sheet = _printed(paper * np.ones((*sketch.shape, 3), np.float32), tilt, rng) * (1 + 0.06 * tooth)
    sheet = sheet * (1 - cover) + sheet * ink * cover
    return Photograph(_camera(sheet * _lamp(sketch.shape, rng)[..., None], rng), np.asarray(lines, np.uint8))


def _perspective(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """The frame's corners lie up to 7 % of a side inside the sheet."""
    height, width = shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    jitter = rng.uniform(-0.07, 0.07, (4, 2)).astype(np.float32) * np.array([width, height], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, corners + jitter))


def _octaves(shape: tuple[int, int], count: int, rng: np.random.Generator) -> Plane:
    """Noise of several grains, each twice as coarse as the last; about 0.25 wide."""
    height, width = shape
    total = np.zeros(shape, np.float32)
    for step in (2**i for i in range(count)):
        grains = rng.uniform(-0.5, 0.5, (-(-height // step), -(-width // step))).astype(np.float32)
        total += cv2.resize(grains, (width, height), interpolation=cv2.INTER_LINEAR)
    return total / np.float32(np.sqrt(count))


def _printed(sheet: Light, tilt: np.ndarray, rng: np.random.Generator) -> Light:
    """Blank, ruled or squared paper, seen from where the drawing is seen from."""
    kind = rng.choice(["blank", "ruled", "squared"], p=[0.5, 0.25, 0.25])
    height, width = sheet.shape[:2]
    if kind == "blank":
        return sheet
    gap, printed = int(height / rng.uniform(14, 40)), np.zeros((height, width), np.uint8)
    thickness = max(1, round(height / 600))
    for row in range(-height, 2 * height, gap):
        cv2.line(printed, (-width, row), (2 * width, row), 255, thickness, cv2.LINE_AA)
    for column in range(-width, 2 * width, gap) if kind == "squared" else ():
        cv2.line(printed, (column, -height), (column, 2 * height), 255, thickness, cv2.LINE_AA)
    seen = cv2.warpPerspective(printed, tilt, (width, height), flags=cv2.INTER_LINEAR)
    cover = seen[..., None].astype(np.float32) / 255 * rng.uniform(0.3, 0.9)
    return np.asarray(sheet * (1 - cover) + sheet * np.asarray(RULE, np.float32) * cover, np.float32)


def _lamp(shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """A lamp near the sheet (inverse square law), creases that face or shun it, and a hand's shadow."""
    height, width = shape
    rows, columns = (np.mgrid[:height, :width] / max(shape)).astype(np.float32)
    away = (rows - rng.uniform(-0.3, 1.3)) ** 2 + (columns - rng.uniform(-0.3, 1.3)) ** 2
    light = 1 / (1 + away / rng.uniform(0.5, 2) ** 2) ** 1.5
    for _ in range(rng.integers(0, 3)):
        angle, middle = rng.uniform(0, np.pi), rng.uniform(0.2, 0.8)
        across = (rows - middle) * np.sin(angle) + (columns - middle) * np.cos(angle)
        width_of_crease = rng.uniform(0.002, 0.008)
        slope = across / width_of_crease * np.exp(-((across / width_of_crease) ** 2) / 2)
        light = light * (1 + rng.uniform(0.05, 0.2) * slope)
    if rng.random() < 0.5:
        hand = np.zeros(shape, np.uint8)
        points = rng.uniform(0.0, 0.6, (6, 2)) + rng.uniform(-0.1, 0.7, 2)
        cv2.fillPoly(hand, [cv2.convexHull((points * [width, height]).astype(np.int32))], 255)
        soft = cv2.GaussianBlur(hand, (0, 0), max(shape) * rng.uniform(0.003, 0.03)).astype(np.float32) / 255
        light = light * (1 - rng.uniform(0.2, 0.6) * soft)
    return np.asarray(light / light.max(), np.float32)


def _camera(light: Light, rng: np.random.Generator) -> Image:
    """Defocus, shot noise, white balance, gamma, sharpening and JPEG."""
    height, width = light.shape[:2]
    light = cv2.GaussianBlur(light, (0, 0), max(height, width) / 1024 * rng.uniform(0.5, 1.6))
    balance = np.array([rng.uniform(0.9, 1.05), 1, rng.uniform(0.75, 1.1)], np.float32)
    signal = np.clip(light * balance * rng.uniform(0.7, 1.15), 0, 1)
    # A photon count has a spread of its root; color is measured at half the size.
    photons = rng.uniform(300, 3000)
    signal = signal + np.sqrt(signal / photons) * rng.standard_normal(light.shape, np.float32)
    half = (max(1, width // 2), max(1, height // 2))
    chroma = cv2.resize(rng.standard_normal((half[1], half[0], 3), np.float32), (width, height))
    signal = np.clip(signal + 0.01 * chroma, 0, 1) ** np.float32(1 / GAMMA)
    sharp = signal + rng.uniform(0, 0.8) * (signal - cv2.GaussianBlur(signal, (0, 0), 1.5))
    picture = np.rint(np.clip(sharp, 0, 1) * 255).astype(np.uint8)
    _, data = cv2.imencode(
        ".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(55, 92))]
    )
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)

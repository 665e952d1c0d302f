"""What paper, light and camera do to a drawing: functions of (page, rng), page being 0 = black to 1 = white."""

import cv2
import numpy as np

from nurie.data.degrade.fields import Field, blur, noise, patches, smooth_field


def tint(page: Field, rng: np.random.Generator) -> Field:
    """Paper that is gray, and ink that is."""
    white, black = rng.uniform(0.55, 1), rng.uniform(0, 0.3)
    return np.asarray(black * white + page * (white - black * white), np.float32)


def pale(page: Field, rng: np.random.Generator) -> Field:
    """A hard pencil: lines that take only a part of the light."""
    return np.asarray(1 - (1 - page) * rng.uniform(0.3, 0.8), np.float32)


def grain(page: Field, rng: np.random.Generator) -> Field:
    """Rough paper: fine and coarse unevenness."""
    fine = rng.uniform(0.004, 0.04) * noise(page.shape, rng.uniform(0, 0.8), rng)
    coarse = rng.uniform(0, 0.03) * noise(page.shape, rng.uniform(1.5, 4), rng)
    return np.asarray(page * (1 + fine + coarse), np.float32)


def rule(page: Field, rng: np.random.Generator) -> Field:
    """Paper with faint parallel lines, in one direction or two."""
    rows, columns = np.mgrid[: page.shape[0], : page.shape[1]].astype(np.float32)
    angle, gap = rng.normal(0, 0.1) + rng.integers(2) * np.pi / 2, rng.uniform(9, 40)
    lines = np.zeros(page.shape, np.float32)
    for turn in (0, np.pi / 2) if rng.random() < 0.5 else (0,):
        across = rows * np.cos(angle + turn) + columns * np.sin(angle + turn) + rng.uniform(0, gap)
        distance = np.abs((across % gap) - gap / 2)
        lines = np.maximum(lines, np.clip(rng.uniform(0.9, 1.6) - distance, 0, 1))
    return np.asarray(page * (1 - rng.uniform(0.06, 0.35) * lines), np.float32)


def stain(page: Field, rng: np.random.Generator) -> Field:
    """Patches of darker paper."""
    where = patches(page.shape, rng.uniform(20, 90), rng.uniform(0.05, 0.4), rng)
    return np.asarray(page * (1 - rng.uniform(0.03, 0.2) * where), np.float32)


def uneven_light(page: Field, rng: np.random.Generator) -> Field:
    """Light that falls off to one side, and a little everywhere."""
    rows, columns = np.mgrid[: page.shape[0], : page.shape[1]].astype(np.float32) / max(page.shape)
    angle = rng.uniform(0, 2 * np.pi)
    slope = (rows - 0.5) * np.sin(angle) + (columns - 0.5) * np.cos(angle)
    light = 1 + rng.uniform(0, 0.6) * slope + rng.uniform(0, 0.08) * smooth_field(page.shape, max(page.shape) / 2, rng)
    return np.asarray(page * np.clip(light, 0.3, 1.2) * rng.uniform(0.6, 1), np.float32)


def shadow(page: Field, rng: np.random.Generator) -> Field:
    """The shadow of a hand or of the camera: an edge, sharp or soft, nearly straight."""
    rows, columns = np.mgrid[: page.shape[0], : page.shape[1]].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    middle = rng.uniform(0.2, 0.8) * np.array(page.shape)
    across = (rows - middle[0]) * np.sin(angle) + (columns - middle[1]) * np.cos(angle)
    across += rng.uniform(0, 6) * smooth_field(page.shape, 40, rng)
    dark = np.clip(across / rng.uniform(2, 30) + 0.5, 0, 1)
    return np.asarray(page * (1 - rng.uniform(0.1, 0.5) * dark), np.float32)


def defocus(page: Field, rng: np.random.Generator) -> Field:
    """A blur of at most a line's width."""
    return blur(page, rng.uniform(0.3, 1.3))


def sensor(page: Field, rng: np.random.Generator) -> Field:
    """Noise of the camera."""
    return np.asarray(page + rng.uniform(0.004, 0.035) * noise(page.shape, rng.uniform(0, 0.6), rng), np.float32)


def contrast(page: Field, rng: np.random.Generator) -> Field:
    """The levels of a scanner: stretched, cut off at both ends, bent."""
    low, high = rng.uniform(0, 0.2), rng.uniform(0.85, 1.1)
    levels = np.clip((page - low) / (high - low), 0, 1)
    return np.asarray(levels ** rng.uniform(0.7, 1.4), np.float32)


def jpeg(page: Field, rng: np.random.Generator) -> Field:
    """Rounded to 8 bits and compressed with losses."""
    gray = np.rint(np.clip(page, 0, 1) * 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 92))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.float32) / np.float32(255)

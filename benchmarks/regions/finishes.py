"""What happens to a drawing on its way: one bit a pixel, a scan's grain, JPEG."""

from collections.abc import Callable

import cv2
import numpy as np

from nurie.arrays import Sketch

Finish = Callable[[Sketch, np.random.Generator], Sketch]

JPEG_QUALITIES = (60, 80)
PAPER_GRAY = (238.0, 250.0)
"""Mean gray of scanned paper."""
INK_GRAY = (10.0, 50.0)
"""Mean gray of scanned ink."""
SENSOR_NOISE = (3.0, 10.0)
"""Standard deviation of single pixels, in levels of 255."""
PAPER_GRAIN = (2.0, 5.0)
"""Standard deviation of the paper's grain, in levels of 255."""
GRAIN_SIZE = 1.5
"""Pixels: sigma of the blur that makes grain of noise."""


def smooth(sketch: Sketch, rng: np.random.Generator) -> Sketch:
    """Anti-aliased, as drawn."""
    return sketch


def hard(sketch: Sketch, rng: np.random.Generator) -> Sketch:
    """One bit a pixel: 0 or 255."""
    return np.where(sketch < 128, np.uint8(0), np.uint8(255))


def noisy(sketch: Sketch, rng: np.random.Generator) -> Sketch:
    """Scanned: gray paper with grain, pale ink, noise of the sensor."""
    paper, ink = rng.uniform(*PAPER_GRAY), rng.uniform(*INK_GRAY)
    grain = cv2.GaussianBlur(rng.standard_normal(sketch.shape, np.float32), (0, 0), GRAIN_SIZE)
    grain = grain * np.float32(rng.uniform(*PAPER_GRAIN) / max(float(grain.std()), 1e-6))
    noise = rng.standard_normal(sketch.shape, np.float32) * rng.uniform(*SENSOR_NOISE)
    scanned = ink + (paper - ink) * (sketch / np.float32(255)) + grain + noise
    return np.asarray(np.clip(np.rint(scanned), 0, 255), np.uint8)


def jpeg(sketch: Sketch, rng: np.random.Generator) -> Sketch:
    """Saved as JPEG and read again."""
    quality = int(rng.integers(JPEG_QUALITIES[0], JPEG_QUALITIES[1] + 1))
    _, encoded = cv2.imencode(".jpg", sketch, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE), np.uint8)


FINISHES: dict[str, Finish] = {"smooth": smooth, "hard": hard, "noisy": noisy, "jpeg": jpeg}

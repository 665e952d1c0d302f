"""Drawings that are alike but for their ink, paper, transparency, bits and color space."""

import cv2
import numpy as np
from PIL import ImageCms

SHAPE = (60, 84)


def lines(thickness=2):
    """A head with two eyes and a crossing stroke, smooth edges; 0 = ink."""
    sketch = np.full(SHAPE, 255, np.uint8)
    for center, radius in (((42, 30), 24), ((32, 25), 6), ((52, 25), 6)):
        cv2.circle(sketch, center, radius, 0, thickness, cv2.LINE_AA)
    cv2.line(sketch, (0, 8), (83, 50), 0, 1, cv2.LINE_AA)
    sketch[30, 10:70] = 0
    return sketch


def between(paper, ink, sketch):
    share = sketch[..., None] / 255
    return np.rint(share * paper + (1 - share) * np.array(ink)).astype(np.uint8)


def inside():
    """255 inside of the head, smooth rim."""
    mask = np.zeros(SHAPE, np.uint8)
    cv2.circle(mask, (42, 30), 25, 255, -1, cv2.LINE_AA)
    return mask


def _black():
    return lines()


def _colored():
    return between((255, 255, 255), (30, 60, 200), lines())


def _tinted():
    return between((244, 232, 200), (0, 0, 0), lines())


def _white_on_black():
    return 255 - lines(thickness=1)[..., None].repeat(3, 2)


def _noisy_scan():
    noise = np.random.default_rng(0).integers(-6, 7, (*SHAPE, 3))
    return np.clip(between((250, 250, 248), (20, 20, 30), lines()) + noise, 0, 255).astype(np.uint8)


def _ink_in_alpha(color=(0, 0, 0)):
    return np.dstack([np.full((*SHAPE, 3), color, np.uint8), 255 - lines()])


def _cutout():
    return np.dstack([between((255, 255, 255), (0, 0, 0), lines()), inside()])


def _colored_cutout():
    return np.dstack([_colored(), inside()])


def _deep(picture):
    """16 bits, with levels that 8 bits do not have."""
    noise = np.random.default_rng(1).integers(-100, 101, picture.shape)
    deep = picture.astype(np.int64) * 257
    return np.where((deep > 0) & (deep < 65535), deep + noise, deep).astype(np.uint16)


DRAWINGS = {
    "black": _black,
    "colored": _colored,
    "tinted": _tinted,
    "white on black": _white_on_black,
    "noisy scan": _noisy_scan,
    "black in alpha": _ink_in_alpha,
    "orange in alpha": lambda: _ink_in_alpha((250, 130, 20)),
    "white in alpha": lambda: _ink_in_alpha((255, 255, 255)),
    "cut-out": _cutout,
    "colored cut-out": _colored_cutout,
    "deep black": lambda: _deep(_black()),
    "deep colored": lambda: _deep(_colored()),
    "deep in alpha": lambda: _deep(_ink_in_alpha()),
    "deep cut-out": lambda: _deep(_cutout()),
}


def swapped_profile():
    """A color space whose red is sRGB's green, and the other way round."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)

"""Drawings that tests of several parts of colouring share."""

import cv2
import numpy as np

from nurie.regions import segment_regions


def face(height=96, width=96, thickness=2):
    """A head with two eyes: four regions."""
    sketch = np.full((height, width), 255, np.uint8)
    middle, radius = (width // 2, height // 2), min(height, width) * 2 // 5
    cv2.circle(sketch, middle, radius, 0, thickness, cv2.LINE_AA)
    for side in (-1, 1):
        eye = (middle[0] + side * radius // 2, middle[1] - radius // 4)
        cv2.circle(sketch, eye, max(4, radius // 5), 0, thickness, cv2.LINE_AA)
    return sketch


def face_regions(*shape):
    """Its four regions, however drawings are cut."""
    return segment_regions(face(*shape), "flood_fill")

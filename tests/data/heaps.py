"""Heaps of small pictures to prepare."""

import hashlib

import cv2
import numpy as np

from nurie.images import encode_image, write_image


def flat_picture(seed, height=140, width=140):
    """Coloured boxes with outlines: flat, coloured, unlike that of any other seed."""
    rng = np.random.default_rng(seed)
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = rng.integers(150, 256, 3)
    for _ in range(6):
        top, left = int(rng.integers(height - 40)), int(rng.integers(width - 40))
        bottom, right = top + int(rng.integers(20, 70)), left + int(rng.integers(20, 70))
        color = tuple(int(v) for v in rng.integers(40, 256, 3))
        cv2.rectangle(picture, (left, top), (right, bottom), color, -1)
        cv2.rectangle(picture, (left, top), (right, bottom), (0, 0, 0), 2)
    return picture


def write_heap(folder, count, first=0):
    (folder / "deep").mkdir(parents=True, exist_ok=True)
    for seed in range(first, first + count):
        name = f"deep/{seed:03d}.jpg" if seed % 3 == 0 else f"{seed:03d}.png"
        write_image(folder / name, flat_picture(seed))
    return folder


def png(seed=0, **size):
    return encode_image(flat_picture(seed, **size))


def digests(folder):
    """Path within a folder -> SHA-256, of every file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

"""Drawings and region maps as text: `#` is ink, `.` is paper, 1-9 and a-z are regions."""

import numpy as np

DIGITS = "#123456789abcdefghijklmnopqrstuvwxyz"


def drawing(text):
    rows = text.split()
    return np.array([[0 if mark == "#" else 255 for mark in row] for row in rows], np.uint8)


def as_text(regions):
    return "\n".join("".join(DIGITS[label] for label in row) for row in regions)


def region_map(text):
    return np.array([[DIGITS.index(mark) for mark in row] for row in text.split()], np.int32)


def block(text):
    return "\n".join(text.split())

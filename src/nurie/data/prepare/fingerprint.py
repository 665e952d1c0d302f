"""How a picture looks in 64 bits, so that copies of other size, format or quality can be found.

The perceptual hash of Zauner, "Implementation and benchmarking of perceptual image hash functions" (2010): the signs of
the 64 lowest frequencies of a small gray copy against their median. All in whole numbers, so every machine agrees.
"""

import cv2
import numpy as np
from jaxtyping import Int64, UInt64

from nurie.arrays import Image

SIDE = 32
"""Pixels of the small copy."""

FREQUENCIES = 8
"""Along each side; their square is the number of bits."""

ALIKE = 4
"""Bits in which two pictures may differ and count as one."""

BAND = 13
"""Bits: with 5 bands, two hashes that differ in at most 4 bits have a band in common."""

BLOCK = 2048
"""Hashes compared with each other at once: bounds the memory where many share a band."""

_SCALE = 1 << 12
_BASIS = np.rint(_SCALE * np.cos(np.pi * np.outer(np.arange(FREQUENCIES), 2 * np.arange(SIDE) + 1) / (2 * SIDE)))

Hashes = UInt64[np.ndarray, " pictures"]
Numbers = Int64[np.ndarray, " pictures"]


def fingerprint(color: Image) -> int:
    """The hash of a picture; 0 for one that is nearly all of one gray."""
    gray = cv2.resize(cv2.cvtColor(color, cv2.COLOR_RGB2GRAY), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    basis = _BASIS.astype(np.int64)
    waves = (basis @ gray.astype(np.int64) @ basis.T).ravel()
    waves[0] = 0  # the mean gray says nothing of the drawing
    # A wave of less than one gray level is noise of the rounding.
    bits = (waves > np.median(waves)) & (np.abs(waves) > _SCALE**2)
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def group_alike(hashes: Hashes) -> Numbers:
    """For each picture the first picture of its group; pictures within `ALIKE` bits of each other share one.

    Likeness is passed on: A like B and B like C are one group. Hashes of 0 are like nothing. Memory and time grow
    with the number of pairs that agree in a band of `BAND` bits.
    """
    groups = np.arange(len(hashes))
    seen = np.flatnonzero(hashes)
    unique, first, inverse = np.unique(hashes[seen], return_index=True, return_inverse=True)
    parent = np.arange(len(unique))
    for low in range(0, 64, BAND):
        parent = _join(parent, _pairs_alike(unique, (unique >> np.uint64(low)) & np.uint64((1 << BAND) - 1)))
    # Of each group of hashes the picture that comes first.
    leader = np.full(len(unique), len(hashes), np.int64)
    np.minimum.at(leader, parent, seen[first])
    groups[seen] = leader[parent][inverse.ravel()]
    return groups


def _pairs_alike(hashes: Hashes, band: Hashes) -> Int64[np.ndarray, "pairs 2"]:
    order = np.argsort(band, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(band[order]) != 0])
    found = []
    for start, end in zip(starts, np.r_[starts[1:], len(order)], strict=True):
        members = order[start:end]
        for low in range(0, len(members) - 1, BLOCK):
            some, rest = members[low : low + BLOCK], members[low:]
            for high in range(0, len(rest), BLOCK):
                others = rest[high : high + BLOCK]
                differ = np.bitwise_count(hashes[some][:, None] ^ hashes[others][None])
                one, other = np.nonzero(differ <= ALIKE)
                found.append(np.stack([some[one], others[other]], 1)[some[one] < others[other]])
    return np.concatenate(found) if found else np.empty((0, 2), np.int64)


def _join(parent: Numbers, pairs: Int64[np.ndarray, "pairs 2"]) -> Numbers:
    """Labels after joining pairs: each label is the smallest index of its set."""
    while True:
        roots = parent[pairs]
        low, high = roots.min(1), roots.max(1)
        if (low == high).all():
            return parent
        np.minimum.at(parent, high, low)
        while not np.array_equal(parent, parent[parent]):
            parent = parent[parent]

"""What every source of drawings gives: the picture, its true lines, its true regions and what they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from nurie.arrays import Image, RegionMap, Sketch

KINDS = ("background", "skin", "hair", "eye", "mouth", "cloth", "prop")
"""What a region can be. The index is the number that training uses; -1 stands for unknown."""


@dataclass(frozen=True)
class Part:
    """What one true region is, and whose."""

    kind: str
    """One of `KINDS`."""
    owner: int = 0
    """1, 2, ... for the figures of a drawing in the order they are drawn; 0 for what belongs to nobody."""
    name: str = ""
    """A finer name, where there is one: for eyes `white1`, `iris1`, `pupil2`, ... (1 and 2 are the two eyes)."""


@dataclass(frozen=True)
class Drawing:
    """One coloured drawing with everything that is known of it."""

    color: Image
    sketch: Sketch
    """The true line art, anti-aliased."""
    regions: RegionMap
    """The true regions, 1..K; line pixels belong to their nearest region, so no 0 is left."""
    parts: tuple[Part, ...] = ()
    """What region 1, 2, ... K is; empty if the source does not know."""
    meta: Mapping[str, object] = field(default_factory=dict)
    """At least `source`, `seed`, `license`, `author`; more as the source likes. JSON can hold it.

    `light`, where it is known, is the side from which it falls: -1 (left) or 1.
    """
    sketches: Mapping[str, Sketch] = field(default_factory=dict)
    """Lines of other kinds, by a name such as `xdog`, where they were made before."""
    known: bool = True
    """False: there is a colour picture and nothing else; the sketch is blank and the map one region."""


def bare_drawing(color: Image, meta: Mapping[str, object]) -> Drawing:
    """A colour picture whose lines and regions nobody has looked for yet."""
    height, width = color.shape[:2]
    blank, one = np.full((height, width), 255, np.uint8), np.ones((height, width), np.int32)
    return Drawing(color, blank, one, (), meta, known=False)

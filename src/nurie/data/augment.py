"""Many views of one drawing: flipped, cropped, and with lines as different hands and machines draw them.

`Augmentation` has every switch.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import cv2
import numpy as np
from jaxtyping import Shaped

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.line_breaks import leave_open
from nurie.data.sources.drawing import Drawing, bare_drawing
from nurie.errors import InputError
from nurie.images import fit_square
from nurie.regions import COLORING_METHOD, REGION_METHODS, segment_regions
from nurie.sketch import extract_sketch

XDOG_SIGMAS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Pixels; the paper's (section IV-A)."""

SOFT: dict[str, float | int] = {"sigma": 1.2, "supersample": 2}
"""XDoG at twice the size, reduced: smooth lines as after simplification."""

SMALLEST_CROP = 0.7
"""Of the drawing's sides."""

HUE_TURN = 12.0
"""Degrees, to either side: skin stays a skin, from rosy to sallow."""

TREMOR = (0.3, 1.5)
"""Pixels: least and greatest displacement (one standard deviation) by an unsteady hand."""

TREMOR_LENGTH = 24
"""Pixels over which the displacement changes."""

LUMA_CHROMA = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
"""RGB -> YIQ (NTSC, rounded): lightness and two axes of colour at right angles."""

QUICKLY: dict[str, dict[str, int | None]] = {"learned": {"bits": 8}}
"""Options with which methods cut the views of training."""

Map = Shaped[np.ndarray, "_h _w ..."]


class View(NamedTuple):
    """One sample: a view of a drawing, and the lines and regions that the networks shall see of it."""

    truth: Drawing
    sketch: Sketch
    regions: RegionMap


@dataclass(frozen=True, kw_only=True)
class Augmentation:
    """How views differ from drawings: every switch, as a share of the samples from 0 to 1."""

    flip: float = 0.5
    """Are mirrored."""
    crop: float = 0.5
    """Show a part of the drawing only."""
    tremble: float = 0.15
    """Are drawn by an unsteady hand."""
    hue: float = 0.0
    """Have all their hues turned by up to `HUE_TURN`."""
    mosaics: float = 0.0
    """Are pages like those of comics, of 2 to 6 drawings (`nurie.data.mosaic`)."""
    true_lines: float = 0.5
    """Have the true lines; the shares of the four kinds of lines are taken of their sum."""
    xdog_lines: float = 0.4
    """Have lines found in the colours by XDoG."""
    soft_lines: float = 0.0
    """Have lines found at twice the size: smooth."""
    pen_lines: float = 0.1
    """Have the true lines by another pen."""
    opened: float = 0.0
    """Have outlines that are left open, where the true regions are known (`nurie.data.line_breaks.leave_open`)."""
    region_method: str = COLORING_METHOD
    """How regions are found where they are not the true ones."""

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        for field in fields(Augmentation):  # not those of a subclass
            name, value = field.name, getattr(self, field.name)
            if name != "region_method" and not 0 <= value <= 1:
                raise InputError(f"{name} is a share from 0 to 1, got {value}")
        if not sum(self.line_styles.values()):
            raise InputError("all shares of lines are 0; give one kind a share")
        if self.region_method not in REGION_METHODS:
            raise InputError(f"unknown region method {self.region_method!r}; choose from {', '.join(REGION_METHODS)}")

    @property
    def line_styles(self) -> dict[str, float]:
        """Share of each kind of lines."""
        shares = {"true": self.true_lines, "xdog": self.xdog_lines, "soft": self.soft_lines, "pen": self.pen_lines}
        total = sum(shares.values()) or 1
        return {style: share / total for style, share in shares.items()}


DEFAULT = Augmentation()


def training_view(
    drawing: Drawing,
    rng: np.random.Generator,
    *,
    side: int,
    true_regions: float = 0.25,
    augmentation: Augmentation = DEFAULT,
) -> View:
    """Augment, draw the lines in some style, and find the regions as in use, when nobody knows the true ones.

    In a share `true_regions` of the samples the regions are the drawing's own. Outlines are left open before regions
    are looked for.
    """
    style = choose_style(rng, augmentation)
    truth = augment(_with_lines(drawing, style), rng, side=side, augmentation=augmentation)
    sketch = line_style(truth, rng, style)
    # No dice are thrown for a share of 0: views are those of before there was one.
    if drawing.known and augmentation.opened and rng.random() < augmentation.opened:
        sketch = leave_open(sketch, truth.regions, rng)
    known = rng.random() < true_regions and drawing.known
    regions = truth.regions if known else _find_regions(sketch, augmentation.region_method)
    return View(truth, sketch, regions)


def _find_regions(sketch: Sketch, method: str) -> RegionMap:
    return segment_regions(sketch, method, **QUICKLY.get(method, {}))


def augment(drawing: Drawing, rng: np.random.Generator, *, side: int, augmentation: Augmentation = DEFAULT) -> Drawing:
    """Mirror, crop and shake colour, lines and regions together, and bring them to a square of `side` pixels.

    The aspect is kept; a short side is filled by reflection, as in use. Regions that fell out of the crop
    are dropped and the rest numbered anew without gaps; `parts` follows.
    """
    height, width = drawing.sketch.shape
    share = rng.uniform(SMALLEST_CROP, 1) if rng.random() < augmentation.crop else 1.0
    rows, columns = max(1, round(height * share)), max(1, round(width * share))
    top, left = rng.integers(height - rows + 1), rng.integers(width - columns + 1)
    step = -1 if rng.random() < augmentation.flip else 1
    shake = _tremor(side, rng) if rng.random() < augmentation.tremble else None
    turned = augmentation.hue > 0 and rng.random() < augmentation.hue

    def view(array: Map) -> Map:
        cut = np.ascontiguousarray(array[top : top + rows, left : left + columns])
        square, _ = fit_square(cut if step > 0 else np.asarray(cv2.flip(cut, 1), cut.dtype), side)
        return square if shake is None else shake(square)

    color = view(drawing.color)
    color = turn_hue(color, float(rng.uniform(-HUE_TURN, HUE_TURN))) if turned else color
    meta = drawing.meta if "light" not in drawing.meta else {**drawing.meta, "light": step * light_of(drawing)}
    if not drawing.known:
        return bare_drawing(color, meta)
    regions, kept = _renumber(view(drawing.regions))
    parts = tuple(drawing.parts[label - 1] for label in kept) if drawing.parts else ()
    sketches = {kind: view(sketch) for kind, sketch in drawing.sketches.items()}
    sketch = view(drawing.sketch)
    return replace(drawing, color=color, sketch=sketch, regions=regions, parts=parts, sketches=sketches, meta=meta)


def light_of(drawing: Drawing) -> int:
    """The side from which light falls on a drawing, -1 (left) or 1; 0 where nobody knows."""
    side = drawing.meta.get("light", 0)
    return side if isinstance(side, int) else 0


def choose_style(rng: np.random.Generator, augmentation: Augmentation = DEFAULT) -> str:
    """A kind of lines."""
    styles = augmentation.line_styles
    return str(rng.choice(list(styles), p=list(styles.values())))


def line_style(drawing: Drawing, rng: np.random.Generator, style: str) -> Sketch:
    """The drawing's lines in a style of `choose_style`: made before, if `sketches` has it, or now.

    Where the true lines are not known, lines found by XDoG take their place.
    """
    if style in drawing.sketches:
        return drawing.sketches[style]
    if style == "soft":
        return extract_sketch(drawing.color, "xdog", **SOFT)
    if style == "xdog" or not drawing.known:
        found = extract_sketch(drawing.color, "xdog", sigma=float(rng.choice(XDOG_SIGMAS)))
        return another_pen(found, rng) if style == "pen" else found
    return another_pen(drawing.sketch, rng) if style == "pen" else drawing.sketch


def turn_hue(color: Image, degrees: float) -> Image:
    """Turn all hues around the gray axis; lightness (luma) stays, what leaves the gamut is cut off."""
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])
    matrix = np.linalg.inv(LUMA_CHROMA) @ turn @ LUMA_CHROMA
    return np.asarray(cv2.transform(color, matrix), np.uint8)


def _with_lines(drawing: Drawing, style: str) -> Drawing:
    """Of the lines made before, those of this style alone: the others need not be moved."""
    if not drawing.sketches:
        return drawing
    return replace(drawing, sketches={kind: lines for kind, lines in drawing.sketches.items() if kind == style})


def another_pen(sketch: Sketch, rng: np.random.Generator) -> Sketch:
    """The same lines thicker, thinner or as they were, and often paler."""
    pen = rng.choice(["thicker", "thinner", "equal"])
    if pen != "equal":
        cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
        changed = (cv2.erode if pen == "thicker" else cv2.dilate)(sketch, cross)  # ink is dark
        # A whole pixel on both sides is too much for lines of one or two: blend.
        amount = rng.uniform(0.3, 0.8)
        sketch = np.asarray(cv2.addWeighted(changed, amount, sketch, 1 - amount, 0), np.uint8)
    darkness = rng.uniform(0.5, 1)
    return np.asarray(255 - (255 - sketch) * darkness, np.uint8)


def _tremor(side: int, rng: np.random.Generator) -> Callable[[Map], Map]:
    """A smooth random displacement, the same for every array that it is given."""
    knots = max(side // TREMOR_LENGTH, 2)
    shift = rng.standard_normal((2, knots, knots), np.float32) * np.float32(rng.uniform(*TREMOR))
    smooth = [cv2.resize(axis, (side, side), interpolation=cv2.INTER_CUBIC) for axis in shift]
    rows, columns = np.mgrid[:side, :side].astype(np.float32)

    def shake(square: Map) -> Map:
        picture = square.dtype == np.uint8
        moved = cv2.remap(
            square if picture else square.astype(np.float32),  # exact: labels stay far below 2^24
            columns + smooth[1],
            rows + smooth[0],
            cv2.INTER_LINEAR if picture else cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_REFLECT,
        )
        return np.asarray(moved, square.dtype)

    return shake


def _renumber(regions: RegionMap) -> tuple[RegionMap, list[int]]:
    """The map numbered 1..K without gaps, and the old numbers of 1..K; 0 stays 0."""
    present = np.flatnonzero(np.bincount(regions.ravel()))
    kept = present[present > 0]
    table = np.zeros(int(present[-1]) + 1, np.int32)
    table[kept] = np.arange(1, len(kept) + 1)
    return table[regions], [int(label) for label in kept]

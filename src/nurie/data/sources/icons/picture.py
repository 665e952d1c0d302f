"""Icons on a ground, with lines as a pen would draw them."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from jaxtyping import Bool, Float32

from nurie.arrays import Image, LineMask
from nurie.colors import levels_to_cielab
from nurie.data.sources.dicebear.svg import draw_svg
from nurie.data.sources.drawing import Drawing, Part
from nurie.data.sources.hex_colors import WHITE, from_hsv
from nurie.data.sources.icons.collections import Icon, icons
from nurie.data.sources.icons.flats import find_flats, outlines
from nurie.data.sources.labels import true_regions
from nurie.data.sources.sampling import pick

VIEW = 256  # user units of a picture, whatever its side
SUPERSAMPLING = 3
HELD_OUT_FROM = 900_000

Plot = Literal["one", "two", "grid"]
"""One large icon; two beside each other; a grid of them, some places left empty."""

PLOTS: dict[Plot, float] = {"one": 0.6, "two": 0.15, "grid": 0.25}
GROUNDS = {"white": 0.7, "pale": 0.18, "any": 0.12}
ALIKE = (0.0, 36.0)  # CIE76; neighbours closer than a number between these are drawn as one, shade and all
PEN = (0.9, 2.4)  # pixels at side 256
SKIN = 12.0  # CIE76; what is nearer to the skin of its icon is skin
COLOR_INKS = {"none": 0.3, "same": 0.4, "bold": 0.3}
BOLD = (1.3, 2.6)  # times the width of the pen


@dataclass(frozen=True)
class Spot:
    """Where an icon is put: middle and size in user units, degrees, whether mirrored."""

    x: float
    y: float
    size: float
    turn: float
    flipped: bool


def draw_picture(seed: int, side: int, line_width: float | None = None) -> Drawing:
    """Draw what a seed stands for; see `nurie.data.sources.icons.draw_icons`."""
    rng = np.random.default_rng(seed)
    collection = icons(held_out=seed >= HELD_OUT_FROM)
    spots = _choose_spots(rng)
    chosen = [collection[int(rng.integers(len(collection)))] for _ in spots]
    ground = _choose_ground(rng)
    width = (rng.uniform(*PEN) if line_width is None else line_width) * side / VIEW * SUPERSAMPLING
    size = side * SUPERSAMPLING
    painted, alone = _render(chosen, spots, size, ground)
    bare = alone < 0.5
    flats = find_flats(painted, bare, alike=rng.uniform(*ALIKE))
    ink = outlines(flats.labels, width) | flats.ink
    regions, parts = _true_parts(np.where(ink, 0, flats.labels), bare, spots, [icon.skin for icon in chosen], painted)
    sketch = _reduce(np.where(ink, np.uint8(0), np.uint8(255)), side)
    color_ink = pick(rng, COLOR_INKS)
    if color_ink == "bold":
        ink = outlines(flats.labels, width * rng.uniform(*BOLD)) | flats.ink
    color = _reduce(painted, side)
    if color_ink != "none":
        color = _lay_ink(color, ink, side, dark=rng.random() < 0.3)
    meta: dict[str, object] = {"source": "icons", "seed": seed}
    meta["license"] = " and ".join(sorted({icon.credit.license for icon in chosen}))
    meta["author"] = "; ".join(sorted({icon.credit.author for icon in chosen}))
    meta["items"] = [[icon.collection, icon.name] for icon in chosen]
    return Drawing(color, sketch, regions, parts, meta)


def _choose_spots(rng: np.random.Generator) -> list[Spot]:
    plot = pick(rng, PLOTS)
    count = {"one": 1, "two": 2, "grid": int(rng.integers(2, 4))}[plot]
    rows = 1 if plot == "two" else count
    cell = VIEW / count
    spots = []
    for row in range(rows):
        for column in range(count):
            if plot == "grid" and rng.random() < 0.15:
                continue
            shift = rng.uniform(-0.06, 0.06, 2) * cell
            x = (column + 0.5) * cell + shift[0]
            y = (row + 0.5) * VIEW / rows + shift[1]
            turn = float(rng.normal(0, 6)) if rng.random() < 0.4 else 0.0
            spots.append(Spot(x, y, cell * rng.uniform(0.72, 0.98), turn, bool(rng.random() < 0.5)))
    return spots or [Spot(VIEW / 2, VIEW / 2, VIEW * 0.8, 0.0, False)]


def _choose_ground(rng: np.random.Generator) -> str:
    ground = pick(rng, GROUNDS)
    if ground == "white":
        return WHITE
    if ground == "pale":
        return from_hsv(rng.random(), rng.uniform(0.02, 0.2), rng.uniform(0.9, 1.0))
    return from_hsv(rng.random(), rng.uniform(0.1, 0.7), rng.uniform(0.4, 1.0))


def _render(
    chosen: list[Icon], spots: list[Spot], size: int, ground: str
) -> tuple[Image, Float32[np.ndarray, "height width"]]:
    """The icons before the ground, and how much of each pixel they cover, 0..1."""
    body = "".join(_placed(icon, spot) for icon, spot in zip(chosen, spots, strict=True))
    pixels = draw_svg(body, view=VIEW, side=size).astype(np.float32)
    cover = pixels[..., 3] / 255
    paper = np.array([int(ground[at : at + 2], 16) for at in (1, 3, 5)], np.float32)
    painted = pixels[..., :3] * cover[..., None] + paper * (1 - cover[..., None])
    return np.rint(painted).astype(np.uint8), cover


def _placed(icon: Icon, spot: Spot) -> str:
    zoom = spot.size / max(icon.width, icon.height)
    across = -zoom if spot.flipped else zoom
    return (
        f'<g transform="translate({spot.x:.2f} {spot.y:.2f}) rotate({spot.turn:.2f}) scale({across:.5f} {zoom:.5f}) '
        f'translate({-icon.width / 2} {-icon.height / 2})">{icon.body}</g>'
    )


def _true_parts(
    labels: np.ndarray, bare: LineMask, spots: list[Spot], skins: list[str | None], painted: Image
) -> tuple[np.ndarray, tuple[Part, ...]]:
    """Regions at the picture's size; what is no ground is the nearest spot's, and skin if it has its skin's colour."""
    middle = slice(SUPERSAMPLING // 2, None, SUPERSAMPLING)
    regions, numbers = true_regions(np.ascontiguousarray(labels[middle, middle]))
    uncovered = bare[middle, middle]
    count = np.bincount(regions.ravel(), minlength=len(numbers) + 1)[1:]
    empty = np.bincount(regions.ravel(), uncovered.ravel(), len(numbers) + 1)[1:] > count / 2
    places = np.indices(regions.shape, np.float32) * (VIEW / len(regions))
    rows, columns = (np.bincount(regions.ravel(), places[axis].ravel())[1:] / count for axis in (0, 1))
    away = [np.hypot(columns - spot.x, rows - spot.y) for spot in spots]
    owners = np.argmin(away, 0) + 1
    middles = painted[middle, middle].reshape(-1, 3).astype(np.float64)
    means = np.stack([np.bincount(regions.ravel(), channel)[1:] / count for channel in middles.T], 1)
    tones = np.array([[int((skin or WHITE)[at : at + 2], 16) for at in (1, 3, 5)] for skin in skins], np.float64)
    away = np.linalg.norm(levels_to_cielab(means) - levels_to_cielab(tones[owners - 1]), axis=1)
    is_skin = (away < SKIN) & np.array([skin is not None for skin in skins])[owners - 1]
    kinds = np.where(empty, "background", np.where(is_skin, "skin", "prop"))
    return regions, tuple(
        Part(str(kind), 0 if kind == "background" else int(owner)) for kind, owner in zip(kinds, owners, strict=True)
    )


def _lay_ink(color: Image, ink: Bool[np.ndarray, "_ _"], side: int, *, dark: bool) -> Image:
    """Ink over a picture, soft at its edge: black, or a dark shade of what lies below."""
    share = _reduce(np.where(ink, np.uint8(255), np.uint8(0)), side).astype(np.float32)[..., None] / 255
    below = color.astype(np.float32)
    return np.rint(below * (1 - share) + share * (0.3 * below if dark else 0)).astype(np.uint8)


def _reduce(sheet: np.ndarray, side: int) -> np.ndarray:
    return np.asarray(cv2.resize(sheet, (side, side), interpolation=cv2.INTER_AREA))

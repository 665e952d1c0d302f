"""A drawing of one to three DiceBear figures before a ground or a backdrop."""

import cv2
import numpy as np
from jaxtyping import Float32

from nurie.arrays import RegionMap
from nurie.data.sources.dicebear.avatar import Figure, background_colors, draw_figure
from nurie.data.sources.dicebear.board import Board, Sheets
from nurie.data.sources.dicebear.figures import (
    Layout,
    place_backdrop,
    place_character,
    random_backdrop,
    random_cast,
    random_ground,
    random_spot,
)
from nurie.data.sources.dicebear.finish import finish_drawing, open_blacks
from nurie.data.sources.dicebear.layers import Ink
from nurie.data.sources.dicebear.styles import load_style
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.hex_colors import WHITE, to_rgb
from nurie.data.sources.sampling import random_hair_color

FIGURES = {1: 0.72, 2: 0.2, 3: 0.08}
LAYOUT = Layout(zooms=((0.85, 1.5), (0.6, 0.8), (0.45, 0.6)), spread=(10.0, 10.0), close_ups=True)

HAIR_SHARE = 1 / 262  # of the picture; a larger black of an Open Peep is hair or clothes
HAIR_BLACK = 60  # color channels of black hair are all below


def draw_picture(seed: int, side: int, line_width: float | None = None) -> Drawing:
    """Draw what a seed stands for; see `nurie.data.sources.dicebear.draw_dicebear`."""
    rng = np.random.default_rng(seed)
    own_width, ink = _random_line(rng)
    line = (own_width if line_width is None else line_width, ink)
    ground = random_ground(rng, pale=0.25, white=0.5)
    board = Board(ground or WHITE)
    figures: list[Figure] = []
    if ground is None:
        figures.append(_add_backdrop(board, rng, line))
    last_background = board.book.last_label
    cast = random_cast(rng, FIGURES, alike=0.6)
    for index, name in enumerate(cast):
        spot = random_spot(name, (index, len(cast)), LAYOUT, rng)
        figures.append(place_character(board, name, spot, rng, line=line, owner=index + 1))
    sheets = board.draw(side)
    pieces = open_blacks(sheets, rng)
    if pieces.any() and "open-peeps" in cast and rng.random() < 0.6:
        dye_hair(sheets, pieces, rng)
    return finish_drawing(
        board,
        sheets,
        rng,
        last_background=last_background,
        items=[(figure.style.name, figure.seed, figure.style.credit) for figure in figures],
        source=("dicebear", seed),
    )


def _random_line(rng: np.random.Generator) -> tuple[float, Ink | None]:
    """Draw the width of added outlines, in units of the board, and their ink in color."""
    without = rng.random() < 0.25
    ink: Ink = "black" if rng.random() < 0.65 else "dark"
    return rng.uniform(1, 2.2), None if without else ink


def _add_backdrop(board: Board, rng: np.random.Generator, line: tuple[float, Ink | None]) -> Figure:
    name, spot = random_backdrop(rng)
    colors = background_colors(name, rng)
    width, ink = line
    if rng.random() < 0.6:
        ink = None
    figure = draw_figure(load_style(name), colors, rng)
    place_backdrop(board, figure, spot, rng, line=(width, ink))
    return figure


def dye_hair(sheets: Sheets, pieces: RegionMap, rng: np.random.Generator) -> None:
    """Give the large blacks of Open Peeps, whose hair is always black, a color; change `sheets`."""
    # Each channel is another hair's: tones that nobody has, but of a hair's darkness.
    dye = np.array([to_rgb(random_hair_color(rng))[channel] for channel in range(3)], np.float32)
    large = np.bincount(pieces.ravel()) > HAIR_SHARE * pieces.size
    large[0] = False
    black = sheets.color.max(2) < HAIR_BLACK
    share = _soft(large[pieces].astype(np.float32)) * black[..., None]
    mixed = sheets.color * (1 - share) + dye * share
    sheets.color = mixed.astype(np.uint8)


def _soft(
    mask: Float32[np.ndarray, "height width"],
) -> Float32[np.ndarray, "height width 1"]:
    return cv2.GaussianBlur(mask, (0, 0), 0.7).astype(np.float32, copy=False)[..., None]

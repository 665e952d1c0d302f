"""Rich scenes: DiceBear figures, and OpenMoji people and objects, before a ground or a backdrop."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from nurie.data.sources.dicebear.avatar import background_colors, draw_figure
from nurie.data.sources.dicebear.board import CENTER, Board
from nurie.data.sources.dicebear.board import VIEW as BOARD_VIEW
from nurie.data.sources.dicebear.figures import (
    Layout,
    place_backdrop,
    place_character,
    random_backdrop,
    random_cast,
    random_ground,
    random_spot,
)
from nurie.data.sources.dicebear.finish import Item, finish_drawing, open_blacks
from nurie.data.sources.dicebear.layers import Ink, Pen
from nurie.data.sources.dicebear.styles import load_style
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.hex_colors import WHITE
from nurie.data.sources.sampling import pick
from nurie.data.sources.scenes.openmoji import (
    CREDIT,
    VIEW,
    draw_openmoji,
    people_names,
    thin_lines,
    training_names,
)

Plot = Literal["figures", "portrait", "grid", "crowd"]
"""Figures with a few objects; one large OpenMoji; a grid of them; figures among many objects."""

PLOTS: dict[Plot, float] = {"figures": 0.34, "portrait": 0.16, "grid": 0.2, "crowd": 0.3}
FIGURES = {1: 0.45, 2: 0.3, 3: 0.15, 4: 0.1}
LAYOUT = Layout(zooms=((0.7, 1.4), (0.55, 0.8), (0.42, 0.6), (0.36, 0.5)), spread=(18.0, 12.0))

Range = tuple[float, float]


def draw_picture(seed: int, side: int, line_width: float | None = None) -> Drawing:
    """Draw what a seed stands for; see `nurie.data.sources.scenes.draw_scene`."""
    rng = np.random.default_rng(seed)
    scene = _Scene(rng, line_width)
    scene.fill()
    sheets = scene.board.draw(side)
    open_blacks(sheets, rng)
    return finish_drawing(
        scene.board,
        sheets,
        rng,
        last_background=scene.last_background,
        items=scene.items,
        source=("scenes", seed),
    )


class _Scene:
    """A board that is being filled, and a list of what is on it."""

    def __init__(self, rng: np.random.Generator, line_width: float | None) -> None:
        self._rng = rng
        self.items: list[Item] = []
        self._ink = _random_ink(rng)
        own_width = rng.uniform(0.9, 2)
        self._line_width = own_width if line_width is None else line_width
        ground = random_ground(rng, pale=0.2, white=0.4)
        self.board = Board(ground or WHITE)
        if ground is None:
            self._add_backdrop()
        self.last_background = self.board.book.last_label
        self._figures = 0

    def fill(self) -> None:
        """Draw a plot and put everything in its place."""
        plot = pick(self._rng, PLOTS)
        if plot == "portrait":
            self._add_portrait()
        elif plot == "grid":
            self._add_grid()
        else:
            few = plot == "figures"
            count = self._rng.integers(0, 4) if few else self._rng.integers(3, 9)
            self._add_objects(int(count), sizes=(36.0, 110.0), heights=(20.0, 230.0))
            self._add_cast()
            self._add_objects(int(self._rng.integers(0, 3)), sizes=(28.0, 70.0), heights=(180.0, 250.0))

    def _add_backdrop(self) -> None:
        name, spot = random_backdrop(self._rng)
        figure = draw_figure(load_style(name), background_colors(name, self._rng), self._rng)
        ink = self._ink if self._rng.random() < 0.4 else None
        place_backdrop(self.board, figure, spot, self._rng, line=(self._line_width, ink))
        self.items.append((name, figure.seed, figure.style.credit))

    def _add_cast(self) -> None:
        cast = random_cast(self._rng, FIGURES, alike=0.5)
        for index, name in enumerate(cast):
            spot = random_spot(name, (index, len(cast)), LAYOUT, self._rng)
            self._figures += 1
            line = (self._line_width, self._ink)
            figure = place_character(self.board, name, spot, self._rng, line=line, owner=self._figures)
            self.items.append((name, figure.seed, figure.style.credit))

    def _add_portrait(self) -> None:
        rng = self._rng
        name = _choose(people_names() if rng.random() < 0.6 else training_names(), rng)
        x, y = CENTER + rng.normal(0, 8), CENTER + rng.normal(0, 8)
        self._add_openmoji(name, (x, y), rng.uniform(200, 330), rng.normal(0, 5))
        self._add_objects(int(rng.integers(0, 4)), sizes=(30.0, 80.0), heights=(20.0, 236.0))

    def _add_grid(self) -> None:
        rng = self._rng
        count = int(rng.integers(2, 5))
        names = people_names() if rng.random() < 0.5 else training_names()
        cell = BOARD_VIEW / count
        for row in range(count):
            for column in range(count):
                if rng.random() < 0.85:
                    name = _choose(names, rng)
                    x = BOARD_VIEW * (column + 0.5) / count + rng.normal(0, 6)
                    y = BOARD_VIEW * (row + 0.5) / count + rng.normal(0, 6)
                    size = cell * rng.uniform(0.9, 1.25)
                    self._add_openmoji(name, (x, y), size, rng.normal(0, 10))

    def _add_objects(self, count: int, *, sizes: Range, heights: Range) -> None:
        rng = self._rng
        for _ in range(count):
            name = _choose(training_names(), rng)
            place = rng.uniform(10, 246), rng.uniform(*heights)
            self._add_openmoji(name, place, rng.uniform(*sizes), rng.normal(0, 12))

    def _add_openmoji(self, name: str, place: tuple[float, float], size: float, rotation: float) -> None:
        """Put an OpenMoji of `size` board units on the board, its middle at `place` (x, y)."""
        root = draw_openmoji(name, self._rng)
        zoom = size / VIEW
        width = self._line_width / zoom
        thin_lines(root, width)
        flip = -1 if self._rng.random() < 0.5 else 1
        x, y = place
        transform = (
            f"translate({x:.1f} {y:.1f}) rotate({rotation:.1f}) "
            f"scale({zoom * flip:.4f} {zoom:.4f}) translate(-{VIEW // 2} -{VIEW // 2})"
        )
        self._figures += 1
        pen = Pen(inked=True, width=width)
        self.board.place(root, transform, pen, kind_of=_kind_of_group, owner=self._figures)
        self.items.append(("openmoji", name, CREDIT))


def _kind_of_group(group: str, fill: str) -> str:
    kind = group.split("-")[0]
    return kind if kind in ("skin", "hair") else "prop"


def _random_ink(rng: np.random.Generator) -> Ink | None:
    if rng.random() < 0.2:
        return None
    return "black" if rng.random() < 0.65 else "dark"


def _choose(names: Sequence[str], rng: np.random.Generator) -> str:
    return names[int(rng.integers(len(names)))]

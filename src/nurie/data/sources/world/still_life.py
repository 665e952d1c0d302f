"""Pictures without people: one thing, several, animals, a heap."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nurie.data.sources.canvas import Canvas
from nurie.data.sources.sampling import pick
from nurie.data.sources.world.spot import Spot
from nurie.data.sources.world.things import THEMES, UPRIGHT, DrawThing

THEME_WEIGHTS = {
    "fruit": 1.5,
    "food": 2.0,
    "plants": 1.6,
    "animals": 3.0,
    "vehicles": 1.2,
    "buildings": 0.8,
    "belongings": 2.0,
    "skies": 0.5,
}
COUNTS = {1: 5.0, 2: 1.5, 3: 1.5, 4: 1.0, 5: 0.5, 6: 0.7, 9: 0.5}
COMPANIONS = (
    "sitting animal",
    "sitting animal",
    "walking animal",
    "sleeping cat",
    "duck",
    "penguin",
    "sheep",
    "bag",
    "ball",
    "gift",
    "potted plant",
    "teddy",
    "chair",
    "street lamp",
)
ONE_THEME_SHARE = 0.7
LEAN, UPRIGHT_LEAN = 0.16, 0.03  # radians
BEND = 0.03  # of a unit: how far a hand is off


@dataclass(frozen=True)
class Cell:
    """A square on the canvas, in shares of its side: middle and half side."""

    x: float
    y: float
    half: float


def choose_thing(rng: np.random.Generator, theme: str | None = None) -> tuple[str, DrawThing]:
    """Draw a thing by chance: its name, and how it is drawn."""
    things = THEMES[theme or pick(rng, THEME_WEIGHTS)]
    name = list(things)[int(rng.integers(len(things)))]
    return name, things[name]


def put(canvas: Canvas, rng: np.random.Generator, name: str, owner: int, cell: Cell, light: int) -> Spot:
    """Make the spot for a thing, with all that no two drawings have alike."""
    lean = UPRIGHT_LEAN if name in UPRIGHT else LEAN
    swing_x, swing_y = rng.normal(0, BEND, 2)
    phase_x, phase_y = rng.uniform(0, 2 * np.pi, 2)
    width, height = rng.uniform(0.86, 1.06, 2)
    return Spot(
        canvas=canvas,
        rng=rng,
        owner=owner,
        x=cell.x * canvas.size,
        y=cell.y * canvas.size,
        unit=cell.half * canvas.size,
        angle=float(rng.normal(0, lean)),
        flip=int(rng.choice([-1, 1])),
        stretch=(float(width), float(height)),
        bend=(float(swing_x), float(phase_x), float(swing_y), float(phase_y)),
        light=light,
        name=name,
    )


def draw_things(
    canvas: Canvas, rng: np.random.Generator, first_owner: int, *, standing: bool, light: int = 0
) -> list[str]:
    """Draw one to nine things, mostly of one theme; on a ground they stand in a row. Light 0 falls by chance.

    Returns:
        Their names.
    """
    count = pick(rng, {1: 4.0, 2: 2.0, 3: 1.5} if standing else COUNTS)
    theme = pick(rng, THEME_WEIGHTS) if rng.random() < ONE_THEME_SHARE else None
    chance = int(rng.choice([-1, 1]))
    names = []
    for number, cell in enumerate(_row(rng, count) if standing else _cells(rng, count)):
        name, draw = choose_thing(rng, theme)
        canvas.line_width = canvas.scale * _width(canvas, cell)
        draw(put(canvas, rng, name, first_owner + number, cell, light or chance))
        names.append(name)
    return names


def draw_companion(canvas: Canvas, rng: np.random.Generator, owner: int, light: int = 0) -> str:
    """Draw an animal or a thing at somebody's feet, at one side of the picture; returns its name.

    Light 0 falls by chance.
    """
    name = str(rng.choice(COMPANIONS))
    draw = next(things[name] for things in THEMES.values() if name in things)
    half = float(rng.uniform(0.1, 0.19))
    x = half + 0.01 if rng.random() < 0.5 else 0.99 - half
    cell = Cell(x, float(rng.uniform(0.92, 0.98)) - half, half)
    chance = int(rng.choice([-1, 1]))
    draw(put(canvas, rng, name, owner, cell, light or chance))
    return name


def _width(canvas: Canvas, cell: Cell) -> float:
    """Small things have finer lines: the width in pixels of a finished picture."""
    return canvas.line_width / canvas.scale if cell.half > 0.2 else min(1.1, canvas.line_width / canvas.scale)


def _row(rng: np.random.Generator, count: int) -> Iterator[Cell]:
    """On a common ground, from left to right."""
    ground = rng.uniform(0.82, 0.96)
    for number in range(count):
        half = rng.uniform(0.24, 0.4) if count == 1 else rng.uniform(0.75, 1.05) * 0.5 / count
        yield Cell((number + 0.5) / count + rng.normal(0, 0.02), ground - half, half)


def _cells(rng: np.random.Generator, count: int) -> Iterator[Cell]:
    """One in the middle, or a loose grid."""
    if count == 1:
        half = rng.uniform(0.28, 0.46)
        room = 0.5 - half
        yield Cell(0.5 + rng.uniform(-room, room), 0.5 + rng.uniform(-room, room), half)
        return
    columns = 2 if count in (2, 3, 4) else 3
    rows = -(-count // columns)
    for number in range(count):
        column, row = number % columns, number // columns
        in_row = min(columns, count - row * columns)
        x = (column + 0.5 + (columns - in_row) / 2) / columns
        half = 0.5 / max(columns, rows) * rng.uniform(0.7, 0.98)
        yield Cell(x + rng.normal(0, 0.012), (row + 0.5) / rows + rng.normal(0, 0.012), half)

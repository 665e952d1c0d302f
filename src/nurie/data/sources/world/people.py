"""People: one or a few, busts or from head to foot, with or without something in their hands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from nurie.data.sources.anime.figure import CHARACTER_SHADE, Figure, Look, choose_look
from nurie.data.sources.canvas import Canvas
from nurie.data.sources.sampling import pick
from nurie.data.sources.world.hands import draw_hand, hand_size, place_hand
from nurie.data.sources.world.heads import choose_head
from nurie.data.sources.world.legs import draw_legs
from nurie.data.sources.world.measures import choose_measures
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.poses import choose_pose
from nurie.data.sources.world.sleeves import draw_arm
from nurie.data.sources.world.spot import Spot
from nurie.data.sources.world.things import THEMES, DrawThing
from nurie.data.sources.world.tops import draw_top
from nurie.data.sources.world.torso import draw_chest
from nurie.data.sources.world.wardrobe import Clothes, choose_clothes

HELD: Mapping[str, tuple[str, float, float]] = {
    "cup": ("food", 0.62, -0.1),
    "ice cream": ("food", 0.8, -0.55),
    "candy": ("food", 0.6, -0.4),
    "book": ("belongings", 0.85, 0.0),
    "phone": ("belongings", 0.5, -0.1),
    "umbrella": ("belongings", 2.6, -0.78),
    "flower": ("plants", 1.0, -0.6),
    "tulip": ("plants", 0.9, -0.6),
    "rose": ("plants", 0.9, -0.6),
    "bouquet": ("plants", 1.1, -0.55),
    "sword": ("belongings", 1.7, -0.72),
    "bag": ("belongings", 0.95, 0.75),
    "gift": ("belongings", 0.8, -0.2),
    "ball": ("belongings", 0.7, 0.0),
    "teddy": ("belongings", 1.0, 0.0),
    "apple": ("fruit", 0.42, -0.3),
    "donut": ("food", 0.45, -0.1),
    "pencil": ("belongings", 0.8, -0.2),
    "balloon": ("vehicles", 0.9, -0.9),
    "bird": ("animals", 0.5, -0.9),
    "fish": ("animals", 0.8, 0.3),
}
"""Thing -> its theme, its half side in units, and how far its middle is below the hand, in half sides."""
LOW_THINGS = ("bag", "teddy", "fish", "umbrella", "book")
WIDE_THINGS = ("gift", "book", "teddy", "bouquet", "cup", "ball")
BUST_SHARE = 0.42
CHIN_Y = 1.2  # in body coordinates; hands above it are before the face
HATS = (1.75, 2.2)  # units above the middle of the head that are kept free
LARGEST_BUST, LARGEST_WHOLE = 0.22, 0.15  # of the picture's side: a unit
MIN_UNIT_OF_FINE_LINES = 16  # pixels of a finished picture per unit below which lines are finer


@dataclass(frozen=True)
class Frame:
    """Where on the canvas a person stands: its middle, and what its height is fitted to, in shares of the side."""

    x: float
    low: float
    high: float
    bust: bool
    count: int
    """How many people share the picture."""


def draw_people(canvas: Canvas, rng: np.random.Generator, count: int, light: int = 0) -> tuple[list[Look], list[str]]:
    """Draw people side by side, the owners 1, 2, ... of their parts. Light 0 falls by chance.

    Returns:
        What they look like, and what they hold.
    """
    bust = rng.random() < (BUST_SHARE if count < 3 else 0.25)
    looks, held = [], []
    chance = int(rng.choice([-1, 1]))
    for number in range(count):
        look = replace(choose_look(rng, full_body=not bust), light=light or chance)
        look = replace(look, shade=CHARACTER_SHADE) if canvas.modelled else look
        middle = (number + 0.5) / count + rng.normal(0, 0.03 if count == 1 else 0.015)
        frame = Frame(middle, rng.uniform(0.93, 1.0), rng.uniform(0.01, 0.1 if count == 1 else 0.2), bust, count)
        things = _draw_one(canvas, rng, look, number + 1, frame)
        looks.append(look)
        held += things
    return looks, held


def _draw_one(canvas: Canvas, rng: np.random.Generator, look: Look, owner: int, frame: Frame) -> list[str]:
    pose = choose_pose(rng, legs=not frame.bust)
    measures = choose_measures(rng, male=look.male)
    clothes = choose_clothes(rng, male=look.male, color=look.cloth)
    person = _placed(Person(Figure(canvas, rng, look, owner, 0.0, 0.0, 1.0), measures, pose), frame)
    return draw_person(person, clothes)


def _placed(person: Person, frame: Frame) -> Person:
    """Fit a person into its frame."""
    canvas, rng, torso = person.figure.canvas, person.figure.rng, person.measures.torso
    size, hat = canvas.size, rng.uniform(*HATS)
    if frame.bust:
        visible = rng.uniform(2.2, torso + 2.0)
        room = size * (1 - frame.high)
        unit = min(room / (hat + visible), size * LARGEST_BUST / (1 if frame.count == 1 else 0.62 * frame.count))
        y = size - visible * unit
    else:
        air = rng.uniform(0.03, 0.12) if person.pose.stance_name == "jump" else 0.0
        unit = min(size * (frame.low - air - frame.high) / (person.lowest + hat), size * LARGEST_WHOLE)
        y = (frame.low - air) * size - person.lowest * unit
    feet = person.legs[0][2, 0] + person.legs[1][2, 0]
    x = frame.x * size - (0.0 if frame.bust else 0.3 * unit * feet)
    return replace(person, figure=replace(person.figure, x=x, y=y, unit=unit))


def draw_person(person: Person, clothes: Clothes) -> list[str]:
    """Draw a person from back to front; returns what it holds."""
    figure = person.figure
    canvas, width = figure.canvas, figure.canvas.line_width
    if figure.unit < MIN_UNIT_OF_FINE_LINES * canvas.scale:
        canvas.line_width = max(0.55 * canvas.scale, width * 0.75)
    head = choose_head(figure, grown=person.measures.age in ("teen", "adult"))
    layers = [_layer(person, index, away=head.kind == "behind") for index in (0, 1)]
    held: list[str] = []

    def draw_arms(layer: str) -> None:
        for index in (0, 1):
            if layers[index] == layer:
                held.extend(_draw_arm_and_thing(person, clothes, index))

    if head.kind == "behind":
        clothes = replace(clothes, top="dress back" if clothes.top == "dress" else "back")
        draw_arms("behind")
        _draw_body(person, clothes)
        head.draw_front()
    else:
        head.draw_behind()
        draw_arms("behind")
        _draw_body(person, clothes)
        head.draw_middle()
        draw_arms("before the body")
        head.draw_front()
        draw_arms("before the face")
    canvas.line_width = width
    return held


def _layer(person: Person, index: int, *, away: bool) -> str:
    """When an arm is drawn; of who looks away, before all else."""
    if away or person.pose.arms[index].behind:
        return "behind"
    return "before the body" if person.arms[index][2, 1] > CHIN_Y else "before the face"


def _draw_body(person: Person, clothes: Clothes) -> None:
    draw_chest(person)
    layers = [draw_legs, draw_top]
    if clothes.tucked and not clothes.top.startswith("dress"):
        layers.reverse()
    for draw in layers:
        draw(person, clothes)


def _draw_arm(person: Person, clothes: Clothes, index: int) -> None:
    draw_hand(person, (-1, 1)[index])
    draw_arm(person, clothes, index)


def _draw_arm_and_thing(person: Person, clothes: Clothes, index: int) -> list[str]:
    """A thing lies between the arm and the fingers around it."""
    if person.pose.arms[index].hand != "hold":
        _draw_arm(person, clothes, index)
        return []
    draw_arm(person, clothes, index)
    name = ""
    if not (person.pose.arms_name == "hold both" and index == 0):
        name = _draw_held(person, index)
    draw_hand(person, (-1, 1)[index])
    return [name] if name else []


def _draw_held(person: Person, index: int) -> str:
    rng, figure, side = person.figure.rng, person.figure, (-1, 1)[index]
    names: tuple[str, ...] = tuple(HELD)
    if person.pose.arms_name == "hold low":
        names = LOW_THINGS
    if person.pose.arms_name == "hold both":
        names = WIDE_THINGS
    name = pick(rng, dict.fromkeys(names, 1.0))
    theme, half, below = HELD[name]
    x, y = place_hand(person, side, [(0.4, 0.05)])[0]
    if person.pose.arms_name == "hold both":
        x = figure.body([person.torso_point(0, 0)])[0][0]
    unit = half * figure.unit * hand_size(person) / 0.7
    draw: DrawThing = THEMES[theme][name]
    spot = Spot(
        canvas=figure.canvas,
        rng=rng,
        owner=figure.owner,
        x=float(x),
        y=float(y) + below * unit,
        unit=unit,
        angle=float(rng.normal(0, 0.1)),
        flip=side,
        light=figure.look.light,
        name=name,
    )
    draw(spot)
    return name

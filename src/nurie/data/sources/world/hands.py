"""Hands: relaxed, open, a fist, two fingers up, one that points.

Hand coordinates: x along the hand from the wrist, y across it towards the thumb; a hand is about 1 long.
"""

import math

import numpy as np

from nurie.data.sources.curves import NO_LENGTH, Point, Points, PointsLike, polygon, smooth, union
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.person import Person

SIZE = {"chibi": 0.62, "child": 0.62, "teen": 0.72, "adult": 0.8}  # of a hand, in units
PALM = [(-0.08, -0.2), (0.3, -0.3), (0.55, -0.26), (0.58, 0.0), (0.55, 0.22), (0.25, 0.27), (-0.08, 0.2)]
MITTEN = [
    (-0.08, -0.2),
    (0.3, -0.28),
    (0.75, -0.22),
    (0.98, -0.06),
    (0.95, 0.12),
    (0.6, 0.24),
    (0.25, 0.25),
    (-0.08, 0.2),
]
FIST = [(-0.08, -0.2), (0.2, -0.32), (0.52, -0.32), (0.64, -0.1), (0.62, 0.16), (0.45, 0.3), (0.15, 0.28), (-0.08, 0.2)]
FINGERS = ((-0.22, 0.92, -0.32), (-0.08, 1.06, -0.1), (0.07, 1.04, 0.08), (0.2, 0.92, 0.26))
"""Root across, and tip along and across."""
SPREAD = 1.25  # of the fingers of an open hand
FINGER = 0.095  # half width
SMALLEST = 7.0  # pixels of the canvas per unit below which hands have no finger lines


def hand_size(person: Person) -> float:
    """Length of a hand, in units."""
    return SIZE[person.measures.age]


def place_hand(person: Person, side: int, points: PointsLike) -> Points:
    """Pixels of hand coordinates; `side` is -1 for the arm on the left of the picture."""
    arm = person.arms[side == 1]
    along: Point = arm[2] - arm[1]
    along = along / (np.linalg.norm(along) + NO_LENGTH)
    # The thumb looks to the body, or with a raised hand and a palm to us likewise to the head.
    across = np.array([-along[1], along[0]]) * side
    if along[1] < 0:
        across = -across
    places = np.asarray(points, dtype=np.float64) * hand_size(person)
    return person.figure.body(arm[2] + places[:, :1] * along + places[:, 1:] * across)


def draw_hand(person: Person, side: int) -> None:
    """Draw the hand of one arm."""
    kind, look, canvas = person.pose.arms[side == 1].hand, person.figure.look, person.figure.canvas
    shape = HANDS[kind if kind != "hold" else "fist"](person, side)
    with person.figure.part("skin"):
        canvas.fill(shape, look.skin, shade=person.figure.shadow(-0.04))
    if person.figure.unit * hand_size(person) < SMALLEST * canvas.scale:
        return
    for line in LINES.get(kind, []):
        stroke = place_hand(person, side, line)
        canvas.stroke(smooth(stroke, closed=False), canvas.line_color(look.skin), width=0.6)


def _finger(person: Person, side: int, root: tuple[float, float], tip: tuple[float, float]) -> skia.Path:
    """A finger with a round tip."""
    (x0, y0), (x1, y1) = root, tip
    angle = math.atan2(y1 - y0, x1 - x0)
    across = np.array([-math.sin(angle), math.cos(angle)]) * FINGER
    turn = np.linspace(math.pi / 2, -math.pi / 2, 6) + angle
    cap = np.array(tip) + FINGER * np.stack([np.cos(turn), np.sin(turn)], 1)
    outline = np.vstack([[np.array(root) + across], cap, [np.array(root) - across]])
    return polygon(place_hand(person, side, outline))


def _thumb(person: Person, side: int, tip: tuple[float, float] = (0.5, 0.52)) -> skia.Path:
    return _finger(person, side, (0.12, 0.16), tip)


def _relaxed(person: Person, side: int) -> skia.Path:
    return union(smooth(place_hand(person, side, MITTEN)), _thumb(person, side, (0.55, 0.34)))


def _open(person: Person, side: int) -> skia.Path:
    fingers = [_finger(person, side, (0.45, root), (along, across * SPREAD)) for root, along, across in FINGERS]
    return union(smooth(place_hand(person, side, PALM)), *fingers, _thumb(person, side))


def _fist(person: Person, side: int) -> skia.Path:
    return union(smooth(place_hand(person, side, FIST)), _thumb(person, side, (0.42, 0.3)))


def _peace(person: Person, side: int) -> skia.Path:
    fingers = [_finger(person, side, (0.4, across), tip) for across, tip in ((-0.02, (1.1, -0.2)), (0.14, (1.08, 0.3)))]
    return union(smooth(place_hand(person, side, FIST)), *fingers)


def _point(person: Person, side: int) -> skia.Path:
    finger = _finger(person, side, (0.4, 0.16), (1.12, 0.2))
    return union(smooth(place_hand(person, side, FIST)), finger, _thumb(person, side, (0.4, 0.42)))


HANDS = {"relaxed": _relaxed, "open": _open, "fist": _fist, "peace": _peace, "point": _point}
"""The outline of each kind of hand."""

GAPS = [[(0.45, across), (0.75, across * 1.1), (0.92, across * 0.9)] for across in (-0.12, 0.0, 0.11)]
KNUCKLES = [[(0.36, across), (0.5, across + 0.01), (0.61, across * 0.9)] for across in (-0.16, 0.0, 0.15)]
LINES = {
    "relaxed": GAPS,
    "open": [[(0.12, 0.12), (0.3, 0.1), (0.4, -0.05)]],
    "fist": KNUCKLES,
    "hold": KNUCKLES,
    "peace": KNUCKLES[:2],
    "point": KNUCKLES[:2],
}
"""The fine lines of each kind of hand."""

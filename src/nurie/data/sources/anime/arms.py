"""Arms of whole figures: five poses, hands, sleeves and cuffs."""

import math
from dataclasses import dataclass

import numpy as np

from nurie.data.sources.anime.figure import SIDES, Figure
from nurie.data.sources.anime.limbs import draw_limb
from nurie.data.sources.anime.proportions import Proportions
from nurie.data.sources.curves import Point, Points, PointsLike, first_of_arc, polygon, union
from nurie.data.sources.hex_colors import WHITE, mix
from nurie.data.sources.sampling import pick

POSES = {"down": 4.0, "hip": 1.5, "up": 1.0, "front": 1.5, "out": 1.2}
SHORT_SLEEVED = ("dress", "tee")
# From the wrist along the hand, and across it.
PALM = [(0, -0.16), (0.22, -0.2), (0.42, -0.13), (0.46, 0), (0.42, 0.12), (0.2, 0.2), (0, 0.16)]
THUMB = [(0.05, 0.1), (0.28, 0.34), (0.36, 0.28), (0.2, 0.05)]  # of the right hand
FINGER_GAPS = (-0.06, 0.06)


@dataclass(frozen=True)
class _Arm:
    """The bones of one arm, in body coordinates."""

    shoulder: Point
    elbow: Point
    hand: Point
    hand_size: float

    @property
    def direction(self) -> Point:
        """Unit vector from the elbow to the hand."""
        way = self.hand - self.elbow
        unit: Point = way / (np.linalg.norm(way) + 1e-6)
        return unit

    def on_hand(self, points: PointsLike) -> Points:
        """Body coordinates of points given along and across the hand, from the wrist."""
        forward, aside = self.direction
        angle = math.atan2(aside, forward)
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = self.hand
        size = self.hand_size
        turned = [(x + size * (a * cos - b * sin), y + size * (a * sin + b * cos)) for a, b in points]
        return np.array(turned)


def draw_arms(figure: Figure, body: Proportions, garment: str) -> None:
    """Draw both arms, each in a pose of its own, in sleeves that fit the garment."""
    rng = figure.rng
    length = (body.hips - 1.9) * rng.uniform(0.98, 1.1)
    width = 0.42 if body.chibi else rng.uniform(0.36, 0.44)
    short = bool(rng.random() < 0.45) or garment in SHORT_SLEEVED
    for side in SIDES:
        pose = pick(rng, POSES)
        arm = _pose(body, pose, side, length)
        bare = garment == "dress" and rng.random() < 0.6
        _draw_hand(figure, arm, side, flipped=pose == "up")
        _draw_arm(figure, arm, width, short=short, bare=bare)


def _pose(body: Proportions, pose: str, side: int, length: float) -> _Arm:
    """Elbow and hand, measured outwards from the middle of the body."""
    shoulder, waist = body.shoulder_width, body.waist_width
    elbow, hand = {
        "down": (
            (shoulder + 0.35, 2.1 + length * 0.5),
            (shoulder * 0.95 + 0.3, 2.1 + length),
        ),
        "hip": ((shoulder + 1.3, 2.2 + length * 0.5), (waist + 0.15, body.waist + 0.2)),
        "up": ((shoulder + 1.1, 2.5), (shoulder + 0.75, 2.1 - length * 0.62)),
        "front": ((shoulder + 0.7, 2.4 + length * 0.5), (0.12, 2.1 + length * 0.45)),
        "out": ((shoulder + 0.9, 2.3), (shoulder + length * 0.75, 2.2 + length * 0.3)),
    }[pose]
    return _Arm(
        np.array([side * shoulder * 0.9, 2.12]),
        np.array([side * elbow[0], elbow[1]]),
        np.array([side * hand[0], hand[1]]),
        0.8 if body.chibi else 0.95,
    )


def _draw_hand(figure: Figure, arm: _Arm, side: int, *, flipped: bool) -> None:
    palm = polygon(figure.body(arm.on_hand(PALM) - 0.05 * arm.direction))
    thumb = polygon(figure.body(arm.on_hand([(a, b * side) for a, b in THUMB])))
    with figure.part("skin"):
        figure.canvas.fill(union(palm, thumb), figure.look.skin, shade=figure.shadow(-0.03))
    for gap in FINGER_GAPS:
        line = figure.body(arm.on_hand([(0.2, gap), (0.3, gap), (0.42, gap * 1.2)]))
        figure.crease(line, figure.look.skin, width=0.6, ends=(0.3, 0.3))


def _draw_arm(figure: Figure, arm: _Arm, width: float, *, short: bool, bare: bool) -> None:
    look = figure.look
    way = (arm.shoulder, arm.elbow, arm.hand)
    covered = not (short or bare)
    with figure.part("cloth" if covered else "skin"):
        draw_limb(figure, way, (width, width * 0.66), look.cloth if covered else look.skin)
    with figure.part("cloth"):
        if short and not bare:
            draw_limb(figure, first_of_arc(*way, 0.42), (width * 1.15, width * 1.05), look.cloth)
        elif not short and figure.rng.random() < 0.5:
            _draw_cuff(figure, arm, width)


def _draw_cuff(figure: Figure, arm: _Arm, width: float) -> None:
    forward = arm.direction
    across = np.array([-forward[1], forward[0]]) * width * 0.42
    wrist, length = arm.hand - forward * 0.12, forward * 0.16
    cuff = [wrist + across, wrist - across, wrist - across + length, wrist + across + length]
    figure.canvas.fill(polygon(figure.body(cuff)), mix(figure.look.cloth, WHITE, 0.6))

"""How people stand, walk, sit and what they do with their arms.

Angles are in degrees from straight down, positive away from the body: 90 is sideways, 180 up; a forearm of -100
lies across the chest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from nurie.data.sources.curves import Number
from nurie.data.sources.sampling import pick

JITTER = 5.0  # degrees; no two people hold their limbs alike


@dataclass(frozen=True)
class Arm:
    """One arm and its hand."""

    upper: Number
    fore: Number
    hand: str = "relaxed"
    """`relaxed`, `open`, `fist`, `peace`, `point`, or `hold`: a fist around a thing."""
    behind: bool = False
    """Drawn before the body."""


@dataclass(frozen=True)
class Leg:
    """One leg; `thigh_share` and `shin_share` below 1 shorten what points at us."""

    thigh: Number
    shin: Number
    thigh_share: Number = 1.0
    shin_share: Number = 1.0
    toes: Number = 0.0
    """Where the foot points: -1 inwards, 0 to us, 1 outwards."""


@dataclass(frozen=True)
class Stance:
    """What the lower body does; left and right on the picture."""

    left: Leg
    right: Leg
    lean: Number = 0.0
    """Of the spine, degrees; positive to the right."""
    seated: bool = False


DOWN, AKIMBO = Arm(14, 8), Arm(48, -62, "fist")
ARMS: Mapping[str, tuple[float, Arm, Arm]] = {
    "down": (3.0, DOWN, DOWN),
    "akimbo": (0.8, AKIMBO, AKIMBO),
    "one akimbo": (1.2, AKIMBO, DOWN),
    "wave": (1.5, DOWN, Arm(70, 165, "open")),
    "cheer": (0.8, Arm(140, 168, "fist"), Arm(140, 168, "fist")),
    "open": (0.6, Arm(60, 75, "open"), Arm(60, 75, "open")),
    "crossed": (0.9, Arm(16, -98, "fist"), Arm(18, -88, "fist")),
    "behind": (0.8, Arm(24, -20, "relaxed", True), Arm(24, -20, "relaxed", True)),
    "think": (0.8, Arm(16, -80, "fist"), Arm(22, -164, "fist")),
    "peace": (1.0, DOWN, Arm(40, 172, "peace")),
    "point": (0.6, AKIMBO, Arm(84, 92, "point")),
    "clasp": (0.9, Arm(18, -52), Arm(18, -52)),
    "chest": (0.7, Arm(26, -128, "relaxed"), Arm(26, -128, "relaxed")),
    "hold": (2.2, DOWN, Arm(30, 140, "hold")),
    "hold low": (1.4, AKIMBO, Arm(20, 12, "hold")),
    "hold both": (1.6, Arm(22, -112, "hold"), Arm(22, -112, "hold")),
}
"""Name -> how often, and the left and the right arm; they are swapped in half of the people."""

STANCES: Mapping[str, tuple[float, Stance]] = {
    "stand": (3.0, Stance(Leg(4, 2), Leg(4, 2))),
    "apart": (1.5, Stance(Leg(9, 7, toes=0.5), Leg(9, 7, toes=0.5))),
    "aside": (1.6, Stance(Leg(2, 2), Leg(11, 7, toes=0.6), lean=-3)),
    "crossed": (0.6, Stance(Leg(-3, -9), Leg(-1, 6), lean=2)),
    "shy": (0.6, Stance(Leg(6, -9, toes=-0.6), Leg(6, -9, toes=-0.6))),
    "walk": (1.3, Stance(Leg(22, 12, toes=-0.9), Leg(16, -14, toes=0.9), lean=3)),
    "run": (0.9, Stance(Leg(34, -62, 1, 0.9, toes=-0.9), Leg(48, 6, 0.95, toes=1), lean=12)),
    "jump": (0.7, Stance(Leg(28, -50, 1, 0.6, toes=-0.7), Leg(16, -30, 1, 0.7, toes=0.7))),
    "kick": (0.4, Stance(Leg(4, 2), Leg(74, 70, toes=1), lean=-10)),
    "sit": (1.0, Stance(Leg(14, 2, 0.5), Leg(14, 2, 0.5), seated=True)),
    "sit aside": (0.6, Stance(Leg(-58, -86, 0.9, 0.8, toes=-1), Leg(62, 96, 0.85, 0.8, toes=1), seated=True)),
    "cross-legged": (0.6, Stance(Leg(72, -78, 0.85, 0.7), Leg(72, -84, 0.85, 0.7), seated=True)),
    "kneel": (0.6, Stance(Leg(16, 40, 0.62, 0.35), Leg(16, 40, 0.62, 0.35), seated=True)),
    "squat": (0.3, Stance(Leg(48, -22, 0.62, 0.55), Leg(48, -22, 0.62, 0.55), seated=True)),
}
"""Name -> how often, and the stance; mirrored in half of the people."""


@dataclass(frozen=True)
class Pose:
    """What a whole body does."""

    arms_name: str
    stance_name: str
    arms: tuple[Arm, Arm]
    """Left and right on the picture."""
    legs: tuple[Leg, Leg]
    lean: Number
    seated: bool


def choose_pose(rng: np.random.Generator, *, legs: bool = True) -> Pose:
    """Draw a pose by chance; busts need no stance."""
    arms_name = pick(rng, {name: row[0] for name, row in ARMS.items()})
    stance_name = pick(rng, {name: row[0] for name, row in STANCES.items()}) if legs else "stand"
    _, *arms = ARMS[arms_name]
    stance = STANCES[stance_name][1]
    pair, lean = (stance.left, stance.right), stance.lean
    if rng.random() < 0.5:
        arms = arms[::-1]
    if rng.random() < 0.5:
        pair, lean = pair[::-1], -lean
    moved = [
        replace(arm, upper=arm.upper + j, fore=arm.fore + k) for arm, (j, k) in zip(arms, _jitter(rng), strict=True)
    ]
    bent = [
        replace(leg, thigh=leg.thigh + j * 0.5, shin=leg.shin + k * 0.5)
        for leg, (j, k) in zip(pair, _jitter(rng), strict=True)
    ]
    return Pose(
        arms_name,
        stance_name,
        (moved[0], moved[1]),
        (bent[0], bent[1]),
        lean + float(rng.normal(0, 2)),
        stance.seated,
    )


def _jitter(rng: np.random.Generator) -> list[list[float]]:
    degrees: list[list[float]] = rng.normal(0, JITTER, (2, 2)).tolist()
    return degrees

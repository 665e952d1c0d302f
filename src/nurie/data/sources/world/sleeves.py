"""Arms and their sleeves."""

import numpy as np

from nurie.data.sources.curves import arc
from nurie.data.sources.world.limbs import ARM_SHAPE, Limb, tube
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.spot import THIN
from nurie.data.sources.world.wardrobe import Clothes, darker

SLEEVE_TO = {"short": 0.3, "half": 0.55, "long": 0.97}


SLEEVE_SHAPE = ((0.0, 1.08), (0.3, 1.05), (0.6, 0.95), (1.0, 0.78))


WIDE_SLEEVE = ((0.0, 1.08), (0.4, 1.2), (0.8, 1.45), (1.0, 1.7))


def draw_arm(person: Person, clothes: Clothes, index: int) -> None:
    """Draw one arm and its sleeve; the hand is drawn before, by the caller."""
    figure, joints, width = person.figure, person.arms[index], person.measures.arm_width
    if clothes.sleeves != "long":
        with figure.part("skin"):
            figure.canvas.fill(
                tube(person, Limb(joints, width, ARM_SHAPE)), figure.look.skin, shade=figure.shadow(-0.06)
            )
    if clothes.sleeves == "none":
        return
    wide = clothes.wide and clothes.sleeves == "long"
    shape = WIDE_SLEEVE if wide else SLEEVE_SHAPE
    sleeve = tube(person, Limb(joints, width, shape), part=(0.0, SLEEVE_TO[clothes.sleeves]), wider=0.05)
    with figure.part("cloth"):
        figure.canvas.fill(sleeve, clothes.color, shade=figure.shadow(-0.07))
        if clothes.sleeves == "long" and not wide and figure.rng.random() < 0.6:
            cuff = tube(person, Limb(joints, width, shape), part=(0.9, 0.99), wider=0.07, capped=False)
            figure.canvas.fill(cuff, darker(clothes.color), line=THIN)
    _draw_elbow(person, joints, clothes.color)


def _draw_elbow(person: Person, joints: np.ndarray, color: str) -> None:
    x, y = joints[1]
    half = person.measures.arm_width * 0.3
    fold = arc((x - half, y - 0.05), (x, y + 0.1), (x + half * 0.5, y))
    if person.figure.rng.random() < 0.6:
        person.figure.crease(person.figure.body(fold), color, width=0.8, ends=(0.2, 0.7))

"""A person on the canvas: a head as `anime` draws it on a skeleton of our own."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.curves import Number, Point, Points, polygon, smooth
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.measures import Measures
from nurie.data.sources.world.poses import Arm, Leg, Pose
from nurie.data.sources.world.spot import Outline, points_of

NECK_Y = 1.32  # base of the neck, in body coordinates of the figure
SHOULDER_DROP = 0.62  # from there to the shoulder joints
CHIBI_DROP = 0.45


@dataclass(frozen=True)
class Person:
    """A figure with a skeleton. Torso coordinates: x across, y down the spine from the base of the neck."""

    figure: Figure
    measures: Measures
    pose: Pose

    @property
    def drop(self) -> float:
        """How far the shoulders are below the base of the neck."""
        return CHIBI_DROP if self.measures.age == "chibi" else SHOULDER_DROP

    def torso(self, points: Outline) -> Points:
        """Body coordinates of torso coordinates."""
        places = points_of(points)
        lean = math.radians(self.pose.lean)
        cos, sin = math.cos(lean), math.sin(lean)
        x, y = places[:, 0], places[:, 1]
        return np.stack([x * cos + y * sin, NECK_Y - x * sin + y * cos], 1)

    def torso_point(self, x: Number, y: Number) -> Point:
        """Body coordinates of one point on the torso."""
        point: Point = self.torso([(x, y)])[0]
        return point

    def round(self, points: Outline, *, closed: bool = True) -> skia.Path:
        """A round shape through torso coordinates; a point given twice is a corner."""
        return smooth(self.figure.body(self.torso(points)), closed=closed)

    def flat(self, points: Outline, *, closed: bool = True) -> skia.Path:
        """Straight lines between torso coordinates."""
        return polygon(self.figure.body(self.torso(points)), closed=closed)

    @cached_property
    def arms(self) -> tuple[Points, Points]:
        """Shoulder, elbow and wrist of the left and the right arm, in body coordinates."""
        left, right = (self._arm(side, arm) for side, arm in zip((-1, 1), self.pose.arms, strict=True))
        return left, right

    @cached_property
    def legs(self) -> tuple[Points, Points]:
        """Hip, knee and ankle of the left and the right leg, in body coordinates."""
        left, right = (self._leg(side, leg) for side, leg in zip((-1, 1), self.pose.legs, strict=True))
        return left, right

    @cached_property
    def lowest(self) -> float:
        """The lowest point of the feet, or of what one sits on, in body coordinates."""
        hips = self.torso_point(0, self.measures.torso + 0.35)[1]
        return float(max(self.legs[0][2, 1] + 0.35, self.legs[1][2, 1] + 0.35, hips))

    def _arm(self, side: int, arm: Arm) -> Points:
        measures = self.measures
        shoulder = self.torso_point(side * (measures.shoulders - measures.arm_width * 0.42), self.drop)
        return _chain(shoulder, side, (arm.upper, measures.upper_arm), (arm.fore, measures.forearm))

    def _leg(self, side: int, leg: Leg) -> Points:
        measures = self.measures
        hip = self.torso_point(side * (measures.hips - measures.leg_width * 0.48), measures.torso - 0.1)
        thigh, shin = measures.thigh * leg.thigh_share, measures.shin * leg.shin_share
        return _chain(hip, side, (leg.thigh, thigh), (leg.shin, shin))


def _chain(root: Point, side: int, *bones: tuple[Number, Number]) -> Points:
    """Joints of bones, each an angle in degrees and a length."""
    joints = [root]
    for degrees, length in bones:
        angle = math.radians(degrees)
        joints.append(joints[-1] + length * np.array([side * math.sin(angle), math.cos(angle)]))
    return np.array(joints)

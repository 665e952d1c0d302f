"""How tall and how wide a person is, in units of half a head's width."""

from dataclasses import dataclass

import numpy as np

from nurie.data.sources.sampling import pick

AGES = {"chibi": 2.0, "child": 1.2, "teen": 4.0, "adult": 2.5}
# Torso from the base of the neck to the hips, thigh, shin, half widths of shoulders, half a limb's width.
TORSO = {"chibi": 1.85, "child": 3.0, "teen": 3.9, "adult": 4.5}
LEG = {"chibi": 2.5, "child": 5.0, "teen": 7.4, "adult": 8.6}
SHOULDERS = {"chibi": 0.92, "child": 1.12, "teen": 1.38, "adult": 1.62}
ARM_WIDTH = {"chibi": 0.5, "child": 0.48, "teen": 0.5, "adult": 0.54}
LEG_WIDTH = {"chibi": 0.72, "child": 0.72, "teen": 0.84, "adult": 0.92}


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Lengths along the body and half widths across it."""

    age: str
    torso: float
    """From the base of the neck to the hips."""
    thigh: float
    shin: float
    upper_arm: float
    forearm: float
    shoulders: float
    waist: float
    hips: float
    neck: float
    """These four are half widths."""
    arm_width: float
    """Of a whole limb at its root, as `leg_width`."""
    leg_width: float

    @property
    def waist_at(self) -> float:
        """How far below the base of the neck the waist is."""
        return 0.62 * self.torso


def choose_measures(rng: np.random.Generator, *, male: bool) -> Measures:
    """Draw the measures of a person by chance."""
    age = pick(rng, AGES)
    wide = rng.normal(1, 0.05)
    grown = age not in ("chibi", "child")
    torso, leg = TORSO[age] * rng.normal(1, 0.03), LEG[age] * rng.normal(1, 0.04)
    shoulders = SHOULDERS[age] * wide * (1.14 if male and grown else 1.0)
    arm = torso * 1.02 * rng.normal(1, 0.03)
    stout = rng.uniform(0.95, 1.25) if rng.random() < 0.25 else rng.uniform(0.88, 1.02)
    waist = shoulders * (0.8 if male or not grown else 0.64) * stout
    return Measures(
        age=age,
        torso=torso,
        thigh=leg * 0.5,
        shin=leg * 0.5,
        upper_arm=arm * 0.5,
        forearm=arm * 0.46,
        shoulders=shoulders,
        waist=waist,
        hips=max(waist * 1.02, shoulders * (0.84 if male else 0.92) * (1 + 0.5 * (stout - 1))),
        neck=0.44 if male and grown else 0.34,
        arm_width=ARM_WIDTH[age] * (1.12 if male and grown else 0.95) * stout**0.5,
        leg_width=LEG_WIDTH[age] * (1.08 if male and grown else 1.0) * stout**0.5,
    )

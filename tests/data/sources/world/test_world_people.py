"""People: their bones, limbs, hands and clothes."""

from dataclasses import replace

import numpy as np
import pytest

from nurie.data.sources.anime.figure import Figure, choose_look
from nurie.data.sources.world.habits import choose_habit
from nurie.data.sources.world.hand_canvas import HandCanvas
from nurie.data.sources.world.heads import KINDS, Head
from nurie.data.sources.world.limbs import ARM_SHAPE, LEG_SHAPE, Limb, tube, way, widths
from nurie.data.sources.world.measures import AGES, choose_measures
from nurie.data.sources.world.people import draw_person
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.plain_hair import STYLES
from nurie.data.sources.world.poses import ARMS, STANCES, Arm, Leg, Pose
from nurie.data.sources.world.wardrobe import BOTTOMS, TOPS, choose_clothes

SIDE = 96


def person_with(stance="stand", arms="down", seed=0):
    """A person of these habits in the middle of a small canvas."""
    rng = np.random.default_rng(seed)
    canvas = HandCanvas(SIDE, choose_habit(rng, 1.5), rng)
    look = choose_look(rng, full_body=True)
    below = STANCES[stance][1]
    pose = Pose(arms, stance, ARMS[arms][1:], (below.left, below.right), below.lean, below.seated)
    figure = Figure(canvas, rng, look, 1, float(SIDE), 0.3 * SIDE, 0.1 * SIDE)
    return Person(figure, choose_measures(rng, male=look.male), pose)


def test_bones_keep_their_lengths_in_every_pose():
    for stance in STANCES:
        for arms in ARMS:
            person = person_with(stance, arms)
            m = person.measures
            for joints in person.arms:
                np.testing.assert_allclose(np.linalg.norm(np.diff(joints, axis=0), axis=1), [m.upper_arm, m.forearm])
            for joints, leg in zip(person.legs, person.pose.legs, strict=True):
                lengths = [m.thigh * leg.thigh_share, m.shin * leg.shin_share]
                np.testing.assert_allclose(np.linalg.norm(np.diff(joints, axis=0), axis=1), lengths)


def test_angles_are_from_straight_down_and_away_from_the_body():
    person = person_with()
    arms = (Arm(0, 90), Arm(0, 90))
    left, right = replace(person, pose=replace(person.pose, arms=arms)).arms
    np.testing.assert_allclose(right[2] - right[1], [person.measures.forearm, 0], atol=1e-9)
    np.testing.assert_allclose(left[2] - left[1], [-person.measures.forearm, 0], atol=1e-9)


def test_a_line_through_a_straight_limb_is_straight_and_a_tube_as_wide_as_it_says():
    person = person_with()
    joints = np.array([(0.0, 0.0), (0.0, 2.0), (0.0, 4.0)])
    assert np.abs(way(joints)[:, 0]).max() < 1e-12
    box = tube(person, Limb(joints, 1.0, ((0.0, 1.0), (1.0, 1.0))), capped=False).computeTightBounds()
    unit = person.figure.unit
    assert box.width() == pytest.approx(unit, rel=1e-3)
    assert box.height() == pytest.approx(4 * unit, rel=1e-3)


@pytest.mark.parametrize("shape", [ARM_SHAPE, LEG_SHAPE])
def test_limbs_grow_thinner(shape):
    assert widths(shape, 20)[0] > widths(shape, 20)[-1] > 0


def test_a_sharply_bent_limb_is_one_shape():
    joints = np.array([(0.0, 0.0), (0.0, 3.0), (0.3, 0.5)])
    path = tube(person_with(), Limb(joints, 1.0, ARM_SHAPE))
    assert path.countPoints() > 0
    assert not path.isEmpty()


@pytest.mark.parametrize("top", [*TOPS, "dress"])
@pytest.mark.parametrize("bottom", BOTTOMS)
def test_every_garment_is_drawn_as_cloth(top, bottom):
    person = person_with()
    clothes = replace(choose_clothes(person.figure.rng, male=False, color="#3366cc"), top=top, bottom=bottom)
    draw_person(person, clothes)
    _, parts = person.figure.canvas.regions()
    kinds = {part.kind for part in parts}
    assert {"background", "skin", "hair", "cloth"} <= kinds


@pytest.mark.parametrize("arms", ARMS)
def test_hands_are_drawn_in_every_pose_and_some_hold_a_thing(arms):
    person = person_with(arms=arms, seed=1)
    held = draw_person(person, choose_clothes(person.figure.rng, male=True, color="#3366cc"))
    assert bool(held) == arms.startswith("hold")


@pytest.mark.parametrize("stance", STANCES)
def test_the_lowest_point_is_that_of_the_feet_or_the_seat(stance):
    person = person_with(stance)
    assert person.lowest > person.torso_point(0, person.measures.torso)[1]


def test_every_age_is_drawn_by_some_seed():
    ages = {choose_measures(np.random.default_rng(seed), male=False).age for seed in range(40)}
    assert ages == set(AGES)


def test_a_leg_that_points_at_us_is_shorter():
    assert Leg(0, 0, 0.5).thigh_share < Leg(0, 0).thigh_share


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", [*STYLES, "bald"])
def test_heads_of_every_kind_have_skin_and_all_but_bald_ones_hair(kind, style):
    figure = person_with(seed=4).figure
    head = Head(figure, kind, style, braids_in_front=True, grown=True)
    head.draw_behind()
    head.draw_middle()
    head.draw_front()
    kinds = {part.kind for part in figure.canvas.regions()[1]}
    assert kind == "behind" or "skin" in kinds
    assert (style == "bald" and kind not in ("profile", "behind")) or "hair" in kinds


def test_who_looks_away_shows_neither_eyes_nor_collar():
    person = person_with(seed=4)
    clothes = replace(choose_clothes(person.figure.rng, male=False, color="#3366cc"), top="sailor", pattern="plain")
    heads = {"behind": 1.0}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nurie.data.sources.world.heads.KINDS", heads)
        draw_person(person, clothes)
    assert "eye" not in {part.kind for part in person.figure.canvas.regions()[1]}

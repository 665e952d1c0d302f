import numpy as np
import pytest
from scored_drawings import make_drawing

from nurie.colors import ciede2000, rgb_to_cielab
from nurie.evaluation.agreement import agreeing_eyes, agreeing_hair, agreeing_twins, difference
from nurie.evaluation.painted import painted_regions
from nurie.evaluation.tally import Tally

BLUE, NEARLY_BLUE, GREEN = (40, 60, 200), (44, 64, 196), (40, 160, 60)


def painted(parts, colors):
    drawing = make_drawing(parts, colors)
    return painted_regions(drawing.color, drawing)


def eyes(*colors, owners=(1, 1, 2, 2)):
    parts = [("eye", owner, f"iris{i % 2 + 1}") for i, owner in enumerate(owners[: len(colors)])]
    return agreeing_eyes(painted(parts, colors))


def test_equal_and_nearly_equal_eyes_agree_and_others_do_not():
    assert eyes(BLUE, BLUE) == Tally(1, 1)
    assert eyes(BLUE, NEARLY_BLUE, BLUE, GREEN) == Tally(1, 2)


def test_the_eyes_of_two_faces_need_not_agree():
    assert eyes(BLUE, BLUE, GREEN, GREEN) == Tally(2, 2)


def test_a_face_with_one_eye_is_no_chance():
    assert eyes(BLUE) == Tally(0, 0)
    assert agreeing_eyes(painted([("eye", 1, "iris2"), ("eye", 1, "white1")], [BLUE, GREEN])) == Tally()
    assert agreeing_eyes([]) == Tally(0, 0)


def hair(*heads):
    parts = [("hair", owner, "") for owner, colors in enumerate(heads, 1) for _ in colors]
    return agreeing_hair(painted(parts, [color for colors in heads for color in colors]))


def test_one_odd_lock_of_many_does_not_agree():
    regions, heads = hair([BLUE] * 30 + [GREEN], [GREEN, GREEN])
    assert regions == Tally(32, 33)
    assert heads == Tally(1, 2)


def test_two_locks_of_two_colours_are_both_far_from_their_mean():
    assert hair([BLUE, GREEN]) == (Tally(0, 2), Tally(0, 1))


def test_a_single_lock_is_no_chance():
    assert hair([BLUE], [GREEN]) == (Tally(0, 0), Tally(0, 0))


def twins(kind, true, colors, owners):
    parts = [("cloth", owner, "") for owner in owners]
    return agreeing_twins(painted(parts, colors), painted(parts, true), kind)


def test_both_sleeves_should_agree_and_a_shirt_and_a_skirt_need_not():
    true, owners = [BLUE, NEARLY_BLUE, GREEN], [1, 1, 1]
    assert twins("cloth", true, [GREEN, GREEN, BLUE], owners) == Tally(1, 1)
    assert twins("cloth", true, [GREEN, BLUE, BLUE], owners) == Tally(0, 1)
    assert twins("skin", true, [GREEN, BLUE, BLUE], owners) == Tally()


def test_two_figures_need_not_wear_the_same():
    assert twins("cloth", [BLUE, BLUE, BLUE], [GREEN, BLUE, BLUE], [1, 2, 2]) == Tally(1, 1)
    assert twins("cloth", [BLUE, BLUE], [GREEN, BLUE], [1, 2]) == Tally()


def test_the_mean_is_weighted_by_area():
    drawing = make_drawing([("hair", 1, "")] * 2, [BLUE, GREEN])
    drawing.sketch[4:, 16:] = 0
    tall, wide = agreeing_hair(painted_regions(drawing.color, drawing))
    lab = rgb_to_cielab(np.array([BLUE, GREEN], np.uint8))
    mean = (225 * lab[0] + 60 * lab[1]) / 285
    near = int(ciede2000(lab[0], mean) <= 10) + int(ciede2000(lab[1], mean) <= 10)
    assert tall == Tally(near, 2)
    assert wide == Tally(0, 1)


def test_the_difference_is_that_of_hair_and_clothes():
    parts = [("skin", 1, ""), ("hair", 1, ""), ("cloth", 1, ""), ("eye", 1, "iris1")]
    a, b = painted(parts, [BLUE] * 4), painted(parts, [GREEN, GREEN, BLUE, GREEN])
    expected = float(ciede2000(*rgb_to_cielab(np.array([BLUE, GREEN], np.uint8))))
    np.testing.assert_allclose(difference(a, b), [expected, 0])


def test_without_hair_and_clothes_there_is_no_difference_to_measure():
    skin = painted([("skin", 1, "")], [BLUE])
    assert difference(skin, skin).shape == (0,)


def test_tallies_add_up_and_know_when_there_was_no_chance():
    assert Tally(1, 2) + Tally(2, 2) == Tally(3, 4)
    assert Tally(3, 4).share == pytest.approx(0.75)
    assert Tally().share is None

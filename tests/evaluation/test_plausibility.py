import numpy as np
import pytest
from scored_drawings import SKIN, make_drawing, make_person

from nurie.colors import rgb_to_cielab
from nurie.errors import DataError
from nurie.evaluation.painted import painted_regions
from nurie.evaluation.plausibility import plausible_skin, skin_colors
from nurie.evaluation.tally import Tally

DARK_SKIN = (107, 58, 32)
LAB = rgb_to_cielab(np.array([SKIN, DARK_SKIN], np.uint8))


def skin_tally(*colors):
    drawing = make_drawing([("skin", 1, "")] * len(colors), colors)
    return plausible_skin(painted_regions(drawing.color, drawing), LAB)


def test_skin_may_have_any_of_the_skin_colours_and_what_is_near_one():
    assert skin_tally(SKIN, DARK_SKIN, (250, 215, 190)) == Tally(3, 3)


def test_green_skin_and_a_colour_between_two_skins_are_not_plausible():
    between = tuple((a + b) // 2 for a, b in zip(SKIN, DARK_SKIN, strict=True))
    assert skin_tally((60, 200, 60), between, SKIN) == Tally(1, 3)


def test_other_regions_may_have_any_colour():
    drawing = make_drawing([("hair", 1, "")], [(0, 255, 0)])
    assert plausible_skin(painted_regions(drawing.color, drawing), LAB) == Tally(0, 0)


def test_the_skin_colours_are_those_of_the_skin_regions_only():
    np.testing.assert_array_equal(skin_colors([make_person(), make_person(1)]), LAB[:1])


def test_what_one_in_two_thousand_regions_shows_is_no_skin_colour():
    usual = make_drawing([("skin", 1, "")] * 100, [SKIN] * 100)
    odd = make_drawing([("skin", 1, "")], [(0, 0, 255)])
    assert len(skin_colors([usual] * 20 + [odd])) == 1
    assert len(skin_colors([usual] * 2 + [odd])) == 2


def test_a_corpus_without_skin_is_an_error():
    with pytest.raises(DataError, match="no drawing has a region of skin"):
        skin_colors([make_drawing([("hair", 1, "")], [SKIN])])

import numpy as np
import pytest
from scored_drawings import make_drawing, make_person

from nurie.colors import rgb_to_cielab
from nurie.data.sources.drawing import Part
from nurie.errors import DataError
from nurie.evaluation.painted import painted_regions


def test_each_region_has_its_colour_and_paper_area():
    drawing = make_person()
    painted = painted_regions(drawing.color, drawing)
    assert [region.part for region in painted] == list(drawing.parts)
    assert {region.area for region in painted} == {15 * 15}
    assert painted[1].rgb.tolist() == [255, 224, 200]
    np.testing.assert_array_equal(painted[1].lab, rgb_to_cielab(painted[1].rgb))


def test_ink_and_its_gray_border_do_not_count():
    drawing = make_drawing([("hair", 1, "")], [(10, 20, 30)])
    drawing.sketch[:8] = 200
    drawing.color[:8] = 255
    assert painted_regions(drawing.color, drawing)[0].rgb.tolist() == [10, 20, 30]
    assert painted_regions(drawing.color, drawing)[0].area == 7 * 15


def test_the_colour_is_the_median_so_that_a_shadow_changes_nothing():
    drawing = make_drawing([("hair", 1, "")], [(100, 100, 100)])
    drawing.color[:6] = 0
    assert painted_regions(drawing.color, drawing)[0].rgb.tolist() == [100, 100, 100]


@pytest.mark.parametrize(("paper", "counted"), [(11, 0), (12, 1)])
def test_regions_under_twelve_paper_pixels_are_left_out(paper, counted):
    drawing = make_drawing([("hair", 1, "")], [(100, 100, 100)])
    drawing.sketch[:] = 0
    drawing.sketch.ravel()[:paper] = 201
    assert len(painted_regions(drawing.color, drawing)) == counted


def test_the_pieces_of_one_iris_are_one_region():
    parts = [("eye", 1, "iris1"), ("skin", 1, ""), ("eye", 1, "iris1"), ("eye", 2, "iris1")]
    drawing = make_drawing(parts, [(9, 9, 9)] * 4)
    painted = painted_regions(drawing.color, drawing)
    assert [(region.part, region.area) for region in painted] == [
        (Part("eye", 1, "iris1"), 450),
        (Part("skin", 1), 225),
        (Part("eye", 2, "iris1"), 225),
    ]


def test_a_drawing_that_does_not_know_its_parts_cannot_be_scored():
    drawing = make_drawing([], [(0, 0, 0)])
    assert painted_regions(drawing.color, drawing) == []
    person = make_person()
    nameless = type(person)(person.color, person.sketch, person.regions)
    with pytest.raises(DataError, match="names 0 parts for 7 regions"):
        painted_regions(nameless.color, nameless)


def test_a_picture_of_another_size_is_refused():
    drawing = make_person()
    with pytest.raises(DataError, match=r"give the drawing's size"):
        painted_regions(drawing.color[:-1], drawing)

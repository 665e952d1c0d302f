import numpy as np

from nurie.colors import palette_to_rgb
from nurie.data.samples import UNKNOWN, palette_sample
from nurie.data.sources.drawing import KINDS, Drawing, Part

HAIR_AND_SKIN = (Part("hair"), Part("skin"))


def make_drawing(parts=HAIR_AND_SKIN):
    regions = np.ones((32, 32), np.int32)
    regions[:, 16:] = 2
    color = np.array([[0, 0, 0], [200, 30, 90], [250, 220, 200]], np.uint8)[regions]
    return Drawing(color, np.full((32, 32), 255, np.uint8), regions, parts)


def test_colors_and_sizes_of_the_true_regions():
    drawing = make_drawing()
    sample = palette_sample(drawing, drawing.sketch, drawing.regions, grid=4)
    assert (palette_to_rgb(sample.palette) == [[200, 30, 90], [250, 220, 200]]).all()
    assert (sample.pixels == 512).all()
    assert [KINDS[k] for k in sample.kinds] == ["hair", "skin"]


def test_a_found_region_is_what_most_of_its_paper_is():
    drawing = make_drawing()
    found = np.ones((32, 32), np.int32)
    found[:, 10:] = 2  # six columns of hair, sixteen of skin
    sample = palette_sample(drawing, drawing.sketch, found, grid=4)
    assert [KINDS[k] for k in sample.kinds] == ["hair", "skin"]
    assert (palette_to_rgb(sample.palette)[1] == [250, 220, 200]).all()


def test_a_region_of_ink_is_of_no_kind():
    drawing = make_drawing()
    sketch = drawing.sketch.copy()
    sketch[:, 16:] = 0
    assert palette_sample(drawing, sketch, drawing.regions, grid=4).kinds[1] == UNKNOWN


def test_without_names_nothing_is_of_any_kind():
    drawing = make_drawing(())
    assert (palette_sample(drawing, drawing.sketch, drawing.regions, grid=4).kinds == UNKNOWN).all()


def make_eyes(left, right):
    drawing = make_drawing((Part("eye", 1, "iris1"), Part("eye", 1, "iris2")))
    color = np.array([[0, 0, 0], left, right], np.uint8)[drawing.regions]
    return Drawing(color, drawing.sketch, drawing.regions, drawing.parts)


def test_the_two_irises_of_a_face_share_a_color():
    drawing = make_eyes([60, 80, 150], [66, 86, 156])
    palette = palette_sample(drawing, drawing.sketch, drawing.regions, grid=4).palette
    assert (palette[0] == palette[1]).all()


def test_eyes_of_two_clearly_different_colors_stay_different():
    drawing = make_eyes([60, 80, 150], [150, 90, 20])
    colors = palette_to_rgb(palette_sample(drawing, drawing.sketch, drawing.regions, grid=4).palette)
    assert (colors == [[60, 80, 150], [150, 90, 20]]).all()

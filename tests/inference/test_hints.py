import numpy as np
import pytest

from nurie.errors import InputError
from nurie.inference.hints import color_name, read_color_name, read_hints, read_strokes

REGIONS = np.array([[1, 1, 2], [1, 3, 2]], np.int32)


def test_labels_and_places():
    known, colors = read_hints({3: "#010203", (0, 2): "#FFfe00"}, REGIONS)
    assert known.tolist() == [False, True, True]
    assert colors.tolist() == [[0, 0, 0], [255, 254, 0], [1, 2, 3]]


def test_saying_the_same_twice_is_no_contradiction():
    known, _ = read_hints({1: "#010203", (0, 0): "#010203", (1, 0): "#010203"}, REGIONS)
    assert known.tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("hints", "message"),
    [
        ({0: "#000000"}, r"hint for region 0, but the drawing has regions 1\.\.3"),
        ({4: "#000000"}, r"hint for region 4, but"),
        ({(2, 0): "#000000"}, r"row 2, column 0 lies outside of the drawing \(2 rows, 3 columns\)"),
        ({(0, -1): "#000000"}, r"column -1 lies outside"),
        ({1: "red"}, r"'red' is no colour; write it as \"#rrggbb\""),
        ({1: "#12345"}, r"'#12345' is no colour"),
        ({1: "#010203", (0, 0): "#010204"}, r"two hints give region 1 different colours"),
    ],
)
def test_hints_that_make_no_sense(hints, message):
    with pytest.raises(InputError, match=message):
        read_hints(hints, REGIONS)


def strokes(alpha=255):
    """On a drawing of two halves with ink between: red on the left, running over the ink; nothing on the right."""
    layer = np.zeros((20, 40, 4), np.uint8)
    layer[5:10, 4:21] = (255, 0, 0, alpha)
    return layer


def halves():
    sketch, regions = np.full((20, 40), 255, np.uint8), np.ones((20, 40), np.int32)
    sketch[:, 19:22] = 0
    regions[:, 20:] = 2
    return sketch, regions


def test_strokes_hint_the_regions_they_touch():
    assert read_strokes(strokes(), *halves()) == {1: "#ff0000"}
    layer = strokes()
    layer[12:15, 30:33] = (1, 2, 3, 255)
    assert read_strokes(layer, *halves()) == {1: "#ff0000", 2: "#010203"}


def test_the_median_of_several_strokes_counts():
    layer = strokes()
    layer[5:7, 4:19] = (0, 0, 255, 255)
    assert read_strokes(layer, *halves()) == {1: "#ff0000"}


def test_translucent_strokes_give_their_own_colour_and_faint_ones_nothing():
    red = read_strokes(strokes(160), *halves())[1]
    assert red[:3] == "#ff"
    assert int(red[3:], 16) <= 0x0202
    with pytest.raises(InputError, match="has no strokes that touch a region"):
        read_strokes(strokes(100), *halves())


def test_a_stroke_on_a_region_of_ink_alone_counts():
    sketch, regions = halves()
    sketch[:, 20:] = 0
    assert read_strokes(strokes(), sketch, regions) == {1: "#ff0000", 2: "#ff0000"}


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (strokes()[:10], r"the strokes in the array have 40x10 pixels, the drawing 40x20"),
        (strokes()[..., :3], r"the array has no transparent pixels; paint strokes on an empty layer"),
        (strokes(0), r"the array has no strokes"),
    ],
)
def test_layers_that_are_no_strokes(layer, message):
    with pytest.raises(InputError, match=message):
        read_strokes(layer, *halves())


def test_names_of_colours_go_both_ways():
    assert color_name(np.array(read_color_name("#0aFf80"), np.uint8)) == "#0aff80"

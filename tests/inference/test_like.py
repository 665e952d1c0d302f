import cv2
import numpy as np
import pytest
from face_drawing import face, face_regions

from nurie.errors import InputError
from nurie.inference import Colorizer, Style
from nurie.inference.like import match_colors
from nurie.regions.flats import compose, paint_flats


@pytest.fixture(scope="module")
def colorizer():
    return Colorizer(threads=1)


def match(encoded, *references):
    network = encoded.networks.palette
    return match_colors(network, encoded.tokens, network.read(encoded.sketch, encoded.regions), references)


def test_a_drawing_in_its_own_colours_keeps_them_all(colorizer):
    encoded = colorizer.encode(face(200, 200), regions=face_regions(200, 200))
    result = encoded.sample(3)
    alike, colors = match(encoded, encoded.refer(result.colors))
    assert alike.all()
    assert np.array_equal(colors, result.colors)


def test_the_same_drawing_moved_gets_the_same_colours(colorizer):
    encoded = colorizer.encode(face(200, 200), regions=face_regions(200, 200))
    result = encoded.sample(3)
    moved = colorizer.encode(np.roll(face(200, 200), (6, -8), (0, 1)))
    alike, colors = match(moved, encoded.refer(result.colors))
    assert {tuple(color) for color in colors[alike].tolist()} == {tuple(color) for color in result.colors.tolist()}


def test_a_coloured_picture_is_cut_by_itself(colorizer):
    sketch = face(200, 200)
    encoded = colorizer.encode(sketch, regions=face_regions(200, 200))
    colors = np.array([[200, 230, 255], [250, 210, 180], [40, 90, 200], [40, 160, 60]], np.uint8)
    picture = compose(paint_flats(colors, encoded.regions), sketch)
    alike, found = match(encoded, colorizer.read_reference(picture))
    assert alike.all()
    assert np.array_equal(found, colors)


def test_what_has_no_counterpart_gets_no_hint(colorizer):
    corner = np.full((200, 200), 255, np.uint8)
    cv2.circle(corner, (190, 190), 6, 0, 1)
    encoded = colorizer.encode(face(200, 200), regions=face_regions(200, 200))
    alike, colors = match(encoded, colorizer.encode(corner).refer(np.array([[1, 2, 3], [4, 5, 6]], np.uint8)))
    assert alike.tolist() == [True, False, False, False]  # the ground is ground in both
    assert colors[0].tolist() == [1, 2, 3]


def test_weights_that_know_no_kinds_match_as_well(weights_folder):
    encoded = Colorizer(weights_folder).encode(face(), regions=face_regions())
    result = encoded.sample(1)
    alike, colors = match(encoded, encoded.refer(result.colors))
    assert alike.all()
    assert np.array_equal(colors, result.colors)


def test_of_two_references_the_one_that_is_more_alike_is_taken(weights_folder):
    encoded = Colorizer(weights_folder).encode(face(), regions=face_regions())
    turned = Colorizer(weights_folder).encode(face(80, 120), regions=face_regions(80, 120))
    mine, others = np.full((4, 3), 7, np.uint8), np.full((4, 3), 200, np.uint8)
    _, colors = match(encoded, turned.refer(others), encoded.refer(mine))
    assert np.array_equal(colors, mine)


def test_weights_without_references_take_what_is_alike_as_hints(weights_folder):
    colorizer = Colorizer(weights_folder, threads=1)
    encoded = colorizer.encode(face(), regions=face_regions())
    colors = np.array([[1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]], np.uint8)
    style = Style(references=[encoded.refer(colors)])
    result = encoded.sample(4, hints={2: "#ff8800"}, style=style)
    assert result.colors.tolist() == [[1, 1, 1], [0xFF, 0x88, 0], [3, 3, 3], [4, 4, 4]]
    assert result.known.all()
    assert not result.style.references  # all that is left of them are hints


def test_colours_must_fit_the_drawing(weights_folder):
    encoded = Colorizer(weights_folder).encode(face(), regions=face_regions())
    with pytest.raises(InputError, match="2 colors do not fit a drawing of 4 regions"):
        encoded.refer(np.zeros((2, 3), np.uint8))


def test_a_blank_reference_is_one_region(weights_folder):
    reference = Colorizer(weights_folder).read_reference(np.full((50, 50, 3), 9, np.uint8))
    assert reference.colors.tolist() == [[9, 9, 9]]

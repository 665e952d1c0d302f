import cv2
import numpy as np
import pytest
from face_drawing import face, face_regions

from nurie.errors import InputError
from nurie.inference import Colorizer
from nurie.inference.like import make_reference, match_colors, read_reference
from nurie.regions.flats import compose, paint_flats


@pytest.fixture(scope="module")
def colorizer():
    return Colorizer(threads=1)


def hex_colors(colors):
    return {label: "#" + bytes(color).hex() for label, color in enumerate(colors, 1)}


def test_a_drawing_in_its_own_colours_keeps_them_all(colorizer):
    encoded = colorizer.encode(face(200, 200), regions=face_regions(200, 200))
    result = encoded.sample(3)
    assert match_colors(encoded, make_reference(encoded, result.colors)) == hex_colors(result.colors)


def test_the_same_drawing_moved_gets_the_same_colours(colorizer):
    encoded = colorizer.encode(face(200, 200), regions=face_regions(200, 200))
    result = encoded.sample(3)
    moved = colorizer.encode(np.roll(face(200, 200), (6, -8), (0, 1)))
    hints = match_colors(moved, make_reference(encoded, result.colors))
    assert set(hints.values()) == set(hex_colors(result.colors).values())


def test_a_coloured_picture_is_cut_by_itself(colorizer):
    sketch = face(200, 200)
    encoded = colorizer.encode(sketch, regions=face_regions(200, 200))
    colors = np.array([[200, 230, 255], [250, 210, 180], [40, 90, 200], [40, 160, 60]], np.uint8)
    picture = compose(paint_flats(colors, encoded.regions), sketch)
    hints = match_colors(encoded, read_reference(colorizer, picture))
    assert hints == hex_colors(colors)


def test_what_has_no_counterpart_gets_no_hint(colorizer):
    corner = np.full((200, 200), 255, np.uint8)
    cv2.circle(corner, (190, 190), 6, 0, 1)
    reference = colorizer.encode(corner, regions=np.ones((200, 200), np.int32))
    encoded = colorizer.encode(face(200, 200), regions=face_regions(200, 200))
    hints = match_colors(encoded, make_reference(reference, np.array([[1, 2, 3]], np.uint8)))
    assert 1 in hints  # the ground is ground in both
    assert len(hints) < encoded.num_regions


def test_weights_that_know_no_kinds_match_as_well(weights_folder):
    encoded = Colorizer(weights_folder).encode(face(), regions=face_regions())
    result = encoded.sample(1)
    assert match_colors(encoded, make_reference(encoded, result.colors)) == hex_colors(result.colors)


def test_colours_must_fit_the_drawing(weights_folder):
    encoded = Colorizer(weights_folder).encode(face(), regions=face_regions())
    with pytest.raises(InputError, match="2 colors do not fit a drawing of 4 regions"):
        make_reference(encoded, np.zeros((2, 3), np.uint8))


def test_a_blank_reference_is_one_region(weights_folder):
    reference = read_reference(Colorizer(weights_folder), np.full((50, 50, 3), 9, np.uint8))
    assert reference.colors.tolist() == [[9, 9, 9]]

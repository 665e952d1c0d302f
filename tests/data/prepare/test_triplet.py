import cv2
import numpy as np
import pytest
from heaps import flat_picture
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nurie.data.prepare.config import PrepareConfig
from nurie.data.prepare.triplet import encode_sketch, encode_triplet, keep_drawing, make_triplet
from nurie.data.sources.drawing import Drawing, Part
from nurie.errors import InputError

CONFIG = PrepareConfig(sources=("a",), side=128, regions="flood_fill")


def rng():
    return np.random.default_rng(0)


@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_sketches_are_stored_in_16_grays(sketch):
    back = cv2.imdecode(np.frombuffer(encode_sketch(sketch), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert abs(back.astype(int) - sketch).max() <= 8
    assert (back[sketch == 0] == 0).all()
    assert (back[sketch == 255] == 255).all()


def test_black_and_white_takes_one_bit():
    sketch = np.where(np.random.default_rng(0).random((64, 64)) < 0.5, 0, 255).astype(np.uint8)
    assert len(encode_sketch(sketch)) < 64 * 64 / 8 + 200


def test_a_picture_becomes_a_triplet_at_its_stored_size():
    made = make_triplet(flat_picture(0, 300, 200), CONFIG, rng())
    assert made.color.shape == (128, 85, 3)
    assert set(made.sketches) == {"sketch", "sketch-soft"}
    assert {sketch.shape for sketch in made.sketches.values()} == {(128, 85)} == {made.regions.shape}
    assert set(np.unique(made.sketches["sketch"])) == {0, 255}
    assert len(np.unique(made.sketches["sketch-soft"])) > 2
    assert made.regions.max() > 3
    assert made.meta["methods"]["sketch"]["method"] == "xdog"
    assert made.meta["methods"]["regions"] == {"method": "flood_fill"}


def test_small_pictures_keep_their_size():
    assert make_triplet(flat_picture(0, 100, 90), CONFIG, rng()).color.shape == (100, 90, 3)


def test_what_a_drawing_knows_is_kept():
    color = flat_picture(1, 128, 128)
    regions = np.ones((128, 128), np.int32)
    truth = Drawing(color, np.full((128, 128), 255, np.uint8), regions, (Part("hair", 1, "bang"),), {"seed": 3})
    made = keep_drawing(truth, CONFIG, rng())
    np.testing.assert_array_equal(made.sketches["sketch"], truth.sketch)
    assert made.meta["parts"] == [["hair", 1, "bang"]]
    assert set(made.sketches) == {"sketch", "sketch-xdog", "sketch-soft"}
    assert made.meta["methods"]["regions"] == {"method": "true"}


@pytest.mark.parametrize("form", ["webp", "jpg", "png"])
def test_colour_and_regions_come_back(form):
    made = make_triplet(flat_picture(2, 128, 128), CONFIG, rng())
    files = encode_triplet(made, form)
    assert list(files) == [f"color.{form}", "sketch.png", "sketch-soft.png", "regions.png", "json"]
    color = cv2.imdecode(np.frombuffer(files[f"color.{form}"], np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    assert abs(color.astype(int) - made.color).mean() < (0.1 if form == "png" else 4)
    regions = cv2.imdecode(np.frombuffer(files["regions.png"], np.uint8), cv2.IMREAD_UNCHANGED)
    assert regions.dtype == np.uint16
    np.testing.assert_array_equal(regions, made.regions)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sources": ()}, "there is no source"),
        ({"side": 8}, "side must be at least 32 pixels, got 8"),
        ({"shard_size": 0}, "at least 1 sample, got 0"),
        ({"val": 0.5, "test": 0.5}, "leave nothing to train on"),
        ({"val": -0.1}, "not negative"),
        ({"lines": ()}, "there is no kind of lines"),
        ({"lines": ("ink",)}, "unknown lines 'ink'; choose from xdog, soft"),
        ({"regions": "magic"}, "unknown region method 'magic'"),
        ({"color_format": "gif"}, "unknown format 'gif'; choose from webp, jpg, png"),
    ],
)
def test_settings_that_make_no_sense_are_refused(options, message):
    with pytest.raises(InputError, match=message):
        PrepareConfig(**{"sources": ("a",), **options})

from dataclasses import replace

import numpy as np
import pytest
from heaps import flat_picture

from nurie.data.prepare.config import PrepareConfig
from nurie.data.prepare.triplet import keep_drawing, make_triplet
from nurie.data.sources.drawing import Drawing, Part
from nurie.errors import InputError

CONFIG = PrepareConfig(sources=("a",), side=128, regions="flood_fill")


def rng():
    return np.random.default_rng(0)


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
    assert set(made.sketches) == {"sketch", "sketch-xdog"}
    assert made.meta["methods"]["regions"] == {"method": "true"}


@pytest.mark.parametrize(
    ("lines", "kept"), [(("soft",), {"sketch-soft"}), (("soft", "xdog"), {"sketch-soft"}), (("xdog",), {"sketch-xdog"})]
)
def test_true_lines_take_the_place_of_the_last_kind(lines, kept):
    truth = Drawing(flat_picture(1, 64, 64), np.full((64, 64), 255, np.uint8), np.ones((64, 64), np.int32))
    assert set(keep_drawing(truth, replace(CONFIG, lines=lines), rng()).sketches) == {"sketch", *kept}


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

import cv2
import numpy as np
import pytest
from heaps import flat_picture
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nurie.data.prepare.config import PrepareConfig
from nurie.data.prepare.encoding import (
    COLOR_WAYS,
    SAMPLE_BYTES,
    encode_color,
    encode_sketch,
    encode_triplet,
)
from nurie.data.prepare.triplet import Triplet, make_triplet
from nurie.data.shards import ShardWriter, size_in_tar

CONFIG = PrepareConfig(sources=("a",), side=128, regions="flood_fill")


def decode(data, how=cv2.IMREAD_UNCHANGED):
    return cv2.imdecode(np.frombuffer(data, np.uint8), how)


def colors_of(data):
    return decode(data, cv2.IMREAD_COLOR)[..., ::-1]


def slopes(side=128):
    """Smooth in all three channels, with grain: what a photograph is like."""
    rows, columns = np.mgrid[:side, :side] * (255 / side)
    picture = np.stack([rows, columns, 255 - (rows + columns) / 2], axis=2)
    return np.clip(picture + np.random.default_rng(0).normal(0, 12, picture.shape), 0, 255).astype(np.uint8)


def crowded(side, spots):
    """A drawing with more and smaller things in it than any."""
    rng, picture = np.random.default_rng(1), np.full((side, side, 3), 255, np.uint8)
    sketch, regions = np.full((side, side), 255, np.uint8), np.ones((side, side), np.int32)
    for number in range(spots):
        middle, radius = rng.integers(side, size=2).tolist(), int(rng.integers(2, 9))
        cv2.circle(picture, middle, radius, rng.integers(256, size=3).tolist(), -1, cv2.LINE_AA)
        cv2.circle(sketch, middle, radius, 0, 1, cv2.LINE_AA)
        cv2.circle(regions, middle, radius, number + 2, -1)
    return Triplet(picture, {"sketch": sketch, "sketch-xdog": sketch}, regions, {"source": "test"})


@settings(max_examples=30, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_sketches_are_stored_in_16_grays(sketch):
    back = decode(encode_sketch(sketch), cv2.IMREAD_GRAYSCALE)
    assert abs(back.astype(int) - sketch).max() <= 8
    assert (back[sketch == 0] == 0).all()
    assert (back[sketch == 255] == 255).all()


def test_black_and_white_takes_one_bit():
    sketch = np.where(np.random.default_rng(0).random((64, 64)) < 0.5, 0, 255).astype(np.uint8)
    assert len(encode_sketch(sketch)) < 64 * 64 / 8 + 200


def test_up_to_256_colors_come_back_as_they_are():
    color = np.stack([np.arange(256, dtype=np.uint8).reshape(16, 16)] * 3, axis=2)
    np.testing.assert_array_equal(colors_of(encode_color(color, COLOR_WAYS[0])), color)


def test_drawings_keep_the_colors_of_small_regions():
    color = np.full((64, 64, 3), 255, np.uint8)
    color[::8] = 0
    color[4::8, ::4] = (200, 30, 60)
    found = colors_of(encode_color(color, COLOR_WAYS[0]))
    np.testing.assert_array_equal(found, color)


def test_what_256_colors_do_no_justice_is_stored_with_losses():
    data = encode_color(slopes(), COLOR_WAYS[0])
    assert b"VP8 " in data[:16]
    assert b"VP8L" in encode_color(flat_picture(0, 64, 64), COLOR_WAYS[0])[:16]
    assert cv2.PSNR(colors_of(data), slopes()) > 25


@pytest.mark.parametrize("spots", [50, 100, 150])
def test_a_crowded_sample_stays_within_its_bytes(spots):
    files = encode_triplet(crowded(256, spots), "webp")
    assert size_in_tar(files) <= SAMPLE_BYTES


def test_what_never_fits_is_stored_as_small_as_it_can_be():
    files = encode_triplet(crowded(256, 900), "webp")
    assert files["color.webp"] == encode_color(crowded(256, 900).color, COLOR_WAYS[-1])
    assert size_in_tar(files) > SAMPLE_BYTES


def test_larger_pictures_may_have_more_bytes_by_their_area():
    assert SAMPLE_BYTES < size_in_tar(encode_triplet(crowded(512, 350), "webp")) <= 4 * SAMPLE_BYTES


def test_a_sample_is_as_large_as_the_shard_grows():
    files = encode_triplet(crowded(64, 9), "webp")
    assert ShardWriter().add("key", files).length == size_in_tar(files)


@pytest.mark.parametrize("form", ["webp", "jpg", "png"])
def test_colour_and_regions_come_back(form):
    made = make_triplet(flat_picture(2, 128, 128), CONFIG, np.random.default_rng(0))
    files = encode_triplet(made, form)
    assert list(files) == [f"color.{form}", "sketch.webp", "sketch-soft.webp", "regions.png", "json"]
    assert abs(colors_of(files[f"color.{form}"]).astype(int) - made.color).mean() < (4 if form == "jpg" else 0.1)
    regions = decode(files["regions.png"])
    assert regions.dtype == np.uint16
    np.testing.assert_array_equal(regions, made.regions)

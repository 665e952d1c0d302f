import struct
import zlib

import cv2
import numpy as np
import pytest
from PIL import Image as PillowImage

from nurie.errors import ImageError
from nurie.images import read_color
from nurie.images.png import decode_plain, encode_png, plain_size

HEADER = 33


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 256, (20, 31, 3)).astype(np.uint8)


@pytest.fixture
def plain(pixels):
    return encode_png(pixels, dpi=None, icc=None)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_plain_png_is_read_as_pillow_reads_it(plain, pixels, tmp_path):
    assert plain_size(plain) == (31, 20)
    (tmp_path / "a.png").write_bytes(plain)
    with PillowImage.open(tmp_path / "a.png") as picture:
        assert np.array_equal(np.asarray(picture), pixels)
    assert np.array_equal(read_color(plain), pixels)


def test_what_says_more_is_left_to_pillow(plain, pixels):
    assert plain_size(encode_png(pixels, dpi=(72.0, 72.0), icc=None)) is None
    assert plain_size(encode_png(pixels[..., 0], dpi=None, icc=None)) is None
    assert plain_size(cv2.imencode(".png", pixels.astype(np.uint16))[1].tobytes()) is None
    assert plain_size(plain[:HEADER] + chunk(b"gAMA", bytes(4)) + plain[HEADER:]) is None
    assert plain_size(cv2.imencode(".jpg", pixels)[1].tobytes()) is None


@pytest.mark.parametrize("place", [16, 60, -20, -6])
def test_damage_is_noticed_before_it_is_decoded(plain, place):
    damaged = bytearray(plain)
    damaged[place] ^= 1
    assert plain_size(bytes(damaged)) is None
    assert plain_size(plain[:place]) is None
    assert plain_size(plain + b"0") is None


def test_too_few_pixels_with_the_right_sums_are_no_picture(plain):
    short = plain[:HEADER] + chunk(b"IDAT", zlib.compress(bytes(94 * 20))[:-9]) + chunk(b"IEND", b"")
    assert plain_size(short) == (31, 20)
    assert decode_plain(short) is None
    with pytest.raises(ImageError, match="damaged or cut short"):
        read_color(short)


def test_the_limit_is_looked_at_first(plain):
    with pytest.raises(ImageError, match="more than the limit"):
        read_color(plain, max_pixels=600)

import io

import numpy as np
import pytest
from PIL import Image as PillowImage

from nurie.images import encode_image, read_color
from nurie.inference.png_text import find_text, insert_text

IMAGE = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3)
TEXT = '{"seed": 7, "name": "塗り絵"}'


@pytest.fixture
def png():
    return insert_text(encode_image(IMAGE), "nurie", TEXT)


def test_what_is_put_in_comes_out(png):
    assert find_text(png, "nurie") == TEXT
    assert find_text(png, "other") is None


def test_the_picture_stays_a_picture_that_others_read(png):
    assert np.array_equal(read_color(png), IMAGE)
    with PillowImage.open(io.BytesIO(png)) as image:
        assert image.text["nurie"] == TEXT


def test_what_carries_none(png):
    assert find_text(encode_image(IMAGE), "nurie") is None
    assert find_text(encode_image(IMAGE, "WEBP"), "nurie") is None
    assert find_text(b"", "nurie") is None
    assert find_text(png[:50], "nurie") is None

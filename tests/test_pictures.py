import io

import numpy as np
import pytest
from PIL import Image

import nurie
from nurie.errors import ImageError, InputError


def drawing():
    """A frame of dark blue lines on tinted paper."""
    image = np.full((64, 64, 3), (250, 240, 220), np.uint8)
    image[10:50, 10:12] = image[10:50, 40:42] = (20, 30, 90)
    image[10:12, 10:42] = image[48:50, 10:42] = (20, 30, 90)
    return image


def as_bytes(image):
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def path(tmp_path):
    (tmp_path / "a.png").write_bytes(as_bytes(drawing()))
    return tmp_path / "a.png"


def test_regions_of_every_source(path):
    expected = nurie.segment_regions(drawing())
    assert expected.dtype == np.int32
    assert expected.max() == 2
    for source in (path, str(path), path.read_bytes()):
        assert np.array_equal(nurie.segment_regions(source), expected)
    labels = nurie.segment_regions(Image.open(path))
    assert labels.mode == "I;16"
    assert np.array_equal(np.asarray(labels), expected)


def test_sketch_of_every_source(path):
    expected = nurie.extract_sketch(drawing())
    assert expected.dtype == np.uint8
    for source in (path, str(path), path.read_bytes()):
        assert np.array_equal(nurie.extract_sketch(source), expected)
    lines = nurie.extract_sketch(Image.open(path))
    assert lines.mode == "L"
    assert np.array_equal(np.asarray(lines), expected)


def test_options_reach_the_method():
    assert nurie.segment_regions(drawing(), "patches", count=4).max() == 4
    thin, thick = (nurie.extract_sketch(drawing(), sigma=sigma) for sigma in (0.4, 1.5))
    assert not np.array_equal(thin, thick)
    with pytest.raises(InputError, match="no option"):
        nurie.segment_regions(drawing(), size=3)


def test_no_picture():
    with pytest.raises(ImageError, match="does not exist"):
        nurie.extract_sketch("none.png")

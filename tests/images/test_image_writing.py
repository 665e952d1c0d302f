import io

import numpy as np
import pytest
from PIL import Image

from nurie.errors import OutputError
from nurie.images import IMAGE_SUFFIXES, encode_image, read_image, replace_file, write_image

RNG = np.random.default_rng(0)
COLOR = RNG.integers(0, 256, (9, 7, 3), dtype=np.uint8)


@pytest.mark.parametrize("suffix", IMAGE_SUFFIXES)
def test_what_is_written_can_be_read(tmp_path, suffix):
    path = tmp_path / f"a{suffix.upper()}"
    write_image(path, COLOR)
    read = read_image(path).color
    assert read.shape == COLOR.shape
    if IMAGE_SUFFIXES[suffix] != "JPEG":
        assert np.array_equal(read, COLOR)


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif"])
def test_alpha_survives(tmp_path, suffix):
    rgba = np.dstack([COLOR, RNG.integers(1, 256, (9, 7), dtype=np.uint8)])
    write_image(tmp_path / f"a{suffix}", rgba)
    assert np.array_equal(np.asarray(Image.open(tmp_path / f"a{suffix}")), rgba)


def test_jpeg_is_composed_on_white(tmp_path):
    write_image(tmp_path / "a.jpg", np.zeros((8, 8, 4), np.uint8))
    assert read_image(tmp_path / "a.jpg").color.min() == 255


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_label_maps_keep_sixteen_bits(tmp_path, suffix):
    labels = np.arange(1, 65_536, 977, dtype=np.int32).reshape(-1, 1)
    write_image(tmp_path / f"a{suffix}", labels)
    assert np.array_equal(np.asarray(Image.open(tmp_path / f"a{suffix}")), labels)


def test_resolution_is_written(tmp_path):
    write_image(tmp_path / "a.tif", COLOR, dpi=(300.0, 300.0))
    assert read_image(tmp_path / "a.tif").dpi == (300, 300)


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("a.xyz", COLOR, "no picture suffix"),
        ("a", COLOR, "no picture suffix"),
        ("a.png", COLOR[:0], "is no picture"),
        ("a.png", COLOR[..., :2], "is no picture"),
        ("a.png", COLOR / 255, "convert it to uint8"),
        ("a.png", COLOR.astype(np.int32), "convert it to uint8"),
        ("a.jpg", np.ones((2, 2), np.int32), r"write \.png or \.tif"),
        ("a.png", np.full((2, 2), 65_536), "max_regions"),
        ("a.png", np.full((2, 2), -1), "max_regions"),
        ("a.webp", np.zeros((1, 20_000, 3), np.uint8), "20000x1"),
        ("none/a.png", COLOR, "cannot be written"),
    ],
)
def test_what_cannot_be_written(tmp_path, name, array, words):
    with pytest.raises(OutputError, match=words):
        write_image(tmp_path / name, array)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OutputError, match="No space left"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_bytes_do_not_depend_on_anything_else():
    assert encode_image(COLOR) == encode_image(COLOR.copy())


def test_png_has_its_chunks_where_they_may_stand():
    data = encode_image(COLOR, dpi=(300.0, 300.0), icc=b"a profile")
    names, place = [], 8
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        names.append(data[place + 4 : place + 8])
        place += length + 12
    assert names[:3] == [b"IHDR", b"iCCP", b"pHYs"]
    assert names[-1] == b"IEND"
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["icc_profile"] == b"a profile"
        assert np.array_equal(np.asarray(image), COLOR)

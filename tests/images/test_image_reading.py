import contextlib
import io
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from nurie.errors import ImageError
from nurie.images import read_color, read_image

RED_BLUE = np.array([[[255, 0, 0], [0, 0, 255]], [[255, 255, 255], [0, 0, 0]]], np.uint8)


def encode(picture, file_format, **options):
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()


def picture(array=RED_BLUE, side=16):
    return Image.fromarray(np.asarray(array).repeat(side, 0).repeat(side, 1))


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "BMP", "GIF"])
def test_lossless_formats_give_the_pixels(file_format):
    assert np.array_equal(read_color(encode(picture(), file_format)), np.asarray(picture()))


def test_webp_and_jpeg_give_nearly_the_pixels():
    assert np.array_equal(read_color(encode(picture(), "WEBP", lossless=True)), np.asarray(picture()))
    read = read_color(encode(picture(), "JPEG", quality=95, subsampling=0)).astype(int)
    assert np.abs(read - np.asarray(picture())).mean() < 4


def test_every_kind_of_source_gives_the_same(tmp_path):
    path = tmp_path / "a.png"
    picture().save(path)
    for source in (path, str(path), path.read_bytes(), picture(), np.asarray(picture())):
        assert np.array_equal(read_color(source), np.asarray(picture()))


def test_alpha_is_composed_on_white_and_kept():
    rgba = np.zeros((2, 2, 4), np.uint8)
    rgba[..., 3] = [[0, 255], [128, 255]]
    for source in (rgba, encode(Image.fromarray(rgba), "PNG")):
        read = read_image(source)
        assert read.color[..., 0].tolist() == [[255, 0], [127, 0]]
        assert read.alpha.tolist() == [[0, 255], [128, 255]]


def test_an_opaque_picture_has_no_alpha():
    assert read_image(picture().convert("RGBA")).alpha is None


def test_gray_with_alpha():
    gray = Image.merge("LA", [Image.new("L", (2, 1), 0), Image.frombytes("L", (2, 1), b"\x00\xff")])
    assert read_color(encode(gray, "PNG"))[0, :, 0].tolist() == [255, 0]


def test_palette_with_and_without_transparency():
    palette = Image.new("P", (2, 1))
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putpixel((1, 0), 1)
    assert read_color(encode(palette, "PNG")).tolist() == [[[255, 0, 0], [0, 0, 255]]]
    assert read_color(encode(palette, "PNG", transparency=0)).tolist() == [[[255, 255, 255], [0, 0, 255]]]


def test_one_bit():
    bits = Image.fromarray(np.array([[True, False]]))
    assert bits.mode == "1"
    assert read_color(encode(bits, "PNG"))[0, :, 0].tolist() == [255, 0]


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_sixteen_bit_gray(file_format):
    gray = Image.fromarray(np.array([[0, 32896, 65535]], np.uint16))
    assert read_color(encode(gray, file_format))[0, :, 0].tolist() == [0, 128, 255]


def test_sixteen_bit_color_png():
    rows = b"\x00" + struct.pack(">6H", 65535, 0, 32896, 0, 65535, 257)
    header = struct.pack(">2I5B", 2, 1, 16, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        crc = struct.pack(">I", zlib.crc32(kind + body))
        data += struct.pack(">I", len(body)) + kind + body + crc
    assert read_color(data).tolist() == [[[255, 0, 128], [0, 255, 1]]]


def test_float_tiff():
    ramp = Image.fromarray(np.array([[0.0, 0.5, 1.0]], np.float32))
    assert read_color(encode(ramp, "TIFF"))[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize("file_format", ["JPEG", "TIFF"])
def test_cmyk(file_format):
    cmyk = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    red, green, blue = read_color(encode(cmyk, file_format))[8, 8].astype(int)
    assert red > 200
    assert max(green, blue) < 60


def test_exif_orientation_is_applied():
    exif = Image.Exif()
    exif[0x0112] = 6
    tall = read_color(encode(picture().crop((0, 0, 32, 16)), "PNG", exif=exif))
    assert tall.shape == (32, 16, 3)
    assert tall[0, 0].tolist() == [255, 0, 0]
    assert tall[-1, 0].tolist() == [0, 0, 255]


def test_icc_profile_is_converted_to_srgb():
    linear = ImageCms.createProfile("XYZ")
    assert linear is not None
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = read_color(encode(picture(), "PNG", icc_profile=lab)).astype(int)
    assert np.abs(same - np.asarray(picture())).max() <= 1


def test_icc_profile_of_another_primary_changes_the_color():
    from_display = make_profile(swap=True)
    read = read_color(encode(picture(), "PNG", icc_profile=from_display))
    assert read[0, 0].argmax() == 1, "the profile says that the first channel is green"


def make_profile(*, swap):
    """The sRGB profile with the tags of its red and green primaries exchanged."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    if swap:
        red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
        data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def test_damaged_icc_profile_is_ignored():
    read = read_color(encode(picture(), "PNG", icc_profile=b"not a profile"))
    assert np.array_equal(read, np.asarray(picture()))


def test_first_frame_of_an_animation():
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    data = encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert read_color(data)[0, 0].tolist() == [255, 0, 0]


def test_resolution_is_kept():
    assert read_image(encode(picture(), "TIFF", dpi=(300, 300))).dpi == (300, 300)
    assert read_image(encode(picture(), "PNG")).dpi is None


@pytest.mark.parametrize(
    ("array", "gray"),
    [
        (np.array([[0, 65535]], np.uint16), [0, 255]),
        (np.array([[False, True]]), [0, 255]),
        (np.array([[0.0, 1.0]]), [0, 255]),
        (np.array([[[7], [9]]], np.uint8), [7, 9]),
        (np.array([[[0, 0], [0, 255]]], np.uint8), [255, 0]),
    ],
)
def test_arrays_of_other_types(array, gray):
    assert read_color(array)[0, :, 0].tolist() == gray


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros(5, np.uint8), "shape"),
        (np.zeros((2, 2, 5), np.uint8), "shape"),
        (np.zeros((0, 5), np.uint8), "no pixels"),
        (np.zeros((2, 2), np.int64), "int64"),
        (np.full((2, 2), 2.0), "0..1"),
        (np.full((2, 2), np.nan), "0..1"),
    ],
)
def test_arrays_that_are_no_picture(array, words):
    with pytest.raises(ImageError, match=words):
        read_image(array)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello", "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture"),
        (encode(picture(side=64), "PNG")[:-150], "damaged"),
        (encode(picture(side=64), "JPEG")[:-300], "damaged"),
        (encode(picture(side=64), "TIFF")[: 64 * 64], "damaged|not a picture"),
    ],
)
def test_data_that_is_no_picture(data, words):
    with pytest.raises(ImageError, match=words):
        read_image(data)


def test_the_message_names_the_file(tmp_path):
    (tmp_path / "notes.png").write_text("hello")
    with pytest.raises(ImageError, match=r"notes\.png is not a picture"):
        read_image(tmp_path / "notes.png")
    with pytest.raises(ImageError, match=r"none\.png does not exist"):
        read_image(tmp_path / "none.png")
    with pytest.raises(ImageError, match="is a folder"):
        read_image(tmp_path)
    with pytest.raises(ImageError, match="cannot be read"):
        read_image("a\0b.png")


def test_a_file_that_must_not_be_read(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ImageError, match="cannot be read: Permission denied"):
        read_image(tmp_path / "a.png")


def test_the_size_limit_is_checked_before_decoding():
    header = struct.pack(">2I5B", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    bomb += struct.pack(">I", 10) + b"IDAT" + bytes(14)
    with pytest.raises(ImageError, match="60000x60000 pixels, more than the limit"):
        read_image(bomb)


def test_the_size_limit_can_be_set():
    with pytest.raises(ImageError, match="limit of 100"):
        read_image(picture(), max_pixels=100)
    assert read_image(picture(), max_pixels=32 * 32).color.shape == (32, 32, 3)


def test_pillow_keeps_its_own_limit():
    before = Image.MAX_IMAGE_PIXELS
    read_image(encode(picture(), "PNG"))
    with pytest.raises(ImageError):
        read_image(b"hello")
    assert before == Image.MAX_IMAGE_PIXELS


SAMPLES = [
    encode(picture(), "PNG"),
    encode(picture(), "JPEG"),
    encode(picture(), "WEBP"),
    encode(picture(), "TIFF", compression="tiff_lzw"),
    encode(picture(), "BMP"),
    encode(picture(), "GIF"),
]


@settings(max_examples=300, deadline=None)
@given(
    sample=st.sampled_from(SAMPLES),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    length=st.floats(0, 1),
)
def test_damaged_files_are_read_or_refused(sample, edits, length):
    data = bytearray(sample)
    for place, value in edits:
        data[int(place * (len(data) - 1))] = value
    damaged = bytes(data[: max(1, int(length * len(data)))])
    with warnings.catch_warnings(), contextlib.suppress(ImageError):
        warnings.simplefilter("ignore")
        assert read_image(damaged, max_pixels=1_000_000).color.ndim == 3

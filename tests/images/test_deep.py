import io
import zlib

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms
from PIL.ExifTags import Base

from nurie.images import IMAGE_SUFFIXES, encode_image, read_image, round_to_bytes

RNG = np.random.default_rng(0)
DEEP = RNG.integers(0, 65_536, (11, 7, 4), dtype=np.uint16)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
@pytest.mark.parametrize("channels", [3, 4])
def test_sixteen_bits_come_back_as_they_were(file_format, channels):
    pixels = DEEP[..., :channels]
    read = read_image(encode_image(pixels, file_format, dpi=(300.0, 150.0), icc=SRGB))
    assert read.own.dtype == np.uint16
    assert np.array_equal(read.own, pixels)
    assert read.icc == SRGB
    assert read.dpi == pytest.approx((300, 150), abs=0.1)
    if channels == 3:
        assert np.array_equal(read.color, np.rint(pixels / 257))
        assert read.alpha is None


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_other_programs_read_what_is_written(file_format):
    data = encode_image(DEEP[..., :3], file_format)
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(bgr[..., ::-1], DEEP[..., :3])
    with Image.open(io.BytesIO(data)) as image:
        assert np.abs(np.asarray(image.convert("RGB")).astype(int) - DEEP[..., :3] // 257).max() <= 1


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_gray_of_sixteen_bits_is_kept_as_color(file_format):
    read = read_image(encode_image(DEEP[..., 0], file_format))
    assert np.array_equal(read.own, DEEP[..., :1].repeat(3, 2))
    assert np.array_equal(read.color[..., 2], np.rint(DEEP[..., 0] / 257))


def test_arrays_of_sixteen_bits_are_kept():
    for pixels in (DEEP, DEEP[..., :3], DEEP[..., 0]):
        own = read_image(pixels).own
        assert np.array_equal(own, pixels if pixels.ndim == 3 else pixels[..., None].repeat(3, 2))


def test_eight_bits_have_nothing_to_keep():
    assert read_image(round_to_bytes(DEEP[..., :3])).own is None
    opaque = np.dstack([round_to_bytes(DEEP[..., :3]), np.full((11, 7), 255, np.uint8)])
    assert read_image(encode_image(opaque)).own is None


def test_the_colors_of_transparent_pixels_are_kept():
    pixels = round_to_bytes(DEEP)
    assert np.array_equal(read_image(encode_image(pixels)).own, pixels)


def test_opaque_alpha_is_dropped():
    pixels = DEEP.copy()
    pixels[..., 3] = 65_535
    read = read_image(encode_image(pixels))
    assert read.alpha is None
    assert np.array_equal(read.own, pixels[..., :3])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_deep_pictures_are_turned_as_others_are(orientation):
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    flat = round_to_bytes(DEEP[..., :3])
    buffer = io.BytesIO()
    Image.fromarray(flat).save(buffer, "PNG", exif=exif)
    upright = read_image(buffer.getvalue())
    # The same chunk in a file of 16 bits, whose levels are those of the other's 8.
    data, chunk = encode_image(flat.astype(np.uint16) * 257), buffer.getvalue()
    start = chunk.index(b"eXIf") - 4
    length = int.from_bytes(chunk[start : start + 4]) + 12
    deep = read_image(data[:33] + chunk[start : start + length] + data[33:])
    assert np.array_equal(deep.color, upright.color)
    assert np.array_equal(deep.own, upright.color.astype(np.uint16) * 257)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_deep_tiffs_are_turned_as_others_are(orientation):
    deep = DEEP[..., :3] // 257 * 257
    files = []
    for pixels in (deep, round_to_bytes(deep)):
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, pixels, photometric="rgb", metadata=None, extratags=[(274, 3, 1, orientation, True)])
        files.append(read_image(buffer.getvalue()))
    assert np.array_equal(files[0].color, files[1].color)
    assert np.array_equal(files[0].own, files[1].color.astype(np.uint16) * 257)


def test_a_single_transparent_color_is_left_to_pillow():
    data = encode_image(DEEP[..., 0])
    body = b"tRNS" + DEEP[0, 0, 0].astype(">u2").tobytes()
    transparent = b"\0\0\0\2" + body + zlib.crc32(body).to_bytes(4)
    assert np.array_equal(read_image(data[:33] + transparent + data[33:]).color, read_image(data).color)


def test_rounding_to_bytes_is_exact():
    levels = np.arange(65_536, dtype=np.uint16).reshape(256, 256)
    assert np.array_equal(round_to_bytes(levels), np.rint(levels / 257))


@pytest.mark.parametrize("suffix", [".webp", ".jpg", ".bmp"])
def test_formats_of_eight_bits_round(suffix):
    pixels = np.full((16, 16, 3), (65_535, 128 * 257 + 100, 0), np.uint16)
    read = read_image(encode_image(pixels, IMAGE_SUFFIXES[suffix])).color
    assert np.abs(read.astype(int) - (255, 128, 0)).max() <= 2


@pytest.mark.parametrize("suffix", sorted(set(IMAGE_SUFFIXES) - {".bmp"}))
def test_every_format_keeps_resolution_and_profile(suffix):
    picture = round_to_bytes(DEEP[..., :3])
    data = encode_image(picture, IMAGE_SUFFIXES[suffix], dpi=(300.0, 150.0), icc=SRGB)
    read = read_image(data)
    assert read.dpi == pytest.approx((300, 150), abs=0.1)
    assert read.icc == SRGB


def test_resolution_in_centimeters_is_understood():
    exif = Image.Exif()
    exif[Base.XResolution], exif[Base.YResolution], exif[Base.ResolutionUnit] = 100.0, 50.0, 3
    buffer = io.BytesIO()
    Image.fromarray(round_to_bytes(DEEP[..., :3])).save(buffer, "WEBP", exif=exif)
    assert read_image(buffer.getvalue()).dpi == pytest.approx((254, 127))


def test_sixteen_bits_that_are_cut_short_are_refused():
    from nurie.errors import ImageError

    with pytest.raises(ImageError, match="damaged"):
        read_image(encode_image(DEEP.repeat(9, 0))[:-200])

import numpy as np
import pytest
from PIL import Image, ImageCms

from nurie.images import encode_image, from_srgb, read_image, srgb_profile
from nurie.images.profiles import gray_to_srgb, is_reversible, is_srgb, to_srgb

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
COLORS = np.random.default_rng(0).integers(0, 256, (9, 13, 3), dtype=np.uint8)


def swapped():
    """A color space whose red is sRGB's green, and the other way round."""
    data = bytearray(SRGB)
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def test_srgb_is_known_whatever_it_is_called():
    assert is_srgb(SRGB)
    assert not is_srgb(swapped())
    assert from_srgb(COLORS, SRGB) is COLORS


def test_there_and_back():
    there = from_srgb(COLORS, swapped())
    assert np.abs(there[..., [1, 0, 2]].astype(int) - COLORS).max() <= 3
    back = np.asarray(to_srgb(Image.fromarray(there), swapped()))
    assert np.abs(back.astype(int) - COLORS).max() <= 3


def test_what_is_no_profile_of_rgb_cannot_be_used():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"no profile", lab):
        assert not is_reversible(profile)
        assert to_srgb(Image.fromarray(COLORS), profile) is None
        with pytest.raises(ValueError, match="no way back"):
            from_srgb(COLORS, b"no profile")
    gray = np.full((2, 2, 1), 300, np.uint16)
    assert gray_to_srgb(gray, b"no profile") is gray


def test_pixels_of_a_profiled_picture_are_kept_and_its_colors_are_srgb():
    read = read_image(encode_image(COLORS, icc=swapped()))
    assert np.array_equal(read.own, COLORS)
    assert np.abs(read.color[..., [1, 0, 2]].astype(int) - COLORS).max() <= 3
    assert read.icc == swapped()


def test_an_srgb_profile_leaves_the_pixels_alone():
    read = read_image(encode_image(COLORS, icc=SRGB))
    assert np.array_equal(read.color, COLORS)
    assert read.own is None


def test_a_profile_of_sixteen_bits_is_kept_too():
    deep = COLORS.astype(np.uint16) * 257 + 5
    deep = np.minimum(deep, 65_535).astype(np.uint16)
    read = read_image(encode_image(deep, icc=swapped()))
    assert np.array_equal(read.own, deep)
    assert read.icc == swapped()


def test_a_damaged_profile_is_not_passed_on():
    read = read_image(encode_image(COLORS, icc=b"no profile"))
    assert read.icc is None
    assert np.array_equal(read.color, COLORS)


def test_the_profile_of_srgb_is_always_the_same():
    assert is_srgb(srgb_profile())
    first = srgb_profile()
    srgb_profile.cache_clear()
    assert srgb_profile() == first
    assert first[24:36] == bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])

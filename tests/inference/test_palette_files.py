import struct

import numpy as np
import pytest

from nurie.colors import ciede2000, rgb_to_cielab
from nurie.errors import InputError
from nurie.images import write_image
from nurie.inference.palette_files import read_palette, snap_colors


def ase(*colors):
    """A swatch file of (model, numbers), within a group."""
    name = "swatch\0"
    blocks = [struct.pack(">HI", 0xC001, 2 + 2 * len(name)) + struct.pack(">H", len(name)) + name.encode("utf-16-be")]
    for model, numbers in colors:
        body = struct.pack(">H", len(name)) + name.encode("utf-16-be") + model
        body += struct.pack(f">{len(numbers)}fH", *numbers, 2)
        blocks.append(struct.pack(">HI", 1, len(body)) + body)
    blocks.append(struct.pack(">HI", 0xC002, 0))
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def aco(*colors, version=1):
    data = struct.pack(">HH", version, len(colors))
    for space, *values in colors:
        data += struct.pack(">5H", space, *(value & 0xFFFF for value in values))
        if version == 2:
            data += struct.pack(">I", 3) + "ab\0".encode("utf-16-be")
    return data


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return read_palette(path).tolist()


def test_a_list():
    assert read_palette("#ff8800, #000000,#FF8800,").tolist() == [[255, 136, 0], [0, 0, 0]]


def test_gpl(tmp_path):
    text = (
        "GIMP Palette\nName: Sunset 5\nColumns: 3\n# a comment\n\n255 136   0\tOrange\n  0   0   0\n255 136 0 again\n"
    )
    assert read(tmp_path, "a.gpl", text.encode()) == [[255, 136, 0], [0, 0, 0]]
    assert read(tmp_path, "b.gpl", b"\xef\xbb\xbf" + text.encode()) == [[255, 136, 0], [0, 0, 0]]


def test_ase(tmp_path):
    data = ase((b"RGB ", (1, 0.5, 0)), (b"Gray", (0.2,)), (b"CMYK", (0, 1, 0, 0.5)), (b"LAB ", (1.0, 0.0, 0.0)))
    assert read(tmp_path, "a.ase", data) == [[255, 128, 0], [51, 51, 51], [128, 0, 128], [255, 255, 255]]


def test_aco(tmp_path):
    colors = [
        (0, 65535, 32768, 0, 0),
        (1, 21845, 65535, 65535, 0),  # 120 degrees: green
        (2, 65535, 0, 65535, 65535),  # full magenta; 0 is full ink
        (8, 5000, 0, 0, 0),
        (9, 10000, 0, 0, 0),
    ]
    expected = [[255, 128, 0], [0, 255, 0], [255, 0, 255], [128, 128, 128], [0, 255, 255]]
    assert read(tmp_path, "a.aco", aco(*colors)) == expected
    assert read(tmp_path, "b.aco", aco(*colors, version=2)) == expected
    assert read(tmp_path, "c.aco", aco(*colors) + aco(*colors, version=2)) == expected


def test_lab_is_that_of_print_under_d50(tmp_path):
    # sRGB red is about Lab 54.3, 80.8, 69.9 under D50, and blue 29.6, 68.3, -112.
    data = aco((7, 5429, 8081, 6988, 0), (7, 2957, 6830, -11203, 0))
    red, blue = read(tmp_path, "a.aco", data)
    assert np.abs(np.subtract(red, (255, 0, 0))).max() <= 4
    assert np.abs(np.subtract(blue, (0, 0, 255))).max() <= 4


def test_swatches_in_a_picture(tmp_path):
    image = np.zeros((4, 6, 4), np.uint8)
    image[:, :2], image[:, 2:4], image[:, 4:] = (9, 8, 7, 255), (255, 255, 255, 0), (1, 2, 3, 255)
    write_image(tmp_path / "a.png", image)
    assert read_palette(tmp_path / "a.png").tolist() == [[9, 8, 7], [1, 2, 3]]


def test_a_painting_is_no_palette(tmp_path):
    rng = np.random.default_rng(0)
    write_image(tmp_path / "a.png", rng.integers(0, 256, (40, 40, 3)).astype(np.uint8))
    with pytest.raises(InputError, match=r"a\.png is a picture of \d+ colours; swatches have at most 256"):
        read_palette(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.gpl", b"GIMP Palette\n1 2\n", "has no colour in line 2"),
        ("a.gpl", b"GIMP Palette\n1 2 300 x\n", "has no colour in line 2"),
        ("a.gpl", b"GIMP Palette\nName: empty\n", "has no colours"),
        ("a.ase", ase((b"RGB ", (1, 0, 0)))[:-30], "is no palette that can be read, or is damaged"),
        ("a.ase", ase((b"XYZ ", (1, 0, 0))), "unknown model b'XYZ '"),
        ("a.ase", ase((b"RGB ", (float("nan"), 0, 0))), "has a colour that is no number"),
        ("a.ase", ase(), "has no colours"),
        ("a.aco", b"\0\1", "is no palette that can be read, or is damaged"),
        ("a.aco", aco((0, 1, 2, 3, 4), version=7), "is of the unknown version 7"),
        ("a.aco", aco((3, 1, 2, 3, 4)), "unknown space 3"),
        ("a.txt", b"no palette", "is no palette that can be read, or is damaged"),
    ],
)
def test_what_is_no_palette(tmp_path, name, data, message):
    with pytest.raises(InputError, match=message) as error:
        read(tmp_path, name, data)
    assert str(tmp_path / name) in str(error.value)


def test_a_palette_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"no\.gpl cannot be read \(No such file or directory\); give a list such as"):
        read_palette(tmp_path / "no.gpl")


def test_a_list_with_a_colour_that_is_none():
    with pytest.raises(InputError, match="'#12345' is no colour"):
        read_palette("#12345")


def test_snapping_takes_the_nearest_as_one_sees_it():
    rng = np.random.default_rng(1)
    colors, palette = (rng.integers(0, 256, (count, 3)).astype(np.uint8) for count in (50, 7))
    for color, snapped in zip(colors, snap_colors(colors, palette), strict=True):
        distances = [float(ciede2000(rgb_to_cielab(color), rgb_to_cielab(one))) for one in palette]
        assert np.array_equal(snapped, palette[np.argmin(distances)])


def test_colours_of_the_palette_stay():
    palette = np.array([[1, 2, 3], [250, 0, 0]], np.uint8)
    assert np.array_equal(snap_colors(palette, palette), palette)


def test_an_empty_palette_is_refused():
    with pytest.raises(InputError, match="a palette needs at least one colour"):
        snap_colors(np.zeros((2, 3), np.uint8), np.zeros((0, 3), np.uint8))

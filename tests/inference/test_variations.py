import json

import numpy as np
import pytest
from face_drawing import face

from nurie.errors import InputError
from nurie.images import encode_image, read_color, write_image
from nurie.inference import Colorizer
from nurie.inference.png_text import find_text, insert_text
from nurie.inference.variations import draw_sheet, make_sheet, parse_pick, read_sheet, write_sheet


@pytest.fixture
def encoded(weights_folder):
    return Colorizer(weights_folder, threads=1).encode(face())


def test_every_picture_of_a_sheet_can_be_had_again(encoded, weights_folder, tmp_path):
    palette = np.array([[0, 0, 0], [255, 0, 0], [0, 0, 255]], np.uint8)
    sheet = make_sheet(encoded, 3, 5, hints={2: "#123456"}, palette=palette)
    pictures = [sheet.sample(encoded, number).image for number in (1, 2, 3)]
    write_sheet(tmp_path / "sheet.png", draw_sheet(pictures), sheet)
    read = read_sheet(tmp_path / "sheet.png")
    fresh = Colorizer(weights_folder, threads=1).encode(face(), regions=read.regions)
    for number, picture in enumerate(pictures, 1):
        result = read.sample(fresh, number)
        assert np.array_equal(result.image, picture)
        assert tuple(result.colors[1]) == (0x12, 0x34, 0x56)


def test_a_picture_of_a_sheet_is_that_of_its_seed(encoded):
    sheet = make_sheet(encoded, 4, 9)
    assert np.array_equal(sheet.sample(encoded, 3).image, encoded.sample(9, 2).image)


def test_a_sheet_has_a_number_for_each_picture():
    pictures = [np.full((60, 90, 3), 30 * k, np.uint8) for k in range(5)]
    sheet = draw_sheet(pictures)
    cell = 90 + 16
    assert sheet.shape == (2 * cell, 3 * cell, 3)
    for k in range(5):
        row, column = divmod(k, 3)
        corner = sheet[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell]
        below = corner[8 + 62 : 8 + 80]
        assert (below < 128).any(), f"no number below picture {k + 1}"
    assert (sheet[cell:, 2 * cell :] == 255).all()


def test_a_sheet_from_before_there_were_styles(encoded, tmp_path):
    sheet = make_sheet(encoded, 2, 9)
    write_sheet(tmp_path / "sheet.png", draw_sheet([face()[..., None].repeat(3, 2)]), sheet)
    record = json.loads(find_text((tmp_path / "sheet.png").read_bytes(), "nurie"))
    del record["style"]
    (tmp_path / "old.png").write_bytes(insert_text(encode_image(face()), "nurie", json.dumps(record)))
    assert np.array_equal(read_sheet(tmp_path / "old.png").sample(encoded, 2).image, sheet.sample(encoded, 2).image)


@pytest.mark.parametrize("number", [0, 4])
def test_a_picture_that_the_sheet_does_not_have(encoded, number):
    with pytest.raises(InputError, match=f"the sheet has pictures 1 to 3, not {number}"):
        make_sheet(encoded, 3).sample(encoded, number)


def test_a_sheet_of_another_drawing(encoded, weights_folder):
    other = Colorizer(weights_folder).encode(face(100, 96))
    with pytest.raises(InputError, match="the sheet is not of the array: its pixels differ"):
        make_sheet(encoded, 3).sample(other, 1)


def test_a_sheet_needs_a_picture(encoded):
    with pytest.raises(InputError, match="n must be at least 1 picture, got 0"):
        make_sheet(encoded, 0)


def test_pictures_that_are_no_sheets(tmp_path):
    path = tmp_path / "a.png"
    with pytest.raises(InputError, match=r"the sheet .*a\.png cannot be read: No such file"):
        read_sheet(path)
    write_image(path, read_color(face()))
    with pytest.raises(InputError, match=r"a\.png carries no data of nurie variations"):
        read_sheet(path)
    for record, message in (({"format": 9}, "newer nurie"), ({"format": 1}, "damaged data"), ([], "damaged data")):
        path.write_bytes(insert_text(encode_image(face()), "nurie", json.dumps(record)))
        with pytest.raises(InputError, match=message):
            read_sheet(path)


def test_how_a_picture_of_a_sheet_is_written(tmp_path):
    assert parse_pick("a/b#c.png#12") == (tmp_path.__class__("a/b#c.png"), 12)
    for text in ("a.png", "a.png#", "#3", "a.png#x", "a.png#-1"):
        assert parse_pick(text) is None

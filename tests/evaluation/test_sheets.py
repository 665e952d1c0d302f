import numpy as np
import pytest

from nurie.evaluation.sheets import GAP, LABEL_WIDTH, contact_sheet

RED = np.full((30, 30, 3), (255, 0, 0), np.uint8)


def tile(sheet, row, column, side):
    top, left = GAP + row * (side + GAP), LABEL_WIDTH + GAP + column * (side + GAP)
    return sheet[top : top + side, left : left + side]


def test_rows_are_painters_and_columns_drawings():
    sketch = np.zeros((20, 20), np.uint8)
    sheet = contact_sheet({"sketch": [sketch, sketch], "truth": [RED, RED]}, side=10)
    assert sheet.shape == (2 * 14 + GAP, LABEL_WIDTH + 2 * 14 + GAP, 3)
    assert (tile(sheet, 0, 1, 10) == 0).all()
    assert (tile(sheet, 1, 0, 10) == (255, 0, 0)).all()


def test_the_rows_are_named():
    plain, named = (contact_sheet({name: [RED]}, side=20) for name in ("", "truth"))
    assert (plain[:, :LABEL_WIDTH] == 255).all()
    assert (named[:, :LABEL_WIDTH] < 128).any()


def test_the_aspect_is_kept_with_white_around():
    sheet = contact_sheet({"a": [np.zeros((10, 40, 3), np.uint8)]}, side=40)
    assert (tile(sheet, 0, 0, 40)[15:25] == 0).all()
    assert (tile(sheet, 0, 0, 40)[:15] == 255).all()


def test_rows_may_be_shorter_and_pictures_of_different_size():
    sheet = contact_sheet({"a": [RED, RED[:10]], "b": [RED[:, :5, :]]}, side=8)
    assert (tile(sheet, 1, 1, 8) == 255).all()


@pytest.mark.parametrize(("rows", "side"), [({}, 8), ({"a": []}, 8), ({"a": [RED]}, 0)])
def test_an_empty_sheet_is_an_error(rows, side):
    with pytest.raises(ValueError, match="needs a picture and a side"):
        contact_sheet(rows, side=side)

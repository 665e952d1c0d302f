import numpy as np

from nurie.inference.contact_sheet import MARGIN, contact_sheet


def test_rows_of_squares_on_white():
    red = np.full((30, 10, 3), (255, 0, 0), np.uint8)
    sheet = contact_sheet([[red, red], [red]], side=20)
    cell = 20 + 2 * MARGIN
    assert sheet.shape == (2 * cell, 2 * cell, 3)
    middle = cell // 2
    assert tuple(sheet[middle, middle]) == (255, 0, 0)
    assert np.all(sheet[cell:, cell:] == 255)
    assert np.all(sheet[:MARGIN] == 255)


def test_nothing_gives_an_empty_sheet():
    assert contact_sheet([]).shape == (0, 0, 3)

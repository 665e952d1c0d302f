import numpy as np
import pytest

from nurie.data.contact_sheet import contact_sheet, tint_regions
from nurie.data.sources.drawing import Drawing


def gray(level: int, side: int = 16) -> Drawing:
    color = np.full((side, side, 3), level, np.uint8)
    return Drawing(color, np.full((side, side), 255, np.uint8), np.ones((side, side), np.int32))


@pytest.mark.parametrize(("count", "rows"), [(0, 1), (1, 1), (4, 1), (5, 2)])
def test_four_drawings_stand_in_a_row(count, rows):
    sheet = contact_sheet([gray(10)] * count, side=8)
    assert sheet.shape == (8 * rows, 8 * 3 * 4, 3)


def test_color_sketch_and_regions_stand_side_by_side():
    sheet = contact_sheet([gray(10), gray(20)], side=8)
    assert sheet[0, 0].tolist() == [10] * 3
    assert sheet[0, 8].tolist() == [255] * 3
    assert len(set(sheet[0, 16].tolist())) > 1
    assert sheet[0, 24].tolist() == [20] * 3
    assert (sheet[:, 48:] == 255).all()


def test_regions_have_colors_of_their_own():
    tints = tint_regions(np.arange(1, 41, dtype=np.int32).reshape(4, 10))
    assert len(np.unique(tints.reshape(-1, 3), axis=0)) == 40

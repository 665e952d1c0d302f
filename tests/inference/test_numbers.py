import numpy as np

from nurie.inference.numbers import PALE, SIDE, draw_numbers


def test_each_region_has_a_number_inside():
    regions = np.ones((40, 80), np.int32)
    regions[:, 40:] = 2
    page = draw_numbers(np.zeros((40, 80, 3), np.uint8), regions)
    assert page.shape == (SIDE // 2, SIDE, 3)
    pale = round(255 - PALE * 255)
    for half in (page[:, : SIDE // 2], page[:, SIDE // 2 :]):
        inked = np.argwhere((np.abs(half.astype(int) - pale) > 2).any(2))
        assert len(inked)
        assert np.abs(inked.mean(0) - (SIDE // 4, SIDE // 4)).max() < SIDE / 8


def test_regions_that_vanish_have_none():
    regions = np.ones((4000, 10), np.int32)
    regions[5, 5] = 2
    assert draw_numbers(np.zeros((4000, 10, 3), np.uint8), regions).shape == (SIDE, 4, 3)

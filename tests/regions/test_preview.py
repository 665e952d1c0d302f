import numpy as np
from pictures_as_text import drawing, region_map

from nurie.regions.preview import tint_regions


def test_regions_are_told_apart_and_ink_is_black():
    preview = tint_regions(region_map("1122 1122"), drawing("...# ...."))
    assert (preview[0, 3] == 0).all()
    assert np.abs(preview[1, 0].astype(int) - preview[1, 3]).max() > 60
    assert np.array_equal(preview[1, 0], preview[0, 1])


def test_no_region_is_white():
    assert (tint_regions(region_map("## ##"), drawing(".. ..")) == 255).all()

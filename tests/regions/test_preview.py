import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import drawing, region_map

from nurie.regions.flats import compose
from nurie.regions.preview import find_spots, number_preview, tint_regions
from nurie.regions.region_map import connect_regions

shapes = st.tuples(st.integers(1, 20), st.integers(1, 20))


@st.composite
def drawn_maps(draw):
    regions = connect_regions(draw(hnp.arrays(np.int32, draw(shapes), elements=st.integers(1, 3))))
    return regions, draw(hnp.arrays(np.uint8, regions.shape, elements=st.sampled_from([0, 120, 255])))


def grid(side, count):
    cells = np.arange(side) * count // side
    return np.asarray(cells[:, None] * count + cells + 1, np.int32)


def changed(regions, sketch):
    """Where a number was drawn."""
    return (number_preview(regions, sketch) != tint_regions(regions, sketch)).any(axis=2)


def test_regions_are_told_apart_and_ink_is_black():
    preview = tint_regions(region_map("1122 1122"), drawing("...# ...."))
    assert (preview[0, 3] == 0).all()
    assert np.abs(preview[1, 0].astype(int) - preview[1, 3]).max() > 60
    assert np.array_equal(preview[1, 0], preview[0, 1])


def test_no_region_is_white():
    assert (tint_regions(region_map("## ##"), drawing(".. ..")) == 255).all()


@given(drawn=drawn_maps())
def test_the_sketch_is_multiplied_over_the_tints(drawn):
    regions, sketch = drawn
    tints = tint_regions(regions, np.full_like(sketch, 255))
    assert np.array_equal(tint_regions(regions, sketch), compose(tints, sketch))


@given(drawn=drawn_maps())
def test_spots_are_the_deepest_pixels(drawn):
    regions, sketch = drawn
    spots = find_spots(regions, sketch)
    inside = np.pad(sketch > 200, 1)
    for label in range(1, regions.max() + 1):
        own = inside & (np.pad(regions, 1) == label)
        # A pixel is inside if its four neighbors are of the same region; ink, border and frame are not.
        for shift, axis in ((1, 0), (-1, 0), (1, 1), (-1, 1)):
            other = np.roll(np.pad(regions, 1, mode="edge"), shift, axis)
            own &= other == label
        depth = cv2.distanceTransform(own.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)[1:-1, 1:-1]
        assert spots.radius[label - 1] == pytest.approx(depth.max(), abs=0.01)
        assert depth[spots.row[label - 1], spots.column[label - 1]] == pytest.approx(depth.max(), abs=0.01)


def test_a_number_lies_within_its_region():
    regions = grid(256, 4)
    preview_changed = changed(regions, np.full((256, 256), 255, np.uint8))
    for label in range(1, 17):
        rows, columns = np.nonzero(preview_changed & (regions == label))
        cell = 64 * ((label - 1) // 4), 64 * ((label - 1) % 4)
        assert len(rows) > 10
        assert abs(rows.mean() - cell[0] - 32) < 3
        assert abs(columns.mean() - cell[1] - 32) < 3


def test_a_number_is_left_out_where_it_does_not_fit():
    regions = grid(256, 64)
    assert not changed(regions, np.full((256, 256), 255, np.uint8)).any()


def test_a_number_keeps_away_from_ink():
    sketch = np.full((128, 128), 255, np.uint8)
    sketch[40:90, 40:90] = 0
    rows, columns = np.nonzero(changed(np.ones((128, 128), np.int32), sketch))
    assert len(rows)
    assert not (sketch[rows, columns] == 0).any()


@pytest.mark.parametrize("label", range(1, 40))
def test_numbers_are_readable_on_any_tint(label):
    regions = np.full((64, 64), label, np.int32)
    sketch = np.full((64, 64), 255, np.uint8)
    tint = tint_regions(regions, sketch)[0, 0]
    picture = number_preview(regions, sketch)[changed(regions, sketch)]
    weight = np.array([0.2126, 0.7152, 0.0722])

    def luminance(color):
        return ((color / 255) ** 2.2) @ weight + 0.05

    ratio = np.array([luminance(pixel) / luminance(tint) for pixel in picture])
    assert max(ratio.max(), 1 / ratio.min()) >= 4.0  # 3 is WCAG's least for large type, 4.5 for small


@given(shape=shapes)
def test_any_size(shape):
    assert number_preview(np.ones(shape, np.int32), np.full(shape, 255, np.uint8)).shape == (*shape, 3)

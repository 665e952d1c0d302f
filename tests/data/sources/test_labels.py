import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nurie.data.sources.labels import (
    MAX_LABEL,
    MIN_REGION,
    decode_labels,
    label_color,
    true_regions,
)
from nurie.regions.region_map import connect_regions

LABEL_MAPS = arrays(np.int32, array_shapes(min_dims=2, max_dims=2, max_side=24), elements=st.integers(0, 3))


def labels_of(text):
    rows = text.split()
    return np.array([[int(letter) for letter in row] for row in rows], dtype=np.int32)


def as_text(regions):
    return "\n".join("".join(str(label) for label in row) for row in regions)


def test_every_label_has_a_color_of_its_own_and_lines_are_black():
    colors = [label_color(label) for label in range(MAX_LABEL + 1)]
    assert len(set(colors)) == MAX_LABEL + 1
    assert colors[0] == (0, 0, 0)


def test_decoding_undoes_coloring():
    labels = np.arange(MAX_LABEL + 1, dtype=np.int32).reshape(64, 64)
    picture = np.array([label_color(int(label)) for label in labels.ravel()], dtype=np.uint8)
    np.testing.assert_array_equal(decode_labels(picture.reshape(64, 64, 3)), labels)


def test_a_blend_of_two_labels_is_a_line_and_not_a_third_label():
    rng = np.random.default_rng(0)
    colors = np.array([label_color(label) for label in range(1, 200)])
    pairs = colors[rng.integers(0, len(colors), (2, 2000))]
    blends = (pairs.sum(0) // 2)[None].astype(np.uint8)
    different = (pairs[0] != pairs[1]).any(1)
    assert (decode_labels(blends)[0][different] == 0).mean() > 0.99


@pytest.mark.parametrize("label", [-1, MAX_LABEL + 1])
def test_a_label_without_a_color_is_refused(label):
    with pytest.raises(ValueError, match="draw fewer shapes"):
        label_color(label)


def test_lines_are_given_to_the_nearest_region():
    regions, _ = true_regions(labels_of("5500777 5500777 5500777"), min_region=4)
    assert as_text(regions) == "1112222\n1112222\n1112222"


def test_a_line_pixel_cut_off_from_its_nearest_region_goes_to_its_neighbor():
    # The upper right corner is nearest to the second piece, but the first and the third lie between.
    regions, _ = true_regions(labels_of("2000 0000 0100 0020"), min_region=1)
    assert as_text(regions) == "1111\n1223\n2223\n2233"


def test_pieces_of_one_label_are_regions_of_their_own_and_know_it():
    regions, labels = true_regions(labels_of("44222 44222 00000 22244 22244"), min_region=4)
    assert as_text(regions) == "11222\n11222\n11222\n33344\n33344"
    assert labels == [4, 2, 2, 4]


def test_crumbs_go_to_the_region_around_them():
    regions, labels = true_regions(labels_of("3333 3343 3333"), min_region=2)
    assert as_text(regions) == "1111\n1111\n1111"
    assert labels == [3]


def test_a_picture_of_lines_alone_is_one_region_of_background():
    regions, labels = true_regions(np.zeros((3, 4), np.int32))
    assert (regions == 1).all()
    assert labels == [1]


@settings(deadline=None)
@given(LABEL_MAPS)
def test_regions_cover_the_picture_connected_and_without_gaps(labels):
    regions, label_of = true_regions(labels, min_region=3)
    assert regions.min() == 1
    assert np.unique(regions).tolist() == list(range(1, len(label_of) + 1))
    assert connect_regions(regions).max() == len(label_of)


@settings(deadline=None)
@given(LABEL_MAPS)
def test_pieces_large_enough_keep_every_pixel_and_their_label(labels):
    regions, label_of = true_regions(labels, min_region=3)
    pieces = connect_regions(labels)
    for piece in range(1, int(pieces.max()) + 1):
        inside = pieces == piece
        if inside.sum() >= 3:
            (region,) = np.unique(regions[inside])
            assert label_of[region - 1] == labels[inside][0]


def test_regions_below_eight_pixels_are_crumbs_by_default():
    labels = np.full((9, 9), 2, np.int32)
    labels[0, : MIN_REGION - 1] = 3
    assert true_regions(labels)[1] == [2]
    labels[0, :MIN_REGION] = 3
    assert true_regions(labels)[1] == [3, 2]

import cv2
import numpy as np
import pytest

from nurie.errors import InputError
from nurie.images import resize_area
from nurie.regions import REGION_METHODS, large, segment_regions
from nurie.regions.large import carry_labels, segment_large


def rings(side, thickness):
    sketch = np.full((side, side), 255, np.uint8)
    for radius in (0.15, 0.3, 0.45):
        cv2.circle(sketch, (side // 2, side // 2), int(radius * side), 0, thickness, cv2.LINE_AA)
    return sketch


def test_labels_at_their_own_size_stay():
    regions = np.array([[1, 2], [2, 2]], np.int32)
    assert np.array_equal(carry_labels(regions, np.full((2, 2), 255, np.uint8)), regions)


@pytest.mark.parametrize("scale", [2, 3.7, 8])
def test_no_label_crosses_a_line(scale):
    side = int(128 * scale)
    sketch = rings(side, max(2, round(1.5 * scale)))
    small = segment_regions(resize_area(sketch, 128, 128))
    carried = carry_labels(small, sketch)
    paper = sketch > 200
    pieces = cv2.connectedComponents(paper.astype(np.uint8), connectivity=4)[1]
    assert len(set(zip(pieces[paper], carried[paper], strict=True))) == 4
    assert set(np.unique(carried)) == {1, 2, 3, 4}


def test_a_thin_line_that_the_small_size_displaces_is_found_again():
    sketch = np.full((400, 400), 255, np.uint8)
    sketch[:, 203] = 0  # in the middle of nothing that a quarter of the size could tell
    small = np.ones((100, 100), np.int32)
    small[:, 52:] = 2  # a small pixel beside the line
    carried = carry_labels(small, sketch)
    assert np.all(carried[:, :203] == 1)
    assert np.all(carried[:, 204:] == 2)


def test_a_gap_that_was_closed_stays_closed_about_where_it_was():
    small = np.ones((50, 50), np.int32)
    small[:, 25:] = 2
    carried = carry_labels(small, np.full((200, 200), 255, np.uint8))
    assert np.all(carried[:, :96] == 1)
    assert np.all(carried[:, 104:] == 2)


def test_regions_too_small_to_have_an_inside_are_kept():
    small = np.ones((50, 50), np.int32)
    small[20, 30] = 2
    carried = carry_labels(small, np.full((200, 200), 255, np.uint8))
    assert np.all(carried[80:84, 120:124] == 2)
    assert (carried == 2).sum() <= 12**2


@pytest.mark.parametrize("shape", [(400, 330), (90, 900), (900, 60)])
def test_labels_do_not_depend_on_the_strips_they_are_carried_in(shape, monkeypatch):
    rng = np.random.default_rng(0)
    sketch = np.full(shape, 255, np.uint8)
    for _ in range(12):
        ends = rng.integers(0, shape[::-1], (2, 2)).tolist()
        cv2.line(sketch, *ends, 0, int(rng.integers(1, 40)), cv2.LINE_AA)
    small = segment_regions(resize_area(sketch, max(1, shape[0] // 3), max(1, shape[1] // 3)))
    whole = carry_labels(small, sketch)
    assert set(np.unique(whole)) == set(np.unique(small))
    monkeypatch.setattr(large, "_STRIP", 1)
    assert np.array_equal(carry_labels(small, sketch), whole)


def test_small_drawings_are_cut_as_they_are():
    sketch = rings(200, 3)
    for method in REGION_METHODS:
        assert np.array_equal(segment_large(sketch, method), segment_regions(sketch, method))


def test_options_are_in_pixels_of_the_drawing(monkeypatch):
    asked = {}

    def segment(sketch, method, **options):
        asked.update(options)
        return segment_regions(sketch, method)

    monkeypatch.setattr(large, "WORKING_SIDE", 100)
    monkeypatch.setattr(large, "segment_regions", segment)
    sketch = rings(400, 8)
    carried = segment_large(sketch, "close_gaps", max_gap=12, min_area=160, ink_threshold=150, max_regions=None)
    assert asked == {"max_gap": 3, "min_area": 10, "ink_threshold": 150, "max_regions": None}
    assert carried.max() == 4


def test_what_is_out_of_range_stays_so(monkeypatch):
    monkeypatch.setattr(large, "WORKING_SIDE", 100)
    with pytest.raises(InputError, match="max_gap must be at least 1 pixel, got -5"):
        segment_large(rings(400, 8), "close_gaps", max_gap=-5)


def test_an_empty_drawing_is_refused():
    with pytest.raises(InputError, match="no pixels"):
        segment_large(np.zeros((0, 5), np.uint8))

import json

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import drawing, region_map

from nurie.regions import segment_regions
from nurie.regions.region_map import connect_regions
from nurie.regions.report import chosen_gap, find_closed_gaps, report_regions

shapes = st.tuples(st.integers(1, 16), st.integers(1, 16))


def blank(regions):
    return np.full(regions.shape, 255, np.uint8)


def box(*gaps, side=256):
    sketch = np.full((side, side), 255, np.uint8)
    cv2.rectangle(sketch, (60, 60), (190, 190), 0, 2)
    for row, width in gaps:
        sketch[row : row + width, 50:70] = 255
    return sketch


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_a_closed_gap_is_found_with_its_place_and_width(width):
    sketch = box((100, width))
    (gap,) = find_closed_gaps(segment_regions(sketch, "close_gaps"), sketch)
    assert gap.regions == (1, 2)
    assert abs(gap.width - width) < 1
    assert abs(gap.row - 100 - width / 2) <= 1
    assert abs(gap.column - 60) <= 2


def test_two_gaps_between_the_same_regions_are_two_the_widest_first():
    sketch = box((80, 2), (150, 4))
    gaps = find_closed_gaps(segment_regions(sketch, "close_gaps"), sketch)
    assert [round(gap.width) for gap in gaps] == [4, 2]


def test_closed_outlines_have_no_gaps():
    assert find_closed_gaps(segment_regions(box(), "flood_fill"), box()) == []


def test_a_border_between_two_lines_of_ink():
    regions = region_map("1122 1122 1122 1122")
    wide = np.kron(regions, np.ones((8, 8), np.int32)).astype(np.int32)
    sketch = blank(wide)
    sketch[:8, 12:20] = sketch[24:, 12:20] = 0
    (gap,) = find_closed_gaps(wide, sketch)
    assert (gap.row, gap.column, gap.width) == (16, 16, 16.0)


def test_specks_that_were_given_away_have_no_gaps():
    sketch = np.full((256, 256), 255, np.uint8)
    sketch[100:140, 127:130] = 0
    sketch[110:113, 128] = 255
    regions = np.ones((256, 256), np.int32)
    regions[:, 128:] = 2
    assert [round(gap.width) for gap in find_closed_gaps(regions, sketch)] == [116, 100]


def test_a_slanting_border_is_as_long_as_the_crow_flies():
    regions = np.ones((40, 40), np.int32)
    regions[np.tri(40, 40, -1) > 0] = 2
    (gap,) = find_closed_gaps(regions, blank(regions))
    assert gap.width == pytest.approx(np.hypot(39, 39), abs=0.1)


@given(st.data(), shapes)
def test_open_borders_have_gaps_and_gaps_are_at_open_borders(data, shape):
    regions = connect_regions(data.draw(hnp.arrays(np.int32, shape, elements=st.integers(1, 3))))
    sketch = data.draw(hnp.arrays(np.uint8, shape, elements=st.sampled_from([0, 255]), fill=st.just(255)))
    big = np.kron(regions, np.ones((6, 6), np.int32)).astype(np.int32)
    ink = np.kron(sketch, np.ones((6, 6), np.uint8)).astype(np.uint8)
    paper = ink > 0
    pairs = set()
    for here, there in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        open_border = (big[here] != big[there]) & paper[here] & paper[there]
        pairs |= set(zip(big[here][open_border].tolist(), big[there][open_border].tolist(), strict=True))
    found = find_closed_gaps(big, ink)
    assert {gap.regions for gap in found} == {tuple(sorted(pair)) for pair in pairs}
    assert all(gap.width >= 6 for gap in found)


def test_sizes_and_merged_slivers():
    regions = region_map("1112 1132")
    report = report_regions(regions, blank(regions), fine=region_map("1234 1234"), gap_size=6)
    assert (report.num_regions, report.smallest, report.median, report.largest) == (3, 1, 2, 5)
    assert (report.merged, report.gap_size) == (1, 6)
    assert report.below == {20: 3, 100: 3, 1000: 3, 10_000: 3}


def test_the_text_says_what_is_there():
    sketch = box((100, 3))
    text = str(report_regions(segment_regions(sketch, "close_gaps"), sketch, gap_size=6))
    assert "256x256 px: 2 regions" in text
    assert "closes gaps of up to 6 px" in text
    assert "1 place where regions meet on bare paper, 3 px wide" in text


def test_the_report_is_json():
    sketch = box((100, 3))
    report = report_regions(segment_regions(sketch, "close_gaps"), sketch)
    again = json.loads(json.dumps(report.as_json()))
    assert again["gaps"][0]["regions"] == [1, 2]
    assert again["below"]["20"] == 0


def test_the_gap_size_grows_with_the_picture():
    small, large = box(), np.kron(box(), np.ones((2, 2), np.uint8)).astype(np.uint8)
    for method in ("trapped_ball", "close_gaps", "learned"):
        assert chosen_gap(large, method, {}) == pytest.approx(2 * chosen_gap(small, method, {}), abs=2)
    assert chosen_gap(small, "trapped_ball", {"radius": 5}) == 10
    assert chosen_gap(small, "close_gaps", {"max_gap": 5}) == 5
    assert chosen_gap(small, "flood_fill", {}) is None


def test_a_map_of_lines_only():
    report = report_regions(region_map("## ##"), drawing("## ##"))
    assert (report.num_regions, report.gaps) == (0, [])
    assert "0 regions" in str(report)

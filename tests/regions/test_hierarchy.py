import time

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import as_text, block, drawing, region_map

from nurie.errors import InputError
from nurie.regions.flood_fill import flood_fill
from nurie.regions.hierarchy import INK_WEIGHT, build_hierarchy, coarsen, weigh_borders
from nurie.regions.region_map import connect_regions

shapes = st.tuples(st.integers(1, 20), st.integers(1, 20))
maps = hnp.arrays(np.int32, shapes, elements=st.integers(1, 4)).map(connect_regions)


@st.composite
def drawn_maps(draw):
    regions = draw(maps)
    return regions, draw(hnp.arrays(np.uint8, regions.shape, elements=st.sampled_from([0, 255])))


def paper(regions):
    return np.full(regions.shape, 255, np.uint8)


def hatching(side, step):
    """Crossing strokes within a disk, beside an eye."""
    sketch = np.full((side, side), 255, np.uint8)
    strokes = sketch.copy()
    for start in range(-side, 2 * side, step):
        cv2.line(strokes, (start, 0), (start + side, side), 0)
        cv2.line(strokes, (start, side), (start + side, 0), 0)
    disk = cv2.circle(np.zeros_like(sketch), (side * 6 // 10, side // 2), side // 3, 1, -1) > 0
    sketch[disk] = strokes[disk]
    cv2.circle(sketch, (side // 8, side // 2), side // 12, 0, 2)
    cv2.circle(sketch, (side // 8, side // 2), side // 30, 0, 2)
    return sketch


def hair(side, strands, seed=0):
    """Long strokes that run together at the parting."""
    sketch = np.full((side, side), 255, np.uint8)
    for reach in np.random.default_rng(seed).uniform(-1, 1, strands):
        t = np.linspace(0, 1, 30)
        points = np.stack([side * (0.5 + 0.45 * reach * np.sqrt(t)), side * (0.1 + 0.8 * t)], axis=1)
        cv2.polylines(sketch, [points.round().astype(np.int32)], False, 0)
    return sketch


def screentone(side, step):
    """Small closed squares in rows, as the dots of a coarse screen."""
    sketch = np.full((side, side), 255, np.uint8)
    for row in range(0, side - step, step):
        for column in range(0, side - step, step):
            cv2.rectangle(sketch, (column, row), (column + step - 2, row + step - 2), 0)
    return sketch


@settings(max_examples=40)
@given(drawn=drawn_maps(), most=st.integers(1, 12))
def test_a_cut_is_a_map_of_whole_fine_regions_and_at_most_so_many(drawn, most):
    regions, sketch = drawn
    hierarchy = build_hierarchy(regions, sketch)
    cut = hierarchy.cut(most)
    assert cut.max() == min(most, regions.max())
    assert np.array_equal(cut, connect_regions(cut))
    assert np.array_equal(hierarchy.owners(most)[regions], cut)


@settings(max_examples=40)
@given(drawn=drawn_maps(), fewer=st.integers(1, 6), more=st.integers(0, 6))
def test_cuts_are_nested(drawn, fewer, more):
    hierarchy = build_hierarchy(*drawn)
    coarse, finer = hierarchy.cut(fewer), hierarchy.cut(fewer + more)
    owner = np.zeros(finer.max() + 1, np.int32)
    owner[finer] = coarse
    assert np.array_equal(owner[finer], coarse)


@settings(max_examples=40)
@given(drawn=drawn_maps())
def test_the_tree_joins_two_nodes_at_a_time_up_to_one_root(drawn):
    regions, sketch = drawn
    parent = build_hierarchy(regions, sketch).parent
    leaves = regions.max()
    assert len(parent) == 2 * leaves
    assert parent[-1] == 0
    assert (parent[1:-1] > np.arange(1, len(parent) - 1)).all()
    assert (np.bincount(parent[1:-1], minlength=len(parent))[leaves + 1 :] == 2).all()


@settings(max_examples=40)
@given(drawn=drawn_maps())
def test_a_cut_of_all_changes_nothing_and_the_same_drawing_gives_the_same_tree(drawn):
    regions, sketch = drawn
    hierarchy = build_hierarchy(regions, sketch)
    assert np.array_equal(hierarchy.cut(int(regions.max())), regions)
    assert np.array_equal(hierarchy.parent, build_hierarchy(regions.copy(), sketch.copy()).parent)


@settings(max_examples=40)
@given(drawn=drawn_maps(), most=st.integers(1, 8))
def test_coarsening_twice_equals_coarsening_once(drawn, most):
    once = coarsen(*drawn, most)
    assert np.array_equal(coarsen(once, drawn[1], most), once)
    assert np.array_equal(once, build_hierarchy(*drawn).cut(most))


@settings(max_examples=40)
@given(drawn=drawn_maps())
def test_borders_are_weighed_as_pixel_by_pixel(drawn):
    regions, sketch = drawn
    slow = {}
    for down, right in ((0, 1), (1, 0)):
        for row in range(regions.shape[0] - down):
            for column in range(regions.shape[1] - right):
                here, there = (row, column), (row + down, column + right)
                if regions[here] != regions[there]:
                    pair = tuple(sorted((int(regions[here]), int(regions[there]))))
                    weight = 1 if sketch[here] and sketch[there] else INK_WEIGHT
                    slow[pair] = slow.get(pair, 0) + weight
    pairs, weights = weigh_borders(regions, sketch)
    assert {tuple(pair): weight for pair, weight in zip(pairs.tolist(), weights, strict=True)} == slow


def test_slivers_join_first_and_rooms_at_a_door_last():
    regions = region_map("1111112333 1111112333 1111112333 1111112333 1111113333")
    assert as_text(coarsen(regions, paper(regions), 2)) == block(
        "1111112222 1111112222 1111112222 1111112222 1111112222"
    )


def test_a_border_on_bare_paper_counts_more_than_one_under_a_line():
    regions = region_map("1112333 1112333 1112333")
    sketch = drawing("..#.... ..#.... ..#....")
    assert as_text(coarsen(regions, sketch, 2)) == block("1112222 1112222 1112222")
    assert as_text(coarsen(regions, sketch[:, ::-1], 2)) == block("1111222 1111222 1111222")


def test_regions_parted_by_0_stay_apart():
    regions = region_map("11#22 11#22")
    hierarchy = build_hierarchy(regions, paper(regions))
    assert as_text(hierarchy.cut(1)) == block("11#22 11#22")
    assert hierarchy.parent.tolist() == [0, 0, 0]


def test_hatching_joins_what_it_lies_on_and_the_eye_stays():
    sketch = hatching(512, 6)
    fine = flood_fill(sketch, min_area=0, max_regions=sketch.size)
    assert fine.max() > 2000
    cut = coarsen(fine, sketch, 3)
    center, pupil, white = cut[256, 307], cut[256, 64], cut[256, 64 + 28]
    assert len({center, pupil, white}) == 3
    assert (cut[200:300, 250:350] == center).mean() > 0.99


@pytest.mark.parametrize("sketch", [hair(512, 120), screentone(512, 8)], ids=["hair", "screentone"])
def test_thousands_of_slivers_are_cut_to_a_few(sketch):
    fine = flood_fill(sketch, min_area=0, max_regions=sketch.size)
    assert fine.max() > 1000
    for most in (256, 16):
        cut = coarsen(fine, sketch, most)
        assert cut.max() == most
        assert np.array_equal(cut, connect_regions(cut))


def test_cost_grows_little_faster_than_the_number_of_regions():
    """A ground that touches all dots of a screen is the worst case: four times the dots, not sixteen times the time."""

    def fastest(side):
        sketch = screentone(side, 8)
        fine = flood_fill(sketch, min_area=0, max_regions=sketch.size)
        times = []
        for _ in range(3):
            start = time.thread_time()
            build_hierarchy(fine, sketch)
            times.append(time.thread_time() - start)
        return min(times)

    fastest(64)
    assert fastest(512) < 8 * fastest(256) + 0.02


def test_mistakes():
    regions = region_map("12")
    with pytest.raises(InputError, match="at least 1, got 0"):
        build_hierarchy(regions, paper(regions)).cut(0)

import time

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import as_text, block, drawing

from nurie.errors import InputError
from nurie.regions import REGION_METHODS, segment_regions
from nurie.regions.flood_fill import flood_paper
from nurie.regions.region_map import find_lines, number_regions
from nurie.regions.trapped_ball import trap_balls

FILLS = ["close_gaps", "trapped_ball", "flood_fill"]
CLOSERS = ["close_gaps", "trapped_ball"]
shapes = st.tuples(st.integers(1, 24), st.integers(1, 24))
bitmaps = hnp.arrays(np.uint8, shapes, elements=st.sampled_from([0, 255]), fill=st.just(255))
grays = hnp.arrays(np.uint8, shapes)
sketches = st.one_of(bitmaps, grays)
every_method = pytest.mark.parametrize("method", REGION_METHODS)


def is_partition(regions):
    """Connected regions 1..K, numbered by their first pixel in reading order."""
    labels, first = np.unique(regions, return_index=True)
    connected = all(
        cv2.connectedComponents((regions == label).astype(np.uint8), connectivity=4)[0] == 2 for label in labels
    )
    return labels.tolist() == list(range(1, len(labels) + 1)) and (np.diff(first) > 0).all() and connected


def circles(side=256, seed=0, count=12):
    """Closed outlines, far from each other and from the frame."""
    sketch = np.full((side, side), 255, np.uint8)
    rng = np.random.default_rng(seed)
    places = [(r, c) for r in range(1, 5) for c in range(1, 5)]
    for row, column in [places[i] for i in rng.permutation(len(places))[:count]]:
        center = (column * side // 5, row * side // 5)
        cv2.circle(sketch, center, int(rng.integers(side // 18, side // 13)), 0, 1, cv2.LINE_8)
    return sketch


@every_method
@given(sketch=sketches)
def test_every_map_is_a_partition(method, sketch):
    regions = segment_regions(sketch, method)
    assert regions.shape == sketch.shape
    assert is_partition(regions)


@every_method
@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), density=st.floats(0, 1), side=st.integers(1, 90))
def test_noise_is_partitioned_too(method, seed, density, side):
    ink = np.random.default_rng(seed).random((side, side + seed % 30)) < density
    assert is_partition(segment_regions(np.where(ink, np.uint8(0), np.uint8(255)), method))


@every_method
@given(sketch=sketches)
def test_the_same_sketch_gives_the_same_map(method, sketch):
    before = sketch.copy()
    assert np.array_equal(segment_regions(sketch, method), segment_regions(sketch, method))
    assert np.array_equal(sketch, before)


@pytest.mark.parametrize("method", FILLS)
@given(shape=shapes, level=st.sampled_from([0, 255]))
def test_blank_and_black_are_one_region(method, shape, level):
    assert (segment_regions(np.full(shape, level, np.uint8), method) == 1).all()


@pytest.mark.parametrize("method", FILLS)
@given(sketch=sketches, most=st.integers(1, 5))
def test_the_number_of_regions_can_be_capped(method, sketch, most):
    assert segment_regions(sketch, method, max_regions=most).max() <= most


@given(sketch=bitmaps)
def test_ink_is_never_inside_a_region_before_merging(sketch):
    lines = find_lines(sketch)
    for paper in (flood_paper(lines), trap_balls(lines, 3)):
        assert np.array_equal(paper == 0, lines)


@given(sketch=bitmaps)
def test_closing_gaps_only_splits_what_flood_fill_finds(sketch):
    lines = find_lines(sketch)
    flood, ball = flood_paper(lines), trap_balls(lines, 3)
    owner = np.zeros(ball.max() + 1, np.int32)
    owner[ball] = flood
    assert np.array_equal(owner[ball], flood)


@given(sketch=bitmaps)
def test_mirroring_the_sketch_mirrors_the_paper(sketch):
    lines = find_lines(sketch)
    mirrored = flood_paper(np.ascontiguousarray(lines[:, ::-1]))
    assert np.array_equal(number_regions(mirrored[:, ::-1]), flood_paper(lines))


@pytest.mark.parametrize("method", FILLS)
@pytest.mark.parametrize("seed", range(5))
def test_closed_outlines_on_wide_paper_give_one_region_each(method, seed):
    sketch = circles(seed=seed)
    regions = segment_regions(sketch, method)
    assert regions.max() == 13
    paper = sketch == 255
    assert np.array_equal(regions[paper], flood_paper(~paper)[paper])


def test_flood_fill_leaks_through_a_one_pixel_gap():
    sketch = drawing("""
        .....
        .###.
        .#.#.
        .#...
        .###.
        .....""")
    assert as_text(flood_paper(find_lines(sketch))) == "11111\n1###1\n1#1#1\n1#111\n1###1\n11111"


def test_flood_fill_does_not_pass_a_diagonal_line():
    sketch = drawing("#... .#.. ..#. ...#")
    assert as_text(flood_paper(find_lines(sketch))) == block("#111 2#11 22#1 222#")


@pytest.mark.parametrize("method", CLOSERS)
@pytest.mark.parametrize("gap", [1, 2, 3, 4])
@pytest.mark.parametrize("place", [80, 120, 160])
def test_a_gap_that_flood_fill_leaks_through_is_closed(method, gap, place):
    sketch = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(sketch, (60, 60), (190, 190), 0, 2)
    sketch[place : place + gap, 50:70] = 255
    assert segment_regions(sketch, "flood_fill").max() == 1
    regions = segment_regions(sketch, method)
    assert regions.max() == 2
    assert (regions[70:180, 70:180] == 2).all()
    assert regions[place, 40] == 1


@pytest.mark.parametrize("thick", [8, 12, 16])
@pytest.mark.parametrize("confidence", [10, 50, 90])
def test_a_gap_in_a_broad_line_is_closed_although_it_widens_inside(thick, confidence):
    sketch = np.full((512, 512), 255, np.uint8)
    sketch[:, 250 : 250 + thick] = 0
    sketch[330:332, 250 : 250 + thick] = 255
    sketch[330:333, 248 + thick // 2 : 252 + thick // 2] = 255
    regions = segment_regions(sketch, "close_gaps", confidence=confidence)
    assert regions.max() == 2
    assert regions[330, 240] != regions[330, 260 + thick]


@pytest.mark.parametrize("method", CLOSERS)
def test_a_wide_opening_stays_open(method):
    sketch = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(sketch, (60, 60), (190, 190), 0, 2)
    sketch[80:120, 50:70] = 255
    assert segment_regions(sketch, method).max() == 1


def test_a_pointed_strand_stays_whole():
    sketch = np.full((256, 256), 255, np.uint8)
    cv2.polylines(sketch, [np.array([[100, 20], [128, 230], [156, 20]])], True, 0, 2)
    regions = segment_regions(sketch, "close_gaps")
    assert regions.max() == 2


def test_a_passage_along_the_frame_stays_open():
    sketch = np.full((256, 256), 255, np.uint8)
    cv2.circle(sketch, (128, 128), 124, 0, 2)
    assert segment_regions(sketch, "close_gaps").max() == 2


def test_small_closed_regions_stay_and_specks_do_not():
    sketch = np.full((256, 256), 255, np.uint8)
    cv2.circle(sketch, (60, 60), 4, 0, 2)
    sketch[100:103, 100:103] = 0
    sketch[101, 101] = 255
    for method in FILLS:
        regions = segment_regions(sketch, method)
        assert regions.max() == 2
        assert regions[60, 60] == 2


def test_patches_are_a_grid():
    assert as_text(segment_regions(drawing("#..# .... .... #..#"), "patches", count=4)) == block("1122 1122 3344 3344")


@pytest.mark.parametrize("count", [1, 64, 169, 256, 1024])
def test_patches_of_table_iv(count):
    assert segment_regions(np.full((256, 256), 255, np.uint8), "patches", count=count).max() == count


def test_patches_never_outnumber_the_pixels():
    assert segment_regions(drawing("... ..."), "patches").tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    ("method", "options", "words"),
    [
        ("ball", {}, "choose from close_gaps, trapped_ball, flood_fill, learned, patches"),
        ("trapped_ball", {"raduis": 3}, "no option 'raduis'; its options are radius, "),
        ("flood_fill", {"radius": 3}, "flood_fill has no option 'radius'"),
        ("trapped_ball", {"radius": 0}, "use flood_fill"),
        ("close_gaps", {"max_gap": 0}, "use flood_fill"),
        ("close_gaps", {"confidence": 100}, "from 1 to 99"),
        ("trapped_ball", {"ink_threshold": 255}, "within 0..254"),
        ("flood_fill", {"min_area": -1}, "at least 0 pixels"),
        ("flood_fill", {"max_regions": 0}, "at least 1"),
        ("patches", {"count": 200}, "square number"),
        ("patches", {"count": 0}, "square number"),
    ],
)
def test_wrong_options(method, options, words):
    with pytest.raises(InputError, match=words):
        segment_regions(drawing(".#."), method, **options)


@every_method
def test_a_sketch_without_pixels(method):
    with pytest.raises(InputError, match="no pixels"):
        segment_regions(np.zeros((0, 7), np.uint8), method)


@every_method
def test_cost_grows_with_the_area_only(method):
    """Twice the side may cost five times as much, not more: no pass over the picture for each region."""

    def fastest(side):
        sketch = np.tile(circles(128), (side // 128, side // 128))
        times = []
        for _ in range(7):
            start = time.thread_time()
            segment_regions(sketch, method)
            times.append(time.thread_time() - start)
        return min(times)

    fastest(128)
    assert fastest(512) < 5 * fastest(256) + 0.005

"""What holds for every method of the table, whatever is drawn. Ties and symmetry: what is decided by the order of
pixels.

Mirroring or turning a drawing mirrors or turns its map, up to labels, wherever nothing is decided by the order of the
pixels. The order decides:

- which region takes a line pixel that is equally near to two: so the law is on paper, not on ink;
- which of two places of equal depth is the higher one, where rooms are told apart (close_gaps, learned): so the law
  is exact for flood_fill on any bitmap, and for close_gaps where outlines are closed; with gaps the border across a
  gap may differ by the pixels of the gap;
- which of two equal neighbors takes a sliver;
- how a side that the patches do not divide is shared: patches are symmetric on sides that they divide.

The network of `learned` has no mirror symmetry, so it may see an edge in one drawing and not in its mirror image.
What is parted by ink is parted by every method but patches.
"""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import as_text, block, drawing

from nurie.regions import REGION_METHODS, merge_small_regions, segment_regions
from nurie.regions.region_map import connect_regions, number_regions

INK_METHODS = [method for method in REGION_METHODS if method != "patches"]
every_method = pytest.mark.parametrize("method", REGION_METHODS)
ink_method = pytest.mark.parametrize("method", INK_METHODS)
exact_method = pytest.mark.parametrize("method", ["close_gaps", "flood_fill"])

shapes = st.tuples(st.integers(1, 24), st.integers(1, 24))
bitmaps = hnp.arrays(np.uint8, shapes, elements=st.sampled_from([0, 255]), fill=st.just(255))

TURNS = {
    "mirrored": lambda array: array[:, ::-1],
    "upside down": lambda array: array[::-1],
    "turned by 90 degrees": np.rot90,
    "turned by 180 degrees": lambda array: np.rot90(array, 2),
    "transposed": lambda array: array.T,
}
every_turn = pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)


def joint(one, other):
    """How many pairs of labels occur, and of each map's labels: all equal if the partitions are."""
    pairs = np.unique(np.stack([one, other], axis=1), axis=0)
    return len(pairs), len(np.unique(one)), len(np.unique(other))


def same_partition(one, other):
    pairs, first, second = joint(one, other)
    return pairs == first == second


def refines(fine, coarse):
    pairs, first, _ = joint(fine, coarse)
    return pairs == first


@st.composite
def closed_outlines(draw):
    """Circles, boxes and tilted ellipses, each in a cell of its own, closed, far from each other and the frame."""
    sketch = np.full((128, 128), 255, np.uint8)
    for row in range(2):
        for column in range(2):
            kind = draw(st.sampled_from(["none", "circle", "box", "ellipse"]))
            center = (64 * column + 32 + draw(st.integers(-2, 2)), 64 * row + 32 + draw(st.integers(-2, 2)))
            size, other = draw(st.integers(12, 18)), draw(st.integers(12, 18))
            width = draw(st.integers(1, 3))
            if kind == "circle":
                cv2.circle(sketch, center, size, 0, width)
            elif kind == "box":
                corner = (center[0] - size, center[1] - other)
                cv2.rectangle(sketch, corner, (center[0] + size, center[1] + other), 0, width)
            elif kind == "ellipse":
                cv2.ellipse(sketch, center, (size, other), draw(st.integers(0, 90)), 0, 360, 0, width)
    return sketch


@every_method
@settings(max_examples=15)
@given(sketch=bitmaps)
def test_labels_are_1_to_k_in_reading_order_and_each_is_4_connected(method, sketch):
    regions = segment_regions(sketch, method)
    assert regions.shape == sketch.shape
    assert regions.min() == 1
    assert np.array_equal(number_regions(regions), regions)
    assert np.array_equal(connect_regions(regions), regions)


@every_method
@settings(max_examples=15)
@given(sketch=bitmaps)
def test_how_the_drawing_lies_in_memory_does_not_count(method, sketch):
    strided = np.repeat(np.repeat(sketch, 2, axis=0), 3, axis=1)[::2, ::3]
    regions = segment_regions(sketch, method)
    assert np.array_equal(segment_regions(np.asfortranarray(sketch), method), regions)
    assert np.array_equal(segment_regions(strided, method), regions)


@every_turn
@settings(max_examples=10)
@given(sketch=bitmaps)
def test_flood_fill_turns_with_any_bitmap(turn, sketch):
    turned = segment_regions(np.ascontiguousarray(turn(sketch)), "flood_fill", min_area=0)
    paper = sketch == 255
    assert same_partition(segment_regions(sketch, "flood_fill", min_area=0)[paper], undo(turn, turned)[paper])


def undo(turn, array):
    """The array turned back: turning its pixels' numbers says where each one went."""
    shape = turn(np.empty(array.shape)).shape if turn is not np.rot90 else array.shape[::-1]
    numbers = np.arange(array.size).reshape(shape)
    back = np.empty(array.size, array.dtype)
    back[np.ascontiguousarray(turn(numbers)).ravel()] = array.ravel()
    return back.reshape(shape)


@exact_method
@every_turn
@settings(max_examples=4)
@given(sketch=closed_outlines())
def test_closed_outlines_turn_with_the_drawing(method, turn, sketch):
    regions = segment_regions(sketch, method)
    turned = segment_regions(np.ascontiguousarray(turn(sketch)), method)
    paper = sketch == 255
    assert same_partition(regions[paper], undo(turn, turned)[paper])


@every_turn
@settings(max_examples=4)
@given(sketch=closed_outlines(), places=st.lists(st.tuples(st.integers(0, 125), st.integers(0, 125)), max_size=6))
def test_gaps_turn_with_the_drawing_but_for_the_pixels_within_them(turn, sketch, places):
    for row, column in places:
        sketch[row : row + 2, column : column + 2] = 255
    regions = segment_regions(sketch, "close_gaps")
    turned = undo(turn, segment_regions(np.ascontiguousarray(turn(sketch)), "close_gaps"))
    assert turned.max() == regions.max()
    owner = np.zeros(turned.max() + 1, np.int32)
    owner[turned] = regions
    assert ((owner[turned] != regions) & (sketch == 255)).mean() < 0.005


@every_turn
@settings(max_examples=10)
@given(side=st.integers(1, 8), count=st.sampled_from([1, 4, 9, 16]))
def test_patches_that_divide_the_sides_turn_with_the_drawing(turn, side, count):
    sketch = np.full((side * 12, side * 12), 255, np.uint8)
    regions = segment_regions(sketch, "patches", count=count)
    assert same_partition(regions.ravel(), undo(turn, segment_regions(turn(sketch), "patches", count=count)).ravel())


@every_method
@settings(max_examples=15)
@given(sketch=bitmaps, area=st.integers(0, 30), most=st.integers(1, 9))
def test_merging_twice_equals_merging_once(method, sketch, area, most):
    once = merge_small_regions(segment_regions(sketch, method), min_area=area, max_regions=most)
    assert np.array_equal(merge_small_regions(once, min_area=area, max_regions=most), once)


@settings(max_examples=15)
@given(sketch=closed_outlines())
def test_closed_outlines_wider_than_the_ball_give_the_flood_fill_map(sketch):
    assert np.array_equal(segment_regions(sketch, "close_gaps"), segment_regions(sketch, "flood_fill"))


@ink_method
@settings(max_examples=4)
@given(sketch=closed_outlines())
def test_what_ink_parts_is_parted_by_every_method(method, sketch):
    paper = sketch == 255
    assert refines(segment_regions(sketch, method)[paper], segment_regions(sketch, "flood_fill")[paper])


@ink_method
@settings(max_examples=10)
@given(sketch=bitmaps)
def test_any_bitmap_is_cut_at_least_where_flood_fill_cuts_it(method, sketch):
    paper = sketch == 255
    fine = segment_regions(sketch, method, min_area=0, max_regions=10**6)
    coarse = segment_regions(sketch, "flood_fill", min_area=0, max_regions=10**6)
    assert refines(fine[paper], coarse[paper])


@ink_method
@settings(max_examples=10)
@given(sketch=bitmaps, gray=st.integers(201, 254))
def test_paper_need_not_be_white(method, sketch, gray):
    """A blank margin of gray levels above the threshold is paper as well."""
    if method == "learned":
        return  # the network sees the gray
    assert np.array_equal(segment_regions(np.minimum(sketch, gray), method), segment_regions(sketch, method))


@exact_method
def test_a_room_with_a_door_of_ink(method):
    sketch = drawing("""
        ..........
        .########.
        .#...#..#.
        .#...#..#.
        .#...#..#.
        .########.
        ..........""")
    paper = sketch == 255
    regions = np.where(paper, segment_regions(sketch, method, min_area=0), 0)
    assert as_text(regions) == block("""
        1111111111
        1########1
        1#222#33#1
        1#222#33#1
        1#222#33#1
        1########1
        1111111111""")


@exact_method
def test_a_ring_in_a_ring(method):
    sketch = drawing("""
        .........
        .#######.
        .#.....#.
        .#.###.#.
        .#.#.#.#.
        .#.###.#.
        .#.....#.
        .#######.
        .........""")
    regions = segment_regions(sketch, method, min_area=0)
    assert (regions[0, 0], regions[2, 2], regions[4, 4], regions.max()) == (1, 2, 3, 3)


@exact_method
def test_a_line_one_pixel_wide_and_diagonal_parts(method):
    sketch = np.where(np.eye(48, dtype=bool), np.uint8(0), np.uint8(255))
    regions = segment_regions(sketch, method)
    assert regions.max() == 2
    assert (regions[np.triu_indices(48, 1)] == 1).all()
    assert (regions[np.tril_indices(48, -1)] == 2).all()


def test_a_gap_closes_and_a_doorway_does_not():
    small = """
        ................
        .##############.
        .#............#.
        .#............#.
        .#............#.
        .#............#.
        .#............#.
        .######.#######.
        ................"""
    gap = np.kron(drawing(small), np.ones((3, 3), np.uint8)).astype(np.uint8)
    assert segment_regions(gap, "flood_fill").max() == 1
    assert segment_regions(gap, "close_gaps", max_gap=6).max() == 2
    doorway = gap.copy()
    doorway[20:25, 15:33] = 255
    assert segment_regions(doorway, "close_gaps", max_gap=6).max() == 1

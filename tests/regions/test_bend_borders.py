"""Borders that nobody drew become smooth, and nothing else changes."""

import sys

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nurie.data.sources import SOURCES
from nurie.regions import large, segment_regions
from nurie.regions.bend_borders import bend_borders
from nurie.regions.borders import find_borders
from nurie.regions.close_gaps import GapOptions, part_paper
from nurie.regions.large import segment_large
from nurie.regions.learned import learned
from nurie.regions.region_map import connect_regions, find_lines, number_regions, region_areas


def bent(regions, lines, length):
    regions = regions.copy()
    bend_borders(regions, lines, float(length))
    return regions


def blobs(seed, height, width, grain):
    """Regions as ragged as pixels of `grain`, and strokes across them."""
    rng = np.random.default_rng(seed)
    small = cv2.GaussianBlur(rng.standard_normal((height // grain + 2, width // grain + 2)), (0, 0), 2)
    levels = np.kron(np.floor(small * 6).astype(np.int32), np.ones((grain, grain), np.int32))[:height, :width]
    lines = np.zeros((height, width), np.uint8)
    for _ in range(rng.integers(0, 6)):
        ends = (rng.random((2, 2)) * (width, height)).astype(int).tolist()
        cv2.line(lines, *ends, 1, int(rng.integers(1, 4)))
    return connect_regions(levels - levels.min() + 1), lines.astype(bool)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10**6), height=st.integers(1, 90), width=st.integers(1, 90),
    grain=st.integers(1, 6), length=st.floats(0.3, 30),
)  # fmt: skip
@example(seed=0, height=1, width=1, grain=1, length=1.0)
def test_every_region_stays_in_one_piece_and_ink_stays_whose_it_was(seed, height, width, grain, length):
    regions, lines = blobs(seed, height, width, grain)
    after = bent(regions, lines, length)
    assert np.array_equal(connect_regions(after), number_regions(after))
    assert set(np.unique(after)) == set(np.unique(regions))
    assert np.array_equal(after[lines], regions[lines])


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), height=st.integers(1, 90), width=st.integers(1, 90), length=st.floats(0.5, 12))
def test_what_is_parted_by_ink_alone_stays(seed, height, width, length):
    _, lines = blobs(seed, height, width, 3)
    regions = segment_regions(np.where(lines, np.uint8(0), np.uint8(255)), "flood_fill", min_area=0)
    assert np.array_equal(bent(regions, lines, length), regions)


@pytest.mark.parametrize("turn", [np.fliplr, np.flipud, np.rot90, np.transpose])
def test_a_turned_drawing_with_added_lines_gives_the_turned_regions(turn):
    """The network sees a drawing as it lies; what follows it does not depend on that."""
    sketch = np.full((90, 70), 255, np.uint8)
    cv2.ellipse(sketch, (33, 45), (25, 32), 20, 0, 240, 0, 2)
    added = np.zeros(sketch.shape, np.uint8)
    cv2.ellipse(added, (33, 45), (25, 32), 20, 230, 370, 1, 3)
    added = np.kron(added[::3, ::3], np.ones((3, 3), np.uint8)).astype(bool)[:90, :70]

    def part(sketch, added):
        sketch, lines = np.ascontiguousarray(sketch), find_lines(np.ascontiguousarray(sketch))
        options = GapOptions(sketch.shape, None, 36, None, 1024)
        return part_paper(sketch, lines | added, lines, options, smoothed=6.0)

    regions = part(sketch, added)
    assert regions.max() == 2
    assert np.array_equal(number_regions(turn(regions)), part(turn(sketch), np.ascontiguousarray(turn(added))))


def test_a_border_of_steps_becomes_straight():
    x, y = np.meshgrid(np.arange(120), np.arange(120))
    regions = np.where(y > 60 + 4 * (x // 4 % 2), 2, 1).astype(np.int32)
    after = bent(regions, np.zeros(regions.shape, bool), 10)
    heights = (after == 1).sum(axis=0)[20:-20]
    assert np.ptp((regions == 1).sum(axis=0)) == 4
    assert np.ptp(heights) <= 1


def test_a_border_between_two_strokes_ends_where_they_end():
    regions = np.ones((60, 80), np.int32)
    regions[30 + np.arange(80) // 5 % 2 * 4 > np.arange(60)[:, None]] = 2
    lines = np.zeros((60, 80), bool)
    lines[29:35, :15] = lines[29:35, 65:] = True
    after = bent(number_regions(regions), lines, 20)
    assert np.array_equal(after[lines], number_regions(regions)[lines])
    steps = np.abs(np.diff((after == 1).sum(axis=0)[16:64]))
    assert steps.max() <= 1
    assert steps.sum() <= 8


def test_a_thin_arm_is_not_cut_off():
    regions = np.ones((60, 60), np.int32)
    regions[20:40, 5:25] = regions[20:40, 40:55] = 2
    regions[25, 25:40] = 2  # one pixel wide: a curve would pass it by
    after = bent(regions, np.zeros(regions.shape, bool), 8)
    assert connect_regions(after).max() == 2


def test_a_small_island_keeps_most_of_itself():
    y, x = np.mgrid[:60, :60]
    regions = np.where(np.hypot(x - 30, y - 30) < 4, 2, 1).astype(np.int32)
    after = bent(regions, np.zeros(regions.shape, bool), 24)
    assert region_areas(after)[2] >= 0.9 * region_areas(regions)[2]


def turning(regions, lines, chord=8):
    """Degrees that long borders on bare paper turn by on 100 pixels, in steps of about `chord` pixels."""
    turned, length = 0.0, 0.0
    for border in find_borders(regions, lines).borders:
        steps = np.diff(border.points[:: round(chord * 4 / np.pi)])
        if len(steps) > 4:
            turned += np.degrees(np.abs(np.angle(steps[1:] * steps[:-1].conj())).sum())
            length += np.abs(steps).sum()
    return 100 * turned / length


def far_from_truth(regions, true, lines):
    """Mean distance of borders on bare paper to the nearest true border."""
    none = np.zeros(true.shape, bool)
    away = np.ones(np.add(true.shape, 1), np.uint8)
    for border in find_borders(true, none).borders:
        away[border.points.imag.astype(int), border.points.real.astype(int)] = 0
    distance = cv2.distanceTransform(away, cv2.DIST_L2, cv2.DIST_MASK_5)
    points = np.concatenate([border.points for border in find_borders(regions, lines).borders])
    return distance[points.imag.astype(int), points.real.astype(int)].mean()


def without_bending(monkeypatch, *modules):
    for module in modules:
        monkeypatch.setattr(sys.modules[module], "bend_borders", lambda *_: None)


def test_edges_that_the_network_saw_in_large_pixels_get_smooth(monkeypatch):
    sketch = np.full((640, 640), 255, np.uint8)
    cv2.ellipse(sketch, (320, 320), (200, 150), 0, 180, 360, 0, 4)
    seen = np.zeros((640, 640), np.uint8)
    cv2.ellipse(seen, (320, 320), (200, 150), 0, -10, 190, 1, 6)
    ragged = np.roll(np.kron(seen[4::8, 4::8], np.ones((8, 8), np.uint8)), 2, axis=0).astype(bool)
    monkeypatch.setattr(sys.modules[learned.__module__], "find_edges", lambda *_: ragged)
    lines = find_lines(sketch)
    smooth = learned(sketch)
    assert smooth.max() == 2
    assert turning(smooth, lines) < 110
    y, x = np.mgrid[:640, :640]
    inside = np.hypot((x - 320) / 200, (y - 320) / 150) < 1
    assert ((smooth == 2) != inside)[330:].sum() < 5 * 640
    without_bending(monkeypatch, part_paper.__module__)
    assert turning(learned(sketch), lines) > 130


@pytest.mark.slow
def test_open_eyes_at_full_size_get_smooth_borders_that_are_no_farther_from_the_truth(monkeypatch):
    drawing = SOURCES["anime"](900_002, side=1024)
    lines = find_lines(drawing.sketch)
    smooth = learned(drawing.sketch)
    without_bending(monkeypatch, part_paper.__module__)
    ragged = learned(drawing.sketch)
    assert smooth.max() == ragged.max()
    assert turning(smooth, lines) < 0.75 * turning(ragged, lines)
    assert far_from_truth(smooth, drawing.regions, lines) < far_from_truth(ragged, drawing.regions, lines)


def test_borders_of_drawings_that_were_cut_smaller_have_no_steps(monkeypatch):
    monkeypatch.setattr(large, "WORKING_SIDE", 100)
    sketch = np.full((600, 600), 255, np.uint8)
    cv2.line(sketch, (0, 200), (270, 290), 0, 12)
    cv2.line(sketch, (330, 310), (600, 400), 0, 12)
    lines = find_lines(sketch)
    smooth = segment_large(sketch, "close_gaps", max_gap=90)
    assert smooth.max() == 2
    without_bending(monkeypatch, segment_large.__module__)
    assert turning(smooth, lines) < 0.7 * turning(segment_large(sketch, "close_gaps", max_gap=90), lines)

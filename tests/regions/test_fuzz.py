"""Random bitmaps of any size, from 1x1 on, through everything that follows a region map."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nurie.regions import REGION_METHODS, segment_regions
from nurie.regions.from_file import read_regions
from nurie.regions.hierarchy import build_hierarchy
from nurie.regions.preview import number_preview
from nurie.regions.region_map import connect_regions
from nurie.regions.report import report_regions
from nurie.sketch.line_art import judge_drawing

every_method = pytest.mark.parametrize("method", REGION_METHODS)
sides = st.one_of(st.integers(1, 8), st.integers(1, 130))


def bitmap(height, width, density, grain, seed):
    """Ink of any density in blocks of `grain` pixels, with gray levels at odd seeds."""
    rng = np.random.default_rng(seed)
    rows, columns = -(-height // grain), -(-width // grain)
    ink = rng.random((rows, columns)) < density
    levels = rng.integers(0, 256, ink.shape) if seed % 2 else 0
    picture = np.where(ink, levels, 255).astype(np.uint8)
    return np.kron(picture, np.ones((grain, grain), np.uint8))[:height, :width].astype(np.uint8)


def is_partition(regions):
    return regions.min() == 1 and np.array_equal(connect_regions(regions), regions)


@every_method
@settings(max_examples=20)
@given(height=sides, width=sides, density=st.floats(0, 1), grain=st.integers(1, 9), seed=st.integers(0, 10**6))
@example(height=1, width=1, density=0, grain=1, seed=0)
@example(height=1, width=1, density=1, grain=1, seed=0)
@example(height=1, width=130, density=0.3, grain=1, seed=2)
@example(height=130, width=1, density=0.3, grain=1, seed=2)
@example(height=2, width=128, density=0.5, grain=1, seed=4)
def test_any_bitmap_is_cut_told_of_and_shown(method, height, width, density, grain, seed):
    sketch = bitmap(height, width, density, grain, seed)
    regions = segment_regions(sketch, method)
    assert regions.shape == (height, width)
    assert is_partition(regions)
    report = report_regions(regions, sketch)
    assert report.num_regions == regions.max()
    assert all(gap.width > 0 for gap in report.gaps)
    assert number_preview(regions, sketch).shape == (height, width, 3)
    assert is_partition(build_hierarchy(regions, sketch).cut(2))
    assert np.array_equal(read_regions(regions.astype(np.uint16), sketch.shape), regions)


@settings(max_examples=30)
@given(height=sides, width=sides, density=st.floats(0, 1), grain=st.integers(1, 9), seed=st.integers(0, 10**6))
def test_any_picture_is_judged(height, width, density, grain, seed):
    channels = [bitmap(height, width, density, grain, seed + channel) for channel in range(3)]
    verdict = judge_drawing(np.dstack(channels))
    assert verdict.reason


@pytest.mark.parametrize("method", [name for name in REGION_METHODS if name != "patches"])
@settings(max_examples=15)
@given(
    height=sides, width=sides, density=st.floats(0, 0.6), seed=st.integers(0, 10**6),
    area=st.integers(0, 300), most=st.integers(1, 40), threshold=st.integers(0, 254),
)  # fmt: skip
def test_any_options_give_a_partition_of_at_most_so_many(method, height, width, density, seed, area, most, threshold):
    sketch = bitmap(height, width, density, 3, seed)
    regions = segment_regions(sketch, method, min_area=area, max_regions=most, ink_threshold=threshold)
    assert is_partition(regions)
    assert regions.max() <= most

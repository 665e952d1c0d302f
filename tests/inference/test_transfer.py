import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.images import resize_nearest
from nurie.inference import transfer
from nurie.inference.transfer import REGION_WEIGHT, add_shading, carry_shading
from nurie.regions.flats import PAPER


def carry(*arguments):
    return np.concatenate([carried for _, carried in carry_shading(*arguments)])


def test_constant_shading_stays_constant():
    regions = np.ones((30, 50), np.int32)
    shading = np.full((12, 20, 3), -7, np.float32)
    carried = carry(shading, np.ones((12, 20), np.int32), np.full((12, 20), 255, np.uint8), regions)
    assert np.allclose(carried, -7)


def test_shading_neither_crosses_regions_nor_takes_up_ink():
    small = np.ones((8, 8), np.int32)
    small[:, 4:] = 2
    sketch = np.full((8, 8), 255, np.uint8)
    sketch[:, 4] = 0
    shading = np.where(small == 1, 50, -30).astype(np.float32)[..., None].repeat(3, 2)
    shading[sketch == 0] = 1000  # the ink that a network paints
    regions = small.repeat(5, 0).repeat(5, 1)
    carried = carry(shading, small, sketch, regions)
    assert np.allclose(carried[regions == 1], 50)
    assert np.allclose(carried[regions == 2], -30)


def test_a_region_lost_at_the_small_size_gets_no_shading():
    regions = np.ones((9, 9), np.int32)
    regions[4, 4] = 2
    shading = np.full((3, 3, 3), 11, np.float32)
    carried = carry(shading, np.ones((3, 3), np.int32), np.full((3, 3), 255, np.uint8), regions)
    assert np.all(carried[4, 4] == 0)
    assert np.allclose(carried[0], 11)


@given(seed=st.integers(0, 2**32), height=st.integers(1, 12), width=st.integers(1, 12))
def test_shading_equals_the_sum_written_out(seed, height, width):
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 7, 2)
    shading = rng.normal(0, 20, (rows, columns, 3)).astype(np.float32)
    small = rng.integers(1, 4, (rows, columns)).astype(np.int32)
    sketch = rng.integers(0, 256, (rows, columns)).astype(np.uint8)
    regions = rng.integers(1, 4, (height, width)).astype(np.int32)
    paper = (np.maximum(sketch.astype(float) - PAPER, 0) / (255 - PAPER)) ** 2
    expected = np.zeros((height, width, 3))
    for y, x in np.ndindex(height, width):
        label = regions[y, x]
        own = paper * (small == label)
        mean = (own[..., None] * shading).sum((0, 1)) / max(own.sum(), 1e-6)
        total, mass = REGION_WEIGHT * mean, REGION_WEIGHT
        at_row, at_column = (y + 0.5) * rows / height - 0.5, (x + 0.5) * columns / width - 0.5
        for row in (int(np.floor(at_row)), int(np.floor(at_row)) + 1):
            for column in (int(np.floor(at_column)), int(np.floor(at_column)) + 1):
                near = (1 - abs(row - at_row)) * (1 - abs(column - at_column))
                r, c = min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
                total, mass = total + near * own[r, c] * shading[r, c], mass + near * own[r, c]
        expected[y, x] = total / mass
    assert np.allclose(carry(shading, small, sketch, regions), expected, atol=2e-2)


@pytest.mark.parametrize("shape", [(30, 700), (1, 9_001), (700, 40)])
def test_shading_does_not_depend_on_the_strips_it_is_computed_in(shape, monkeypatch):
    rng = np.random.default_rng(0)
    shading = rng.normal(0, 30, (20, 30, 3)).astype(np.float32)
    small = rng.integers(1, 4, (20, 30)).astype(np.int32)
    sketch = rng.integers(0, 256, (20, 30)).astype(np.uint8)
    regions = resize_nearest(small, *shape)
    whole = carry(shading, small, sketch, regions)
    monkeypatch.setattr(transfer, "_STRIP", 5000)
    assert np.allclose(carry(shading, small, sketch, regions), whole, atol=1e-3)


def test_a_ramp_of_light_has_no_steps():
    small = np.ones((8, 16), np.int32)
    shading = np.linspace(-40, 40, 16, dtype=np.float32)[None, :, None] * np.ones((8, 1, 3), np.float32)
    carried = carry(shading, small, np.full((8, 16), 255, np.uint8), np.ones((64, 128), np.int32))
    steps = np.diff(carried[32, :, 0])
    assert steps.min() >= -1e-4
    assert steps.max() < 80 / 15 / 8 * 1.05


def test_shading_is_added_to_the_flats_and_kept_within_range():
    regions = np.ones((6, 9), np.int32)
    flats = np.random.default_rng(1).integers(0, 256, (6, 9, 3)).astype(np.uint8)
    shading = np.full((2, 3, 3), (-60, 0, 60), np.float32)
    shaded = add_shading(flats, shading, np.ones((2, 3), np.int32), np.full((2, 3), 255, np.uint8), regions)
    assert np.array_equal(shaded, np.clip(flats + np.array([-60, 0, 60]), 0, 255))

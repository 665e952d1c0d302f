import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurie.data.degrade import PAGE, STROKES, degrade
from nurie.data.degrade.fields import displace, noise, patches, smooth_field

EVERY = [*STROKES, *PAGE]


def drawing(height=96, width=120):
    sketch = np.full((height, width), 255, np.uint8)
    cv2.circle(sketch, (width // 2, height // 2), 30, 0, 2, cv2.LINE_AA)
    cv2.line(sketch, (5, 8), (width - 8, 20), 0, 2, cv2.LINE_AA)
    return sketch


@settings(max_examples=20)
@given(st.integers(0, 2**62))
def test_a_seed_is_one_degradation(seed):
    sketch = drawing()
    first = degrade(sketch, seed)
    assert first.shape == sketch.shape
    assert first.dtype == np.uint8
    assert np.array_equal(first, degrade(sketch.copy(), seed))


def test_seeds_differ():
    assert len({degrade(drawing(), seed).tobytes() for seed in range(10)}) == 10


@pytest.mark.parametrize("seed", range(12))
def test_lines_stay_where_they_were(seed):
    sketch = drawing()
    rough = degrade(sketch, seed).astype(float)
    around = cv2.dilate((sketch < 128).astype(np.uint8), np.ones((15, 15))) > 0
    assert rough[sketch < 128].mean() < rough[around & (sketch > 200)].mean() - 5


@pytest.mark.parametrize("change", EVERY, ids=lambda change: change.__name__)
@pytest.mark.parametrize("shape", [(1, 1), (3, 50), (90, 70)])
def test_every_degradation_takes_any_size(change, shape):
    plane = np.random.default_rng(0).random(shape, np.float32)
    out = change(plane, np.random.default_rng(1))
    assert out.shape == shape
    assert out.dtype == np.float32
    assert np.isfinite(out).all()


@pytest.mark.parametrize("change", STROKES, ids=lambda change: change.__name__)
def test_strokes_stay_between_paper_and_ink(change):
    ink = 1 - drawing().astype(np.float32) / 255
    for seed in range(5):
        out = change(ink, np.random.default_rng(seed))
        assert out.min() >= 0
        assert out.max() <= 1


@pytest.mark.parametrize("change", EVERY, ids=lambda change: change.__name__)
def test_every_degradation_degrades(change):
    plane = 1 - drawing().astype(np.float32) / 255 if change in STROKES else drawing().astype(np.float32) / 255
    assert any((change(plane, np.random.default_rng(seed)) != plane).any() for seed in range(3))


def test_fields_are_smooth_and_about_one_wide():
    rng = np.random.default_rng(0)
    field = np.stack([smooth_field((80, 100), 20, rng) for _ in range(30)])
    assert 0.5 < field.std() < 1.1
    assert abs(field.mean()) < 0.15
    assert np.abs(np.diff(field, axis=1)).max() < 0.5


def test_patches_cover_their_share():
    rng = np.random.default_rng(0)
    covers = [patches((120, 120), 25, 0.3, rng).mean() for _ in range(20)]
    assert np.mean(covers) == pytest.approx(0.3, abs=0.06)


def test_noise_has_its_width():
    for sigma in (0, 0.5, 2):
        field = noise((200, 200), sigma, np.random.default_rng(0))
        assert field.std() == pytest.approx(1, abs=0.05)


def test_no_displacement_moves_nothing():
    ink = 1 - drawing().astype(np.float32) / 255
    assert np.allclose(displace(ink, 0, 20, np.random.default_rng(0)), ink, atol=1e-6)

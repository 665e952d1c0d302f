from collections import Counter

import numpy as np
import pytest

from nurie.data import augment as module
from nurie.data.augment import another_pen, augment, line_style, training_view
from nurie.data.sources.drawing import Drawing, Part


def make_drawing(height=48, width=48):
    """Four flat quarters, a cross of ink between them, and a part for each."""
    rows, columns = np.mgrid[:height, :width]
    quarter = 2 * (rows >= height // 2) + (columns >= width // 2)
    regions = (quarter + 1).astype(np.int32)
    colors = np.array([[250, 0, 0], [0, 250, 0], [0, 0, 250], [250, 250, 0]], np.uint8)
    ink = (abs(rows - height // 2) <= 1) | (abs(columns - width // 2) <= 1)
    color = colors[quarter]
    color[ink] = 0
    sketch = np.where(ink, 0, 255).astype(np.uint8)
    parts = tuple(Part("prop", 0, name) for name in ("red", "green", "blue", "yellow"))
    return Drawing(color, sketch, regions, parts, {"seed": 7})


NAMES = {(250, 0, 0): "red", (0, 250, 0): "green", (0, 0, 250): "blue", (250, 250, 0): "yellow"}


@pytest.fixture
def steady(monkeypatch):
    monkeypatch.setattr(module, "TREMBLE", 0.0)


@pytest.mark.parametrize("seed", range(20))
def test_color_lines_regions_and_parts_stay_together(steady, seed):
    view = augment(make_drawing(), np.random.default_rng(seed), side=48)
    paper = view.sketch == 255
    for label, part in enumerate(view.parts, 1):
        colors = view.color[paper & (view.regions == label)]
        exact = [tuple(int(v) for v in color) for color in colors if tuple(color) in NAMES]
        assert len(exact) > len(colors) / 2
        assert {NAMES[color] for color in exact} == {part.name}


@pytest.mark.parametrize("seed", range(10))
def test_an_unsteady_hand_moves_everything_by_little(monkeypatch, seed):
    monkeypatch.setattr(module, "TREMBLE", 1.0)
    monkeypatch.setattr(module, "CROP", 0.0)
    monkeypatch.setattr(module, "FLIP", 0.0)
    drawing = make_drawing()
    view = augment(drawing, np.random.default_rng(seed), side=48)
    assert (view.regions != drawing.regions).mean() < 0.25
    assert set(np.unique(view.regions)) <= {1, 2, 3, 4}
    dark, ink = view.color.max(2) < 60, view.sketch < 60
    assert (dark & ink).sum() >= 0.9 * ink.sum()


@pytest.mark.parametrize(("height", "width"), [(48, 48), (30, 60), (61, 33), (7, 90)])
@pytest.mark.parametrize("side", [16, 64])
def test_every_shape_becomes_a_square_with_labels_without_gaps(height, width, side):
    drawing = make_drawing(height, width)
    for seed in range(8):
        view = augment(drawing, np.random.default_rng(seed), side=side)
        assert view.color.shape == (side, side, 3)
        assert view.sketch.shape == view.regions.shape == (side, side)
        labels = np.unique(view.regions)
        assert labels.tolist() == list(range(1, len(labels) + 1))
        assert len(view.parts) == len(labels)


def test_the_same_random_numbers_give_the_same_view():
    once, twice = (training_view(make_drawing(), np.random.default_rng(3), side=32, true_regions=0.5) for _ in range(2))
    assert np.array_equal(once.truth.color, twice.truth.color)
    assert np.array_equal(once.sketch, twice.sketch)
    assert np.array_equal(once.regions, twice.regions)


def test_the_drawing_itself_is_not_changed():
    drawing, fresh = make_drawing(), make_drawing()
    for seed in range(10):
        training_view(drawing, np.random.default_rng(seed), side=48)
    assert np.array_equal(drawing.color, fresh.color)
    assert np.array_equal(drawing.sketch, fresh.sketch)
    assert np.array_equal(drawing.regions, fresh.regions)


def test_drawings_without_parts_have_none_afterwards():
    drawing = make_drawing()
    bare = Drawing(drawing.color, drawing.sketch, drawing.regions)
    assert augment(bare, np.random.default_rng(0), side=48).parts == ()


def test_regions_are_true_as_often_as_asked():
    views = [
        training_view(make_drawing(), np.random.default_rng(seed), side=32, true_regions=share)
        for share in (0.0, 1.0)
        for seed in range(8)
    ]
    assert all(np.array_equal(view.regions, view.truth.regions) for view in views[8:])
    assert all(view.regions.min() == 1 for view in views)


def test_styles_come_as_often_as_the_table_says(monkeypatch):
    drawing, seen = make_drawing(), Counter()
    monkeypatch.setattr(module, "extract_sketch", lambda *_, **__: np.zeros((1, 1), np.uint8))
    monkeypatch.setattr(module, "another_pen", lambda *_: np.ones((1, 1), np.uint8))
    rng = np.random.default_rng(0)
    for _ in range(2000):
        sketch = line_style(drawing, rng)
        seen["true" if sketch is drawing.sketch else ("xdog", "pen")[sketch[0, 0]]] += 1
    for style, share in module.LINE_STYLES.items():
        assert seen[style] / 2000 == pytest.approx(share, abs=0.04)


def test_xdog_lines_have_the_paper_s_sigmas(monkeypatch):
    sigmas = set()

    def spy(image, method, *, sigma):
        sigmas.add(sigma)
        return np.zeros(image.shape[:2], np.uint8)

    monkeypatch.setattr(module, "extract_sketch", spy)
    monkeypatch.setattr(module, "LINE_STYLES", {"xdog": 1.0})
    rng = np.random.default_rng(0)
    for _ in range(100):
        line_style(make_drawing(), rng)
    assert sigmas == {0.4, 0.5, 0.6, 0.7, 0.8, 0.9}


def test_another_pen_keeps_paper_white_and_the_middle_of_lines_dark():
    sketch = make_drawing().sketch
    inks = []
    for seed in range(30):
        drawn = another_pen(sketch, np.random.default_rng(seed))
        assert drawn[5, 5] == 255
        assert drawn[24, 5] < 140
        inks.append((drawn < 255).sum())
    assert len(set(inks)) > 1

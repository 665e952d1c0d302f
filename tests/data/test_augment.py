from collections import Counter
from dataclasses import replace

import cv2
import numpy as np
import pytest

from nurie.data import augment as module
from nurie.data.augment import (
    HUE_TURN,
    Augmentation,
    another_pen,
    augment,
    choose_style,
    light_of,
    line_style,
    training_view,
    turn_hue,
)
from nurie.data.sources.drawing import Drawing, Part, bare_drawing
from nurie.errors import InputError


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


STEADY = Augmentation(tremble=0.0)


@pytest.mark.parametrize("seed", range(20))
def test_color_lines_regions_and_parts_stay_together(seed):
    view = augment(make_drawing(), np.random.default_rng(seed), side=48, augmentation=STEADY)
    paper = view.sketch == 255
    for label, part in enumerate(view.parts, 1):
        colors = view.color[paper & (view.regions == label)]
        exact = [tuple(int(v) for v in color) for color in colors if tuple(color) in NAMES]
        assert len(exact) > len(colors) / 2
        assert {NAMES[color] for color in exact} == {part.name}


@pytest.mark.parametrize("seed", range(10))
def test_an_unsteady_hand_moves_everything_by_little(seed):
    drawing, shaken = make_drawing(), Augmentation(tremble=1.0, crop=0.0, flip=0.0)
    view = augment(drawing, np.random.default_rng(seed), side=48, augmentation=shaken)
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


def test_styles_come_as_often_as_asked():
    shares = Augmentation(true_lines=0.2, xdog_lines=0.4, soft_lines=0.2, pen_lines=0.0)
    rng = np.random.default_rng(0)
    seen = Counter(choose_style(rng, shares) for _ in range(2000))
    assert {style: count / 2000 for style, count in seen.items()} == pytest.approx(
        {"true": 0.25, "xdog": 0.5, "soft": 0.25}, abs=0.04
    )


def test_each_style_has_its_lines(monkeypatch):
    drawing = make_drawing()
    monkeypatch.setattr(module, "extract_sketch", lambda *_, **__: np.zeros((1, 1), np.uint8))
    monkeypatch.setattr(module, "another_pen", lambda *_: np.ones((1, 1), np.uint8))
    rng = np.random.default_rng(0)
    assert line_style(drawing, rng, "true") is drawing.sketch
    assert [int(line_style(drawing, rng, style)[0, 0]) for style in ("xdog", "soft", "pen")] == [0, 0, 1]
    kept = replace(drawing, sketches={"soft": drawing.sketch})
    assert line_style(kept, rng, "soft") is drawing.sketch


def test_lines_made_before_move_with_the_drawing():
    drawing = make_drawing()
    kept = replace(drawing, sketches={"xdog": drawing.sketch, "soft": drawing.sketch})
    for seed in range(6):
        view = augment(kept, np.random.default_rng(seed), side=48)
        assert np.array_equal(view.sketches["xdog"], view.sketch)
        lines = Augmentation(true_lines=0.0, xdog_lines=1.0, pen_lines=0.0)
        sample = training_view(kept, np.random.default_rng(seed), side=48, augmentation=lines)
        assert np.array_equal(sample.sketch, sample.truth.sketch)


def test_of_a_bare_picture_everything_is_found():
    bare = bare_drawing(make_drawing().color, {})
    for seed in range(8):
        view = training_view(bare, np.random.default_rng(seed), side=48, true_regions=1.0)
        assert (view.sketch < 128).any()
        assert view.regions.max() > 1
        assert not view.truth.known
        assert (view.truth.sketch == 255).all()


def test_outlines_are_left_open_as_often_as_asked():
    plain, opened = (Augmentation(xdog_lines=0.0, pen_lines=0.0, opened=share) for share in (0.0, 0.5))
    drawing, changed = make_drawing(), 0
    for seed in range(60):
        a, b = (training_view(drawing, np.random.default_rng(seed), side=48, augmentation=x) for x in (plain, opened))
        assert np.array_equal(a.truth.regions, b.truth.regions)
        assert np.array_equal(a.truth.color, b.truth.color)
        assert (b.sketch >= a.sketch).all()  # ink goes, none comes
        changed += not np.array_equal(a.sketch, b.sketch)
    assert 15 <= changed <= 45


@pytest.mark.parametrize("degrees", [-12.0, 12.0])
def test_hues_turn_and_lightness_stays(degrees):
    color = np.random.default_rng(0).integers(60, 180, (20, 20, 3), np.uint8)
    turned = turn_hue(color, degrees)
    luma = np.array([0.299, 0.587, 0.114])
    assert np.abs((turned - color.astype(int)) @ luma).max() < 2
    assert np.abs(turned - color.astype(int)).max() > 10
    assert np.abs(turn_hue(turned, -degrees) - color.astype(int)).max() <= 2
    grays = np.repeat(np.arange(256, dtype=np.uint8)[:, None, None], 3, axis=2)
    assert np.abs(turn_hue(grays, degrees) - grays.astype(int)).max() <= 1


def test_skin_stays_skin():
    skin = np.array([[[255, 224, 196], [198, 134, 66], [141, 85, 36], [92, 56, 37]]], np.uint8)
    for degrees in np.linspace(-HUE_TURN, HUE_TURN, 9):
        hue = cv2.cvtColor(turn_hue(skin, float(degrees)), cv2.COLOR_RGB2HSV)[0, :, 0].astype(int) * 2
        assert (((hue + 15) % 360) <= 70).all()  # from rosy (-15 degrees) to sallow (55)


def test_hues_turn_as_often_as_asked():
    plain, turned = (
        Augmentation(flip=0.0, crop=0.0, tremble=0.0),
        Augmentation(flip=0.0, crop=0.0, tremble=0.0, hue=0.5),
    )
    drawing, changed = make_drawing(), 0
    for seed in range(100):
        a, b = (augment(drawing, np.random.default_rng(seed), side=48, augmentation=x) for x in (plain, turned))
        changed += not np.array_equal(a.color, b.color)
        assert np.array_equal(a.regions, b.regions)
    assert 30 <= changed <= 70


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"flip": 1.5}, "flip is a share from 0 to 1, got 1.5"),
        ({"hue": -0.1}, "hue is a share"),
        ({"opened": 1.5}, r"opened is a share from 0 to 1, got 1\.5"),
        ({"true_lines": 0.0, "xdog_lines": 0.0, "pen_lines": 0.0}, "all shares of lines are 0"),
        ({"region_method": "magic"}, "unknown region method 'magic'"),
    ],
)
def test_switches_that_make_no_sense_are_refused(changes, message):
    with pytest.raises(InputError, match=message):
        Augmentation(**changes)


def test_xdog_lines_have_the_paper_s_sigmas(monkeypatch):
    sigmas = set()

    def spy(image, method, *, sigma):
        sigmas.add(sigma)
        return np.zeros(image.shape[:2], np.uint8)

    monkeypatch.setattr(module, "extract_sketch", spy)
    rng = np.random.default_rng(0)
    for _ in range(100):
        line_style(make_drawing(), rng, "xdog")
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


def test_light_falls_from_the_other_side_in_a_mirror():
    drawing = replace(make_drawing(), meta={"seed": 7, "light": 1})
    whole = replace(STEADY, crop=0.0)
    kept = augment(drawing, np.random.default_rng(0), side=48, augmentation=replace(whole, flip=0.0))
    mirrored = augment(drawing, np.random.default_rng(0), side=48, augmentation=replace(whole, flip=1.0))
    assert (light_of(kept), light_of(mirrored)) == (1, -1)
    assert light_of(make_drawing()) == 0

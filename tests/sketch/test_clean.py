import cv2
import numpy as np
import pytest

from nurie.errors import InputError, WeightsError
from nurie.evaluation.line_scores import score_lines
from nurie.sketch import CLEAN_METHODS, clean_sketch
from nurie.sketch.simplify import STRIDE, choose_side, find_ink

METHODS = sorted(CLEAN_METHODS)


def drawing(side=400, width=4):
    sketch = np.full((side, side), 255, np.uint8)
    cv2.circle(sketch, (side // 2, side // 2), side // 4, 0, width, cv2.LINE_AA)
    cv2.rectangle(sketch, (side // 10, side // 8), (side // 3, side - side // 8), 0, width, cv2.LINE_AA)
    cv2.ellipse(sketch, (3 * side // 4, side // 4), (side // 6, side // 12), 30, 0, 360, 0, width, cv2.LINE_AA)
    return sketch


def photographed(sketch):
    rng = np.random.default_rng(0)
    rows, columns = np.mgrid[: sketch.shape[0], : sketch.shape[1]] / max(sketch.shape)
    pencil = 255 - (255 - sketch.astype(float)) * 0.55
    photo = pencil * (0.9 - 0.45 * rows * columns) + rng.normal(0, 4, sketch.shape)
    return np.clip(photo, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("method", METHODS)
def test_lines_of_a_photograph_are_the_drawn_ones(method):
    sketch = drawing()
    clean = clean_sketch(photographed(sketch), method)
    assert clean.shape == sketch.shape
    assert score_lines(clean < 128, sketch < 128).f1 > 0.9
    assert (clean == 255).mean() > 0.8


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("level", [255, 200, 60])
def test_an_empty_page_comes_out_white(method, level):
    assert (clean_sketch(np.full((70, 50), level, np.uint8), method) == 255).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 90), (70, 3), (33, 47)])
def test_any_size_is_kept(method, shape):
    rng = np.random.default_rng(0)
    assert clean_sketch(rng.integers(0, 256, shape, np.uint8), method).shape == shape


@pytest.mark.parametrize("method", METHODS)
def test_specks_vanish(method):
    sketch = drawing()
    dirty = sketch.copy()
    for row, column in np.random.default_rng(1).integers(5, 395, (12, 2)):
        cv2.circle(dirty, (int(column), int(row)), 1, 90, -1)
    clean = clean_sketch(dirty, method)
    assert score_lines(clean < 128, sketch < 128).precision > 0.97


@pytest.mark.parametrize("method", METHODS)
def test_cleaning_does_not_change_what_it_was_given(method):
    photo = photographed(drawing())
    before = photo.copy()
    clean_sketch(photo, method)
    assert np.array_equal(photo, before)


def test_the_network_leaves_out_the_rules_of_the_paper():
    sketch = drawing()
    ruled = sketch.copy()
    ruled[::20] = np.minimum(ruled[::20], 200)
    clean = clean_sketch(ruled, "network")
    assert score_lines(clean < 128, sketch < 128).f1 > 0.9
    assert score_lines(ruled < 230, sketch < 128).f1 < 0.7


@pytest.mark.parametrize("method", METHODS)
def test_solid_black_stays_black(method):
    sketch = drawing()
    sketch[300:360, 200:380] = 10
    clean = clean_sketch(sketch, method)
    assert clean[305:355, 205:375].max() < 60


def test_lines_of_a_large_drawing_have_sharp_edges():
    sketch = drawing(1600, 16)
    clean = clean_sketch(sketch, "network", side=400)
    assert ((clean > 30) & (clean < 225)).sum() < 0.35 * (clean < 128).sum()


def test_the_network_looks_closer_where_lines_are_finer():
    assert choose_side(drawing(1600, 5)) > choose_side(drawing(1600, 10))
    assert choose_side(np.full((10, 2000), 255, np.uint8)) >= STRIDE


def test_classical_contrast_keeps_less_or_more():
    photo = photographed(drawing())
    photo[380:383] = 0.85 * photo[380:383]  # a faint line
    more, less = ((clean_sketch(photo, "classical", contrast=c) < 255).sum() for c in (0.3, 2.0))
    assert more > less


@pytest.mark.parametrize(
    ("method", "options", "message"),
    [
        ("magic", {}, "choose from network, classical"),
        ("network", {"contrast": 1.0}, "its options are side"),
        ("network", {"side": 8}, "within 64"),
        ("classical", {"contrast": 0}, "within 0.1"),
    ],
)
def test_wrong_options_are_refused(method, options, message):
    with pytest.raises(InputError, match=message):
        clean_sketch(drawing(), method, **options)


def test_no_pixels_are_refused():
    with pytest.raises(InputError, match="no pixels"):
        clean_sketch(np.zeros((0, 5), np.uint8))


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(WeightsError, match=r"none\.onnx"):
        find_ink(drawing(64), tmp_path / "none.onnx")

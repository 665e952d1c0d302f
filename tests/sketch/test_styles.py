import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurie.errors import InputError
from nurie.sketch import SKETCH_METHODS, extract_sketch
from nurie.sketch.line_width import line_width

STYLES = sorted(SKETCH_METHODS)


def picture():
    """A red disk on blue, both outlined in black."""
    image = np.full((64, 64, 3), (90, 130, 230), np.uint8)
    rows, columns = np.mgrid[:64, :64]
    away = np.hypot(rows - 32, columns - 32)
    image[away < 20] = (220, 90, 80)
    image[abs(away - 20) < 1.2] = 20
    return image, abs(away - 20)


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=20)
@given(level=st.integers(0, 255))
def test_a_flat_picture_has_no_lines(style, level):
    assert (extract_sketch(np.full((20, 30, 3), level, np.uint8), style) == 255).all()


@pytest.mark.parametrize("style", STYLES)
def test_lines_are_where_the_picture_has_them(style):
    image, away = picture()
    sketch = extract_sketch(image, style)
    assert sketch[away < 1.5].mean() < 190
    assert sketch[away > 6].mean() > 250


@pytest.mark.parametrize("style", STYLES)
def test_the_same_picture_gives_the_same_sketch(style):
    image, _ = picture()
    assert np.array_equal(extract_sketch(image, style), extract_sketch(image.copy(), style))


@pytest.mark.parametrize("style", STYLES)
def test_a_picture_without_pixels_is_refused(style):
    with pytest.raises(InputError, match="no pixels"):
        extract_sketch(np.zeros((0, 4, 3), np.uint8), style)


@pytest.mark.parametrize(
    ("style", "option", "value"),
    [
        ("soft_xdog", "sigma", 0),
        ("soft_xdog", "sharpness", -1),
        ("soft_xdog", "threshold", 2),
        ("soft_xdog", "steepness", 0),
        ("pencil", "grain", 1.5),
        ("pencil", "seed", -1),
        ("dodge", "sigma", 200),
        ("thin", "sigma", 0),
        ("thin", "least", 0),
        ("outline", "radius", 0),
    ],
)
def test_options_out_of_range_are_refused_by_name(style, option, value):
    with pytest.raises(InputError, match=option):
        extract_sketch(picture()[0], style, **{option: value})


def test_pencils_differ_by_seed_and_not_without_grain():
    image, _ = picture()
    assert (extract_sketch(image, "pencil", seed=1) != extract_sketch(image, "pencil", seed=2)).any()
    rough, smooth = (extract_sketch(image, "pencil", grain=grain) for grain in (1.0, 0.0))
    assert rough.std() > 0
    assert smooth.mean() < rough.mean()  # grain leaves paper in the stroke


def test_thin_lines_have_no_gray_and_no_second_pixel():
    sketch = extract_sketch(picture()[0], "thin")
    assert set(np.unique(sketch)) == {0, 255}
    ink = sketch == 0
    blocks = ink[1:, 1:] & ink[1:, :-1] & ink[:-1, 1:] & ink[:-1, :-1]
    assert blocks.sum() <= 0.02 * ink.sum()


def test_outlines_ignore_edges_between_colors():
    image = np.full((40, 40, 3), 240, np.uint8)
    image[:, 20:] = (60, 90, 30)
    assert (extract_sketch(image, "outline") == 255).all()
    image[10:12] = 0
    assert (extract_sketch(image, "outline")[10:12, :20] == 0).all()


def test_a_larger_blur_gives_wider_soft_lines():
    image, _ = picture()
    assert line_width(extract_sketch(image, "soft_xdog", sigma=2.0)) > line_width(
        extract_sketch(image, "soft_xdog", sigma=0.5)
    )

import cv2
import numpy as np
import pytest
from drawings_of_all_kinds import DRAWINGS, SHAPE, between, inside, lines, swapped_profile
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nurie.images import encode_image, read_image, read_sketch
from nurie.inference.ink import Ink, find_paper, iterate_ink, lay_lines
from nurie.regions.flats import compose

SIDES = st.tuples(st.integers(1, 9), st.integers(1, 9))
DEPTHS = st.sampled_from([np.uint8, np.uint16])


def read_ink(source):
    picture = read_image(source)
    return Ink(picture, read_sketch(picture))


def random_colors(seed, shape=SHAPE):
    return np.random.default_rng(seed).integers(0, 256, (*shape, 3)).astype(np.uint8)


def random_picture(seed, shape=(20, 30)):
    return random_colors(seed, shape)


@given(shape=SIDES, dtype=DEPTHS, seed=st.integers(0, 2**32))
def test_lines_are_laid_by_the_formula(shape, dtype, seed):
    rng, top = np.random.default_rng(seed), int(np.iinfo(dtype).max)
    colors, picture = rng.integers(0, top + 1, (2, *shape, 3)).astype(dtype)
    share = rng.choice([0, 1, top // 3, top - 1, top], shape).astype(dtype)
    paper = find_paper(picture, share)
    shown = share[..., None].astype(object)
    bare = (shown * paper + top // 2) // top
    ink = np.minimum(np.maximum(picture.astype(object) - bare, 0), top - shown)
    expected = (colors.astype(object) * shown + top // 2) // top + ink
    assert np.array_equal(lay_lines(colors, picture, share), expected.astype(dtype))


@given(shape=SIDES, dtype=DEPTHS, seed=st.integers(0, 2**32))
def test_paper_is_the_median_of_what_is_bare(shape, dtype, seed):
    rng, top = np.random.default_rng(seed), int(np.iinfo(dtype).max)
    picture = rng.integers(0, top + 1, (*shape, 3)).astype(dtype)
    share = rng.choice([0, top], shape).astype(dtype)
    bare = picture[share == top].astype(np.int64)
    expected = np.median(bare, axis=0).astype(dtype) if len(bare) else [top] * 3
    assert find_paper(picture, share).tolist() == list(expected)


@given(arrays(np.uint8, (7, 9, 3)), arrays(np.uint8, (7, 9)))
def test_black_lines_on_white_are_multiplied(flats, sketch):
    sketch[0, 0] = 255  # so that the paper is known to be white
    assert np.array_equal(lay_lines(flats, sketch[..., None].repeat(3, 2), sketch), compose(flats, sketch))


def test_full_ink_is_the_picture_and_bare_paper_the_color():
    picture, flats = random_picture(2), random_picture(3)
    sketch = np.full((20, 30), 255, np.uint8)
    sketch[:10] = 0
    laid = lay_lines(flats, picture, sketch)
    assert np.array_equal(laid[:10], picture[:10])
    assert np.array_equal(laid[10:], flats[10:])


def test_the_tint_of_the_paper_does_not_stain_the_colors():
    sketch = np.array([[255, 255, 255, 128, 0]], np.uint8)
    paper = np.array([240, 230, 200])
    picture = np.rint(sketch[..., None] / 255 * paper).astype(np.uint8)
    flats = np.full((1, 5, 3), 100, np.uint8)
    laid = lay_lines(flats, picture, sketch)
    assert np.abs(laid[0, :, 0].astype(int) - [100, 100, 100, 50, 0]).max() <= 1
    assert np.ptp(laid.astype(int), axis=2).max() <= 1


def test_half_a_red_line_is_half_red():
    sketch = np.array([[255, 255, 128, 0]], np.uint8)
    share = sketch[..., None] / 255
    picture = np.rint(share * 255 + (1 - share) * [200, 0, 0]).astype(np.uint8)
    laid = lay_lines(np.full((1, 4, 3), (0, 0, 80), np.uint8), picture, sketch)
    assert np.abs(laid[0, 2].astype(int) - [100, 0, 40]).max() <= 1
    assert laid[0, 3].tolist() == [200, 0, 0]


def test_white_lines_on_black_stay_white():
    sketch = np.array([[255, 255, 0]], np.uint8)
    picture = np.array([[[0] * 3, [0] * 3, [255] * 3]], np.uint8)
    laid = lay_lines(np.full((1, 3, 3), 77, np.uint8), picture, sketch)
    assert laid[0, :, 0].tolist() == [77, 77, 255]


def test_a_drawing_without_paper_stays_as_it_is():
    picture = random_picture(4)
    assert np.array_equal(lay_lines(random_picture(5), picture, np.zeros((20, 30), np.uint8)), picture)


@pytest.mark.parametrize("kind", DRAWINGS)
def test_the_result_has_the_bits_and_the_alpha_of_the_drawing(kind):
    drawing = DRAWINGS[kind]()
    laid = read_ink(drawing).lay(random_colors(0))
    assert laid.dtype == drawing.dtype
    assert laid.shape == (*SHAPE, 4 if "cut-out" in kind else 3)
    if "cut-out" in kind:
        assert np.array_equal(laid[..., 3], drawing[..., 3])


@pytest.mark.parametrize("kind", DRAWINGS)
def test_full_ink_is_the_drawings_own_and_bare_paper_the_color_alone(kind):
    drawing = DRAWINGS[kind]()
    colors = random_colors(1)
    laid = read_ink(drawing).lay(colors)
    drawing = drawing[..., None].repeat(3, 2) if drawing.ndim == 2 else drawing
    seen = inside() == 255 if "cut-out" in kind else np.ones(SHAPE, bool)
    sketch = lines(thickness=1 if kind == "white on black" else 2)
    full, bare = (sketch == 0) & seen, (sketch == 255) & seen
    assert full.any()
    assert bare.any()
    if kind == "noisy scan":  # there the sketch says what is ink, and what paper
        sketch = read_sketch(drawing)
        full, bare = sketch == 0, sketch == 255
    # What is darker than most ink of its color is noise: in "deep colored", up to 200 of 65535 levels.
    assert np.allclose(laid[full][:, :3], drawing[full][:, :3], rtol=0, atol=257 if kind == "deep colored" else 0)
    assert np.array_equal(laid[bare][:, :3], colors[bare] * np.uint16(257) if laid.dtype == np.uint16 else colors[bare])


def test_ink_of_several_colors_covers_in_each_of_them():
    drawing = between((255, 255, 255), (0, 0, 0), lines())
    drawing[:, :42] = between((255, 255, 255), (120, 70, 40), lines())[:, :42]
    drawing[:, :21] = between((255, 255, 255), (220, 40, 30), lines())[:, :21]
    laid = read_ink(drawing).lay(np.full((*SHAPE, 3), (10, 20, 90), np.uint8))
    full = lines() == 0
    assert np.abs(laid[full].astype(int) - drawing[full]).max() <= 1


def test_gray_ink_darkens_what_is_below_it():
    drawing = np.where(lines()[..., None] == 0, 80, 255).repeat(3, 2).astype(np.uint8)
    laid = read_ink(drawing).lay(np.full((*SHAPE, 3), (10, 20, 90), np.uint8))
    assert np.abs(laid[lines() == 0].astype(int) - np.array([10, 20, 90]) * 80 / 255).max() <= 1


@pytest.mark.parametrize("kind", DRAWINGS)
def test_laid_over_its_own_paper_a_drawing_is_what_it_was(kind):
    drawing = DRAWINGS[kind]()
    ink = read_ink(drawing)
    top = np.iinfo(ink.paper.dtype).max
    paper = np.rint(np.broadcast_to(ink.paper, (*SHAPE, 3)) * (255 / top)).astype(np.uint8)
    laid = ink.lay(paper)
    # Where there is no ink at all, a scan's noise is taken for paper; elsewhere half a level is rounded away.
    tolerance = 8 if kind == "noisy scan" else 1
    weight = 1 if ink.alpha is None else ink.alpha[..., None] / top
    assert (np.abs(laid[..., :3].astype(int) - ink.pixels) * weight).max() <= tolerance * top // 255


@pytest.mark.parametrize("kind", DRAWINGS)
def test_on_screen_is_the_same_in_8_bits_and_on_white(kind):
    ink = read_ink(DRAWINGS[kind]())
    colors = random_colors(2)
    laid = ink.lay(colors).astype(float)
    laid *= 255 / np.iinfo(ink.share.dtype).max
    if laid.shape[2] == 4:
        alpha = laid[..., 3:] / 255
        laid = laid[..., :3] * alpha + 255 * (1 - alpha)
    screen = ink.lay_on_screen(colors)
    assert screen.dtype == np.uint8
    assert np.abs(screen - laid).max() <= 1.6  # each of the two rounds twice


def test_ink_in_alpha_is_laid_as_every_program_composes_it():
    drawing = DRAWINGS["orange in alpha"]()
    colors = random_colors(3)
    alpha = drawing[..., 3:] / 255
    expected = drawing[..., :3] * alpha + colors * (1 - alpha)
    assert np.abs(read_ink(drawing).lay(colors) - expected).max() <= 1


def test_sixteen_bits_are_not_rounded_to_eight_on_the_way():
    drawing = DRAWINGS["deep black"]()
    white = np.full((*SHAPE, 3), 255, np.uint8)
    laid = read_ink(drawing).lay(white)
    assert np.array_equal(laid, drawing[..., None].repeat(3, 2))
    assert len(np.unique(laid)) > 256


def test_ink_never_overflows_and_never_comes_without_ink():
    for kind in DRAWINGS:
        ink = read_ink(DRAWINGS[kind]())
        for rows, added in iterate_ink(ink.pixels, ink.share, ink.paper):
            top = int(np.iinfo(added.dtype).max)
            assert (added <= top - ink.share[rows][..., None]).all()


def test_a_layer_of_lines_with_white_highlights_is_no_cutout():
    drawing = DRAWINGS["black in alpha"]()
    cv2.circle(drawing, (32, 25), 3, (255, 255, 255, 255), -1)
    ink = read_ink(drawing)
    assert not ink.is_cutout
    laid = ink.lay(random_colors(4))
    assert laid[25, 32].tolist() == [255, 255, 255]


def test_a_profile_is_that_of_the_result_and_colors_look_the_same_in_it():
    profile = swapped_profile()
    drawing = DRAWINGS["colored"]()
    ink = read_ink(encode_image(drawing, icc=profile))
    assert ink.icc == profile
    colors = np.full((*SHAPE, 3), (250, 30, 60), np.uint8)
    laid = ink.lay(colors)
    full = lines() == 0
    assert np.array_equal(laid[full], drawing[full])
    seen = read_image(encode_image(laid, icc=profile)).color
    assert np.abs(seen[lines() == 255].astype(int) - (250, 30, 60)).max() <= 3
    assert np.abs(seen.astype(int) - ink.lay_on_screen(colors)).max() <= 6  # a line's rim is mixed in another space


def test_an_srgb_profile_changes_nothing():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawing = DRAWINGS["colored"]()
    ink = read_ink(encode_image(drawing, icc=profile))
    colors = random_colors(5)
    assert ink.icc == profile
    assert ink.is_plain
    assert np.array_equal(ink.lay(colors), read_ink(drawing).lay(colors))

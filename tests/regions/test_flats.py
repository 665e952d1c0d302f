import numpy as np
from hypothesis import given
from hypothesis.extra.numpy import arrays

from nurie.regions.flats import compose, paint_flats, region_colors

SHAPE = (7, 9)
sketches = arrays(np.uint8, SHAPE)
pictures = arrays(np.uint8, (*SHAPE, 3))
maps = arrays(np.int32, SHAPE, elements={"min_value": 0, "max_value": 4})


@given(pictures, sketches, maps)
def test_equals_the_median_of_one_region_at_a_time(color, sketch, regions):
    colors = region_colors(color, sketch, regions)
    for label in range(1, regions.max() + 1):
        inside = regions == label
        paper = inside & (sketch >= 200)
        pixels = np.sort(color[paper if paper.any() else inside], 0)
        expected = pixels[(len(pixels) - 1) // 2] if len(pixels) else [255, 255, 255]
        assert (colors[label - 1] == expected).all()


def test_a_flat_picture_gives_its_colors_back():
    regions = np.array([[1, 1, 2], [3, 3, 2]], np.int32)
    colors = np.array([[1, 2, 3], [250, 0, 9], [7, 7, 7]], np.uint8)
    picture = paint_flats(colors, regions)
    assert (region_colors(picture, np.full((2, 3), 255, np.uint8), regions) == colors).all()


def test_shade_on_less_than_half_of_a_region_is_not_seen():
    regions = np.ones((1, 5), np.int32)
    picture = np.array([[[90, 90, 90]] * 2 + [[200, 180, 160]] * 3], np.uint8)
    assert (region_colors(picture, np.full((1, 5), 255, np.uint8), regions) == [200, 180, 160]).all()


def test_pixels_of_no_region_are_white():
    assert (paint_flats(np.zeros((1, 3), np.uint8), np.array([[0, 1]], np.int32)) == [[[255] * 3, [0] * 3]]).all()


@given(pictures)
def test_ink_is_black_and_paper_leaves_the_color(color):
    assert (compose(color, np.zeros(SHAPE, np.uint8)) == 0).all()
    assert (compose(color, np.full(SHAPE, 255, np.uint8)) == color).all()


@given(sketches)
def test_on_white_the_sketch_is_as_it_was(sketch):
    white = np.full((*SHAPE, 3), 255, np.uint8)
    assert (compose(white, sketch) == sketch[..., None]).all()

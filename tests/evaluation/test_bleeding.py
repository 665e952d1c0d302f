import numpy as np
import pytest

from nurie.colors import rgb_to_cielab
from nurie.evaluation.bleeding import open_paper_change, region_deviation

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def two_halves(left, right, *, line=True, side=12):
    """A picture of two colours, its sketch with a line between them, and its regions."""
    color = np.full((side, side, 3), left, np.uint8)
    color[:, side // 2 :] = right
    sketch = np.full((side, side), 255, np.uint8)
    if line:
        sketch[:, side // 2 - 1 : side // 2 + 1] = 0
    regions = np.ones((side, side), np.int32)
    regions[:, side // 2 :] = 2
    return color, sketch, regions


def test_flat_colours_do_not_bleed():
    color, sketch, regions = two_halves((200, 30, 30), (30, 30, 200))
    assert region_deviation(color, sketch, regions) == pytest.approx(0, abs=1e-9)
    assert open_paper_change(color, sketch) == 0


def test_a_region_of_half_white_half_black_deviates_by_50():
    color, sketch, regions = two_halves(WHITE, BLACK, line=False)
    assert region_deviation(color, sketch, np.ones_like(regions)) == pytest.approx(50, abs=0.01)
    assert region_deviation(color, sketch, regions) == pytest.approx(0, abs=1e-9)


def test_regions_weigh_by_their_pixels():
    color, sketch, regions = two_halves(WHITE, WHITE, line=False)
    color[::2, 6:] = 0  # half of the second region black
    assert region_deviation(color, sketch, regions) == pytest.approx(50 / np.sqrt(2), abs=0.01)


def test_ink_does_not_count_within_regions():
    color, sketch, regions = two_halves(WHITE, WHITE)
    color[sketch == 0] = 0
    assert region_deviation(color, sketch, regions) == pytest.approx(0, abs=1e-9)


def test_an_edge_without_a_line_is_a_change_on_open_paper():
    color, sketch, _ = two_halves((200, 30, 30), (30, 30, 200), line=False)
    red, blue = rgb_to_cielab(np.array([(200, 30, 30), (30, 30, 200)], np.uint8))
    pairs_across, pairs = 12, 2 * 12 * 11
    assert open_paper_change(color, sketch) == pytest.approx(np.linalg.norm(red - blue) * pairs_across / pairs)


def test_the_blurred_border_of_a_line_does_not_count():
    color, sketch, _ = two_halves(WHITE, BLACK)
    sketch[:, 4] = 240  # a trace of ink beside the line
    color[:, 4] = 90
    color[:, 3] = 255
    assert open_paper_change(color, sketch) == 0


def test_shapes_not_colours_decide_where_paper_is_open():
    color, sketch, _ = two_halves(WHITE, WHITE)
    color[:, :2] = (0, 255, 0)
    assert open_paper_change(color, sketch) > 0


def test_what_cannot_be_measured_is_none():
    color, sketch, regions = two_halves(WHITE, BLACK)
    assert region_deviation(color, np.zeros_like(sketch), regions) is None
    assert region_deviation(color, sketch, np.zeros_like(regions)) is None
    assert open_paper_change(color, np.zeros_like(sketch)) is None
    assert open_paper_change(color[:1, :1], np.full((1, 1), 255, np.uint8)) is None

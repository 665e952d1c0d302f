import numpy as np
import pytest
from scored_drawings import make_drawing

from nurie.colors import ciede2000, rgb_to_cielab
from nurie.evaluation.characters import (
    BEST,
    MATCH,
    NEAREST,
    NETWORK,
    NONE,
    make_methods,
    pair_drawings,
    score_characters,
)
from nurie.evaluation.report import errors_as_markdown
from nurie.inference import Colorizer

PARTS = [("background", 0, ""), ("hair", 1, ""), ("cloth", 1, ""), ("hair", 2, "")]
COLORS = [(250, 250, 250), (90, 60, 30), (30, 60, 200), (200, 40, 40)]


def drawings(*colors):
    """Drawings of one character whose parts lie side by side, each in some colours."""
    return [make_drawing(PARTS, each) for each in colors]


@pytest.fixture
def colorizer(weights_folder):
    return Colorizer(weights_folder, threads=1)


def distance(a, b):
    return float(ciede2000(*(rgb_to_cielab(np.array([color], np.uint8)) for color in (a, b)))[0])


def test_every_ordered_pair_is_made_and_cut_once(colorizer):
    pairs = pair_drawings(colorizer, drawings(COLORS, COLORS, COLORS), character="a", seed=7)
    assert len(pairs) == 6
    assert [pair.seed for pair in pairs] == list(range(7, 13))
    assert len({id(pair.encoded) for pair in pairs}) == len({id(pair.reference) for pair in pairs}) == 3


def test_the_nearest_region_of_the_same_drawing_is_itself(colorizer):
    pairs = pair_drawings(colorizer, drawings(COLORS, COLORS), character="a", seed=0)
    errors = score_characters(pairs, make_methods(colorizer))
    assert list(errors) == [NONE, NEAREST, MATCH, BEST]
    for name in (NEAREST, BEST):
        assert errors[name]["character"].regions == 0
        assert errors[name]["others"].pixels == 0
    assert errors[NONE]["character"].regions > 5
    assert [errors[NONE][group].count for group in ("character", "others", "nobody")] == [4, 2, 2]
    assert errors[NONE]["character"].spread is None  # of one character


def test_errors_are_means_over_regions_and_over_pixels(colorizer):
    other = [COLORS[0], (200, 200, 30), COLORS[2], COLORS[3]]
    first, second = drawings(COLORS, other)
    wide = first.regions.copy()
    pairs = pair_drawings(colorizer, [first, second], character="a", seed=0)
    errors = score_characters(pairs, {"black": lambda pair: np.zeros((*wide.shape, 3), np.uint8)})["black"]
    expected = np.mean([distance(color, (0, 0, 0)) for color in (COLORS[1], COLORS[2], other[1], other[2])])
    assert errors["character"].regions == pytest.approx(expected)
    assert errors["character"].pixels == pytest.approx(expected)  # the parts are of one size
    assert errors["nobody"].regions == pytest.approx(distance(COLORS[0], (0, 0, 0)))


def test_the_spread_is_that_of_characters(colorizer):
    dark = [(0, 0, 0)] * 4
    pairs = [
        *pair_drawings(colorizer, drawings(COLORS, COLORS), character="a", seed=0),
        *pair_drawings(colorizer, drawings(dark, dark), character="b", seed=2),
    ]
    shape = pairs[0].drawing.color.shape
    error = score_characters(pairs, {"black": lambda pair: np.zeros(shape, np.uint8)})["black"]["character"]
    mean = np.mean([distance(color, (0, 0, 0)) for color in COLORS[1:3]])
    assert error.regions == pytest.approx(mean / 2)
    assert error.spread == pytest.approx(mean / 2)  # of 0 and the mean: deviation mean / sqrt 2, by sqrt 2


def test_weights_that_follow_references_are_scored_with_each_guidance(learned_weights_folder):
    colorizer = Colorizer(learned_weights_folder, threads=1)
    methods = make_methods(colorizer, [1.0, 2.0])
    assert list(methods) == [NONE, NEAREST, MATCH, NETWORK, f"{NETWORK}, guidance 2"]
    gray = [(128, 128, 128)] * 4
    pairs = pair_drawings(colorizer, drawings(gray, gray), character="a", seed=0)
    errors = score_characters(pairs, methods)
    assert errors[NETWORK]["character"].regions < errors[NONE]["character"].regions
    assert errors[BEST]["character"].regions < 1


def test_references_can_be_pictures_whose_lines_are_found(colorizer):
    pairs = pair_drawings(colorizer, drawings(COLORS, COLORS), character="a", seed=0, pictures=True)
    assert score_characters(pairs, make_methods(colorizer))[BEST]["character"].regions < 3


def test_a_drawing_without_other_figures_has_a_dash(colorizer):
    alone = [make_drawing(PARTS[:3], COLORS[:3]) for _ in range(2)]
    errors = score_characters(pair_drawings(colorizer, alone, character="a", seed=0), make_methods(colorizer))
    assert errors[NONE]["others"].regions is None
    row = errors_as_markdown(errors).splitlines()[2]
    assert row.split(" | ")[3:5] == ["-", "-"]

import itertools

import numpy as np
import pytest

from nurie.data.sources.anime import POSES, draw_character

pytest.importorskip("skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1")

SEEDS = range(900_000, 900_000 + 2 * POSES)


@pytest.fixture(scope="module")
def drawings():
    return [draw_character(seed, side=128) for seed in SEEDS]


def test_a_character_keeps_its_colors_and_changes_its_pose(drawings):
    for first in (0, POSES):
        cast = drawings[first : first + POSES]
        assert len({drawing.meta["character"] for drawing in cast}) == 1
        assert all(drawing.meta["figures"][0] == cast[0].meta["figures"][0] for drawing in cast)
        assert all((a.sketch != b.sketch).mean() > 0.02 for a, b in itertools.pairwise(cast))
    assert drawings[0].meta["character"] + 1 == drawings[POSES].meta["character"]
    assert drawings[0].meta["figures"][0] != drawings[POSES].meta["figures"][0]


def irises(drawing):
    """Median color of the paper of each iris of the first figure."""
    labels = [
        label
        for label, part in enumerate(drawing.parts, 1)
        if part.kind == "eye" and part.owner == 1 and part.name.startswith("iris")
    ]
    paper = drawing.sketch > 250
    pixels = [drawing.color[(drawing.regions == label) & paper] for label in labels]
    return [np.median(found, 0) for found in pixels if len(found) > 30]


def test_the_picture_shows_the_color_that_the_meta_names(drawings):
    found = [(drawing, color) for drawing in drawings for color in irises(drawing)]
    assert found, "no iris is large enough to be looked at"
    for drawing, color in found:
        named = drawing.meta["figures"][0]["eyes"]
        expected = np.array([int(named[i : i + 2], 16) for i in (1, 3, 5)])
        assert abs(color - expected).max() < 70  # under the upper lid it is darker


def test_all_figures_of_a_drawing_stand_in_one_light(drawings):
    assert all(drawing.meta["light"] in (-1, 1) for drawing in drawings)
    assert len({drawing.meta["light"] for drawing in drawings}) == 2

"""Laws of whole drawings, on seeds that show busts and whole figures, one to three of them."""

import functools
import json
import re

import cv2
import numpy as np
import pytest

from nurie.data.sources.anime import draw_anime
from nurie.data.sources.anime.background import BACKGROUNDS
from nurie.data.sources.drawing import KINDS
from nurie.data.sources.hex_colors import to_rgb
from nurie.data.sources.sampling import SKIN_COLORS
from nurie.regions.region_map import connect_regions

SEEDS = (0, 1, 2, 3, 5, 8, 17, 900000)
MIN_REGION = 8

draw = functools.cache(draw_anime)


def pixels_of(drawing, kind, owner):
    """True on the paper of all regions of that kind and owner."""
    wanted = [0] + [part.kind == kind and part.owner == owner for part in drawing.parts]
    return np.array(wanted, bool)[drawing.regions] & (drawing.sketch == 255)


def test_different_seeds_give_different_drawings():
    assert len({draw(seed).color.tobytes() for seed in SEEDS}) == len(SEEDS)
    assert len({draw(seed).sketch.tobytes() for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_regions_cover_the_picture_numbered_without_gaps_and_connected(seed):
    drawing = draw(seed)
    areas = np.bincount(drawing.regions.ravel())
    assert areas[0] == 0
    assert areas[1:].min() >= MIN_REGION
    assert connect_regions(drawing.regions).max() == drawing.regions.max()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_region_is_a_part_of_a_known_kind(seed):
    drawing = draw(seed)
    owners = range(1, len(drawing.meta["figures"]) + 1)
    assert len(drawing.parts) == drawing.regions.max()
    for part in drawing.parts:
        assert part.kind in KINDS
        assert part.owner == 0 if part.kind == "background" else part.owner in owners
        names = "(white|iris|pupil|highlight)[12]" if part.kind == "eye" else ""
        assert re.fullmatch(names, part.name)


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_are_where_regions_meet(seed):
    drawing = draw(seed)
    near_ink = cv2.erode(drawing.sketch, np.ones((5, 5), np.uint8)) < 128
    regions = drawing.regions
    down, right = regions[1:] != regions[:-1], regions[:, 1:] != regions[:, :-1]
    inked = np.concatenate([near_ink[1:][down], near_ink[:, 1:][right]])
    assert inked.mean() > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sketch_is_smooth_thin_ink_on_white_paper(seed):
    sketch = draw(seed).sketch
    assert 0.02 < (255 - sketch.astype(float)).mean() / 255 < 0.13
    assert (sketch == 255).mean() > 0.7
    assert sketch.min() == 0
    assert len(np.unique(sketch)) > 64


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_have_the_colors_that_meta_names(seed):
    drawing = draw(seed)
    for owner, figure in enumerate(drawing.meta["figures"], 1):
        skin = pixels_of(drawing, "skin", owner)
        assert skin.any()
        median = np.median(drawing.color[skin], axis=0)
        assert np.abs(median - to_rgb(figure["skin"])).max() < 24  # light changes it a little


@pytest.mark.parametrize("seed", SEEDS)
def test_meta_says_where_the_drawing_comes_from_and_fits_into_json(seed):
    meta = draw(seed).meta
    assert json.loads(json.dumps(meta)) == meta
    assert (meta["source"], meta["seed"]) == ("anime", seed)
    assert (meta["license"], meta["author"]) == ("Apache-2.0", "nurie founders")
    assert meta["background"] in BACKGROUNDS
    for figure in meta["figures"]:
        assert set(figure) == {"skin", "hair", "eyes", "cloth"}
        assert figure["skin"] in SKIN_COLORS
        assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in figure.values())


def test_every_kind_of_part_is_drawn_by_some_seed():
    assert {part.kind for seed in SEEDS for part in draw(seed).parts} == set(KINDS)

"""Laws of whole drawings, on seeds that show people, groups, things and animals in several places."""

import functools
import json
import re

import cv2
import numpy as np
import pytest

from nurie.data.sources.drawing import KINDS
from nurie.data.sources.sampling import SKIN_COLORS
from nurie.data.sources.world import draw_world
from nurie.data.sources.world.picture import SUBJECTS
from nurie.data.sources.world.places import PLACES
from nurie.regions.region_map import connect_regions

SEEDS = (*range(10), 900000)
MIN_REGION = 8

draw = functools.cache(draw_world)


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
    people = len(drawing.meta["figures"])
    assert len(drawing.parts) == drawing.regions.max()
    for part in drawing.parts:
        assert part.kind in KINDS
        assert (part.owner == 0) == (part.kind == "background")
        if part.kind not in ("background", "prop"):
            assert 1 <= part.owner <= people
        if part.kind == "eye":
            assert re.fullmatch("(white|iris|pupil|highlight)[12]", part.name)


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_are_where_regions_meet(seed):
    drawing = draw(seed)
    near_ink = cv2.erode(drawing.sketch, np.ones((5, 5), np.uint8)) < 160
    regions = drawing.regions
    down, right = regions[1:] != regions[:-1], regions[:, 1:] != regions[:, :-1]
    inked = np.concatenate([near_ink[1:][down], near_ink[:, 1:][right]])
    assert inked.mean() > 0.85  # lines may be open


@pytest.mark.parametrize("seed", SEEDS)
def test_meta_says_what_the_drawing_shows_and_fits_into_json(seed):
    meta = draw(seed).meta
    assert json.loads(json.dumps(meta)) == meta
    assert (meta["source"], meta["seed"]) == ("world", seed)
    assert (meta["license"], meta["author"]) == ("Apache-2.0", "nurie founders")
    assert meta["subject"] in SUBJECTS
    assert meta["place"] in PLACES
    assert bool(meta["figures"]) == (meta["subject"] != "things")
    assert meta["things"] or meta["figures"]
    assert all(figure["skin"] in SKIN_COLORS for figure in meta["figures"])


def test_every_kind_of_part_is_drawn_by_some_seed():
    assert {part.kind for seed in SEEDS for part in draw(seed).parts} == set(KINDS)

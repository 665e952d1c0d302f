from dataclasses import replace

import numpy as np
import pytest
from heaps import flat_picture

from nurie.data.mosaic import GUTTER, cut_panels, draw_page
from nurie.data.sources.drawing import Drawing, Part, bare_drawing


def make_panel(seed, parts=True):
    """Two halves of two colours; ink nowhere but in the last row."""
    color = np.zeros((60, 60, 3), np.uint8)
    color[:, :30], color[:, 30:] = (50 + seed, 60, 70), (90, 100 + seed, 110)
    regions = np.ones((60, 60), np.int32)
    regions[:, 30:] = 2
    sketch = np.full((60, 60), 255, np.uint8)
    named = (Part("skin", 1, "face"), Part("hair", 2)) if parts else ()
    return Drawing(color, sketch, regions, named, {"seed": seed})


@pytest.mark.parametrize("count", [1, 2, 3, 6])
@pytest.mark.parametrize("seed", range(4))
def test_panels_fill_the_page_without_touching(count, seed):
    panels = cut_panels(count, 256, np.random.default_rng(seed))
    page = np.zeros((256, 256), int)
    for panel in panels:
        grown = np.s_[panel.top - GUTTER // 2 : panel.bottom + GUTTER // 2, panel.left - 3 : panel.right + 3]
        page[grown] += 1
    assert len(panels) == count
    assert page.max() == 1
    assert page[3:-3, 3:-3].min() == 1


@pytest.mark.parametrize("seed", range(6))
def test_colour_regions_and_parts_stay_together(seed):
    panels = [make_panel(number) for number in range(4)]
    page = draw_page(panels, np.random.default_rng(seed), side=128)
    labels = np.unique(page.regions)
    assert labels.tolist() == list(range(1, len(labels) + 1))
    assert len(page.parts) == len(labels)
    assert page.parts[0] == Part("background")
    for label, part in enumerate(page.parts[1:], 2):
        colors = page.color[page.regions == label]
        most = np.median(colors, axis=0)
        assert (most[1] == 60) == (part.kind == "skin")
    owners = {part.owner for part in page.parts if part.owner}
    assert len(owners) == len([part for part in page.parts if part.owner])  # every figure is a person of its own


def test_frames_are_drawn_and_the_gutter_is_paper():
    page = draw_page([make_panel(0), make_panel(1)], np.random.default_rng(0), side=128)
    assert (page.sketch[0] == 255).all()
    assert (page.sketch == 0).any()
    assert (page.color[page.sketch == 0] == 0).all()


def test_without_parts_there_are_none():
    page = draw_page([make_panel(0), make_panel(1, parts=False)], np.random.default_rng(0), side=128)
    assert page.parts == ()
    assert page.regions.max() == 5


def test_a_page_of_bare_pictures_is_bare():
    bare = [bare_drawing(flat_picture(seed), {}) for seed in range(3)]
    page = draw_page(bare, np.random.default_rng(0), side=96)
    assert not page.known
    assert page.color.shape == (96, 96, 3)
    assert not draw_page([make_panel(0), replace(make_panel(1), known=False)], np.random.default_rng(0), side=96).known

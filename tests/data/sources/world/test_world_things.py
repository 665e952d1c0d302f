"""Every thing of the tables, drawn alone."""

import numpy as np
import pytest

from nurie.data.sources.world.habits import PENS, SHADINGS, Habit
from nurie.data.sources.world.hand_canvas import HandCanvas
from nurie.data.sources.world.people import HELD
from nurie.data.sources.world.spot import Spot, aside, mirrored, points_of
from nurie.data.sources.world.still_life import COMPANIONS, THEME_WEIGHTS
from nurie.data.sources.world.things import THEMES, UPRIGHT

SIDE = 64
THINGS = {name: draw for things in THEMES.values() for name, draw in things.items()}
PLAIN = Habit(pen="even", width=2.0, ink_style="black", ink=None, shading="flat", angle=0.8, spacing=4.0)


def canvas_with(name, seed=0, **changes):
    """A canvas on which the thing fills the middle three quarters."""
    rng = np.random.default_rng(seed)
    canvas = HandCanvas(SIDE, Habit(**{**vars(PLAIN), **changes}), rng)
    THINGS[name](Spot(canvas=canvas, rng=rng, owner=1, x=SIDE, y=SIDE, unit=0.75 * SIDE, name=name))
    return canvas


@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_thing_is_drawn_within_its_square_of_regions_that_are_its_own(name, seed):
    canvas = canvas_with(name, seed)
    regions, parts = canvas.regions()
    assert {part.kind for part in parts} == {"background", "prop"}
    assert {part.name for part in parts if part.kind == "prop"} == {name}
    owned = np.array([False] + [part.owner == 1 for part in parts])[regions]
    assert owned.mean() > 0.02
    rim = np.concatenate([owned[[0, 1, -2, -1]].ravel(), owned[:, [0, 1, -2, -1]].ravel()])
    assert not rim.any()


@pytest.mark.parametrize("pen", PENS)
@pytest.mark.parametrize("shading", SHADINGS)
def test_pens_and_shadows_change_lines_and_colors_but_hardly_regions(pen, shading):
    plain, drawn = canvas_with("apple"), canvas_with("apple", pen=pen, shading=shading)
    (expected, expected_parts), (regions, parts) = plain.regions(), drawn.regions()
    assert len(parts) == len(expected_parts)
    assert (regions == expected).mean() > 0.97
    assert (drawn.sketch() < 128).any()
    changed = pen != "even" or shading not in ("flat", "cel", "soft")
    assert (not np.array_equal(plain.sketch(), drawn.sketch())) == changed


def test_hatching_is_ink_on_the_drawing_and_no_line_of_the_regions():
    plain, hatched = canvas_with("ball", 3), canvas_with("ball", 3, shading="hatched")
    assert hatched.sketch().mean() < plain.sketch().mean() - 1
    np.testing.assert_array_equal(hatched.regions()[0], plain.regions()[0])


def test_one_ink_colors_all_lines_of_the_picture():
    inked = canvas_with("key", ink="#ff0000", ink_style="black")
    reddest = inked.color().reshape(-1, 3)[(inked.color() * (1, -1, -1)).sum(-1).argmax()]
    np.testing.assert_allclose(reddest, (1, 0, 0), atol=0.01)
    np.testing.assert_array_equal(inked.sketch(), canvas_with("key").sketch())


def test_outlines_in_short_are_points_and_a_mark_doubles_one():
    np.testing.assert_array_equal(points_of("0,-.6! 1,2"), [(0, -0.6), (0, -0.6), (1, 2)])
    np.testing.assert_array_equal(mirrored("1,2 3,4"), [(1, 2), (3, 4), (-3, 4), (-1, 2)])
    np.testing.assert_array_equal(aside(-1, "1,2 3,4"), [(-1, 2), (-3, 4)])


def test_a_spot_turns_mirrors_and_places():
    canvas = HandCanvas(SIDE, PLAIN, np.random.default_rng(0))
    spot = Spot(canvas=canvas, rng=canvas._rng, owner=1, x=10, y=20, unit=5, angle=np.pi / 2, flip=-1)
    np.testing.assert_allclose(spot.at([(1, 0), (0, 1)]), [(10, 25), (15, 20)], atol=1e-9)
    inner = spot.inner(1, 0, 0.5)
    np.testing.assert_allclose(inner.at([(0, 0), (1, 0)]), [(10, 25), (10, 27.5)], atol=1e-9)


def test_tables_name_things_that_exist():
    assert set(THEME_WEIGHTS) == set(THEMES)
    assert set(THINGS) >= UPRIGHT
    assert all(name in THEMES[theme] for name, (theme, _, _) in HELD.items())
    assert set(THINGS) >= set(COMPANIONS)
    assert len(THINGS) == sum(map(len, THEMES.values()))

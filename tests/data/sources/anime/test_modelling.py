"""Light and shade that the paint stage learns from: always there, told by the lines and the side of the light."""

import numpy as np
import pytest

pytest.importorskip("skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1")

from nurie.data.sources.anime.face import draw_head, model_cheek
from nurie.data.sources.anime.figure import CHARACTER_SHADE, SIDES, Figure, Look
from nurie.data.sources.anime.modelling import draw_ring, light_iris, shade_chest, shade_fold, shade_nape
from nurie.data.sources.canvas import Canvas, reduce_color
from nurie.data.sources.curves import polygon
from nurie.data.sources.world import draw_lit, draw_world

LOOK = Look(
    turn=0.0,
    tilt=0.0,
    male=False,
    hair="#5a3a26",
    skin="#ffe0c8",
    eyes="#3070c0",
    cloth="#c03040",
    second_cloth="#30a060",
    accent="#e0c020",
    chin=1.2,
    light=1,
    jaw=0.6,
    hair_style="short",
    bangs="sweep",
    sweep=1,
    spiky=False,
    tip_color=None,
    shade=CHARACTER_SHADE,
)
ALL = polygon([(0, 0), (512, 0), (512, 512), (0, 512)])


def make_figure(light=1):
    """A figure on a canvas of 512 x 512 pixels of middle gray."""
    canvas = Canvas(256, line_width=1.0, ink_style="black")
    canvas.modelled = True
    canvas.wash("#808080")
    look = Look(**{**LOOK.__dict__, "light": light})
    return Figure(canvas, np.random.default_rng(0), look, 1, 256.0, 220.0, 50.0)


def added(figure):
    """What was added to the gray, over all colors."""
    return reduce_color(figure.canvas.color(), 256).astype(int).sum(2) - 3 * 128


DRAW = {
    "ring": lambda figure: draw_ring(figure, ALL),
    "nape": lambda figure: shade_nape(figure, ALL),
    "chest": lambda figure: shade_chest(figure, ALL),
    "fold": lambda figure: shade_fold(figure, figure.body([(0, y) for y in np.linspace(1, 2, 9)]), 0.3, inside=ALL),
    "iris": lambda figure: light_iris(figure, (256.0, 220.0), (20.0, 24.0), figure.look.eyes),
}


@pytest.mark.parametrize("name", DRAW)
def test_light_is_seen_and_is_neither_line_nor_region(name):
    figure = make_figure()
    DRAW[name](figure)
    assert np.abs(added(figure)).max() > 40
    assert (figure.canvas.sketch() == 255).all()
    assert figure.canvas.regions()[0].max() == 1


@pytest.mark.parametrize("name", [name for name in DRAW if name != "nape"])
def test_light_from_the_other_side_is_the_mirror_image(name):
    right, left = make_figure(1), make_figure(-1)
    DRAW[name](right)
    DRAW[name](left)
    assert np.abs(added(right) - added(left)[:, ::-1]).mean() < 1
    assert np.abs(added(right) - added(left)).max() > 40


def test_the_ring_lies_towards_the_light_and_a_fold_is_dark_on_the_other_side():
    ring, fold = make_figure(), make_figure()
    DRAW["ring"](ring)
    assert added(ring)[:, 128:].sum() > 1.5 * added(ring)[:, :128].sum() > 0
    DRAW["fold"](fold)
    assert added(fold)[:, :126].min() < -40
    assert added(fold)[:, 130:].min() == 0


def test_skin_is_shaded_warm_and_from_above_and_cheeks_are_red():
    figure = make_figure()
    draw_head(figure)
    bare = reduce_color(figure.canvas.color(), 256).astype(int)
    for side in SIDES:
        model_cheek(figure, side)
    red = reduce_color(figure.canvas.color(), 256).astype(int) - bare
    x, y = (figure.face_point(0.58, 0.62) / 2).astype(int)
    assert red[y, x, 1] < -15
    assert red[y - 30, 128].tolist() == [0, 0, 0]
    chin, brow = (figure.head_point(0.0, y) / 2 for y in (1.13, -0.5))
    dark, lit = (bare[int(place[1]), int(place[0])] for place in (chin, brow))
    assert dark.sum() < lit.sum() - 60
    assert dark[0] / lit[0] > dark[2] / lit[2]


def test_lit_drawings_show_what_the_world_shows_with_a_side_of_light():
    for seed in (3, 8):
        lit, world = draw_lit(seed, side=128), draw_world(seed, side=128)
        np.testing.assert_array_equal(lit.regions, world.regions)
        np.testing.assert_array_equal(lit.sketch, world.sketch)
        assert (lit.color != world.color).any()
        assert lit.meta["light"] in (-1, 1)
        assert lit.meta["source"] == "lit"
    assert {draw_lit(seed, side=64).meta["light"] for seed in range(4)} == {-1, 1}

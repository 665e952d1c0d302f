"""Single parts of a figure, drawn alone on an empty canvas."""

import math

import numpy as np
import pytest

from nurie.data.sources.anime.accessories import ACCESSORIES, DRAW_ACCESSORY
from nurie.data.sources.anime.arms import POSES, draw_arms
from nurie.data.sources.anime.back_hair import BACK_HAIR, draw_back_hair
from nurie.data.sources.anime.background import BACKGROUNDS, DRAW_BACKGROUND, Backdrop
from nurie.data.sources.anime.bangs import draw_bangs, make_bangs
from nurie.data.sources.anime.body import draw_upper_body
from nurie.data.sources.anime.bows import Bow, draw_bow
from nurie.data.sources.anime.braids import draw_buns_or_braids
from nurie.data.sources.anime.cloth_patterns import PATTERNS, draw_pattern
from nurie.data.sources.anime.eyes import MOODS, draw_eyes
from nurie.data.sources.anime.face import MOUTHS, draw_blush, draw_ears, draw_glasses, draw_head, draw_nose_and_mouth
from nurie.data.sources.anime.figure import HAIR_STYLES, MALE_HAIR_STYLES, MAX_TURN, Figure, Look, choose_look
from nurie.data.sources.anime.garments import GARMENT_DETAILS, GARMENTS
from nurie.data.sources.anime.outfit import choose_outfit
from nurie.data.sources.anime.outlines import frill_outline, head_outline, lock_outline
from nurie.data.sources.anime.proportions import choose_proportions
from nurie.data.sources.anime.torso import choose_torso
from nurie.data.sources.anime.whole_body import draw_whole_body
from nurie.data.sources.canvas import Canvas
from nurie.data.sources.curves import disk, polygon
from nurie.data.sources.drawing import Part

PLAIN = {
    "turn": 0.0,
    "tilt": 0.0,
    "male": False,
    "hair": "#5a3a26",
    "skin": "#ffe0c8",
    "eyes": "#3070c0",
    "cloth": "#c03040",
    "second_cloth": "#30a060",
    "accent": "#e0c020",
    "chin": 1.2,
    "light": 1,
    "jaw": 0.6,
    "hair_style": "short",
    "bangs": "sweep",
    "sweep": 1,
    "spiky": False,
    "tip_color": None,
}


def make_figure(seed=0, unit=50.0, y=220.0, **look):
    """A figure in the middle of an empty canvas of 512 x 512 pixels, looking straight ahead."""
    canvas = Canvas(256, line_width=1.0, ink_style="black")
    return Figure(canvas, np.random.default_rng(seed), Look(**PLAIN | look), 1, 256.0, y, unit)


def kinds_on(figure):
    """Kinds of all regions but the background."""
    return {part.kind for part in figure.canvas.regions()[1]} - {"background"}


def names_on(figure):
    return {part.name for part in figure.canvas.regions()[1] if part.kind == "eye"}


def test_the_tables_of_things_to_draw_are_complete():
    assert set(DRAW_ACCESSORY) == set(ACCESSORIES) - {"none"}
    assert set(DRAW_BACKGROUND) == set(BACKGROUNDS) - {"white", "flat"}
    assert set(GARMENT_DETAILS) == set(GARMENTS) - {"dress"}
    assert set(BACK_HAIR) == set(HAIR_STYLES) | set(MALE_HAIR_STYLES)


def test_coordinates_of_head_body_and_face_agree_on_an_upright_figure():
    figure = make_figure()
    points = [(0.0, 0.0), (0.5, 1.0), (-1.0, -2.0)]
    np.testing.assert_allclose(figure.head(points), figure.body(points))
    np.testing.assert_allclose(figure.face(points), figure.head(points))
    assert figure.body_point(1.0, 2.0).tolist() == [306, 320]
    np.testing.assert_allclose(figure.face_point(0.3, 0.1), figure.head_point(0.3, 0.1))


def test_a_tilted_head_leans_around_the_neck():
    figure = make_figure(tilt=math.pi / 2)
    np.testing.assert_allclose(figure.head_point(0.0, 1.2), figure.body_point(0.0, 1.2))
    np.testing.assert_allclose(figure.head_point(0.0, 0.2), figure.body_point(1.0, 1.2))


def test_a_turned_face_moves_to_the_side_it_looks_to():
    assert make_figure(turn=0.5).turned(0.0, 0.3)[0] > 0
    assert make_figure(turn=-0.5).turned(0.0, 0.3)[0] < 0
    assert make_figure(turn=0.5).turned(0.0, 0.3)[1] == 0.3


@pytest.mark.parametrize("light", [-1, 1])
def test_shadows_fall_away_from_the_light(light):
    x, y = make_figure(light=light).shadow(1.0)
    assert math.copysign(1, x) == -light
    assert y < 0


@pytest.mark.parametrize("full_body", [False, True])
def test_looks_depend_on_the_dice_alone_and_stay_in_range(full_body):
    looks = [choose_look(np.random.default_rng(seed), full_body=full_body) for seed in range(50)]
    assert looks == [choose_look(np.random.default_rng(seed), full_body=full_body) for seed in range(50)]
    assert {look.male for look in looks} == {False, True}
    for look in looks:
        assert abs(look.turn) <= MAX_TURN
        assert look.hair_style in (MALE_HAIR_STYLES if look.male else HAIR_STYLES)
        assert {look.light, look.sweep} <= {-1, 1}


def test_whole_figures_lean_less():
    lean = [choose_look(np.random.default_rng(7), full_body=full).tilt for full in (False, True)]
    assert lean[1] == pytest.approx(0.6 * lean[0])


def test_a_head_that_looks_ahead_is_symmetric_and_reaches_its_chin():
    outline = head_outline(0.0, 1.3, 0.6)
    assert outline[:, 1].max() == pytest.approx(1.3)
    np.testing.assert_allclose(outline[:, 0].min(), -outline[:, 0].max())


def test_a_lock_reaches_its_tip_and_bends_to_the_side_asked_for():
    straight, left, right = (lock_outline((-0.1, 0), (0.1, 0), (0, 1), bend) for bend in (0.0, 0.5, -0.5))
    assert straight[:, 1].max() == 1
    assert left[:, 0].mean() < straight[:, 0].mean() < right[:, 0].mean()


def test_a_frill_hangs_in_as_many_arcs_as_asked_for():
    path = polygon(frill_outline(0.0, 4.0, 0.0, 0.1, 4))
    assert [path.contains(x, 0.08) for x in (0.5, 1.5, 2.5, 3.5)] == [True] * 4
    assert not any(path.contains(x, 0.08) for x in (1.0, 2.0, 3.0))


def test_the_head_is_skin():
    figure = make_figure()
    draw_head(figure)
    assert figure.canvas.regions()[1] == (Part("background"), Part("skin", 1))


def test_ears_are_skin_earrings_are_props_and_the_far_ear_is_hidden():
    ears, kinds = {0.0: 0, 0.6: 0}, set()
    for turn in ears:
        for seed in range(12):
            figure = make_figure(seed, unit=150.0, turn=turn)
            draw_ears(figure)
            ears[turn] += sum(part.kind == "skin" for part in figure.canvas.regions()[1])
            kinds |= kinds_on(figure)
    assert ears[0.0] > 1.5 * ears[0.6]
    assert kinds == {"skin", "prop"}


@pytest.mark.parametrize("style", sorted(BACK_HAIR))
def test_back_hair_is_hair_and_hair_ties_are_props(style):
    figure = make_figure(hair_style=style)
    draw_back_hair(figure)
    assert kinds_on(figure) <= {"hair", "prop"}
    assert "hair" in kinds_on(figure)


@pytest.mark.parametrize("bangs", ["sweep", "part", "blunt"])
@pytest.mark.parametrize("spiky", [False, True])
def test_bangs_are_one_piece_of_hair_that_covers_the_forehead(bangs, spiky):
    figure = make_figure(bangs=bangs, spiky=spiky, tip_color="#ff0000")
    shape = make_bangs(figure)
    draw_bangs(figure, shape)
    assert kinds_on(figure) == {"hair"}
    assert shape.path.contains(*figure.head_point(0.0, -1.0))
    assert not shape.path.contains(*figure.head_point(0.0, 0.9))
    assert 4 <= len(shape.locks) <= 8


def test_some_wear_buns_or_braids_but_no_man_does():
    for male, expected in ((True, set()), (False, {"hair", "prop"})):
        seen = set()
        for seed in range(40):
            figure = make_figure(seed, male=male)
            draw_buns_or_braids(figure)
            seen |= kinds_on(figure)
        assert seen == expected


def test_open_eyes_are_named_by_piece_and_closed_eyes_are_ink():
    named = {}
    for seed in range(40):
        figure = make_figure(seed)
        eyes = draw_eyes(figure)
        assert kinds_on(figure) <= {"eye"}
        named.setdefault(eyes.mood, names_on(figure))
        assert figure.canvas.sketch().min() == 0
    assert set(named) == set(MOODS)
    assert named["closed"] == named["happy"] == set()
    assert {"white1", "white2", "iris1", "iris2"} <= named["open"]
    assert {name[-1] for name in named["wink"]} == {"1"}


def test_mouths_are_regions_where_they_are_open():
    kinds = []
    for seed in range(30):
        figure = make_figure(seed, unit=90.0)
        draw_nose_and_mouth(figure)
        kinds.append(kinds_on(figure))
    assert set() in kinds
    assert {"mouth"} in kinds
    assert len(MOUTHS) == 7


def test_a_blush_colors_the_cheeks_and_is_no_region():
    figure = make_figure(unit=90.0)
    draw_head(figure)
    before = figure.canvas.color()
    draw_blush(figure)
    x, y = (int(value) for value in figure.face_point(0.58, 0.62))
    assert kinds_on(figure) == {"skin"}
    assert figure.canvas.color()[y, x, 1] < before[y, x, 1]


def test_glasses_are_lines_through_which_the_eyes_stay_eyes():
    figure = make_figure()
    eyes = draw_eyes(figure)
    before = names_on(figure)
    ink = (255 - figure.canvas.sketch().astype(int)).sum()
    draw_glasses(figure, eyes)
    assert kinds_on(figure) == {"eye"}
    assert names_on(figure) == before
    assert (255 - figure.canvas.sketch().astype(int)).sum() > ink


@pytest.mark.parametrize("male", [False, True])
def test_every_garment_covers_a_body_of_skin(male):
    worn = set()
    for seed in range(30):
        figure = make_figure(seed, male=male)
        worn.add(draw_upper_body(figure))
        assert {"skin", "cloth"} <= kinds_on(figure) <= {"skin", "cloth", "prop"}
    assert worn == set(GARMENTS)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_is_made_of_several_shapes(pattern):
    figure = make_figure()
    shapes = list(pattern(figure, 0.3))
    assert len(shapes) >= 3


def test_a_pattern_stays_on_its_cloth_and_is_cloth():
    for seed in range(4):
        figure = make_figure(seed)
        with figure.part("cloth"):
            draw_pattern(figure, disk((256.0, 330.0), 100.0), "#ff0000")
        regions, _ = figure.canvas.regions()
        assert kinds_on(figure) == {"cloth"}
        assert (regions[:70] == 1).all()


def test_a_torso_is_as_wide_as_its_figure_asks():
    figure = make_figure()
    assert choose_torso(figure, 1.1).half_width == 1.1
    assert choose_torso(figure, None).half_width > 1.4
    grown, bare = choose_torso(figure, 1.1).outline(0.05, 0.06), choose_torso(figure, 1.1).outline()
    assert grown[:, 0].max() > bare[:, 0].max()
    assert grown[:, 1].min() < bare[:, 1].min()


@pytest.mark.parametrize("chibi", [False, True])
@pytest.mark.parametrize("male", [False, True])
def test_whole_bodies_are_skin_cloth_and_props(chibi, male):
    for seed in range(3):
        figure = make_figure(seed, unit=34.0, y=70.0, male=male)
        draw_whole_body(figure, chibi=chibi)
        assert {"skin", "cloth"} <= kinds_on(figure) <= {"skin", "cloth", "prop"}


def test_proportions_go_down_from_waist_to_feet_and_chibis_are_short():
    feet = []
    for chibi in (True, False):
        body = choose_proportions(make_figure(), chibi=chibi)
        assert body.waist < body.hips < body.feet
        assert body.waist_width < body.shoulder_width
        assert body.leg == body.feet - body.hips
        feet.append(body.feet)
    assert feet[0] < feet[1]


def test_only_trousers_and_tights_cover_the_whole_leg():
    outfits = [choose_outfit(make_figure(seed)) for seed in range(60)]
    for outfit in outfits:
        covered = outfit.bottom == "pants" or outfit.socks == "tights"
        assert (outfit.leg_cover() is not None) == covered
    assert {outfit.bottom for outfit in outfits} == {"skirt", "pants", "dress", "shorts"}


def test_arms_have_hands_of_skin_and_sleeves_of_cloth():
    figure = make_figure(y=150.0)
    draw_arms(figure, choose_proportions(figure, chibi=True), "blazer")
    assert kinds_on(figure) == {"skin", "cloth"}
    assert len(POSES) == 5


@pytest.mark.parametrize("accessory", sorted(DRAW_ACCESSORY))
def test_accessories_are_props_and_ears_of_animals_may_be_hair(accessory):
    kinds = set()
    for seed in range(4):
        figure = make_figure(seed)
        with figure.part("prop"):
            DRAW_ACCESSORY[accessory](figure)
        kinds |= kinds_on(figure)
    assert kinds == ({"prop", "hair"} if accessory in ("catears", "bunny") else {"prop"})


def test_a_bow_is_a_prop_wherever_it_sits():
    for on_head in (False, True):
        figure = make_figure()
        draw_bow(figure, Bow(0.0, 1.0, 0.6, 0.3, on_head), "#ff0000")
        assert kinds_on(figure) == {"prop"}


@pytest.mark.parametrize("name", sorted(DRAW_BACKGROUND))
def test_backgrounds_belong_to_nobody_and_fill_the_picture(name):
    canvas = Canvas(128, line_width=1.0, ink_style="black")
    DRAW_BACKGROUND[name](Backdrop(canvas, np.random.default_rng(1), "#c0e0f0", "#f0c0a0"))
    regions, parts = canvas.regions()
    assert set(parts) == {Part("background")}
    assert (regions.max() > 1) == (name != "grad")

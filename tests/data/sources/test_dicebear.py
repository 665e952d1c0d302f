import numpy as np
import pytest

from nurie.data.sources.drawing import KINDS

pytest.importorskip("skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1")
pytest.importorskip("dicebear", reason="needs pip install nurie[corpus]")

from dicebear import Avatar
from dicebear.errors import OptionsValidationError
from dicebear.validator import OptionsValidator

from nurie.data.sources.dicebear import draw_dicebear, styles
from nurie.data.sources.dicebear.avatar import background_colors, character_colors, draw_figure, figure_options
from nurie.data.sources.dicebear.figures import Layout, random_cast, random_ground, random_spot
from nurie.data.sources.dicebear.styles import (
    BACKGROUND_STYLES,
    BUST_STYLES,
    CHARACTER_STYLES,
    INKED_STYLES,
    Credit,
    combine_credits,
    load_style,
    unchecked,
)
from nurie.errors import DataError, InputError

SEEDS = range(40, 46)


@pytest.fixture(scope="module")
def drawings():
    return [draw_dicebear(seed, side=128) for seed in SEEDS]


def test_the_same_seed_gives_the_same_bytes(drawings):
    for seed, first in zip(SEEDS, drawings, strict=True):
        again = draw_dicebear(seed, side=128)
        for one, other in ((first.color, again.color), (first.sketch, again.sketch), (first.regions, again.regions)):
            np.testing.assert_array_equal(one, other)
        assert (first.parts, first.meta) == (again.parts, again.meta)


def test_different_seeds_give_different_drawings(drawings):
    assert len({drawing.color.tobytes() for drawing in drawings}) == len(drawings)


def test_every_pixel_is_in_a_region_and_every_region_has_a_part(drawings):
    for drawing in drawings:
        counts = np.bincount(drawing.regions.ravel())
        assert counts[0] == 0
        assert (counts[1:] > 0).all()
        assert len(drawing.parts) == len(counts) - 1
        assert {part.kind for part in drawing.parts} <= set(KINDS)


def test_figures_have_skin_and_stand_before_a_background(drawings):
    kinds = {part.kind for drawing in drawings for part in drawing.parts}
    assert {"background", "skin", "hair", "eye"} <= kinds
    for drawing in drawings:
        assert all((part.owner == 0) == (part.kind == "background") for part in drawing.parts)


def test_lines_are_where_regions_meet(drawings):
    for drawing in drawings:
        meet = drawing.regions[:, 1:] != drawing.regions[:, :-1]
        dark = np.minimum(drawing.sketch[:, 1:], drawing.sketch[:, :-1])
        assert dark[meet].mean() < 0.75 * dark[~meet].mean()


def test_color_is_flat_inside_regions_compared_to_the_picture(drawings):
    for drawing in drawings:
        paper = drawing.sketch > 250
        color = drawing.color[paper].astype(float)
        labels = drawing.regions[paper]
        within = np.concatenate([color[labels == k] - np.median(color[labels == k], 0) for k in np.unique(labels)])
        assert np.abs(within).mean() < 20


@pytest.mark.parametrize("side", [64, 96])
def test_any_side_shows_the_same_drawing(side):
    small, large = draw_dicebear(41, side=side), draw_dicebear(41, side=4 * side)
    reduced = large.color.reshape(side, 4, side, 4, 3).mean((1, 3))
    assert np.abs(small.color - reduced).mean() < 6


def test_license_and_authors_are_those_of_what_is_drawn(drawings):
    for drawing in drawings:
        names = [name for name, _ in drawing.meta["items"]]
        credits = [load_style(name).credit for name in names]
        assert drawing.meta["source"] == "dicebear"
        assert drawing.meta["license"] in ("CC0 1.0", "CC BY 4.0")
        assert (drawing.meta["license"] == "CC0 1.0") == all(credit.license == "CC0 1.0" for credit in credits)
        assert all(credit.author in drawing.meta["author"] for credit in credits)


@pytest.mark.parametrize(
    ("licenses", "strictest"),
    [
        (["CC0 1.0"], "CC0 1.0"),
        (["CC BY 4.0", "CC0 1.0"], "CC BY 4.0"),
        (["CC0 1.0", "CC BY-SA 4.0", "CC BY 4.0"], "CC BY-SA 4.0"),
        ([], "CC0 1.0"),
    ],
)
def test_the_strictest_license_counts(licenses, strictest):
    assert combine_credits(Credit("x", license) for license in licenses)["license"] == strictest


def test_authors_are_named_once_in_the_order_of_their_parts():
    combined = combine_credits(Credit(name, "CC0 1.0") for name in ("b", "a", "b"))
    assert combined["author"] == "b; a"


def test_styles_without_a_free_license_are_never_drawn_from():
    names = {*CHARACTER_STYLES, *BACKGROUND_STYLES}
    assert not names & {"avataaars", "bottts", "notionists", "croodles"}
    assert names >= BUST_STYLES | INKED_STYLES
    for name in ("avataaars", "bottts"):
        with pytest.raises(DataError, match=f"{name}.*draw from styles under CC0 or CC BY only"):
            load_style(name)


@pytest.mark.parametrize("name", [*CHARACTER_STYLES, *BACKGROUND_STYLES])
def test_dicebear_would_accept_the_options_that_it_does_not_check(name):
    rng = np.random.default_rng(0)
    style = load_style(name)
    colors = character_colors(style, rng) if name in CHARACTER_STYLES else background_colors(name, rng)
    OptionsValidator.validate(figure_options(style, colors, "0"))


def test_checks_are_skipped_inside_only():
    style = load_style("shapes").style
    with unchecked():
        Avatar(style, {"size": 0.5})
    with pytest.raises(OptionsValidationError):
        Avatar(style, {"size": 0.5})


def test_checks_come_back_after_an_error():
    before = vars(OptionsValidator)[styles.CHECK]
    with pytest.raises(KeyError), unchecked():
        raise KeyError
    assert vars(OptionsValidator)[styles.CHECK] is before


def test_a_figure_knows_its_components():
    rng = np.random.default_rng(1)
    style = load_style("adventurer")
    figure = draw_figure(style, character_colors(style, rng), rng)
    names = {group.get("data-component") for group in figure.root.iter("g")}
    assert {"head", "eyes", "mouth"} <= names
    assert not list(figure.root.iter("use"))


def test_half_of_all_grounds_are_covered_by_a_backdrop():
    rng = np.random.default_rng(2)
    grounds = [random_ground(rng, pale=0.25, white=0.5) for _ in range(2000)]
    assert grounds.count(None) == pytest.approx(1000, abs=100)
    assert grounds.count("#ffffff") == pytest.approx(250, abs=60)


def test_figures_can_be_all_of_one_style():
    rng = np.random.default_rng(3)
    assert all(len(set(random_cast(rng, {3: 1.0}, alike=1.0))) == 1 for _ in range(20))


def test_figures_side_by_side_stand_in_order():
    rng = np.random.default_rng(4)
    layout = Layout(zooms=((1.0, 1.0), (0.5, 0.5), (0.3, 0.3)), spread=(10.0, 10.0))
    spots = [random_spot("dylan", (index, 3), layout, rng) for index in range(3)]
    assert [round(spot.x / 256 * 3 - 0.5) for spot in spots] == [0, 1, 2]
    assert all(spot.zoom == 0.3 for spot in spots)


@pytest.mark.parametrize(
    ("seed", "side", "message"), [(-1, 64, "0 or more, got -1"), (0, 8, "at least 32 pixels, got 8")]
)
def test_impossible_wishes_are_refused(seed, side, message):
    with pytest.raises(InputError, match=message):
        draw_dicebear(seed, side=side)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.colors import ciede2000, palette_to_rgb, rgb_to_cielab, rgb_to_palette
from nurie.data.sources.drawing import KINDS
from nurie.inference.settle import (
    FULL_SIDE,
    JOINS,
    PALE,
    PAPER,
    SMALLEST_NOISE,
    THING,
    calm,
    settle,
    unify,
    whiten,
)

GROUND, SKIN, HAIR, EYE, MOUTH, CLOTH, PROP = range(7)
BROWN, DARKER_BROWN, BLOND, PAPER_WHITE = (120, 78, 48), (110, 70, 44), (240, 210, 130), (250, 251, 248)


def palette(*colors):
    return rgb_to_palette(np.array(colors, np.uint8))


def unified(colors, kinds, pixels=None, known=None):
    count = len(colors)
    pixels = np.full(count, 100.0, np.float32) if pixels is None else np.array(pixels, np.float32)
    known = np.zeros(count, bool) if known is None else np.array(known)
    return palette_to_rgb(unify(palette(*colors), np.array(kinds), pixels, known)).astype(int)


def told(*kinds):
    """Tokens of regions whose kinds are sure, of a network that does not tell what has one colour."""
    logits = np.full((1, len(kinds), len(JOINS)), -10, np.float32)
    logits[0, range(len(kinds)), kinds] = 10
    return {"tokens": np.zeros((1, len(kinds), 4), np.float32), "kinds": logits}


def test_kinds_are_those_of_drawings():
    assert tuple(JOINS) == KINDS
    assert KINDS[THING] == "prop"


def test_locks_in_nearly_one_brown_become_one():
    one, other, blond = unified([BROWN, DARKER_BROWN, BLOND], [HAIR] * 3)
    assert np.abs(one - other).max() <= 1
    assert (np.minimum(BROWN, DARKER_BROWN) <= one).all()
    assert (one <= np.maximum(BROWN, DARKER_BROWN)).all()
    assert np.abs(blond - BLOND).max() <= 2  # another colour is another colour


@pytest.mark.parametrize("kinds", [[CLOTH, CLOTH], [PROP, PROP], [GROUND, GROUND], [HAIR, CLOTH], [HAIR, SKIN]])
def test_what_need_not_be_one_colour_stays(kinds):
    assert np.array_equal(unified([BROWN, DARKER_BROWN], kinds), [BROWN, DARKER_BROWN])


RED, WINE, GREEN = (200, 40, 40), (150, 45, 60), (40, 160, 60)


def with_affinity(colors, kinds, alike, known=None, pixels=None):
    known = np.zeros(len(colors), bool) if known is None else np.array(known)
    pixels = np.full(len(colors), 100.0, np.float32) if pixels is None else np.array(pixels, np.float32)
    found = unify(palette(*colors), np.array(kinds), pixels, known, np.array(alike, np.float32))
    return palette_to_rgb(found).astype(int)


def distance(a, b):
    return float(ciede2000(*(rgb_to_cielab(np.array([color], np.uint8)) for color in (a, b)))[0])


@pytest.mark.parametrize("kind", [GROUND, SKIN, HAIR, EYE, CLOTH, PROP])
def test_what_surely_has_one_colour_comes_together(kind):
    one, other = with_affinity([RED, (182, 42, 46)], [kind] * 2, np.ones((2, 2)))
    assert distance(one, other) <= 1


def test_sleeves_in_red_and_green_become_one_of_them():
    for colors in ([RED, GREEN], [GREEN, RED]):
        found = with_affinity(colors, [CLOTH] * 2, np.ones((2, 2)), pixels=[100, 60])
        assert np.array_equal(found, [colors[0]] * 2)


def test_sleeves_agree_as_far_as_the_network_is_sure():
    found = [distance(*with_affinity([RED, WINE], [CLOTH] * 2, np.full((2, 2), p))) for p in (0.0, 0.15, 0.2, 0.3, 0.9)]
    assert found[0] == pytest.approx(distance(RED, WINE))
    assert found == sorted(found, reverse=True)
    assert found[-1] < 2


def test_two_kinds_never_come_together():
    assert np.array_equal(with_affinity([RED, WINE], [CLOTH, PROP], np.ones((2, 2))), [RED, WINE])


def test_a_known_sleeve_draws_the_other():
    known, other = with_affinity([RED, WINE], [CLOTH] * 2, np.ones((2, 2)), known=[True, False])
    assert np.array_equal(known, RED)
    assert distance(other, RED) < 1


def test_large_regions_draw_small_ones():
    large, small = unified([BROWN, DARKER_BROWN], [HAIR, HAIR], pixels=[10_000, 4])
    assert np.abs(large - BROWN).max() <= 1
    assert np.abs(small - BROWN).max() <= 1


def test_what_is_known_stays_and_draws_others():
    known, other = unified([BROWN, DARKER_BROWN], [HAIR, HAIR], known=[True, False])
    assert np.array_equal(known, BROWN)
    assert np.abs(other - BROWN).sum() < np.abs(np.array(DARKER_BROWN) - BROWN).sum() / 4


@given(st.integers(0, 10**6))
def test_order_does_not_matter_and_a_small_change_stays_small(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 20))
    colors = rng.normal(size=(count, 3)).astype(np.float32)
    kinds, pixels = rng.integers(7, size=count), rng.uniform(1, 900, count).astype(np.float32)
    known, order = rng.random(count) < 0.2, rng.permutation(count)
    found = unify(colors, kinds, pixels, known)
    assert np.array_equal(found[known], colors[known])
    assert np.allclose(unify(colors[order], kinds[order], pixels[order], known[order]), found[order], atol=1e-4)
    moved = unify(colors + np.float32(1e-4), kinds, pixels, known)
    assert np.abs(moved - found).max() < 0.05
    free = [kind for kind, join in enumerate(JOINS.values()) if join.reach == 0]
    assert np.array_equal(found[np.isin(kinds, free)], colors[np.isin(kinds, free)])


def test_a_ground_that_is_nearly_white_is_white():
    drawn = palette(PAPER_WHITE, PAPER_WHITE, BLOND)
    ground = np.array([True, False, True])
    assert np.array_equal(palette_to_rgb(whiten(drawn, ground)), [(255, 255, 255), PAPER_WHITE, BLOND])


def test_grounds_leave_white_without_a_jump():
    grays = np.repeat(np.arange(190, 256)[:, None], 3, 1)
    found = palette_to_rgb(whiten(palette(*grays), np.ones(len(grays), bool))).astype(int)
    away = ciede2000(rgb_to_cielab(grays.astype(np.uint8)), rgb_to_cielab(np.full((len(grays), 3), 255, np.uint8)))
    assert (found[away <= PAPER] == 255).all()
    assert np.abs(found - grays)[away >= PALE].max() == 0
    steps = np.diff(found[:, 0])
    assert (steps >= 0).all()
    assert steps.max() <= 4


def test_colours_settle_by_what_regions_are():
    drawn = palette(BROWN, DARKER_BROWN, PAPER_WHITE, PAPER_WHITE)
    known = np.array([False, False, False, True])
    found = palette_to_rgb(settle(drawn, told(HAIR, HAIR, GROUND, GROUND), np.full(4, 50, np.float32), known))
    assert np.abs(found[0].astype(int) - found[1]).max() <= 1
    assert np.array_equal(found[2:], [(255, 255, 255), PAPER_WHITE])


def test_small_things_have_smaller_noise():
    noise = np.ones((4, 3), np.float32)
    pixels = np.array([9e5, 1e5, 1.0, 1.0], np.float32)
    scale = calm(noise, told(PROP, PROP, PROP, CLOTH), pixels)[:, 0]
    assert scale[0] == scale[1] == scale[3] == 1  # sides of 0.95 and 0.32 of the whole
    assert scale[2] == pytest.approx(SMALLEST_NOISE, abs=0.01)
    sides = np.linspace(0, FULL_SIDE, 11)
    grid = np.concatenate([[1 - np.sum(sides**2)], sides**2]).astype(np.float32)
    rising = calm(np.ones((12, 3), np.float32), told(*[PROP] * 12), grid)[1:, 0]
    assert np.allclose(np.diff(rising), (1 - SMALLEST_NOISE) / 10, atol=1e-4)


def test_weights_that_know_no_kinds_change_nothing():
    drawn = palette(BROWN, DARKER_BROWN)
    tokens = {"tokens": np.zeros((1, 2, 4), np.float32)}
    assert settle(drawn, tokens, np.ones(2, np.float32), np.zeros(2, bool)) is drawn
    assert calm(drawn, tokens, np.ones(2, np.float32)) is drawn

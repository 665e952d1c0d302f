import re
from collections import Counter

import numpy as np
import pytest

from nurie.data.sources.sampling import (
    DARK_BROWN_EYES,
    NATURAL_HAIR_COLORS,
    SKIN_COLORS,
    pick,
    random_cloth_color,
    random_eye_color,
    random_hair_color,
    random_skin_color,
)

DRAWS = 2000


def drawn(choose):
    rng = np.random.default_rng(0)
    return Counter(choose(rng) for _ in range(DRAWS))


def test_picks_come_as_often_as_their_weights_say():
    counts = drawn(lambda rng: pick(rng, {"a": 3.0, "b": 1.0, "never": 0.0}))
    assert set(counts) == {"a", "b"}
    assert counts["a"] / DRAWS == pytest.approx(0.75, abs=0.03)


def test_picks_give_back_keys_of_any_type():
    assert pick(np.random.default_rng(0), {3: 1.0}) == 3


@pytest.mark.parametrize("choose", [random_skin_color, random_hair_color, random_cloth_color, random_eye_color])
def test_every_color_is_six_hex_digits(choose):
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in drawn(choose))


def test_skin_is_one_of_the_public_colors_and_all_of_them_appear():
    assert set(drawn(random_skin_color)) == set(SKIN_COLORS)


def test_skin_colors_cannot_be_changed_by_accident():
    with pytest.raises(TypeError):
        SKIN_COLORS["#000000"] = 1.0  # type: ignore[index]


def test_half_of_all_hair_is_natural():
    counts = drawn(random_hair_color)
    natural = sum(counts[color] for color in NATURAL_HAIR_COLORS)
    assert natural / DRAWS == pytest.approx(0.5, abs=0.04)


def test_a_quarter_of_all_eyes_is_dark_brown():
    assert drawn(random_eye_color)[DARK_BROWN_EYES] / DRAWS == pytest.approx(0.25, abs=0.04)

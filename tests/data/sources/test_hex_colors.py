import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.data.sources.hex_colors import WHITE, from_hsv, from_rgb, mix, scale, to_hsv, to_rgb

BYTES = st.integers(0, 255)
COLORS = st.tuples(BYTES, BYTES, BYTES).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))


@given(COLORS)
def test_writing_undoes_reading(color):
    assert from_rgb([channel / 255 for channel in to_rgb(color)]) == color


@given(COLORS)
def test_hue_saturation_and_value_are_read_as_they_are_written(color):
    assert from_hsv(*to_hsv(color)) == color


@given(COLORS)
def test_scaling_by_one_changes_nothing(color):
    assert scale(color, 1.0) == color


@given(COLORS, COLORS)
def test_mixing_ends_at_both_colors(first, second):
    assert mix(first, second, 0.0) == first
    assert mix(first, second, 1.0) == second


def test_scaling_clips_at_white_and_takes_one_factor_a_channel():
    assert scale("#808080", 3.0) == WHITE
    assert scale("#ffffff", (1.0, 0.5, 0.0)) == "#ff8000"


def test_channels_outside_the_range_are_clipped():
    assert from_rgb([-1.0, 0.5, 2.0]) == "#0080ff"


@pytest.mark.parametrize("turns", [0.0, 1.0, -1.0, 2.0])
def test_hues_of_whole_turns_are_red(turns):
    assert from_hsv(turns, 1.0, 1.0) == "#ff0000"

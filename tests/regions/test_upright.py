import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.regions.upright import find_turn

lines = hnp.arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 9)))


def lay(picture, turns, mirrored):
    return np.ascontiguousarray(np.rot90(picture[:, ::-1] if mirrored else picture, turns))


@given(lines)
def test_undoing_a_turn_gives_the_picture_back(lines):
    turn = find_turn(lines)
    assert np.array_equal(turn.undo(turn.apply(lines)), lines)


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
@given(lines=lines)
def test_the_same_drawing_lies_the_same_way(lines, turns, mirrored):
    def counts(picture):
        upright = find_turn(picture).apply(picture)
        return upright.sum(0).tolist(), upright.sum(1).tolist()

    # Pictures whose rows and columns count the same may lie in several ways: only the counts are compared.
    assert counts(lay(lines, turns, mirrored)) == counts(lines)


def test_ink_comes_first_and_the_longer_side_is_upright():
    lines = np.zeros((3, 5), bool)
    lines[2, 4] = True
    upright = find_turn(lines).apply(lines)
    assert upright.shape == (5, 3)
    assert upright[0, 0]

import numpy as np
import pytest

from nurie.regions import curves as module
from nurie.regions.borders import find_borders
from nurie.regions.curves import smooth_curves


def curves(regions, length):
    found = find_borders(regions, np.zeros(regions.shape, bool))
    return found, smooth_curves(found, float(length))


def grid(side):
    middle = np.arange(side) + 0.5
    return np.meshgrid(middle, middle)


def test_a_straight_border_stays():
    regions = np.ones((40, 40), np.int32)
    regions[:, 17:] = 2
    _, (line,) = curves(regions, 5)
    assert np.allclose(line.real, 17)
    assert np.allclose(line.imag, np.arange(41)) or np.allclose(line.imag, np.arange(41)[::-1])


def test_a_slanting_border_of_steps_becomes_straight():
    x, y = grid(80)
    found, (line,) = curves(np.where(y > 0.3 * x + 20, 2, 1).astype(np.int32), 5)
    off = np.abs(line.imag - (0.3 * line.real + 20)) / np.hypot(1, 0.3)
    assert off.max() < 0.6
    assert off[20:-20].max() < 0.15
    assert line[0] == found.borders[0].points[0]
    assert line[-1] == found.borders[0].points[-1]


def test_teeth_go():
    x, y = grid(120)
    _, (line,) = curves(np.where(y > 60 + 3 * (x // 3 % 2), 2, 1).astype(np.int32), 8)
    assert np.abs(line.imag - 61.5)[60:-60].max() < 0.3


@pytest.mark.parametrize("radius", [6, 15, 30])
def test_a_circle_hardly_shrinks(radius):
    x, y = grid(80)
    regions = np.where(np.hypot(x - 40, y - 40) < radius, 2, 1).astype(np.int32)
    _, (line,) = curves(regions, 4)
    far = np.abs(line - (40 + 40j))
    assert abs(far.mean() - radius) < 0.03 * radius
    assert far.std() < 0.25
    assert line[0] == line[-1]


def test_what_goes_straight_through_a_fork_is_one_curve():
    x, y = grid(60)
    regions = np.where(y > 30 + 2 * (x // 2 % 2), 3, np.where(x > 30, 2, 1)).astype(np.int32)
    found, lines = curves(regions, 5)
    (fork,) = found.forks
    ends = [line[border.ends.index(fork) * -1] for border, line in zip(found.borders, lines, strict=True)]
    assert len(set(ends)) == 1
    assert abs(ends[0] - (30 + 31j)) < 0.7
    through = [line for line, pair in zip(lines, found.pairs, strict=True) if 3 in pair]
    assert max(np.abs(line.imag - 31)[10:-10].max() for line in through) < 0.5


def test_a_curve_that_ends_on_one_that_moved_follows_it():
    x, y = grid(60)
    tooth = (np.abs(x - 30) < 3) & (y > 31) & (y < 34)
    regions = np.where((y > 34) | tooth, 3, np.where(x > 30, 2, 1)).astype(np.int32)
    found, lines = curves(regions, 6)
    branch = next(line for line, pair in zip(lines, found.pairs, strict=True) if 3 not in pair)
    assert branch.imag.max() > 32.5
    assert np.allclose(branch.real, 30, atol=0.5)


def test_how_many_curves_are_smoothed_at_once_changes_nothing(monkeypatch):
    labels = np.kron(np.random.default_rng(0).integers(1, 9, (12, 12)), np.ones((7, 7))).astype(np.int32)
    _, lines = curves(labels, 3)
    monkeypatch.setattr(module, "_BLOCK", 1)
    _, again = curves(labels, 3)
    assert all(np.allclose(one, other) for one, other in zip(lines, again, strict=True))

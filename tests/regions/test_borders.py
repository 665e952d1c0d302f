import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nurie.regions.borders import find_borders


def labels(picture):
    return np.array([[int(letter) for letter in line] for line in picture.split()], np.int32)


def paper(regions):
    return np.zeros(regions.shape, bool)


def test_a_border_goes_from_frame_to_frame():
    regions = labels("""
        112
        122
        222""")
    found = find_borders(regions, paper(regions))
    (border,) = found.borders
    way = border.points.tolist()
    assert way in ([2, 2 + 1j, 1 + 1j, 1 + 2j, 2j], [2j, 1 + 2j, 1 + 1j, 2 + 1j, 2])
    assert sorted(found.pairs[0].tolist()) == [1, 2]
    assert not found.forks


def test_edges_on_ink_are_no_border():
    regions = labels("""
        1122
        1122
        1122
        1122""")
    lines = paper(regions)
    lines[1, 1] = True
    found = find_borders(regions, lines)
    ends = {frozenset(border.points[[0, -1]].tolist()) for border in found.borders}
    assert ends == {frozenset({2 + 0j, 2 + 1j}), frozenset({2 + 2j, 2 + 4j})}


def test_three_regions_meet_at_a_fork():
    regions = labels("""
        1122
        1122
        3333
        3333""")
    found = find_borders(regions, paper(regions))
    assert len(found.borders) == 3
    (fork,) = found.forks
    assert sum(fork in border.ends for border in found.borders) == 3
    assert sorted(map(sorted, found.pairs.tolist())) == [[1, 2], [1, 3], [2, 3]]


def test_an_island_is_one_border_without_ends():
    regions = np.ones((6, 6), np.int32)
    regions[2:4, 2:5] = 2
    (border,) = find_borders(regions, paper(regions)).borders
    assert border.ends[0] == border.ends[1]
    assert border.points[0] == border.points[-1]
    assert len(border.points) == 11


def test_where_four_borders_meet_all_end():
    regions = labels("""
        1122
        1122
        3344
        3344""")
    found = find_borders(regions, paper(regions))
    assert len(found.borders) == 4
    assert not found.forks
    assert len(found.fixed) == 5


def test_no_border_in_one_region():
    regions = np.ones((4, 5), np.int32)
    found = find_borders(regions, paper(regions))
    assert found.borders == []
    assert found.pairs.shape == (0, 2)


@given(seed=st.integers(0, 10**6), height=st.integers(1, 20), width=st.integers(1, 20), ink=st.floats(0, 0.5))
def test_every_edge_on_paper_is_in_one_border(seed, height, width, ink):
    rng = np.random.default_rng(seed)
    regions = rng.integers(1, 4, (height, width)).astype(np.int32)
    lines = rng.random((height, width)) < ink
    found = find_borders(regions, lines)
    bare = (regions[:, 1:] != regions[:, :-1]) & ~lines[:, 1:] & ~lines[:, :-1]
    across = (regions[1:] != regions[:-1]) & ~lines[1:] & ~lines[:-1]
    steps = [np.diff(border.points) for border in found.borders]
    assert sum(map(len, steps)) == bare.sum() + across.sum()
    assert all((np.abs(step) == 1).all() for step in steps)
    edges = {
        frozenset(edge) for border in found.borders for edge in zip(border.points, border.points[1:], strict=False)
    }
    assert len(edges) == bare.sum() + across.sum()

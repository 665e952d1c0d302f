import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nurie.regions.room_graph import Doors
from nurie.regions.votes import OTHERS, count_votes, join_by_votes


def doors_of(pairs, width=None):
    count = len(pairs)
    width = np.array(width if width is not None else range(count, 0, -1), np.float32)
    return Doors(np.array(pairs, np.int64).reshape(count, 2), width, np.arange(count), np.ones(count, np.int64))


def part(pairs, votes, *, rooms=6, width=None):
    """The groups of rooms that doors with these votes come to."""
    label = join_by_votes(doors_of(pairs, width), np.array(votes, float), rooms + 1)
    assert label[0] == 0
    assert (label[label] == label).all()
    return {frozenset(np.flatnonzero(label == kept).tolist()) for kept in np.unique(label[1:])}


votes_of = st.floats(-9, 9).map(lambda vote: round(vote, 3))
graphs = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6), votes_of).filter(lambda door: door[0] != door[1]), max_size=20
)


def test_one_doubtful_door_does_not_join_what_the_others_part():
    assert frozenset({1, 2}) in part([(1, 2)], [-0.5])
    assert frozenset({1, 2}) not in part([(1, 2), (2, 1), (1, 2)], [-0.5, 2, 1])
    assert frozenset({1, 2}) in part([(1, 2), (2, 1), (1, 2)], [-2, 2, 1])


def test_the_widest_door_has_the_full_vote_and_the_first_of_equally_wide_ones():
    pairs, votes = count_votes(doors_of([(2, 1), (1, 2), (1, 3), (2, 1)], width=[1, 4, 2, 4]), np.array([1.0, 2, 3, 5]))
    assert pairs.tolist() == [[1, 2], [1, 3]]
    assert votes.tolist() == [2 + OTHERS * 6, 3]


def test_doors_that_come_to_lie_between_the_same_regions_are_counted_together():
    around = [(1, 2), (2, 3), (1, 3)]
    assert part(around, [-5, -1, 2], rooms=3) == {frozenset({1, 2}), frozenset({3})}
    assert part(around, [-5, -3, 2], rooms=3) == {frozenset({1, 2, 3})}


def test_the_clearest_votes_come_first():
    row = [(1, 2), (2, 3), (1, 3)]
    assert part(row, [-1, -5, 2], rooms=3) == {frozenset({1}), frozenset({2, 3})}


def test_no_doors_join_nothing():
    assert part([], [], rooms=2) == {frozenset({1}), frozenset({2})}


@given(graphs)
def test_in_the_end_all_regions_that_touch_are_parted_by_more_votes_than_not(graph):
    pairs, votes = count_votes(doors_of([door[:2] for door in graph]), np.array([door[2] for door in graph]))
    groups = part(pairs, votes)
    group_of = {room: group for group in groups for room in group}
    between = {}
    for pair, vote in zip(pairs.tolist(), votes.tolist(), strict=True):
        sides = frozenset(group_of[room] for room in pair)
        between[sides] = between.get(sides, 0.0) + vote
    assert all(total > -1e-9 for sides, total in between.items() if len(sides) == 2)
    for group in groups:
        reached, inside = {min(group)}, [pair for pair in pairs.tolist() if group.issuperset(pair)]
        for _ in group:
            reached.update(room for pair in inside if reached.intersection(pair) for room in pair)
        assert reached == group


@given(graphs, st.randoms())
def test_the_order_of_the_doors_does_not_matter(graph, random):
    unlike = [(*door[:2], door[2] + 1e-4 * number, 1 + number) for number, door in enumerate(graph)]
    shuffled = random.sample(unlike, len(unlike))
    one, other = (
        part([door[:2] for door in doors], [door[2] for door in doors], width=[door[3] for door in doors])
        for doors in (unlike, shuffled)
    )
    assert one == other


@given(graphs)
def test_without_votes_for_parting_all_that_hangs_together_is_joined(graph):
    pairs = [door[:2] for door in graph]
    label = np.arange(7)
    for first, second in pairs:
        label[label == label[first]] = label[second]
    expected = {frozenset(np.flatnonzero(label == kept).tolist()) for kept in np.unique(label[1:])}
    assert part(pairs, [-abs(door[2]) for door in graph]) == expected

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nurie.regions import segment_regions
from nurie.regions.votes import OTHERS, SUREST, join_by_votes


def part(pairs, votes, *, rooms=6):
    """The groups of rooms that doors with these votes come to."""
    label = join_by_votes(np.array(pairs, np.int64).reshape(-1, 2), np.array(votes, float), rooms + 1)
    assert label[0] == 0
    assert (label[label] == label).all()
    return {frozenset(np.flatnonzero(label == kept).tolist()) for kept in np.unique(label[1:])}


def weigh(votes):
    clearest, *others = sorted(min(vote, SUREST) for vote in votes)
    return clearest + OTHERS * np.mean(others) if others else clearest


votes_of = st.floats(-9, 9).map(lambda vote: round(vote, 3))
graphs = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6), votes_of).filter(lambda door: door[0] != door[1]), max_size=20
)


def test_one_doubtful_door_does_not_join_what_the_others_part():
    assert frozenset({1, 2}) in part([(1, 2)], [-0.5])
    assert frozenset({1, 2}) not in part([(1, 2), (2, 1), (1, 2)], [-0.5, 2, 1])
    assert frozenset({1, 2}) in part([(1, 2), (2, 1), (1, 2)], [-2, 2, 1])


def test_many_doors_are_no_surer_than_they_are_in_the_mean():
    assert frozenset({1, 2}) in part([(1, 2)] * 101, [-2] + [1] * 100)


def test_doors_that_come_to_lie_between_the_same_regions_vote_together():
    around = [(1, 2), (2, 3), (1, 3)]
    assert part(around, [-5, -1, 2], rooms=3) == {frozenset({1, 2}), frozenset({3})}
    assert part(around, [-5, -3, 2], rooms=3) == {frozenset({1, 2, 3})}


def test_the_clearest_votes_come_first():
    row = [(1, 2), (2, 3), (1, 3)]
    assert part(row, [-1, -5, 2], rooms=3) == {frozenset({1}), frozenset({2, 3})}


def test_no_doors_join_nothing():
    assert part([], [], rooms=2) == {frozenset({1}), frozenset({2})}


@given(graphs)
def test_in_the_end_what_is_between_two_regions_votes_for_parting(graph):
    pairs, votes = [door[:2] for door in graph], [door[2] for door in graph]
    groups = part(pairs, votes)
    group_of = {room: group for group in groups for room in group}
    between = {}
    for pair, vote in zip(pairs, votes, strict=True):
        between.setdefault(frozenset(group_of[room] for room in pair), []).append(vote)
    assert all(weigh(ballot) > -1e-9 for sides, ballot in between.items() if len(sides) == 2)
    for group in groups:
        reached, inside = {min(group)}, [pair for pair in pairs if group.issuperset(pair)]
        for _ in group:
            reached.update(room for pair in inside if reached.intersection(pair) for room in pair)
        assert reached == group


@given(graphs, st.randoms())
def test_the_order_of_the_doors_does_not_matter(graph, random):
    # Whole numbers, and none twice: no ties, and sums that are exact.
    unlike = [(*door[:2], 2.0 ** (number % 9) * (-1) ** (number // 9)) for number, door in enumerate(graph[:18])]
    shuffled = random.sample(unlike, len(unlike))
    one, other = (part([door[:2] for door in doors], [door[2] for door in doors]) for doors in (unlike, shuffled))
    assert one == other


@given(graphs)
def test_without_votes_for_parting_all_that_hangs_together_is_joined(graph):
    pairs = [door[:2] for door in graph]
    label = np.arange(7)
    for first, second in pairs:
        label[label == label[first]] = label[second]
    expected = {frozenset(np.flatnonzero(label == kept).tolist()) for kept in np.unique(label[1:])}
    assert part(pairs, [-abs(door[2]) for door in graph]) == expected


def test_what_parts_some_rooms_may_join_what_they_have_become():
    fan = [(1, 2), (1, 2), (1, 3), (1, 4), (2, 3), (3, 4)]
    assert part(fan, [-1, 3, 0.1, 0.1, -9, -9], rooms=4) == {frozenset({1, 2, 3, 4})}


def test_no_number_of_sure_doors_outvotes_a_clear_one():
    assert frozenset({1, 2}) in part([(1, 2)] * 9, [-OTHERS * SUREST] + [99] * 8)


def test_a_field_of_dots_does_not_fall_to_pieces():
    dots = np.full((256, 256), 255, np.uint8)
    for row in range(4, 256, 12):
        for column in range(4 + row // 12 % 2 * 6, 256, 12):
            cv2.circle(dots, (column, row), 4, 0, -1, cv2.LINE_AA)
    regions = segment_regions(dots, "close_gaps")
    assert np.bincount(regions.ravel()).max() > 0.9 * regions.size

"""Which rooms stay parted, by all the doors between them.

A region has many doors to its neighbor: a fringe is open to the face in several places. If each door were judged by
itself, the one doubtful door among them would join what the others part. So doors vote: rooms join where the vote is
clearest, doors that come to lie between the same two regions vote together, and so on while any vote is for joining
(greedy additive edge contraction: Keuper et al., "Efficient Decomposition of Image and Mesh Graphs by Lifted
Multicuts", 2015). There votes are added up. Here the others count by their mean, and none for more than `SUREST`: in a
field of dots or of hatching doors are many and alike, and their sum would be far surer than any of them.
"""

from heapq import heapify, heappop, heappush

import numpy as np
from jaxtyping import Float, Int

from nurie.regions.region_map import find_roots
from nurie.regions.room_graph import NewLabels

OTHERS = 0.75
"""What the mean of all votes but the clearest one for joining counts, beside that one. Of 0.5, 0.75 and 1 the best on
validation drawings; 0 would let every door decide by itself."""

SUREST = 1.5
"""No vote for parting counts more, so that a clear one for joining stands against any others."""

Pairs = Int[np.ndarray, "doors 2"]
Votes = Float[np.ndarray, " doors"]
"""Above 0: the door is a gap in the ink, and parts its rooms. Odds, as logarithms, are votes."""

Ballot = tuple[float, float, int]
"""The least of some votes, their sum and their number."""


def join_by_votes(rooms: Pairs, votes: Votes, count: int) -> NewLabels:
    """Join rooms while what is between any two regions votes for it, with 0 or less; the clearest first.

    Two rooms may have several doors. Of equal votes those of the smaller labels come first. `count` is one more than
    the largest label.
    """
    ballots: dict[tuple[int, int], Ballot] = {}
    sides = np.sort(rooms, axis=1).T.tolist()
    for first, second, vote in zip(*sides, np.minimum(votes, SUREST).tolist(), strict=True):
        ballot = (vote, vote, 1)
        ballots[first, second] = _together(ballots[first, second], ballot) if (first, second) in ballots else ballot
    pairs = np.array(list(ballots), np.int64).reshape(-1, 2)
    # What no single vote joins stays parted, and where all are for joining the turn does not matter.
    label = _join_all(pairs[np.array([least <= 0 for least, _, _ in ballots.values()], bool)], count)
    first, second = label[pairs].T
    against = np.array([_weigh(ballot) > 0 for ballot in ballots.values()], bool) & (first == second)
    if not against.any():
        return label
    within = pairs[(first == second) & np.isin(first, first[against])]
    joined = _join_in_turn({pair: ballots[pair] for pair in map(tuple, within.tolist())})
    here = np.unique(within)
    label[here] = [joined.get(room, room) for room in here.tolist()]
    return label


def _weigh(ballot: Ballot) -> float:
    least, total, number = ballot
    return least + OTHERS * (total - least) / (number - 1) if number > 1 else least


def _together(one: Ballot, other: Ballot) -> Ballot:
    return min(one[0], other[0]), one[1] + other[1], one[2] + other[2]


def _join_all(pairs: Int[np.ndarray, "pairs 2"], count: int) -> NewLabels:
    """Join all that hangs together, to the smallest label."""
    label = np.arange(count)
    while True:
        first, second = label[pairs].T
        apart = first != second
        if not apart.any():
            return label
        parent = np.arange(count)
        parent[np.maximum(first, second)[apart]] = np.minimum(first, second)[apart]
        label = find_roots(parent)[label]


def _join_in_turn(ballots: dict[tuple[int, int], Ballot]) -> dict[int, int]:
    """Which room each room joined, followed to the end; rooms that joined none are left out."""
    between: dict[int, dict[int, Ballot]] = {}
    for (first, second), ballot in ballots.items():
        between.setdefault(first, {})[second] = between.setdefault(second, {})[first] = ballot
    queue = [(_weigh(ballot), *pair) for pair, ballot in ballots.items()]
    heapify(queue)
    joined: dict[int, int] = {}
    while queue and queue[0][0] <= 0:
        vote, first, second = heappop(queue)
        present = between.get(first, {}).get(second)
        if present is None or _weigh(present) != vote:
            continue  # one of the two has joined another since, or more doors have voted
        kept, gone = (first, second) if len(between[first]) >= len(between[second]) else (second, first)
        joined[gone] = kept
        del between[kept][gone]
        for other, ballot in between.pop(gone).items():
            if other != kept:
                del between[other][gone]
                ballot = _together(between[kept][other], ballot) if other in between[kept] else ballot
                between[kept][other] = between[other][kept] = ballot
                heappush(queue, (_weigh(ballot), min(kept, other), max(kept, other)))
    for room in joined:
        while joined[room] in joined:
            joined[room] = joined[joined[room]]
    return joined

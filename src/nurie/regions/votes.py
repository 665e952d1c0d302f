"""Which rooms stay parted, by all the doors between them.

A region has many doors to its neighbor: a fringe is open to the face in several places. If each door were judged by
itself, the one doubtful door among them would join what the others part. So doors vote: rooms join through the door
that is least like a gap, the votes of doors that come to lie between the same two regions are added up, and so on
while any vote is for joining (greedy additive edge contraction: Keuper et al., "Efficient Decomposition of Image and
Mesh Graphs by Lifted Multicuts", 2015).
"""

from heapq import heapify, heappop, heappush

import numpy as np
from jaxtyping import Float, Float64

from nurie.regions.region_map import find_roots
from nurie.regions.room_graph import Doors, NewLabels, Pairs

OTHERS = 0.5
"""What the votes of doors other than the widest count, between the same two rooms: they tell in part the same. Of 0,
0.5 and 1 the best on validation drawings."""

Votes = Float[np.ndarray, " doors"]
"""Above 0: the door is a gap in the ink, and parts its rooms. Odds, as logarithms, are votes."""

PairVotes = Float64[np.ndarray, " pairs"]
"""All the votes of the doors between two rooms."""


def join_by_votes(doors: Doors, votes: Votes, count: int) -> NewLabels:
    """Join rooms while the votes between any two regions are for it, 0 or less; the clearest first.

    Two rooms may have several doors. Of equal votes those of the smaller labels come first. `count` is one more than
    the largest label.
    """
    pairs, total = count_votes(doors, votes)
    label = _join_all(pairs[total <= 0], count)
    first, second = label[pairs].T
    overruled = (first == second) & (total > 0)
    if not overruled.any():
        return label
    # Only regions within which a vote for parting was overruled are gone through again, vote by vote.
    within = np.flatnonzero((first == second) & np.isin(first, first[overruled]))
    joined = _join_in_turn(pairs[within], total[within])
    rooms = np.unique(pairs[within])
    label[rooms] = [joined.get(room, room) for room in rooms.tolist()]
    return label


def count_votes(doors: Doors, votes: Votes) -> tuple[Pairs, PairVotes]:
    """Each pair of rooms once, the smaller label first: the vote of its widest door, and `OTHERS` of all the others'.

    Of equally wide doors the first counts as the widest.
    """
    low, high = np.minimum(*doors.rooms.T), np.maximum(*doors.rooms.T)
    key = low.astype(np.int64) * (int(high.max(initial=0)) + 1) + high
    order = np.lexsort((-doors.width, key))
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    widest = order[starts]
    total = np.add.reduceat(votes[order], starts, dtype=np.float64) if len(starts) else np.zeros(0)
    return np.stack([low[widest], high[widest]], axis=1), (1 - OTHERS) * votes[widest] + OTHERS * total


def _join_all(pairs: Pairs, count: int) -> NewLabels:
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


def _join_in_turn(pairs: Pairs, votes: PairVotes) -> dict[int, int]:
    """Which room each room joined, followed to the end; rooms that joined none are left out."""
    between: dict[int, dict[int, float]] = {}
    queue = [(vote, first, second) for (first, second), vote in zip(pairs.tolist(), votes.tolist(), strict=True)]
    for vote, first, second in queue:
        between.setdefault(first, {})[second] = between.setdefault(second, {})[first] = vote
    heapify(queue)
    joined: dict[int, int] = {}
    while queue and queue[0][0] <= 0:
        vote, first, second = heappop(queue)
        if between.get(first, {}).get(second) != vote:
            continue  # one of them has joined another since, or more doors have voted
        kept, gone = (first, second) if len(between[first]) >= len(between[second]) else (second, first)
        joined[gone] = kept
        del between[kept][gone]
        for other, more in between.pop(gone).items():
            if other != kept:
                del between[other][gone]
                total = between[kept].get(other, 0.0) + more
                between[kept][other] = between[other][kept] = total
                heappush(queue, (total, min(kept, other), max(kept, other)))
    for room in joined:
        while joined[room] in joined:
            joined[room] = joined[joined[room]]
    return joined

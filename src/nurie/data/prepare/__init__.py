"""Any heap of pictures -> shards to train on: list, look, assign, write, report. `nurie prepare` is this folder.

1. `listing`  every picture of every source gets a number, for good
2. `looking`  each is read: its hash, its look (`fingerprint`), and whether it can be used (`judge`)
3. `assign`   near duplicates find each other; each group goes to train, val or test; numbers fill shards
4. `writing`  each is read again and becomes colour, lines, regions (`triplet`) in its shard
5. `report`   manifest and data card

Each step leaves files in OUT/work that say what is done, each written whole or not at all. So a run may be killed at
any moment, and the next one goes on and ends with the same bytes.
"""

from nurie.data.prepare.config import PrepareConfig
from nurie.data.prepare.run import Outcome, prepare

__all__ = ["Outcome", "PrepareConfig", "prepare"]

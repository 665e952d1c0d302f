"""The peers of Table I that need no text and no reference, each a small file written from its paper.

They are trained by `nurie.tables` on the same data, at the same budget, with networks of one kind and size.
"""

from collections.abc import Callable, Sequence

from nurie.evaluation.baselines.alacgan import AlacGAN
from nurie.evaluation.baselines.ccgan import CCGAN
from nurie.evaluation.baselines.contender import Contender
from nurie.evaluation.baselines.cwr import CWR
from nurie.evaluation.baselines.dpgan import DPGAN

__all__ = ["BASELINES", "Contender"]

BASELINES: dict[str, Callable[[Sequence[int]], Contender]] = {
    "ccgan": CCGAN,
    "alacgan": AlacGAN,
    "dpgan": DPGAN,
    "cwr": CWR,
}
"""Name -> what builds it, given the channels of each level, fine to coarse."""

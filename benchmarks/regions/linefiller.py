"""LineFiller (hepesu, GitHub) as a region method, from a clone that the user gives.

Its code is not ours to pass on. Its functions are called in the order in which its `inference.py` calls them.
"""

import logging
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np

from nurie.arrays import Sketch
from nurie.errors import InputError
from nurie.evaluation.region_scores import Labels

PAPER_ABOVE = 220
"""Its threshold."""

BALLS = ((3, "max"), (2, "mean"), (1, "mean"))
"""Radii in pixels, and which of the areas found are kept: those from the largest or the mean size up."""


def load_linefiller(folder: Path) -> Callable[[Sketch], Labels]:
    """Its trapped balls, flood fill and merging. Lines stay 0; the pass that gives them away is left out as slow.

    Raises:
        InputError: the folder is no clone of LineFiller.
    """
    if not (folder / "linefiller" / "trappedball_fill.py").is_file():
        raise InputError(f"{folder} holds no linefiller/trappedball_fill.py; give a clone of hepesu/LineFiller")
    module = _import(folder.resolve())

    def segment(sketch: Sketch) -> Labels:
        _, paper = cv2.threshold(sketch, PAPER_ABOVE, 255, cv2.THRESH_BINARY)
        fills = []
        for radius, kept in BALLS:
            found = module.trapped_ball_fill_multi(paper, radius, method=kept)
            fills += found
            paper = module.mark_fill(paper, found)
        fills += module.flood_fill_multi(paper)
        return np.asarray(module.merge_fill(module.build_fill_map(paper, fills)))

    return segment


def _import(folder: Path) -> ModuleType:
    """Import it with a silent logger: its own writes a file into the working folder when imported."""
    stand_in = ModuleType("log.logger")
    stand_in.logger = logging.getLogger("linefiller")  # type: ignore[attr-defined]
    stand_in.logger.addHandler(logging.NullHandler())
    stand_in.logger.propagate = False
    sys.modules["log"], sys.modules["log.logger"] = ModuleType("log"), stand_in
    sys.path.insert(0, str(folder))
    try:
        return import_module("linefiller.trappedball_fill")
    finally:
        sys.path.remove(str(folder))
        del sys.modules["log"], sys.modules["log.logger"]

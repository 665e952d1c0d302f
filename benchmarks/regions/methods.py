"""The methods that are compared: all of nurie's, and peers as far as this machine has them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.regions.gmic import GMIC_SETTINGS, find_gmic, gmic_method
from benchmarks.regions.linefiller import load_linefiller
from nurie.arrays import RegionMap, Sketch
from nurie.errors import InputError
from nurie.evaluation.region_scores import Labels
from nurie.regions import REGION_METHODS, fill_lines, segment_regions

BLIND_METHODS = frozenset({"patches"})
"""Methods that do not look at the drawing."""

LINEFILLER = "linefiller"


@dataclass(frozen=True)
class Method:
    """One row of the tables."""

    name: str
    segment: Callable[[Sketch], Labels]
    """What is timed; 0 is a pixel of no region."""

    def complete(self, sketch: Sketch) -> RegionMap:
        """What is scored: pixels of no region go to the nearest one, for whichever method."""
        labels = np.asarray(self.segment(sketch), np.int32)
        return labels if labels.all() else fill_lines(labels)


def find_methods(linefiller: Path | None = None) -> tuple[dict[str, Method], list[str]]:
    """All methods that can run here, and a sentence for each that cannot."""
    methods = [Method(name, _of_nurie(name)) for name in REGION_METHODS if name not in BLIND_METHODS]
    missing = []
    if program := find_gmic():
        methods += [Method(name, gmic_method(program, settings)) for name, settings in GMIC_SETTINGS.items()]
    else:
        missing.append("G'MIC is left out: no program `gmic` here; on Debian, `apt install gmic`.")
    if linefiller is not None:
        methods.append(Method(LINEFILLER, load_linefiller(linefiller)))
    else:
        missing.append("LineFiller is left out: give the path of a clone of hepesu/LineFiller by --linefiller.")
    return {method.name: method for method in methods}, missing


def choose_methods(names: Sequence[str] | None, linefiller: Path | None) -> tuple[list[Method], list[str]]:
    """The methods of these names, in this order; None is all.

    Raises:
        InputError: there is no such method here.
    """
    methods, missing = find_methods(linefiller)
    for name in names or ():
        if name not in methods:
            raise InputError(f"no region method {name!r} here; choose from {', '.join(methods)}")
    return [methods[name] for name in names or methods], missing


def _of_nurie(name: str) -> Callable[[Sketch], Labels]:
    return lambda sketch: segment_regions(sketch, name)

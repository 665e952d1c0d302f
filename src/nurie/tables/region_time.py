"""Seconds that each region method takes for a drawing: the last column of Table III."""

import json
import statistics
import time

from nurie.evaluation.protocols import write_result
from nurie.regions import segment_regions
from nurie.tables.prepared import FOUND_MAPS
from nurie.tables.run import Tables

DRAWINGS = 20


def region_seconds(tables: Tables) -> dict[str, float]:
    """The median over the first drawings of the first set, at their own size; measured once and kept.

    What the first call loads (a network) is not counted.
    """
    path = tables.output / "region-seconds.json"
    if path.is_file():
        kept: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
        return kept
    pictures = next(iter(tables.data.originals.values()))[:DRAWINGS]
    seconds = {}
    for method in FOUND_MAPS:
        segment_regions(pictures[0].drawing.sketch, method)
        times = []
        for picture in pictures:
            start = time.perf_counter()
            segment_regions(picture.drawing.sketch, method)
            times.append(time.perf_counter() - start)
        seconds[method] = statistics.median(times)
    write_result(path, seconds)
    return seconds

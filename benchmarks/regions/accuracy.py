"""Accuracy: every method on every drawing, one after the other."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.regions.drawings import Case, Selection, TestDrawing, load_case
from benchmarks.regions.methods import Method
from benchmarks.regions.results import Record, Results
from benchmarks.regions.stopwatch import Stopwatch
from nurie.evaluation.region_scores import score_regions

GAPS = (0, 12, 40)
ALL_FINISHES = ("smooth", "hard", "noisy", "jpeg")
WIDTHS = (1, 2, 3, 4)
SAVE_EVERY = 30.0
"""Seconds between two savings of what is there."""

PlanPart = Mapping[str, object]

PLANS: dict[str, tuple[PlanPart, ...]] = {
    "quick": ({"sides": (256,), "count": 24, "gaps": (0, 12)},),
    "full": (
        {"sides": (256,), "count": 24, "gaps": GAPS, "finishes": ALL_FINISHES},
        {"sides": (512,), "count": 6, "gaps": GAPS, "finishes": ("smooth", "jpeg")},
        {"sides": (1024,), "count": 3, "gaps": GAPS, "finishes": ("smooth", "jpeg")},
        {"sides": (2048,), "count": 2, "gaps": (0, 12)},
        {"sides": (256,), "count": 12, "gaps": (0, 12), "line_widths": WIDTHS},
        {"sides": (1024,), "count": 2, "gaps": (0, 12), "line_widths": WIDTHS},
    ),
}
"""Named sets of selections; smaller counts where drawings are larger."""


def plan_cases(parts: Sequence[PlanPart], sources: Sequence[str]) -> list[Case]:
    """The cases of all parts, each once; the drawings of a part in the order of their seeds."""
    cases = [case for part in parts for case in Selection(sources=sources, **part).cases()]  # type: ignore[arg-type]
    return list(dict.fromkeys(cases))


def run_accuracy(
    cases: Sequence[Case],
    methods: Sequence[Method],
    *,
    cache: Path,
    results: Results,
    max_sides: Mapping[str, int],
) -> Iterator[Case]:
    """Score methods on cases into `results`; yields each case when it is done.

    What `results` has already is not measured again; a method with a largest side is left out above it.
    """
    done = {(record["method"], *_case_key(record)) for record in results.records}
    for case in cases:
        key = _case_key(asdict(case))
        due = [m for m in methods if (m.name, *key) not in done and case.side <= max_sides.get(m.name, case.side)]
        if due:
            drawing = load_case(case, cache)
            best = round(score_regions(drawing.true, drawing.drawn).pairs.f1, 5)
            results.records += [_measure(method, case, drawing) | {"best_f1": best} for method in due]
        yield case


def run_and_save(cases: Iterator[Case], results: Results, file: Path) -> Iterator[Case]:
    """Pass cases on, and save the results now and then, and at the end."""
    saved = time.monotonic()
    for case in cases:
        yield case
        if time.monotonic() - saved > SAVE_EVERY:
            results.save(file)
            saved = time.monotonic()
    results.save(file)


def _measure(method: Method, case: Case, drawing: TestDrawing) -> Record:
    with Stopwatch() as watch:
        found = method.complete(drawing.sketch)
    score, drawn = score_regions(drawing.true, found), score_regions(drawing.drawn, found)
    return {
        "method": method.name,
        **asdict(case),
        "f1": round(score.pairs.f1, 5),
        "precision": round(score.pairs.precision, 5),
        "recall": round(score.pairs.recall, 5),
        "adjusted_rand": round(score.adjusted_rand, 5),
        "leaks": score.leaks.hits,
        "fragments": score.fragments.hits,
        "true_count": score.true_count,
        "found_count": score.found_count,
        "drawn_f1": round(drawn.pairs.f1, 5),
        "drawn_leaks": drawn.leaks.hits,
        "drawn_fragments": drawn.fragments.hits,
        "drawn_count": drawn.true_count,
        "seconds": round(watch.seconds, 6),
        "cpu_seconds": round(watch.cpu_seconds, 6),
    }


def _case_key(record: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(record[name] for name in ("source", "seed", "side", "line_width", "gaps", "finish"))

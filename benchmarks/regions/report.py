"""Results -> the results part of `docs/regions.md`, and its plots."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.regions.plots import plot_accuracy, plot_speed
from benchmarks.regions.results import Record, Results, load_results
from benchmarks.regions.tables import (
    Group,
    cell,
    group_records,
    markdown_table,
    mean_f1,
    number,
    pivot_table,
    show_count_error,
    show_drawn,
    show_f1,
    show_milliseconds,
    show_rates,
    show_work,
)
from nurie.errors import InputError

BEGIN, END = "<!-- results: written by `python -m benchmarks.regions report` -->", "<!-- end of results -->"
PAGE = "# Region maps\n\n"
REFERENCE = "linefiller"
SIDE = 256
"""Side of the drawings in the tables that do not go by side."""


def write_report(results: Path, docs: Path) -> None:
    """Put tables and plots of what was measured into the docs; what was not measured yet is left out.

    Raises:
        InputError: there are no results.
    """
    files = [results / name for name in ("accuracy.json", "speed.json")]
    if not any(file.exists() for file in files):
        raise InputError(f"no results in {results}; run `python -m benchmarks.regions accuracy --out {results}` first")
    pictures = docs / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    parts: list[str] = []
    if files[0].exists():
        accuracy = load_results(files[0])
        plot_accuracy(accuracy.records, pictures / "regions-accuracy.png")
        parts += _accuracy_parts(accuracy)
    if files[1].exists():
        speed = load_results(files[1])
        plot_speed(speed.records, pictures / "regions-speed.png")
        parts += _speed_parts(speed)
    _insert(docs / "regions.md", "\n\n".join(parts))


def _insert(page: Path, text: str) -> None:
    """Replace what is between the marks, or add them at the end of the page."""
    old = page.read_text(encoding="utf-8") if page.exists() else PAGE
    before, _, rest = old.partition(BEGIN)
    after = rest.partition(END)[2]
    part = page.with_name(page.name + ".part")
    part.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after or chr(10)}", encoding="utf-8")
    part.replace(page)


def _accuracy_parts(results: Results) -> Iterator[str]:
    records = results.records
    plain = _only(records, line_width=None, finish="smooth")
    small = _only(plain, side=SIDE)
    yield "### Accuracy"
    yield _made_with(results)
    yield "![F1, leaks and fragments against gaps and side](pictures/regions-accuracy.png)"
    yield f"F1 at {SIDE} pixels, by source and gaps: mean over drawings ± standard error."
    yield pivot_table(small, ("source", "gaps"), show_f1)
    best = {source: mean_f1(group, "best_f1") for (source,), group in group_records(small, ("source",)).items()}
    listed = ", ".join(f"{source} {f1:.3f}" for source, f1 in best.items())
    yield f"Finding all that is drawn, and nothing that color alone parts, would give: {listed}."
    yield "True regions that leaked / that were split, of the same drawings."
    yield pivot_table(small, ("source", "gaps"), show_rates)
    yield "Region count error, of the same drawings."
    yield pivot_table(small, ("source", "gaps"), show_count_error)
    yield "The same drawings when true regions that no line parts count as one: F1, leaks / fragments."
    yield pivot_table(small, ("source", "gaps"), show_drawn)
    yield from _pooled("By side", plain, ("side", "gaps"))
    yield from _pooled(f"By finish at {SIDE} pixels", _only(records, line_width=None, side=SIDE), ("finish", "gaps"))
    widths = [record for record in records if record["line_width"] is not None]
    if widths:
        yield from _pooled("By line width in pixels", widths, ("side", "line_width", "gaps"))


def _pooled(title: str, records: Group, by: Sequence[str]) -> Iterator[str]:
    columns = ", ".join(by).replace("_", " ")
    yield f"{title}, all sources together ({columns}): F1, then leaks / fragments."
    yield pivot_table(records, by, show_f1)
    yield pivot_table(records, by, show_rates)


def _speed_parts(results: Results) -> Iterator[str]:
    records = results.records
    sides = _only(records, kind="side")
    yield "### Speed"
    yield _made_with(results)
    yield "![Time against side and number of regions, and memory against side](pictures/regions-speed.png)"
    yield "Median milliseconds by the wall (cores, side); all methods in turn in one run."
    yield pivot_table(sides, ("cores", "side"), show_milliseconds)
    yield "The same in milliseconds of work, of all threads together: what other programs take does not count."
    yield pivot_table(sides, ("cores", "side"), show_work)
    reference = {(record["cores"], record["side"]): record for record in _only(sides, method=REFERENCE)}
    if reference:
        yield f"Times as fast as {REFERENCE}, by the wall / by work (cores, side)."
        compared = [record for record in sides if (record["cores"], record["side"]) in reference]
        yield pivot_table(compared, ("cores", "side"), lambda group: _ratio(group[0], reference))
    yield "Growth of work with each doubling of the side, one core."
    yield _growth_table(_only(sides, cores=1))
    yield "Milliseconds of work against the number of regions: grids in a picture of 1024 pixels, one core."
    yield pivot_table(_only(records, kind="regions"), ("regions",), show_work)
    first = _only(records, kind="first")
    yield "First call in a fresh process, imports not counted: milliseconds (side)."
    yield pivot_table(first, ("side",), show_milliseconds)
    yield "Peak memory of that call beyond the picture and the imports: megabytes (side)."
    yield pivot_table(first, ("side",), lambda group: f"{number(group[0], 'megabytes'):.0f}")


def _growth_table(records: Group) -> str:
    header, rows = ["method"], []
    sides = sorted({int(number(record, "side")) for record in records})
    header += [f"{small} to {large}" for small, large in pairwise(sides)]
    for (method,), group in group_records(records, ("method",)).items():
        times = {number(record, "side"): number(record, "cpu_seconds") for record in group}
        pairs = pairwise(sides)
        rows.append(
            [
                cell(method),
                *(f"x{times[large] / times[small]:.1f}" if large in times else "-" for small, large in pairs),
            ]
        )
    return markdown_table(header, rows)


def _ratio(record: Record, reference: dict[tuple[object, object], Record]) -> str:
    other = reference[record["cores"], record["side"]]
    times = [number(other, clock) / number(record, clock) for clock in ("seconds", "cpu_seconds")]
    return " / ".join(f"{each:.1f}" if each < 10 else f"{each:.0f}" for each in times)


def _made_with(results: Results) -> str:
    machine, settings = results.machine, results.settings
    packages = machine["packages"]
    assert isinstance(packages, dict)
    versions = ", ".join(f"{name} {version}" for name, version in packages.items())
    gmic = f", G'MIC {machine['gmic']}" if machine["gmic"] else ""
    sentences = [
        f"Seeds from {settings['first_seed']}; {machine['processor']}, {machine['cpus']} cores, "
        f"load {machine['load']} when it began; Python {machine['python']}, {versions}{gmic}.",
        *results.missing,
    ]
    return " ".join(sentences)


def _only(records: Group, **wanted: object) -> list[Record]:
    return [record for record in records if all(record[name] == value for name, value in wanted.items())]

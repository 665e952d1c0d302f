"""Records -> tables in Markdown."""

from collections.abc import Callable, Sequence
from statistics import fmean, median, stdev

from benchmarks.regions.results import Record

Group = Sequence[Record]


def accuracy_table(records: Group, by: Sequence[str]) -> str:
    """A row for each method within each group of equal `by`; groups in order of appearance."""
    header = [*by, "method", "drawings", "F1", "leaks", "fragments", "count error", "drawn F1", "drawn leaks", "CPU ms"]
    groups = group_records(records, (*by, "method"))
    order = {key[:-1]: place for place, key in reversed(list(enumerate(groups)))}
    rows = [[*map(cell, key), *_summary(groups[key])] for key in sorted(groups, key=lambda key: order[key[:-1]])]
    return markdown_table(header, rows)


def pivot_table(records: Group, columns: Sequence[str], show: Callable[[Group], str]) -> str:
    """A row for each method and a column for each combination of `columns`; what was not measured is a dash."""
    groups = group_records(records, ("method", *columns))
    methods = list(dict.fromkeys(key[0] for key in groups))
    heads = list(dict.fromkeys(key[1:] for key in groups))
    rows = [
        [cell(method), *(show(groups[method, *head]) if (method, *head) in groups else "-" for head in heads)]
        for method in methods
    ]
    return markdown_table(["method", *(", ".join(map(cell, head)) for head in heads)], rows)


def group_records(records: Group, by: Sequence[str]) -> dict[tuple[object, ...], list[Record]]:
    """Records of equal values together, in order of appearance."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        groups.setdefault(tuple(record[name] for name in by), []).append(record)
    return groups


def mean_f1(group: Group, name: str = "f1") -> float:
    """Mean over drawings."""
    return fmean(number(record, name) for record in group)


def f1_error(group: Group, name: str = "f1") -> float:
    """Standard error of the mean over drawings; 0 for a single one."""
    values = [number(record, name) for record in group]
    return stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0


def rate(group: Group, name: str, of: str = "true_count") -> float:
    """Leaks or fragments by true regions, of all drawings together."""
    return _sum(group, name) / max(1.0, _sum(group, of))


def count_error(group: Group) -> float:
    """Mean over drawings of |found - true| / true."""
    pairs = [(number(record, "found_count"), number(record, "true_count")) for record in group]
    return fmean(abs(found - true) / max(1.0, true) for found, true in pairs)


def show_f1(group: Group) -> str:
    """Mean and its standard error."""
    return f"{mean_f1(group):.3f} ± {f1_error(group):.3f}"


def show_rates(group: Group) -> str:
    """Leaks and fragments."""
    return f"{rate(group, 'leaks'):.1%} / {rate(group, 'fragments'):.1%}"


def show_drawn(group: Group) -> str:
    """F1, leaks and fragments where regions that no line parts are one."""
    leaks, fragments = rate(group, "drawn_leaks", "drawn_count"), rate(group, "drawn_fragments", "drawn_count")
    return f"{mean_f1(group, 'drawn_f1'):.3f}, {leaks:.1%} / {fragments:.1%}"


def show_count_error(group: Group) -> str:
    """Region count error."""
    return f"{count_error(group):.1%}"


def show_milliseconds(group: Group) -> str:
    """Median time by the wall."""
    return milliseconds(median(number(record, "seconds") for record in group))


def show_work(group: Group) -> str:
    """Median time that processors worked."""
    return milliseconds(median(number(record, "cpu_seconds") for record in group))


def milliseconds(seconds: float) -> str:
    """Three digits are enough."""
    thousandths = 1000 * seconds
    return f"{thousandths:.1f}" if thousandths < 100 else f"{thousandths:,.0f}"


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown writes it."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def number(record: Record, name: str) -> float:
    """A field that is a number."""
    value = record[name]
    assert isinstance(value, int | float), f"{name} is {value!r}"
    return float(value)


def cell(value: object) -> str:
    """A value that groups are made by."""
    return "own" if value is None else str(value)


def _summary(group: Group) -> list[str]:
    return [
        str(len(group)),
        show_f1(group),
        f"{rate(group, 'leaks'):.1%}",
        f"{rate(group, 'fragments'):.1%}",
        show_count_error(group),
        f"{mean_f1(group, 'drawn_f1'):.3f}",
        f"{rate(group, 'drawn_leaks', 'drawn_count'):.1%}",
        f"{1000 * median(number(record, 'cpu_seconds') for record in group):.1f}",
    ]


def _sum(group: Group, name: str) -> float:
    return sum(number(record, name) for record in group)

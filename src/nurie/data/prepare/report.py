"""Step 5: the manifest, a JSON line for every picture of the list, kept or rejected; and the data card made from it."""

import heapq
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from nurie.data.contact_sheet import contact_sheet
from nurie.data.prepare.assign import DUPLICATE, Assignment
from nurie.data.prepare.config import SPLITS, Layout, PrepareConfig
from nurie.data.prepare.lines import as_line, read_lines
from nurie.data.prepare.listing import Listed
from nurie.data.shard_corpus import load_sample
from nurie.data.shards import read_index
from nurie.data.sources.drawing import Drawing
from nurie.errors import OutputError
from nurie.images import replace_file, write_image
from nurie.version import nurie_version

MANIFEST = "manifest.jsonl"
CARD = "data-card.md"
SHEET = "contact-sheet.png"
SHEET_DRAWINGS = 24

LONGEST_TABLE = 20
"""Rows; there may be thousands of authors."""


@dataclass
class Summary:
    """The manifest, counted."""

    splits: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    licenses: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    alike: int = 0
    numbers: dict[str, list[float]] = field(default_factory=dict)
    """Regions, ink, saturation and bytes of every kept picture."""
    written: list[tuple[str, str]] = field(default_factory=list)
    """Shard and key of every kept picture."""

    @property
    def kept(self) -> int:
        """Pictures in shards."""
        return self.splits.total()

    def add(self, line: Mapping[str, Any]) -> None:
        """Count one line of the manifest."""
        if "rejected" in line:
            self.rejected[line["rejected"]] += 1
            return
        counters = {"split": self.splits, "source": self.sources, "license": self.licenses, "author": self.authors}
        for name, counter in counters.items():
            counter[str(line[name])] += 1
        self.alike += "alike" in line
        for name in ("regions", "ink", "saturation", "bytes"):
            self.numbers.setdefault(name, []).append(line[name])
        self.written.append((line["shard"], line["key"]))


def write_manifest(layout: Layout, config: PrepareConfig, assignment: Assignment, total: int) -> Summary:
    """Join the lines of the shards with those of the rejected pictures, in the order of the list.

    Raises:
        OutputError: it cannot be written.
    """
    summary = Summary()
    partial = layout.work / MANIFEST
    try:
        with partial.open("w", encoding="utf-8", errors="surrogateescape") as file:
            for line in _manifest(layout, config, assignment, total):
                summary.add(line)
                file.write(as_line(line))
        os.replace(partial, layout.out / MANIFEST)  # noqa: PTH105
    except OSError as error:
        raise OutputError(f"{layout.out / MANIFEST} cannot be written: {error.strerror or error}") from None
    return summary


def _manifest(layout: Layout, config: PrepareConfig, assignment: Assignment, total: int) -> Iterator[dict[str, Any]]:
    streams = [_kept(layout, assignment, split) for split in SPLITS]
    rejected = _rejected(layout, config, assignment, total)
    lines = heapq.merge(*streams, rejected, key=lambda line: int(line["number"]))
    for line in lines:
        group = assignment.groups.get(line["number"])
        yield line if group is None else {**line, "alike": group}


def _kept(layout: Layout, assignment: Assignment, split: str) -> Iterator[dict[str, Any]]:
    for shard in assignment.shards:
        if shard.name.startswith(f"{split}-"):
            yield from read_lines(layout.written(shard.name))


def _rejected(layout: Layout, config: PrepareConfig, assignment: Assignment, total: int) -> Iterator[dict[str, Any]]:
    listed = Listed(layout)
    for number in range(total):
        line, look = listed[number]
        known = {"number": number, "input": config.sources[line["input"]], "name": line["name"]}
        if "rejected" in look:
            yield {**known, "rejected": look["rejected"], **({"detail": look["detail"]} if "detail" in look else {})}
        elif number in assignment.duplicates:
            yield {**known, "rejected": DUPLICATE, "detail": f"same bytes as number {assignment.duplicates[number]}"}


def write_card(out: Path, config: PrepareConfig, summary: Summary) -> None:
    """Write the data card, and a contact sheet of pictures from all over the shards.

    Raises:
        OutputError: a file cannot be written.
    """
    chosen = np.linspace(0, len(summary.written) - 1, min(SHEET_DRAWINGS, len(summary.written))).round().astype(int)
    drawings = [_load(out, *summary.written[index]) for index in chosen]
    if drawings:
        write_image(out / SHEET, contact_sheet(drawings))
    replace_file(out / CARD, _card(config, summary).encode())


def _load(out: Path, shard: str, key: str) -> Drawing:
    path = Layout(out).shard(shard)
    return load_sample(path, next(place for place in read_index(path) if place.key == key))


def _card(config: PrepareConfig, summary: Summary) -> str:
    listed = summary.kept + summary.rejected.total()
    sections = [
        "# Data card",
        f"Written by nurie {nurie_version()} from the manifest; {MANIFEST} has a line for each picture.",
        f"{listed:,} pictures were listed, {summary.kept:,} kept, {summary.rejected.total():,} rejected. "
        f"{summary.alike:,} of those kept look like another one; such groups are never parted by the split.",
        "Sources as given: " + ", ".join(f"`{source}`" for source in config.sources) + ".",
        _table("split", summary.splits, "pictures"),
        _table("source", summary.sources, "pictures"),
        _table("license", summary.licenses, "pictures"),
        _table("author", summary.authors, "pictures"),
        _table("rejected because", summary.rejected, "pictures"),
        _statistics(summary),
        _methods(config),
    ]
    if summary.kept:
        sections.append(f"Colour, sketch and regions of {min(SHEET_DRAWINGS, summary.kept)}:\n\n![pictures]({SHEET})")
    return "\n\n".join(section for section in sections if section) + "\n"


def _table(title: str, counter: Counter[str], unit: str) -> str:
    if not counter:
        return ""
    rows = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"| {_cell(name)} | {count:,} |" for name, count in rows[:LONGEST_TABLE]]
    rest = sum(count for _, count in rows[LONGEST_TABLE:])
    if rest:
        lines.append(f"| {len(rows) - LONGEST_TABLE:,} others | {rest:,} |")
    return "\n".join([f"| {title} | {unit} |", "|---|---|", *lines])


def _statistics(summary: Summary) -> str:
    if not summary.kept:
        return ""
    lines = ["| of a picture | mean | median | least | most |", "|---|---|---|---|---|"]
    for name, values in summary.numbers.items():
        figures = [np.mean(values), np.median(values), np.min(values), np.max(values)]
        lines.append(f"| {name} | " + " | ".join(f"{figure:,.4g}" for figure in figures) + " |")
    return "\n".join(lines) + "\n\nInk and saturation are shares; bytes count all files of a sample."


def _methods(config: PrepareConfig) -> str:
    return (
        f"Longer side {config.side} pixels; colour as {config.color_format}; lines: {', '.join(config.lines)}, "
        f"the true ones, where they are known, in place of the last; regions: {config.regions}, or the true ones; "
        f"{config.shard_size} samples a shard."
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

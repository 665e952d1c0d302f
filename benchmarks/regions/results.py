"""Results on disk: what they were made with, and one record a measurement."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Record = dict[str, object]


@dataclass
class Results:
    """A file of results."""

    machine: Mapping[str, object]
    settings: Mapping[str, object]
    missing: list[str] = field(default_factory=list)
    """Sentences about peers that were left out."""
    records: list[Record] = field(default_factory=list)

    def save(self, file: Path) -> None:
        """Write the file, all at once."""
        text = json.dumps(vars(self), indent=None, separators=(",", ":"))
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(file.name + ".part")
        part.write_text(text.replace('{"method"', '\n{"method"') + "\n", encoding="utf-8")
        part.replace(file)


def load_results(file: Path) -> Results:
    """Read what `Results.save` wrote."""
    return Results(**json.loads(file.read_text(encoding="utf-8")))


def kept_records(file: Path, methods: Iterable[str]) -> list[Record]:
    """The records of these methods in an older file; none if there is no file."""
    names = set(methods)
    return [record for record in load_results(file).records if record["method"] in names] if file.exists() else []

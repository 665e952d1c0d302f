"""The five steps of `nurie prepare`, one after the other; each goes on where a killed run has stopped."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nurie.data.inputs import Input
from nurie.data.prepare.assign import Assignment, assign
from nurie.data.prepare.config import CHUNK, Layout, PrepareConfig
from nurie.data.prepare.lines import read_lines
from nurie.data.prepare.listing import list_entries, open_inputs
from nurie.data.prepare.looking import Looker
from nurie.data.prepare.report import write_card, write_manifest
from nurie.data.prepare.writing import Writer
from nurie.data.shards import LIST, write_list
from nurie.errors import DataError, OutputError
from nurie.images import replace_file
from nurie.machines import Machines, Tick
from nurie.machines.processes import Processes

Progress = Callable[[str, int, int | None], AbstractContextManager[Tick]]
"""(what is done, how much of it is there already, how much there is) -> what is told of each further picture."""


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    kept: int
    rejected: Mapping[str, int]
    """Reason -> number of pictures."""


def prepare(
    config: PrepareConfig, out: str | Path, machines: Machines | None = None, progress: Progress | None = None
) -> Outcome:
    """Turn pictures into shards. Killed at any moment and called again, it ends with the same files, byte for byte.

    The list of pictures is made once: what is added to a source later is not seen. Where the work is done does not
    change the result.

    Args:
        config: what to make of what.
        out: folder of the shards.
        machines: who does the work; this process by default.
        progress: shows each step.

    Raises:
        InputError: a source cannot be read.
        DataError: there are no pictures, or `out` holds something else.
        OutputError: `out` cannot be written.
        MissingExtraError: a package that a source needs is not installed.
    """
    layout = Layout(Path(out))
    machines, progress = machines or Processes(), progress or _silent
    done = _finished(layout, config)
    if done is None:
        inputs = open_inputs(config.sources, config.wishes)
        total = _list(layout, config, inputs, progress)
        _look(layout, config, inputs, total, machines, progress)
        assignment = assign(_looks(layout, total), config)
        _write(layout, config, inputs, assignment, machines, progress)
        done = _report(layout, config, assignment, total)
    _tidy(layout)
    return done


def _list(layout: Layout, config: PrepareConfig, inputs: Sequence[Input], progress: Progress) -> int:
    """Make the list, or find it made; returns the number of pictures."""
    if layout.plan.exists():
        plan = json.loads(layout.plan.read_text(encoding="utf-8"))
        _check_same(plan["config"], config, layout)
        return int(plan["total"])
    if any(layout.out.glob("*.tar")):
        raise DataError(f"{layout.out} holds shards of another making; choose another folder")
    try:
        layout.work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{layout.work} cannot be made: {error.strerror or error}") from None
    with progress("listing", 0, None) as tick:
        total = list_entries(inputs, layout, tick)
    replace_file(layout.plan, json.dumps({"config": config.to_json(), "total": total}).encode())
    return total


def _look(
    layout: Layout, config: PrepareConfig, inputs: Sequence[Input], total: int, machines: Machines, progress: Progress
) -> None:
    chunks = range(-(-total // CHUNK))
    waiting = [chunk for chunk in chunks if not layout.looked(chunk).exists()]
    there = total - sum(min(CHUNK, total - chunk * CHUNK) for chunk in waiting)
    with progress("looking", there, total) as tick:
        for _ in machines.map(Looker(inputs, config, layout), waiting, tick):
            pass


def _looks(layout: Layout, total: int) -> Iterator[Mapping[str, Any]]:
    for chunk in range(-(-total // CHUNK)):
        yield from read_lines(layout.looked(chunk))


def _write(
    layout: Layout,
    config: PrepareConfig,
    inputs: Sequence[Input],
    assignment: Assignment,
    machines: Machines,
    progress: Progress,
) -> None:
    waiting = [s for s in assignment.shards if not (layout.shard(s.name).exists() and layout.written(s.name).exists())]
    total = sum(len(shard.numbers) for shard in assignment.shards)
    with progress("writing", total - sum(len(shard.numbers) for shard in waiting), total) as tick:
        for _ in machines.map(Writer(inputs, config, layout), waiting, tick):
            pass


def _report(layout: Layout, config: PrepareConfig, assignment: Assignment, total: int) -> Outcome:
    summary = write_manifest(layout, config, assignment, total)
    write_card(layout.out, config, summary)
    outcome = Outcome(summary.kept, dict(sorted(summary.rejected.items())))
    shards = Counter(f"{shard}.tar" for shard, _ in summary.written)
    record = {"config": config.to_json(), "kept": outcome.kept, "rejected": dict(outcome.rejected)}
    write_list(layout.out, shards, record)
    return outcome


def _tidy(layout: Layout) -> None:
    """Remove what is needed no more, and the half-written files of runs that were killed."""
    shutil.rmtree(layout.work, ignore_errors=True)
    for partial in layout.out.glob(".*.part"):
        partial.unlink(missing_ok=True)


def _finished(layout: Layout, config: PrepareConfig) -> Outcome | None:
    path = layout.out / LIST
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    _check_same(record.get("config"), config, layout)
    return Outcome(record["kept"], record["rejected"])


def _check_same(recorded: object, config: PrepareConfig, layout: Layout) -> None:
    wanted = config.to_json()
    if recorded == wanted:
        return
    old = recorded if isinstance(recorded, dict) else {}
    differ = [name for name in wanted if old.get(name) != wanted[name]]
    raise DataError(
        f"{layout.out} was begun with other settings ({', '.join(differ)}); "
        "give the same ones to go on, or choose another folder"
    )


def _silent(what: str, there: int, total: int | None) -> AbstractContextManager[Tick]:
    return nullcontext(lambda number: None)

"""What a run writes down of itself: `RUN/log.jsonl`, one JSON object a line.

Beside TensorBoard's files, as those need TensorBoard to be read: `nurie report` works without. Kinds of lines, each
with `images` (seen so far) and `time` (seconds since 1970):

    start     where and with what a process began or went on: device, processes, versions, parameters
    scalars   means over the steps since the last report
    measures  numbers about the fixed examples, and the file of their `sheet`
"""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nurie.errors import InputError, OutputError

NAME = "log.jsonl"
SHEETS = "sheets"

Record = Mapping[str, Any]


class RunLog:
    """Appends records. What an interrupted run wrote beyond the point of resuming is dropped."""

    def __init__(self, run: Path, images_seen: int) -> None:
        """Open the log of a run that has seen so many images.

        Raises:
            OutputError: it cannot be written.
        """
        self.path = run / NAME
        with writing(self.path):
            run.mkdir(parents=True, exist_ok=True)
            if self.path.exists():
                kept = [json.dumps(record) + "\n" for record in _records(self.path) if record["images"] <= images_seen]
                temporary = self.path.with_suffix(".tmp")
                temporary.write_text("".join(kept), encoding="utf-8")
                temporary.replace(self.path)

    def write(self, images_seen: int, **values: object) -> None:
        """Append a record.

        Raises:
            OutputError: it cannot be written.
        """
        record = {"images": images_seen, "time": round(time.time(), 1), **values}
        with writing(self.path), self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")


def read_log(run: Path) -> list[Record]:
    """All records of a run, in order; a last line that was cut off is left out.

    Raises:
        InputError: there is no log.
    """
    path = run / NAME
    if not path.is_file():
        raise InputError(f"{run} has no {NAME}; give the folder of a run of `nurie train`")
    return list(_records(path))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError of what is written inside the block into one sentence about `path`.

    Raises:
        OutputError: there was one.
    """
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}; free some space, and go on with --resume"
        ) from error


def _records(path: Path) -> Iterator[Record]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue  # cut off where a process was killed
        if isinstance(record, dict) and "images" in record:
            yield record

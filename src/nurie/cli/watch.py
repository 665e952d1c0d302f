"""`nurie watch`: a folder whose drawings are coloured as they appear or change."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

from nurie.cli import report_error
from nurie.cli.color import FORMATS, add_color_arguments, add_page_arguments, open_colorizer, page_settings
from nurie.cli.look import add_look_arguments, read_look
from nurie.cli.pages import PagePainter
from nurie.cli.paths import PIPE, Job, add_limit_argument, find_files, make_parent
from nurie.errors import InputError, NurieError

State = tuple[int, int]
"""Size and time of a file: while it is written they change."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add DIR, -o OUT, -r, --interval and the options of `nurie color`."""
    parser.add_argument("folder", metavar="DIR", help="folder of drawings")
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="folder for the pictures; it may lie in DIR"
    )
    parser.add_argument("-r", "--recursive", action="store_true", help="look in folders within it, too")
    parser.add_argument(
        "--interval", type=_seconds, default=1.0, metavar="SECONDS", help="between two looks; default: %(default)s"
    )
    add_limit_argument(parser)
    add_page_arguments(parser)
    add_color_arguments(parser, default_n=1)
    add_look_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Look, colour what is new, wait, until interrupted: that is the way to end it, so it is no failure."""
    folder, output = Path(args.folder), Path(args.output)
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; give one to watch")
    if args.output == PIPE or output.resolve() == folder.resolve():
        raise InputError("results need a folder of their own; choose another -o, such as DIR/colored")
    suffix = f".{args.format or FORMATS[0]}"
    colorizer = open_colorizer(args, workers=1)
    settings = page_settings(args, suffix=suffix, resume=True)
    watcher = Watcher(args, PagePainter(colorizer, read_look(args, colorizer), settings), suffix)
    print(f"Watching {folder}; Ctrl-C ends", file=sys.stderr)
    try:
        while True:
            watcher.look()
            sleep(args.interval)
    except KeyboardInterrupt:
        print(f"\n{watcher.done} colored, {len(watcher.failed)} failed", file=sys.stderr)
        return 0


class Watcher:
    """Knows which files have settled, and which are done."""

    def __init__(self, args: argparse.Namespace, painter: PagePainter, suffix: str) -> None:
        """For the options of the command."""
        self.done = 0
        self.failed: dict[Path, State] = {}
        self._args = args
        self._painter = painter
        self._suffix = suffix
        self._seen: dict[Path, State] = {}
        self._handled: dict[Path, State] = {}
        self._owners: dict[Path, Path] = {}

    def look(self) -> None:
        """Colour every drawing that has not changed since the last look, and has since it was coloured."""
        seen = dict(self._find())
        for path, state in seen.items():
            if self._seen.get(path) == state and self._handled.get(path) != state:
                self._color(path, state)
        self._seen = seen

    def _find(self) -> Iterator[tuple[Path, State]]:
        for path in find_files(Path(self._args.folder), Path(self._args.output), recursive=self._args.recursive):
            try:
                status = path.stat()
            except OSError:  # it has just been taken away
                continue
            yield path, (status.st_size, status.st_mtime_ns)

    def _color(self, path: Path, state: State) -> None:
        self._handled[path] = state
        self.failed.pop(path, None)
        relative = path.relative_to(self._args.folder)
        job = Job(path, (Path(self._args.output) / relative).with_suffix(self._suffix), found=True)
        try:
            owner = self._owners.setdefault(relative.with_suffix(""), path)
            if owner != path:
                raise InputError(f"{path} and {owner} would both be colored to {job.target}; rename one")
            make_parent(job)
            note = self._painter(job)
        except NurieError as error:
            # Not the end: it may have been half a file, and is tried again when it changes.
            self.failed[path] = state
            report_error(error, debug=self._args.debug)
            return
        self.done += not note
        print(f"{path} ({note})" if note else path, file=sys.stderr)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.05 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0.05 to 3600")
    return seconds

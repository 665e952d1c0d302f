"""INPUT... and OUT of the commands that turn pictures into pictures: files, folders, and `-` for pipes."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import numpy as np
from jaxtyping import Shaped

from nurie.cli import EXIT_USER_ERROR, report_error
from nurie.cli.books import BOOKS, is_book, list_pages, read_page
from nurie.errors import InputError, NurieError, OutputError
from nurie.images import IMAGE_SUFFIXES, MAX_PIXELS, encode_image, write_image

READABLE = (*IMAGE_SUFFIXES, ".gif")
"""Suffixes that count as pictures in a folder; a file that is named may have any."""

PIPE = "-"

ONE_RESULT = "a pipe holds one picture only; give a file or folder with -o"


@dataclass(frozen=True)
class Job:
    """One picture to read and where its result goes; None is a pipe (stdin, stdout)."""

    source: Path | None
    target: Path | None
    page: str | None = None
    """Which page of `source`, if that is a book."""
    found: bool = False
    """Whether it was found in a folder or a book, rather than named."""

    @property
    def name(self) -> str:
        """How messages call the picture."""
        return f"{self.source or PIPE}" + (f": {self.page}" if self.page else "")

    @property
    def is_piped(self) -> bool:
        """Whether it is read from or written to a pipe of this process."""
        return self.source is None or self.target is None

    def read(self) -> Path | bytes:
        """What `nurie.images.read_image` takes."""
        if self.source is not None and self.page is not None:
            return read_page(self.source, self.page)
        return sys.stdin.buffer.read() if self.source is None else self.source

    def write(self, array: Shaped[np.ndarray, "..."]) -> None:
        """Write the result: as the target's suffix says, or as PNG to stdout."""
        if self.target is None:
            sys.stdout.buffer.write(encode_image(array))
            sys.stdout.buffer.flush()
        else:
            write_image(self.target, array)

    def beside(self, tail: str) -> Path:
        """A further result of the same job: `out/a.png` and `-preview` give `out/a-preview.png`.

        A tail may have a suffix of its own, such as `-report.json`.

        Raises:
            InputError: the result goes to a pipe, which holds one picture only.
        """
        if self.target is None:
            raise InputError(ONE_RESULT)
        return self.target.with_name(f"{self.target.stem}{tail}{'' if '.' in tail else '.png'}")


def add_path_arguments(parser: argparse.ArgumentParser) -> None:
    """Add INPUT..., -o OUT and -r, which `plan_jobs` understands."""
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="picture or folder of pictures; - reads from a pipe")
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUT",
        help="file to write; a folder if there are several pictures; - writes PNG to a pipe",
    )
    parser.add_argument("-r", "--recursive", action="store_true", help="look for pictures in folders within folders")


def add_limit_argument(parser: argparse.ArgumentParser) -> None:
    """Add --max-pixels, for `max_pixels` of `nurie.images.read_image`."""
    parser.add_argument(
        "--max-pixels",
        type=int,
        default=MAX_PIXELS,
        metavar="N",
        help="refuse pictures of more pixels; default: %(default)s",
    )


def plan_jobs(
    inputs: Sequence[str],
    output: str,
    *,
    recursive: bool = False,
    suffix: str = ".png",
    tails: Sequence[str] = (),
    books: bool = False,
) -> list[Job]:
    """Say what is read and what is written, before anything is.

    OUT is a folder if it is one, if it ends with a slash, if an INPUT is a folder or if there are several. In
    a folder, results are named like their inputs, with `suffix`; folders within folders are kept. Folders
    that are needed are made. Pictures in OUT are not taken for inputs. `tails` are those of the further results
    that will lie `Job.beside` each: they are checked as well. With `books`, CBZ, ZIP and PDF
    files are taken as folders of their pages.

    Raises:
        InputError: an INPUT does not exist or has no pictures, several results have one name, or a result
            would replace an input.
        OutputError: OUT cannot be a folder and has to be.
    """
    found = list(_find_inputs(inputs, output, recursive, books))
    if output == PIPE:
        if tails:
            raise InputError(ONE_RESULT)
        if len(found) > 1:
            raise InputError(f"a pipe holds one picture, not {len(found)}; give a folder with -o")
        return [Job(one.source, None, one.page) for one in found]
    if not _is_folder(inputs, output, books):
        jobs = [Job(found[0].source, Path(output))]
    else:
        jobs = [Job(one.source, Path(output) / one.name.with_suffix(suffix), one.page, one.found) for one in found]
    _check_targets([(job.source, path) for job in jobs for path in (job.target, *map(job.beside, tails)) if path])
    for job in jobs:
        make_parent(job)
    return jobs


def run_jobs(jobs: Sequence[Job], work: Callable[[Job], None], *, debug: bool = False) -> int:
    """Do `work` for each job; a picture that fails is reported and the rest still done. 0, or 2 if any failed."""
    code = 0
    for job in jobs:
        try:
            work(job)
        except NurieError as error:
            report_error(error, debug=debug)
            code = EXIT_USER_ERROR
    return code


class _Found(NamedTuple):
    """A picture, and the relative name of its result."""

    source: Path | None
    name: Path
    page: str | None = None
    found: bool = False


def _is_folder(inputs: Sequence[str], output: str, books: bool) -> bool:
    if len(inputs) > 1 or output.endswith(("/", "\\")) or Path(output).is_dir():
        return True
    first = Path(inputs[0])
    return inputs[0] != PIPE and (first.is_dir() or (books and is_book(first)))


def _find_inputs(inputs: Sequence[str], output: str, recursive: bool, books: bool) -> Iterator[_Found]:
    """Each picture in the order given, folders in order of name."""
    for text in dict.fromkeys(inputs):
        path = Path(text)
        if text == PIPE:
            yield _Found(None, Path("stdin"))
        elif path.is_dir():
            yield from _find_in_folder(path, Path(output), recursive, books)
        elif not path.exists():
            raise InputError(f"{path} does not exist; check the path")
        elif books and is_book(path):
            yield from _find_in_book(path, Path(path.name))
        else:
            yield _Found(path, Path(path.name))


def _find_in_folder(folder: Path, output: Path, recursive: bool, books: bool) -> Iterator[_Found]:
    empty = True
    for path in find_files(folder, output, recursive=recursive, books=books):
        empty = False
        relative = path.relative_to(folder)
        if is_book(path):
            yield from _find_in_book(path, relative)
        else:
            yield _Found(path, relative, found=True)
    if empty:
        hint = "" if recursive else "; -r looks in folders within it"
        raise InputError(f"{folder} has no pictures ({', '.join(READABLE)}){hint}")


def find_files(folder: Path, output: Path, *, recursive: bool = False, books: bool = False) -> Iterator[Path]:
    """The pictures (and `books`) of a folder in order of name, but nothing hidden, and nothing in OUT."""
    results = output.resolve()
    suffixes = READABLE + (BOOKS if books else ())
    for path in sorted(folder.rglob("*") if recursive else folder.iterdir()):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        own = results != folder.resolve() and path.resolve().is_relative_to(results)
        if not hidden and not own and path.suffix.lower() in suffixes and path.is_file():
            yield path


def _find_in_book(book: Path, name: Path) -> Iterator[_Found]:
    pages = list_pages(book)
    tops = {PurePosixPath(page).parts[0] for page in pages if "/" in page}
    # Most books hold one folder that says nothing which the book's own name does not.
    shared = 1 if len(tops) == 1 and all("/" in page for page in pages) else 0
    for page in pages:
        yield _Found(book, name.with_suffix("").joinpath(*PurePosixPath(page).parts[shared:]), page, True)


def _check_targets(results: Sequence[tuple[Path | None, Path]]) -> None:
    sources = {source.resolve() for source, _ in results if source is not None}
    writers: dict[Path, Path | None] = {}
    for source, result in results:
        target = result.resolve()
        if target in sources:
            raise InputError(f"{result} is an input and would be replaced; choose another -o")
        if target in writers:
            raise InputError(
                f"{writers[target] or PIPE} and {source or PIPE} would both be written to {result}; "
                "rename one, or run nurie once for each"
            )
        writers[target] = source


def make_parent(job: Job) -> None:
    """Make the folder of a result.

    Raises:
        OutputError: it cannot be made.
    """
    assert job.target is not None
    try:
        job.target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {job.target.parent} cannot be made: {error.strerror or error}") from None

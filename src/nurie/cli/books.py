"""Books: pages out of CBZ, ZIP and PDF files, and pages into a CBZ."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any

import numpy as np

from nurie.errors import InputError, MissingExtraError, OutputError
from nurie.images import IMAGE_SUFFIXES, MAX_PIXELS, encode_image

ARCHIVES = (".cbz", ".zip")
BOOKS = (*ARCHIVES, ".pdf")
"""Suffixes of files that hold pages."""

PDF_DPI = 200
"""Pixels an inch at which a page of a PDF is drawn: 1650 x 2340 for A4."""

MAX_PAGE_BYTES = 1 << 30
"""Of an unpacked page: beyond it, an archive is made to fill memory."""

_PICTURES = (*IMAGE_SUFFIXES, ".gif")

_pdfium = Lock()  # pdfium must not be called from two threads at once


def is_book(path: Path) -> bool:
    """Whether the suffix is that of a book."""
    return path.suffix.lower() in BOOKS


def list_pages(book: Path) -> list[str]:
    """The names of a book's pages in order: of the pictures in an archive by name, of a PDF `page-001` and so on.

    Raises:
        InputError: the book cannot be read, or has no pages.
        MissingExtraError: it is a PDF, and pypdfium2 is not installed.
    """
    if book.suffix.lower() == ".pdf":
        with _open_pdf(book) as document:
            digits = max(3, len(str(len(document))))
            pages = [f"page-{number:0{digits}}" for number in range(1, len(document) + 1)]
    else:
        with _open_archive(book) as archive:
            pages = sorted(name for name in archive.namelist() if _is_page(PurePosixPath(name)))
    if not pages:
        raise InputError(f"{book} has no pages; put pictures into it ({', '.join(_PICTURES)})")
    return pages


def read_page(book: Path, page: str) -> bytes:
    """The bytes of a picture: a page as it is in its archive, or of a PDF as PNG.

    Raises:
        InputError: the book is damaged, or has no such page.
    """
    if book.suffix.lower() == ".pdf":
        return _draw_page(book, int(page.removeprefix("page-")))
    with _open_archive(book) as archive:
        try:
            if archive.getinfo(page).file_size > MAX_PAGE_BYTES:
                raise InputError(f"{page} in {book} is larger than {MAX_PAGE_BYTES} bytes; unpack it yourself")
            return archive.read(page)
        except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
            raise InputError(f"{page} in {book} cannot be read ({error}); pack the book again") from None


@contextmanager
def collect_book(book: Path) -> Iterator[Path]:
    """A folder whose pictures become the pages of a new CBZ, in order of name, if nothing is raised.

    Raises:
        OutputError: the book cannot be written.
    """
    try:
        book.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{book.name}.", dir=book.parent))
    except OSError as error:
        raise OutputError(f"{book} cannot be written: {error.strerror or error}") from None
    try:
        (folder / "pages").mkdir()
        yield folder / "pages"
        pages = sorted(path for path in (folder / "pages").rglob("*") if path.is_file())
        if pages:
            _pack(pages, folder / "pages", folder / "book")
            (folder / "book").replace(book)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{book} cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pack(pages: list[Path], root: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # pictures are compressed already
        for page in pages:
            # A date of its own would make two equal books differ.
            info = zipfile.ZipInfo(page.relative_to(root).as_posix())
            archive.writestr(info, page.read_bytes())


def _is_page(name: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
    unsafe = name.is_absolute() or ".." in name.parts
    return name.suffix.lower() in _PICTURES and not hidden and not unsafe


@contextmanager
def _open_archive(book: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(book)
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise InputError(f"{book} is no ZIP archive that can be read ({error}); pack it again") from None
    with archive:
        yield archive


@contextmanager
def _open_pdf(book: Path) -> Iterator[Any]:
    try:
        pdfium = import_module("pypdfium2")
    except ModuleNotFoundError:
        raise MissingExtraError(f"{book} needs pypdfium2; install it by: pip install 'nurie[pdf]'") from None
    with _pdfium:
        try:
            document = pdfium.PdfDocument(book)
        except (pdfium.PdfiumError, OSError) as error:
            raise InputError(f"{book} is no PDF that can be read ({error}); save it again, unlocked") from None
        try:
            yield document
        finally:
            document.close()


def _draw_page(book: Path, number: int) -> bytes:
    with _open_pdf(book) as document:
        page = document[number - 1]
        width, height = page.get_size()  # in 1/72 inch
        scale = min(PDF_DPI / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
        return encode_image(np.array(pixels[..., :3]), dpi=(72 * scale, 72 * scale))

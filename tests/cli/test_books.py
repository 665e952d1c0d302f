import sys
import zipfile

import numpy as np
import pytest
from PIL import Image as PillowImage

from nurie.cli.books import collect_book, list_pages, read_page
from nurie.errors import InputError, MissingExtraError, OutputError
from nurie.images import read_image


def write_zip(path, **pages):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return path


def test_pages_of_an_archive_are_its_pictures_by_name(tmp_path):
    pages = {"b/2.png": b"2", "a.jpg": b"1", ".x.png": b"", "__MACOSX/a.png": b"", "info.xml": b"", "../e.png": b""}
    book = write_zip(tmp_path / "a.cbz", **pages)
    assert list_pages(book) == ["a.jpg", "b/2.png"]
    assert read_page(book, "b/2.png") == b"2"


def test_archives_that_cannot_be_read(tmp_path):
    (tmp_path / "a.cbz").write_bytes(b"no archive")
    with pytest.raises(InputError, match=r"a\.cbz is no ZIP archive that can be read"):
        list_pages(tmp_path / "a.cbz")
    with pytest.raises(InputError, match=r"b\.zip has no pages; put pictures into it"):
        list_pages(write_zip(tmp_path / "b.zip", **{"a.txt": b""}))
    with pytest.raises(InputError, match=r"x\.png in .*b\.zip cannot be read"):
        read_page(tmp_path / "b.zip", "x.png")


def test_a_damaged_page_is_said(tmp_path):
    book = write_zip(tmp_path / "a.cbz", **{"1.png": b"some bytes"})
    book.write_bytes(book.read_bytes().replace(b"some bytes", b"same bytes"))
    with pytest.raises(InputError, match=r"1\.png in .* cannot be read \(Bad CRC"):
        read_page(book, "1.png")


def test_a_page_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    book = write_zip(tmp_path / "a.cbz", **{"1.png": bytes(1000)})
    monkeypatch.setattr("nurie.cli.books.MAX_PAGE_BYTES", 999)
    with pytest.raises(InputError, match="is larger than 999 bytes"):
        read_page(book, "1.png")


def test_a_new_book_is_there_whole_or_not_at_all(tmp_path):
    book = tmp_path / "new" / "a.cbz"

    def stop():
        with collect_book(book) as folder:
            (folder / "1.png").write_bytes(b"1")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stop()
    assert list(book.parent.iterdir()) == []
    with collect_book(book) as folder:
        (folder / "b").mkdir()
        for name in ("b/2.png", "1.png"):
            (folder / name).write_bytes(name.encode())
        assert not book.exists()
    assert list_pages(book) == ["1.png", "b/2.png"]
    assert read_page(book, "b/2.png") == b"b/2.png"
    assert list(book.parent.iterdir()) == [book]


def test_a_book_without_pages_is_not_written(tmp_path):
    with collect_book(tmp_path / "a.cbz"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"a\.cbz cannot be written"), collect_book(tmp_path / "file" / "a.cbz"):
        pass


def write_pdf(path, count):
    """Pages of a third of an inch, each with a black half."""
    pages = []
    for number in range(count):
        page = np.full((60, 90), 255, np.uint8)
        page[:, : 10 * (number + 1)] = 0
        pages.append(PillowImage.fromarray(page))
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200)
    return path


def test_pages_of_a_pdf_are_drawn(tmp_path):
    pytest.importorskip("pypdfium2", reason="needs pip install nurie[pdf]")
    book = write_pdf(tmp_path / "a.pdf", 3)
    assert list_pages(book) == ["page-001", "page-002", "page-003"]
    page = read_image(read_page(book, "page-002"))
    assert page.color.shape[0] in (60, 61)  # a part of a pixel becomes one
    assert page.color.shape[1] in (90, 91)
    assert page.dpi == pytest.approx((200, 200), abs=0.1)
    assert (page.color[:, 2:18] < 64).all()
    assert (page.color[:, 22:] > 192).all()


def test_pdfs_that_cannot_be_read(tmp_path, monkeypatch):
    pytest.importorskip("pypdfium2", reason="needs pip install nurie[pdf]")
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    with pytest.raises(InputError, match=r"a\.pdf is no PDF that can be read"):
        list_pages(tmp_path / "a.pdf")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtraError, match=r"needs pypdfium2; install it by: pip install 'nurie\[pdf\]'"):
        list_pages(tmp_path / "a.pdf")

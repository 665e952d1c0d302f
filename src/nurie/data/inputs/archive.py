"""Pictures in a ZIP (a comic's CBZ too) or TAR file, read without unpacking it."""

import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from nurie.data.inputs.entry import Entry, Wishes, is_picture
from nurie.errors import ImageError, InputError

ZIP_SUFFIXES = (".zip", ".cbz")
TAR_SUFFIXES = (".tar", ".cbt", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")

LARGEST = 1 << 29
"""Bytes of one unpacked picture; what claims more is a trap for archives' readers."""


@dataclass(frozen=True)
class Archive:
    """Names are paths within the archive; sorted for ZIP, in the order of the file for TAR."""

    text: str
    wishes: Wishes
    drawn: bool = False

    def entries(self) -> Iterator[Entry]:
        """Every file that is named like a picture and not hidden.

        Raises:
            InputError: the archive is damaged.
        """
        try:
            names = _open(self.text).names()
        except (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
            raise InputError(f"{self.text} is no archive that can be read: {error}; pack it again") from None
        meta = self.wishes.credit("archive")
        yield from (Entry(name, meta) for name in names)

    def read(self, name: str) -> bytes:
        """The bytes of one file. From a compressed TAR this may mean reading all that lies before it."""
        return _open(self.text).read(name)


def find_archive(text: str, wishes: Wishes) -> Archive | None:
    """A file with the suffix of an archive."""
    known = text.lower().endswith((*ZIP_SUFFIXES, *TAR_SUFFIXES)) and Path(text).is_file()
    return Archive(text, wishes) if known else None


class _Zip:
    def __init__(self, path: str) -> None:
        self._file = zipfile.ZipFile(path)

    def names(self) -> list[str]:
        return sorted(name for name in dict.fromkeys(self._file.namelist()) if is_picture(name))

    def read(self, name: str) -> bytes:
        _check_size(self._file.getinfo(name).file_size)
        return self._file.read(name)


class _Tar:
    def __init__(self, path: str) -> None:
        # Kept open as long as the process: members are found by one walk through the file.
        self._file = tarfile.open(path)  # noqa: SIM115
        self._members = {member.name: member for member in self._file if member.isfile()}

    def __del__(self) -> None:
        """Close the file when another archive takes its place."""
        if hasattr(self, "_file"):
            self._file.close()

    def names(self) -> list[str]:
        return [name for name in self._members if is_picture(name)]

    def read(self, name: str) -> bytes:
        member = self._members[name]
        _check_size(member.size)
        file: IO[bytes] | None = self._file.extractfile(member)
        assert file is not None
        return file.read()


@lru_cache(maxsize=4)  # for each process
def _open(path: str) -> _Zip | _Tar:
    return _Zip(path) if path.lower().endswith(ZIP_SUFFIXES) else _Tar(path)


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise ImageError(f"it has {size:,} bytes unpacked, more than the limit of {LARGEST:,}")

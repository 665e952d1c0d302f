"""Shards: TAR files of samples in the layout of WebDataset, with an index beside each.

DIR/train-000000.tar      KEY.color.webp  KEY.sketch.webp  KEY.regions.png  KEY.json  and the next sample
DIR/train-000000.index    a line a sample: KEY, first byte, number of bytes
DIR/shards.json           how many samples each shard has; written when all is done

A sample is its files next to each other, so one read of the index's bytes fetches it, and shards can be read in any
order. Nothing of the machine or the hour is written: the same samples give the same bytes.
"""

import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from nurie.errors import DataError
from nurie.images import replace_file

LIST = "shards.json"
BLOCK = 512
"""Bytes: everything in a TAR file starts at a multiple of this."""

NAME, SIZE, KIND = slice(0, 100), slice(124, 136), slice(156, 157)
"""Where a member's header has its name, its size in octal digits, and what it is (0 = a file)."""

Files = Mapping[str, bytes]
"""The files of a sample by what follows the first dot of their names, such as `color.webp`."""


class Place(NamedTuple):
    """Where a sample lies within its shard."""

    key: str
    first: int
    length: int


class ShardWriter:
    """Packs samples into the bytes of a shard and of its index."""

    def __init__(self) -> None:
        """Start an empty shard."""
        self._buffer = io.BytesIO()
        self._tar = tarfile.open(fileobj=self._buffer, mode="w", format=tarfile.USTAR_FORMAT)  # noqa: SIM115
        self.places: list[Place] = []

    def add(self, key: str, files: Files) -> Place:
        """Append a sample; `key` has no dot."""
        first = self._buffer.tell()
        for ending, data in files.items():
            member = tarfile.TarInfo(f"{key}.{ending}")  # time 0, owner 0
            member.size = len(data)
            self._tar.addfile(member, io.BytesIO(data))
        self.places.append(Place(key, first, self._buffer.tell() - first))
        return self.places[-1]

    def write(self, path: Path) -> None:
        """Write the index, then the shard: a shard that is there is whole, and so is its index.

        Raises:
            OutputError: a file cannot be written.
        """
        self._tar.close()
        index = "".join(f"{place.key} {place.first} {place.length}\n" for place in self.places)
        replace_file(index_path(path), index.encode())
        replace_file(path, self._buffer.getvalue())


def size_in_tar(files: Files) -> int:
    """Bytes that a sample takes in a shard: each file has a header, and ends at a multiple of `BLOCK`."""
    return sum(BLOCK + -(-len(data) // BLOCK) * BLOCK for data in files.values())


def index_path(shard: Path) -> Path:
    """Where the index of a shard is."""
    return shard.with_suffix(".index")


def read_index(shard: Path) -> list[Place]:
    """Where each sample of a shard lies; a shard of another program's making, without an index, is walked through.

    Raises:
        DataError: the shard or its index is damaged.
    """
    index = index_path(shard)
    if not index.exists():
        return _walk(shard)
    try:
        lines = (line.split() for line in index.read_text(encoding="utf-8").splitlines())
        return [Place(key, int(first), int(length)) for key, first, length in lines]
    except ValueError:
        raise DataError(f"{index} is damaged; delete it, it can be done without") from None


def read_files(shard: Path, place: Place) -> dict[str, bytes]:
    """The files of one sample, by one read.

    Raises:
        DataError: the shard is damaged or cut short.
    """
    try:
        with shard.open("rb") as file:
            file.seek(place.first)
            data = file.read(place.length)
    except OSError as error:
        raise DataError(f"{shard} cannot be read ({error.strerror}); prepare it again") from None
    if len(data) < place.length:
        raise DataError(f"{shard} is cut short; prepare it again")
    files = dict(_members(data))
    if not files or any(not name.startswith(f"{place.key}.") for name in files):
        raise DataError(f"{shard} does not hold {place.key} where its index says; prepare it again")
    return {name.partition(".")[2]: content for name, content in files.items()}


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file; `tarfile` takes ten times as long."""
    start = 0
    while start + BLOCK <= len(data):
        header = data[start : start + BLOCK]
        try:
            size = int(header[SIZE].rstrip(b"\0 "), 8)
        except ValueError:
            return
        start += BLOCK
        if header[KIND] in b"0\0":
            name = header[NAME].rstrip(b"\0").decode("utf-8", "replace")
            yield name.rpartition("/")[2], data[start : start + size]
        start += -(-size // BLOCK) * BLOCK


def _walk(shard: Path) -> list[Place]:
    places: list[Place] = []
    try:
        with tarfile.open(shard) as tar:
            for member in tar:
                key = member.name.rpartition("/")[2].partition(".")[0]
                end = member.offset_data + -(-member.size // BLOCK) * BLOCK
                if places and places[-1].key == key:
                    places[-1] = places[-1]._replace(length=end - places[-1].first)
                else:
                    places.append(Place(key, member.offset, end - member.offset))
    except (OSError, tarfile.TarError, EOFError) as error:
        raise DataError(f"{shard} is no shard that can be read ({error}); prepare it again") from None
    return places


def write_list(directory: Path, counts: Mapping[str, int], record: Mapping[str, object]) -> None:
    """Say that a folder of shards is complete: the samples of each, and how it was made.

    Raises:
        OutputError: it cannot be written.
    """
    text = json.dumps({"shards": dict(counts), **record}, indent=1, ensure_ascii=False, sort_keys=True)
    replace_file(directory / LIST, (text + "\n").encode())


def read_list(directory: Path) -> dict[str, int]:
    """Samples of each shard by file name, sorted; without a list all `*.tar` files are looked into.

    Raises:
        DataError: the list or a shard is damaged.
    """
    path = directory / LIST
    if not path.exists():
        return {tar.name: len(read_index(tar)) for tar in sorted(directory.glob("*.tar"))}
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["shards"]
        return {str(name): int(count) for name, count in sorted(listed.items())}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise DataError(f"{path} is damaged; delete it, or prepare the shards again") from None


def has_shards(directory: Path) -> bool:
    """Whether a folder holds shards, complete or not."""
    return (directory / LIST).is_file() or any(directory.glob("*.tar"))

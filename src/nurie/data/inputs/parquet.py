"""Parquet files with the bytes of pictures in a column, as data sets on Hugging Face are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nurie.data.inputs.entry import Entry, Wishes
from nurie.errors import ImageError, InputError, MissingExtraError

CREDITS = {"license": ("license", "licence"), "author": ("author", "artist", "creator"), "url": ("url", "source_url")}
"""What is known of a picture -> columns that may say it."""


@dataclass(frozen=True)
class Parquet:
    """Names are the file's path within the folder, `#`, and the row's number."""

    text: str
    wishes: Wishes
    drawn: bool = False

    def entries(self) -> Iterator[Entry]:
        """Every row of every file, in order; no picture is read."""
        root = Path(self.text)
        for path in [root] if root.is_file() else sorted(root.rglob("*.parquet")):
            file = _open(str(path))
            name = path.name if root.is_file() else path.relative_to(root).as_posix()
            columns = _credit_columns(file)
            row = 0
            for batch in file.iter_batches(columns=list(columns.values())):
                credits = [batch.column(column).to_pylist() for column in columns.values()]
                for index in range(batch.num_rows):
                    known = {key: values[index] for key, values in zip(columns, credits, strict=True)}
                    meta = self.wishes.credit("parquet") | {k: str(v) for k, v in known.items() if v}
                    yield Entry(f"{name}#{row + index}", meta)
                row += batch.num_rows

    def read(self, name: str) -> bytes:
        """The bytes in the row's picture column; its whole group of rows is read and kept for the next one."""
        file, _, row = name.rpartition("#")
        path = Path(self.text) if Path(self.text).is_file() else Path(self.text) / file
        group, start = _group_of(str(path), int(row))
        value = _pictures(str(path), group)[int(row) - start].as_py()
        data = value.get("bytes") if isinstance(value, dict) else value
        if not data:
            raise ImageError("its row holds no bytes")
        return bytes(data)


def find_parquet(text: str, wishes: Wishes) -> Parquet | None:
    """A .parquet file, or a folder with such files.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    path = Path(text)
    known = path.suffix == ".parquet" if path.is_file() else path.is_dir() and next(path.rglob("*.parquet"), None)
    if not known:
        return None
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(f"reading {text} needs pyarrow; run `pip install nurie[parquet]`") from error
    return Parquet(text, wishes)


@lru_cache(maxsize=8)  # for each process
def _open(path: str) -> Any:  # noqa: ANN401  pyarrow has no types
    import pyarrow
    from pyarrow import parquet

    try:
        return parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise InputError(f"{path} is no Parquet file that can be read: {error}") from None


@lru_cache(maxsize=1)  # a group may hold hundreds of megabytes
def _pictures(path: str, group: int) -> Any:  # noqa: ANN401
    file = _open(path)
    column = _picture_column(file, path)
    return file.read_row_group(group, columns=[column]).column(column)


def _group_of(path: str, row: int) -> tuple[int, int]:
    """The number of a row's group, and the group's first row."""
    metadata, start = _open(path).metadata, 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if row < start + rows:
            return group, start
        start += rows
    raise ImageError(f"there is no row {row}")


def _picture_column(file: Any, path: str) -> str:  # noqa: ANN401
    from pyarrow import types

    for field in file.schema_arrow:
        struct = types.is_struct(field.type) and field.type.get_field_index("bytes") >= 0
        if struct or types.is_binary(field.type) or types.is_large_binary(field.type):
            return str(field.name)
    raise InputError(f"{path} has no column with the bytes of pictures; its columns are {', '.join(_names(file))}")


def _credit_columns(file: Any) -> dict[str, str]:  # noqa: ANN401
    here = {name.lower(): name for name in _names(file)}
    found = {key: next((here[n] for n in names if n in here), None) for key, names in CREDITS.items()}
    return {key: name for key, name in found.items() if name}


def _names(file: Any) -> list[str]:  # noqa: ANN401
    return [str(name) for name in file.schema_arrow.names]

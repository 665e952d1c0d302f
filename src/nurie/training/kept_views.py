"""Prepared samples kept on disk: preparing a view (lines, regions, colours) costs more than a step learns from it.

With `TrainConfig.views` = v each drawing has v fixed views instead of a fresh one every time; each is prepared once,
by whichever process needs it first, and read again afterwards. A view depends on (seed, drawing, number) alone, so
nothing changes if the folder is deleted: it is only prepared again.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np

from nurie.errors import OutputError
from nurie.training.stage import Prepare, SampleT


def _kept(kind: type) -> Iterator[Field[Any]]:
    """Fields without a default: those with one are joined to a sample later."""
    return (field for field in fields(kind) if field.default is MISSING)


def flatten(sample: object, prefix: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Every array of a dataclass of arrays and such dataclasses, with its dotted name."""
    for field in _kept(type(sample)):
        value = getattr(sample, field.name)
        if is_dataclass(value):
            yield from flatten(value, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name, value


def restore(kind: type, arrays: Mapping[str, np.ndarray], prefix: str = "") -> Any:  # noqa: ANN401
    """Inverse of `flatten` for a dataclass `kind`."""
    hints = get_type_hints(kind)
    return kind(
        **{
            field.name: restore(hints[field.name], arrays, f"{prefix}{field.name}.")
            if is_dataclass(hints[field.name])
            else arrays[prefix + field.name]
            for field in _kept(kind)
        }
    )


@dataclass(frozen=True)
class KeptViews:
    """A folder of prepared samples."""

    directory: Path

    def fetch(self, key: str, prepare: Prepare[SampleT], make: Callable[[], SampleT]) -> SampleT:
        """The kept sample of this key, or what `make` gives, which is then kept.

        Raises:
            OutputError: the sample cannot be written.
        """
        path = self.directory / f"{key}.npz"
        kind = get_type_hints(type(prepare).__call__)["return"]
        try:
            with path.open("rb") as file, np.load(file) as arrays:
                kept: SampleT = restore(kind, arrays)
            return kept
        except (FileNotFoundError, NotADirectoryError):
            pass
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
            path.unlink(missing_ok=True)  # damaged, or of an older version
        sample = make()
        self._write(path, dict(flatten(sample)))
        return sample

    def _write(self, path: Path, arrays: dict[str, np.ndarray]) -> None:
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
            temporary.replace(path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise OutputError(
                f"{path} cannot be written: {error.strerror}; free some space, or train with views=0 to keep nothing"
            ) from None

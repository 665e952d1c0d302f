"""What every heap of pictures gives: a list of its pictures, and each of them when it is asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Protocol, runtime_checkable

from nurie.data.sources.drawing import Drawing
from nurie.images import IMAGE_SUFFIXES

SUFFIXES = frozenset({*IMAGE_SUFFIXES, ".gif"})
"""File names that are taken for pictures, in any case."""

UNKNOWN = "unknown"
"""License or author where nobody says."""


@dataclass(frozen=True)
class Entry:
    """One picture as its heap lists it, before anybody has looked at it."""

    name: str
    """Unlike that of any other picture of the heap; says where in the heap it is."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """At least `source`, `license`, `author`; JSON can hold it."""
    rejected: str = ""
    """Why the heap itself leaves it out, such as by its tags."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the user says of the pictures, and which of them are wanted where the heap knows more than pixels."""

    license: str = UNKNOWN
    """Of pictures whose heap does not say."""
    author: str = UNKNOWN
    ratings: tuple[str, ...] = ()
    """Danbooru's first letters: g, s, q, e; empty for all."""
    min_score: int | None = None
    tags: tuple[str, ...] = ()
    """All of these are there."""
    without_tags: tuple[str, ...] = ("monochrome", "greyscale", "comic")
    """None of these is there."""
    min_size: int = 0
    """Pixels: the shorter side of the original, as the metadata has it."""

    side: int = 256
    """Pixels: of what generators draw."""

    def credit(self, source: str) -> dict[str, Any]:
        """The least that is known of any picture."""
        return {"source": source, "license": self.license, "author": self.author}


@runtime_checkable
class Input(Protocol):
    """A heap of pictures. Small, frozen and picklable: other processes and machines read from it too."""

    @property
    def text(self) -> str:
        """What the user wrote."""

    @property
    def drawn(self) -> bool:
        """Whether `read` gives drawings whose lines and regions are known, and not the bytes of files."""

    def entries(self) -> Iterator[Entry]:
        """Every picture, always in the same order."""

    def read(self, name: str) -> bytes | Drawing:
        """One picture: the bytes of its file, or the drawing.

        Raises:
            Exception: whatever a damaged heap may raise; the picture is then rejected.
        """


def is_picture(path: str) -> bool:
    """Whether a path within a folder or archive is named like a picture and not hidden."""
    parts = PurePosixPath(path).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not hidden and PurePosixPath(path).suffix.lower() in SUFFIXES

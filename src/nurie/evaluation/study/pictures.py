"""The pictures of a study: a folder for each method, the same names in each, and the sketches if there are any.

DIR/nurie/cat-1.png  cat-2.png  dog-1.png  dog-2.png
DIR/random/cat-1.png  ...
DIR/sketches/cat.png  dog.png
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nurie.errors import DataError
from nurie.images import IMAGE_SUFFIXES

SKETCHES = "sketches"
"""The folder of sketches, which is no method."""

NUMBERED = re.compile(r"(.+)-(\d+)")
"""As `nurie color -n 4` names several pictures of one sketch."""

EXAMPLES = 3
"""Missing pictures that a message names."""


@dataclass(frozen=True)
class StudyPictures:
    """Files by what they show."""

    colorings: Mapping[str, Mapping[str, tuple[Path, ...]]]
    """Method -> sketch -> its pictures; all methods have the same sketches with equally many pictures."""
    drawings: Mapping[str, Path]
    """Sketch -> its own file; empty if there is no folder of sketches."""

    @property
    def sketches(self) -> tuple[str, ...]:
        """Their names, sorted."""
        return tuple(next(iter(self.colorings.values())))

    @property
    def pictures_each(self) -> int:
        """How many pictures a method has of a sketch."""
        return len(next(iter(next(iter(self.colorings.values())).values())))


def find_methods(folder: Path) -> tuple[str, ...]:
    """Name the folders in `folder` that hold pictures, sorted, without `sketches` and those that begin with a dot.

    Raises:
        DataError: there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is no folder; make one with a folder of pictures for each method")
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and _picture_files(entry))
    methods = tuple(name for name in names if name != SKETCHES and not name.startswith("."))
    if not methods:
        raise DataError(f"{folder} has no folders of pictures; put one into it for each method")
    return methods


def find_pictures(folder: Path, methods: Sequence[str]) -> StudyPictures:
    """Find what each method made of each sketch.

    NAME-1.png, NAME-2.png, ... are pictures of one sketch, NAME, unless `sketches` has a NAME-1 of its own.

    Raises:
        DataError: a folder is missing or empty, a method lacks a picture that another has, or a picture has no sketch.
    """
    drawings = _drawings(folder / SKETCHES)
    found = {method: _group(folder / method, drawings) for method in methods}
    _compare(folder, found)
    named = set(next(iter(found.values())))
    for sketch in sorted(named - set(drawings)) if drawings else ():
        raise DataError(f"{folder / SKETCHES} has no sketch {sketch}, of which there are pictures; add it")
    for sketch in sorted(set(drawings) - named):
        raise DataError(f"no method has pictures of {drawings[sketch]}; add them, or take it away")
    colorings = {
        method: {sketch: tuple(files[number] for number in sorted(files)) for sketch, files in sorted(sketches.items())}
        for method, sketches in found.items()
    }
    counts = Counter(len(files) for files in next(iter(colorings.values())).values())
    if len(counts) > 1:
        raise DataError(f"sketches have {_spread(counts)} pictures; give all of them equally many")
    return StudyPictures(colorings, drawings)


def _drawings(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    drawings: dict[str, Path] = {}
    for file in _picture_files(folder):
        if file.stem in drawings:
            raise DataError(f"{drawings[file.stem]} and {file} have one name; remove one of the two")
        drawings[file.stem] = file
    return drawings


def _group(folder: Path, drawings: Mapping[str, Path]) -> dict[str, dict[int, Path]]:
    """Give the files of a method by sketch and number; 0 where there is none."""
    if not folder.is_dir():
        raise DataError(f"{folder} is no folder; make it, or take it out of methods")
    groups: dict[str, dict[int, Path]] = defaultdict(dict)
    for file in _picture_files(folder):
        match = NUMBERED.fullmatch(file.stem)
        sketch, number = (file.stem, 0) if match is None or file.stem in drawings else (match[1], int(match[2]))
        if number in groups[sketch]:
            raise DataError(f"{groups[sketch][number]} and {file} have one name; remove one of the two")
        groups[sketch][number] = file
    if not groups:
        raise DataError(f"{folder} has no pictures; it needs {', '.join(IMAGE_SUFFIXES)} files")
    return dict(groups)


def _compare(folder: Path, found: Mapping[str, Mapping[str, Mapping[int, Path]]]) -> None:
    names = {method: {_name(s, n) for s, files in groups.items() for n in files} for method, groups in found.items()}
    everything = set[str]().union(*names.values())
    for method, has in names.items():
        missing = sorted(everything - has)
        if missing:
            more = f" and {len(missing) - EXAMPLES} more" if len(missing) > EXAMPLES else ""
            raise DataError(
                f"{folder / method} lacks {', '.join(missing[:EXAMPLES])}{more}, which another method has; "
                "all methods need pictures of the same names"
            )


def _name(sketch: str, number: int) -> str:
    return f"{sketch}-{number}" if number else sketch


def _spread(counts: Counter[int]) -> str:
    return " and ".join(str(count) for count in sorted(counts))


def _picture_files(folder: Path) -> list[Path]:
    files = (file for file in folder.iterdir() if not file.name.startswith(".") and file.is_file())
    return sorted((file for file in files if file.suffix.lower() in IMAGE_SUFFIXES), key=lambda file: file.name)

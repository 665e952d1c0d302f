"""Danbooru2020 as it is distributed, or a part of it: `512px/0123/1123.jpg` and metadata as JSON lines.

    512px/BUCKET/ID.EXT     BUCKET = ID modulo 1000, four digits; `original/` is laid out alike
    metadata/*              one JSON object a line: id, rating, score, tags, image_width, ...

The releases differ in details: numbers come as numbers or as text, tags as objects with a category (1 is the
artist) or as the words of `tag_string`.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nurie.data.inputs.entry import Entry, Wishes, is_picture
from nurie.data.inputs.folder import read_file
from nurie.errors import InputError

PICTURES = ("512px", "original")
"""The folder of reduced pictures is preferred."""

ARTIST = "1"
"""Category of the tags that name an artist."""


@dataclass(frozen=True)
class Danbooru:
    """Names are paths such as `512px/0123/1123.jpg`; in the order of the metadata, what it lacks at the end."""

    text: str
    wishes: Wishes
    drawn: bool = False

    def entries(self) -> Iterator[Entry]:
        """Every picture that is there; those the wishes leave out say why.

        Takes about 100 bytes of memory for each picture.
        """
        there = dict(_pictures(Path(self.text)))
        for post in _posts(Path(self.text)):
            path = there.pop(_number(post.get("id"), -1), None)
            if path is not None:
                yield Entry(path, self._credit(post), _unwanted(post, self.wishes))
        for _, path in sorted(there.items()):
            yield Entry(path, self.wishes.credit("danbooru"), "no metadata")

    def read(self, name: str) -> bytes:
        """The file's bytes."""
        return read_file(Path(self.text) / name)

    def _credit(self, post: Mapping[str, Any]) -> dict[str, Any]:
        credit = self.wishes.credit("danbooru")
        artists = " ".join(_tags(post)[1])
        credit |= {"author": artists} if artists else {}
        known = {"id": _number(post.get("id"), -1), "url": post.get("source") or post.get("pixiv_id")}
        known |= {"rating": post.get("rating"), "score": _number(post.get("score"), 0)}
        return credit | {key: value for key, value in known.items() if value not in (None, "")}


def find_danbooru(text: str, wishes: Wishes) -> Danbooru | None:
    """A folder that holds `512px/` or `original/` and metadata."""
    root = Path(text)
    known = any((root / folder).is_dir() for folder in PICTURES) and any(_metadata_files(root))
    return Danbooru(text, wishes) if known else None


def _pictures(root: Path) -> Iterator[tuple[int, str]]:
    folder = next(folder for folder in PICTURES if (root / folder).is_dir())
    for bucket in sorted(path.name for path in (root / folder).iterdir() if path.is_dir()):
        with os.scandir(root / folder / bucket) as files:
            for file in files:
                number = file.name.partition(".")[0]
                if number.isdigit() and is_picture(file.name):
                    yield int(number), f"{folder}/{bucket}/{file.name}"


def _metadata_files(root: Path) -> list[Path]:
    files = [*(root / "metadata").glob("*"), *root.glob("metadata*.json*"), *root.glob("metadata*/*.json*")]
    return sorted({path for path in files if path.is_file() and not path.name.startswith(".")})


def _posts(root: Path) -> Iterator[Mapping[str, Any]]:
    for path in _metadata_files(root):
        with path.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    post = json.loads(line)
                except ValueError:
                    raise InputError(
                        f"line {number} of {path} is no JSON; unpack the metadata again, or delete the line"
                    ) from None
                if isinstance(post, dict):
                    yield post


def _unwanted(post: Mapping[str, Any], wishes: Wishes) -> str:
    """Why a picture is not wanted; "" if it is."""
    tags = _tags(post)[0]
    rating, score = str(post.get("rating") or "?")[:1], _number(post.get("score"), 0)
    size = min(_number(post.get(key), 0) for key in ("image_width", "image_height"))
    excluded = [tag for tag in wishes.without_tags if tag in tags]
    missing = [tag for tag in wishes.tags if tag not in tags]
    reasons = {
        f"rating {rating}": bool(wishes.ratings) and rating not in wishes.ratings,
        "score too low": wishes.min_score is not None and score < wishes.min_score,
        f"tag {', '.join(excluded)}": bool(excluded),
        f"lacks tag {', '.join(missing)}": bool(missing),
        "original too small": size < wishes.min_size,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _tags(post: Mapping[str, Any]) -> tuple[set[str], list[str]]:
    """All tags, and the artists."""
    if "tag_string" in post:
        return set(str(post["tag_string"]).split()), str(post.get("tag_string_artist") or "").split()
    tags = [tag for tag in post.get("tags") or () if isinstance(tag, dict) and "name" in tag]
    artists = [str(tag["name"]) for tag in tags if str(tag.get("category")) == ARTIST]
    return {str(tag["name"]) for tag in tags}, artists


def _number(value: object, otherwise: int) -> int:
    try:
        return int(value)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError):
        return otherwise

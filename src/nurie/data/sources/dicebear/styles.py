"""The DiceBear styles that are drawn from: how often, with what outlines, and whose they are.

Only styles under CC0 or CC BY are here. `avataaars` and `bottts` have no standard free license and
are never used; `notionists` and `croodles` are test sets.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dicebear import Style
from dicebear.validator import OptionsValidator, StyleValidator

from nurie.errors import DataError

CHARACTER_STYLES = {
    "adventurer": 26.0,
    "lorelei": 22.0,
    "open-peeps": 12.0,
    "micah": 10.0,
    "toon-head": 9.0,
    "personas": 4.0,
    "big-smile": 5.0,
    "big-ears": 4.0,
    "miniavs": 3.0,
    "dylan": 3.0,
    "critters": 2.0,
    "cutouts": 1.0,
}
"""Styles of figures, and how often each is drawn (weights of any sum)."""

BACKGROUND_STYLES = {
    "landscape": 8.0,
    "waves": 4.0,
    "shapes": 3.0,
    "patchwork": 2.0,
    "planets": 2.0,
    "blobs": 2.0,
    "triangles": 1.0,
    "stripes": 1.0,
    "weave": 1.0,
    "loops": 1.0,
}
"""Styles of backgrounds, and how often each is drawn."""

INKED_STYLES = frozenset({"adventurer", "open-peeps"})
"""Styles whose outlines are dark filled shapes; the others are flat and get a stroke."""

BUST_STYLES = frozenset({"micah", "open-peeps", "toon-head", "lorelei", "personas", "miniavs"})
"""Styles that end below the shoulders, so that a figure must stand on the lower edge."""

LICENSES = ("CC0 1.0", "CC BY 4.0", "CC BY-SA 4.0")
"""What a drawing can be under; each demands more than the one before and covers it."""


CHECK = "validate"  # the method of dicebear's validators


@dataclass(frozen=True)
class Credit:
    """Who made a part of a drawing, and what they ask for."""

    author: str
    license: str
    """One of `LICENSES`."""


def combine_credits(credits: Iterable[Credit]) -> dict[str, str]:
    """The `license` and `author` of a drawing made of all these: the strictest, and everybody."""
    listed = list(dict.fromkeys(credits))
    if not listed:
        return {"license": LICENSES[0], "author": "nurie"}
    return {
        "license": max((credit.license for credit in listed), key=LICENSES.index),
        "author": "; ".join(dict.fromkeys(credit.author for credit in listed)),
    }


@dataclass(frozen=True)
class AvatarStyle:
    """One style: what `dicebear` draws from, and what nurie must know of it."""

    name: str
    style: Style
    color_names: tuple[str, ...]
    """What can be given a color, such as `hair`; the option is called `hairColor`."""
    optional_components: frozenset[str]
    """Components that are drawn only now and then, with a probability that can be set."""
    credit: Credit


@contextmanager
def unchecked() -> Iterator[None]:
    """Let `dicebear` skip its JSON schema checks: 0.8 s a style and 15 ms a figure.

    The styles are those of one fixed release, and the tests check the options that nurie gives.
    """
    validators: tuple[type[Any], ...] = (OptionsValidator, StyleValidator)
    checks = [vars(validator)[CHECK] for validator in validators]
    for validator in validators:
        setattr(validator, CHECK, staticmethod(lambda data: None))
    try:
        yield
    finally:
        for validator, check in zip(validators, checks, strict=True):
            setattr(validator, CHECK, check)


@cache
def load_style(name: str) -> AvatarStyle:
    """Load a style of the package `dicebear-styles`.

    Raises:
        DataError: its license is neither CC0 nor CC BY.
    """
    definition: dict[str, Any] = json.loads(files("dicebear_styles").joinpath(f"{name}.json").read_text("utf-8"))
    meta = definition["meta"]
    credit = Credit(author=meta["creator"]["name"], license=meta["license"]["name"])
    if credit.license not in LICENSES[:2]:
        raise DataError(
            f"DiceBear style {name!r} is under {credit.license!r}; draw from styles under CC0 or CC BY only"
        )
    with unchecked():
        style = Style(definition)
    optional = {component for component, value in definition["components"].items() if "probability" in value}
    return AvatarStyle(name, style, tuple(definition["colors"]), frozenset(optional), credit)

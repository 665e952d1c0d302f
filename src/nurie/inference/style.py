"""What a picture follows besides its hints, and how much light and shade it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nurie.errors import InputError
from nurie.inference.paint import SIDES
from nurie.inference.references import Reference, reference_from_json, reference_to_json

MOST_GUIDANCE = 10.0
"""Colours are beyond all bounds long before."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Style:
    """How a drawing is coloured.

    Raises:
        InputError: a number is out of its range.
    """

    references: Sequence[Reference] = ()
    """Coloured drawings that show the same characters, in the colours that they shall have again."""
    guidance: float = 1.0
    """How strongly colours follow references and hints, 0 to 10: 1 is what the network has learned, 0 does not look at
    them (hints are kept all the same). Anything but 1 takes twice the time."""
    shading: float = 1.0
    """How much light and shade, 0 (flat colours) to 1; without a paint network there is none."""
    light: str | None = None
    """The side from which light falls, `left` or `right`; None: each picture's own, by chance."""

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not 0 <= self.guidance <= MOST_GUIDANCE:
            raise InputError(f"guidance must lie between 0 and {MOST_GUIDANCE:g}, got {self.guidance}")
        if not 0 <= self.shading <= 1:
            raise InputError(f"shading must lie between 0 (flat) and 1, got {self.shading}")
        if self.light is not None and self.light not in SIDES:
            raise InputError(f"light falls from {' or '.join(SIDES)}, got {self.light!r}")


def style_to_json(style: Style) -> dict[str, object]:
    """A style as JSON can hold it: everything that its pictures need to come again."""
    return {
        "guidance": float(style.guidance),
        "shading": float(style.shading),
        "light": style.light,
        "references": [reference_to_json(reference) for reference in style.references],
    }


def style_from_json(record: Mapping[str, Any] | None) -> Style:
    """Inverse of `style_to_json`; records from before there were styles have none.

    Raises:
        ValueError, KeyError, TypeError: it is damaged.
    """
    if record is None:
        return Style()
    references = tuple(reference_from_json(text) for text in record["references"])
    try:
        guidance, shading = float(record["guidance"]), float(record["shading"])
        return Style(references=references, guidance=guidance, shading=shading, light=record.get("light"))
    except InputError as error:
        raise ValueError(str(error)) from None

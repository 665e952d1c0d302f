"""Settings by name: dataclasses whose fields are changed by typed values (TOML, JSON) or by text (a command line)."""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from nurie.errors import InputError

_MULTIPLIERS = {"k": 1_000, "M": 1_000_000}
_TRUTHS = {"true": True, "false": False}
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}

SettingsT = TypeVar("SettingsT")


def changed(settings: SettingsT, values: Mapping[str, object], *, prefix: str = "") -> SettingsT:
    """The dataclass with some fields replaced; `prefix` is put before names in messages.

    Raises:
        InputError: a name that it does not have, or a value that does not fit.
    """
    refuse_unknown(type(settings), values, prefix=prefix)
    hints = get_type_hints(type(settings))
    fitted = {}
    for name, value in values.items():
        try:
            fitted[name] = _fit(value, hints[name])
        except (TypeError, ValueError):
            example = getattr(settings, name)
            raise InputError(
                f"{prefix}{name} cannot be {value!r}; it is {_say(hints[name])}, for example {example}"
            ) from None
    return replace(settings, **fitted)  # type: ignore[type-var]


def refuse_unknown(kind: type, values: Mapping[str, object], *, prefix: str = "") -> None:
    """Names must be fields of the dataclass.

    Raises:
        InputError: one is not.
    """
    known = {field.name for field in fields(kind)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise InputError(f"unknown setting {prefix + unknown[0]!r}; choose from {', '.join(sorted(known))}")


def parse_count(text: str) -> int:
    """A number of images: `500`, `20k` or `1.5M`.

    Raises:
        InputError: anything else.
    """
    number, factor = (text[:-1], _MULTIPLIERS[text[-1]]) if text[-1:] in _MULTIPLIERS else (text, 1)
    try:
        count = float(number) * factor
    except ValueError:
        count = math.nan
    if not count.is_integer():
        raise InputError(f"{text!r} is no whole number; write for example 500, 20k or 1.5M")
    return int(count)


def _fit(value: object, hint: Any) -> object:  # noqa: ANN401
    if get_origin(hint) is UnionType:
        return _fit_optional(value, hint)
    if get_origin(hint) is tuple:
        return _fit_tuple(value, get_args(hint))
    return _fit_number(value, hint) if hint in (bool, int, float) else _fit_text(value)


def _fit_optional(value: object, hint: Any) -> object:  # noqa: ANN401
    if value in (None, "none"):
        return None
    return _fit(value, next(kind for kind in get_args(hint) if kind is not NoneType))


def _fit_tuple(value: object, kinds: tuple[Any, ...]) -> tuple[object, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise TypeError
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(parts)
    return tuple(_fit(part, kind) for part, kind in zip(parts, kinds, strict=True))


def _fit_number(value: object, kind: type) -> object:
    if isinstance(value, str):
        return _TRUTHS[value.lower()] if kind is bool and value.lower() in _TRUTHS else _read_number(value, kind)
    if isinstance(value, bool) is not (kind is bool) or not isinstance(value, int | (kind if kind is float else int)):
        raise TypeError
    return kind(value)


def _read_number(text: str, kind: type) -> object:
    if kind is bool:
        raise ValueError
    return parse_count(text) if kind is int else float(text)


def _fit_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _say(hint: Any) -> str:  # noqa: ANN401
    if get_origin(hint) is UnionType:
        return " or ".join("none" if kind is NoneType else _say(kind) for kind in get_args(hint))
    return _KINDS.get(hint, "numbers with commas")

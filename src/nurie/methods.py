"""Tables of methods that do the same thing, each with options of its own: how one is chosen by name."""

from collections.abc import Callable, Iterable, Mapping
from inspect import signature
from typing import TypeVar

from nurie.errors import InputError

Method = TypeVar("Method", bound=Callable[..., object])


def choose_method(table: Mapping[str, Method], name: str, options: Iterable[str], *, what: str) -> Method:
    """The method of this name, if it takes options of these names.

    `what` is how a method of the table is called in sentences. A method's first parameter is what it works on, and no
    option.

    Raises:
        InputError: no such method, or it has no such option.
    """
    if name not in table:
        raise InputError(f"unknown {what} {name!r}; choose from {', '.join(table)}")
    known = list(signature(table[name]).parameters)[1:]
    for option in options:
        if option not in known:
            raise InputError(f"{name} has no option {option!r}; its options are {', '.join(known)}")
    return table[name]

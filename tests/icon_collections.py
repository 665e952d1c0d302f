"""A small collection of icons in Iconify's format, drawn for the tests."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

BODIES = {
    "heart": '<path fill="#e0303a" d="M16 28C2 18 3 6 10 6c4 0 6 4 6 4s2-4 6-4c7 0 8 12-6 22z"/>',
    "tree": '<path fill="#7a4a20" d="M13 20h6v10h-6z"/><path fill="#2f9e44" d="M16 2l11 20H5z"/>',
    "apple": '<circle cx="16" cy="18" r="11" fill="#d62828"/><circle cx="20" cy="18" r="7" fill="#e23a3a"/>'
    '<path fill="#2b9348" d="M16 7q6-6 9-4q-2 6-9 4z"/>',
    "smile": '<circle cx="16" cy="16" r="13" fill="#ffd43b"/><circle cx="11" cy="13" r="1.6" fill="#201510"/>'
    '<circle cx="21" cy="13" r="1.6" fill="#201510"/><path fill="#201510" d="M9 19q7 7 14 0l-1-1q-6 5-12 0z"/>',
    "bell": '<path fill="#fab005" d="M6 25c4-4 2-19 10-19s6 15 10 19z"/><circle cx="16" cy="28" r="3" fill="#e67700"/>',
    "egg": '<ellipse cx="16" cy="17" rx="10" ry="13" fill="#f6e7d2"/>',
    "a-button": '<rect width="32" height="32" fill="#4263eb"/>',
    "painted-elsewhere": '<mask id="m"><path fill="#fff" d="M0 0h9v9z"/></mask><path d="M0 0h9v9z" mask="url(#m)"/>',
    "twin": '<g fill="url(#a)"><path d="M2 2h28v28H2z"/></g><linearGradient id="a"><stop stop-color="#f00"/>'
    '<stop offset="1" stop-color="#fa0"/></linearGradient>',
    "flag": '<rect width="32" height="20" fill="#c92a2a"/>',
}
SUBJECT = "Objects"


def write_collection(
    folder: Path,
    *,
    license: str = "CC0-1.0",
    prefix: str = "toys",
    people: Iterable[str] = (),
    bodies: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """Write the collection to `folder`/`prefix`; the flag is no picture of anything.

    `people` all look like eggs, unless they have `bodies` of their own.
    """
    where = folder / prefix
    where.mkdir(parents=True)
    icons = {
        "prefix": prefix,
        "icons": {
            name: {"body": body} for name, body in (BODIES | dict.fromkeys(people, BODIES["egg"]) | bodies).items()
        },
        "width": 32,
        "height": 32,
    }
    info = {"license": {"title": license, "spdx": license}, "author": {"name": "nurie founders"}}
    categories = {
        SUBJECT: [name for name in BODIES if name != "flag"],
        "Flags": ["flag"],
        "People & Body": list(people),
    }
    for name, content in (("icons", icons), ("info", info), ("metadata", {"categories": categories})):
        (where / f"{name}.json").write_text(json.dumps(content))
    return folder

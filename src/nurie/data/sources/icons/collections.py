"""Collections of icons in Iconify's JSON format: which there are, and which icons are pictures of something."""

import hashlib
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nurie.data.sources.dicebear.styles import Credit
from nurie.data.sources.icons import VARIABLE
from nurie.errors import DataError

LICENSES = {"MIT": "MIT", "Apache-2.0": "Apache-2.0", "CC0-1.0": "CC0 1.0", "CC-BY-4.0": "CC BY 4.0"}
"""Licenses (SPDX) under which a collection may be drawn from, and how drawings name them."""

SUBJECTS = ("Activities", "Animals & Nature", "Food & Drink", "Objects", "Smileys & Emotion", "Travel & Places")
"""Categories that show something; the rest are people, flags and signs."""

PEOPLE = "People & Body"
"""People and hands, each in the yellow of emoji and in five skin tones: one of the five is drawn."""

SKIN_TONE = re.compile(r"-(?:medium-light|medium-dark|light|medium|dark)(?:-skin-tone|$)")
"""In names: `hand-dark-skin-tone` as most collections have it, `hand-dark` as Fluent Emoji has."""

NOT_DRAWN = re.compile(r"<(?:image|filter|mask|foreignObject|text)\b|mix-blend-mode|Gradient\b[^>]* href=")
"""What the SVG module of skia leaves out or draws otherwise, such as gradients that refer to others."""

SIGN = re.compile(r"^(?:keycap|input|japanese|squared|button)\b|-button\b|^(?:.*-oclock|.*-thirty)$")
"""Names of signs and clocks among pictures."""

COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")

SKIN_SHARE = 0.5
"""A colour that so many icons of one skin tone have, and fewer of all other tones together, can be that tone."""

TEST_SHARE = 10  # one of so many names is kept for seeds from 900,000 on

HOW_TO_GET = (
    "unpack for instance the npm packages @iconify-json/fluent-emoji-flat (MIT), @iconify-json/noto (Apache 2.0) and "
    f"@iconify-json/twemoji (CC BY 4.0) into a folder and name it in {VARIABLE}"
)


@dataclass(frozen=True)
class Icon:
    """One icon: what stands between `<svg>` and `</svg>`."""

    collection: str
    name: str
    body: str
    width: float
    height: float
    credit: Credit
    skin: str | None = None
    """The colour of the skin of people and hands, as #rrggbb, to 2 levels; None for what has not one skin tone."""

    @property
    def held_out(self) -> bool:
        """Whether the icon is kept for held-out drawings; the name decides, in whatever collection and skin tone."""
        return _digest(SKIN_TONE.sub("", self.name)) % TEST_SHARE == 0


def icons(*, held_out: bool) -> tuple[Icon, ...]:
    """All icons to draw from, by collection and name.

    Raises:
        DataError: see `read_collections`; or no icon is left.
    """
    folder = os.environ.get(VARIABLE)
    if not folder:
        raise DataError(f"drawing icons needs collections of icons; {HOW_TO_GET}")
    return _chosen(Path(folder), held_out)


@cache
def _chosen(folder: Path, held_out: bool) -> tuple[Icon, ...]:
    chosen = tuple(icon for icon in read_collections(folder) if icon.held_out == held_out)
    if not chosen:
        raise DataError(f"{folder} has no icons to draw{' for held-out drawings' if held_out else ''}; {HOW_TO_GET}")
    return chosen


@cache
def read_collections(folder: Path) -> tuple[Icon, ...]:
    """The icons of every `icons.json` in `folder` and the folders within, of the kinds named in `SUBJECTS`.

    Beside `icons.json` lie `info.json` (license, author) and `metadata.json` (categories), as Iconify publishes them.

    Raises:
        DataError: there is no such file, a file is damaged, or a license is not in `LICENSES`.
    """
    files = sorted(folder.rglob("icons.json"))
    if not files:
        raise DataError(f"{folder} has no icons.json; {HOW_TO_GET}")
    return tuple(icon for file in files for icon in _read_collection(file))


def _read_collection(file: Path) -> list[Icon]:
    info, collection, metadata = (_load(file.with_name(f"{name}.json")) for name in ("info", "icons", "metadata"))
    try:
        license = info["license"]["spdx"]
        if license not in LICENSES:
            raise DataError(f"{file.parent} is under {license}; draw from collections under {', '.join(LICENSES)} only")
        credit = Credit(info["author"]["name"], LICENSES[license])
        categories = metadata["categories"]
        names = {name for subject in SUBJECTS for name in categories.get(subject, ())}
        names |= _one_tone_each(categories.get(PEOPLE, ()))
        default = collection.get("width", 16), collection.get("height", 16)
        drawn = collection["icons"]
        skins = _find_skins({name: drawn[name]["body"] for name in categories.get(PEOPLE, ()) if name in drawn})
        return [
            Icon(
                collection["prefix"],
                name,
                _own_names(drawn[name]["body"], f"{collection['prefix']}-{name}"),
                float(drawn[name].get("width", default[0])),
                float(drawn[name].get("height", default[1])),
                credit,
                skins.get(_tone(name)),
            )
            for name in sorted(names & drawn.keys())
            if not SIGN.search(name) and not NOT_DRAWN.search(drawn[name]["body"])
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{file} is no collection of icons as Iconify writes them ({error!r}); fetch it again"
        ) from error


def _one_tone_each(names: Iterable[str]) -> set[str]:
    """Of the names that differ in skin tone alone one, which the names decide; none of those without a skin tone."""
    toned = sorted(filter(SKIN_TONE.search, names), key=_digest)
    return set({SKIN_TONE.sub("", name): name for name in toned}.values())


def _tone(name: str) -> str | None:
    """The skin tone in a name; None without one, and of people in two tones."""
    tones = SKIN_TONE.findall(name)
    return str(tones[0]) if len(tones) == 1 else None


def _find_skins(bodies: Mapping[str, str]) -> dict[str | None, str]:
    """The colour of each skin tone: what most people of that tone have in common, and not those of the others."""
    counts: dict[str | None, Counter[str]] = defaultdict(Counter)
    people: Counter[str | None] = Counter()
    for name, body in bodies.items():
        if (tone := _tone(name)) is not None:
            people[tone] += 1
            counts[tone].update({_coarse(color) for color in COLOR.findall(body)})
    everyone = sum(counts.values(), Counter[str]())
    skins: dict[str | None, str] = {}
    for tone, count in counts.items():
        own = {color: n for color, n in count.items() if n >= SKIN_SHARE * people[tone] and 2 * n > everyone[color]}
        if own:
            skins[tone] = max(own, key=lambda color: own[color])
    return skins


def _coarse(color: str) -> str:
    """A colour with its levels rounded to fours: collections have skins that differ by one."""
    return "#" + "".join(f"{int(color[at : at + 2], 16) // 4 * 4 + 2:02x}" for at in (1, 3, 5))


def _digest(name: str) -> int:
    return int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16)


def _own_names(body: str, prefix: str) -> str:
    """Make the ids of gradients and clip paths those of this icon alone."""
    body = re.sub(r'\bid="([^"]*)"', rf'id="{prefix}-\1"', body)
    return re.sub(r'(url\(#|href="#)', rf"\1{prefix}-", body)


def _load(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"{file} is missing beside the icons; {HOW_TO_GET}") from error
    except ValueError as error:
        raise DataError(f"{file} is damaged ({error}); fetch it again") from error
    if not isinstance(content, dict):
        raise DataError(f"{file} is damaged (it holds no object); fetch it again")
    return content

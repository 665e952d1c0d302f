"""study.toml: what raters are asked, and how much each one sees."""

import json
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from nurie.errors import DataError

SETTINGS_FILE = "study.toml"

SCALE = (1, 2, 3, 4, 5)

ITEMS = 40
"""That `default_settings` lets a rater see at most: ten minutes at 15 seconds each."""

NAME_CHARACTERS = "a-z, 0-9 and _"


@dataclass(frozen=True)
class Question:
    """Something that is rated from 1 to 5."""

    name: str
    """In the results; raters don't see it."""
    title: str
    """What is rated, in a word or two."""
    text: str
    low: str = "poor"
    high: str = "excellent"
    """What 1 and 5 mean."""


DIVERSITY = Question(
    "diversity",
    "Diversity",
    "How much do the pictures differ in their colors, and in how these are combined?",
)
FEW_ARTIFACTS = Question(
    "few_artifacts",
    "Few artifacts",
    "How free of faults are the colors? Faults are colors that run over lines, or that differ between parts that "
    "belong together.",
)
"""What the paper's volunteers judged (Section IV-C and Table II); the words are our own."""

INSTRUCTIONS = """\
You will see line drawings and colored pictures that a computer made from them. Rate each set from 1 (poor) to \
5 (excellent).

There is no right or wrong; your first impression counts. Click or tap a picture to see it larger. You can go back and \
change answers until you submit them, and stop and go on later."""


@dataclass(frozen=True, kw_only=True)
class StudySettings:
    """All of study.toml."""

    title: str = "Which colors are better?"
    instructions: str = INSTRUCTIONS
    """Paragraphs, with an empty line between two."""
    methods: tuple[str, ...]
    """Folders of pictures, in the order of the report."""
    questions: tuple[Question, ...] = (DIVERSITY, FEW_ARTIFACTS)
    sketches_per_rater: int = 0
    """Each is shown once for each method; 0 is all there are."""
    repeats: int = 2
    """Sets that are shown a second time: an attentive rater rates them much the same."""
    instructed: int = 1
    """Sets where the rater is told which number to choose."""
    seed: int = 0
    """Of the order in which raters see the sets."""

    def design(self) -> dict[str, object]:
        """Give what must stay as it is once somebody has rated: all but title and instructions."""
        return {
            "methods": list(self.methods),
            "questions": [vars(question) for question in self.questions],
            "sketches_per_rater": self.sketches_per_rater,
            "repeats": self.repeats,
            "instructed": self.instructed,
            "seed": self.seed,
        }


def default_settings(methods: tuple[str, ...], *, sketches: int, pictures: int) -> StudySettings:
    """Choose settings for so many sketches with so many pictures each; one picture has no diversity to rate."""
    most = max(1, ITEMS // len(methods))
    return StudySettings(
        methods=methods,
        questions=(DIVERSITY, FEW_ARTIFACTS) if pictures > 1 else (FEW_ARTIFACTS,),
        sketches_per_rater=most if sketches > most else 0,
    )


def settings_as_toml(settings: StudySettings) -> str:
    """Write settings with a word on each, for somebody to edit."""
    lines = [
        "# A rating study; see docs/study.md. Title and instructions may change at any time, the rest until somebody",
        "# has rated.",
        f"title = {_string(settings.title)}",
        f'instructions = """\n{_string(settings.instructions, multiline=True)}"""',
        "",
        "# Folders of pictures beside this file. Raters never see these names.",
        f"methods = [{', '.join(map(_string, settings.methods))}]",
        "# Sketches that a rater sees, each once for each method; 0 is all of them.",
        f"sketches_per_rater = {settings.sketches_per_rater}",
        "# Attention: sets shown a second time, and sets where the rater is told which number to choose.",
        f"repeats = {settings.repeats}",
        f"instructed = {settings.instructed}",
        "# Of the order, which differs from rater to rater.",
        f"seed = {settings.seed}",
    ]
    for question in settings.questions:
        lines += ["", "[[questions]]", *(f"{key} = {_string(value)}" for key, value in vars(question).items())]
    return "\n".join(lines) + "\n"


def read_settings(folder: Path) -> StudySettings:
    """Read the study.toml of a folder.

    Raises:
        DataError: it is missing, no TOML, or says something that cannot be; the message names the key.
    """
    file = folder / SETTINGS_FILE
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{file} is missing; write one by: nurie study new {folder}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{file} cannot be read: {error}") from None
    try:
        return _settings(table)
    except ValueError as error:
        raise DataError(f"{file}: {error}") from None


def _settings(table: dict[str, Any]) -> StudySettings:
    _check_keys(table, StudySettings)
    methods, questions = table.get("methods", []), table.get("questions")
    if not _is_list(methods, str) or len(set(methods)) < len(methods):
        raise ValueError("methods must be a list of folders, each once")
    values = dict(table) | {"methods": tuple(methods)}
    if questions is not None:
        if not _is_list(questions, dict):
            raise ValueError("questions must be tables, each under [[questions]]")
        values["questions"] = tuple(_question(entry) for entry in questions)
        names = [question.name for question in values["questions"]]
        if len(set(names)) < len(names):
            raise ValueError("two questions have one name; rename one")
    for key in ("title", "instructions"):
        _check(key, values.get(key, "text"), str)
    for key in ("sketches_per_rater", "repeats", "instructed", "seed"):
        if _check(key, values.get(key, 0), int) < 0:
            raise ValueError(f"{key} must be at least 0, got {values[key]}")
    return StudySettings(**values)


def _question(entry: dict[str, Any]) -> Question:
    _check_keys(entry, Question)
    for key in ("name", "title", "text"):
        if key not in entry:
            raise ValueError(f"a question has no {key}; add one")
    for key, value in entry.items():
        _check(f"{key} of a question", value, str)
    name = entry["name"]
    if not (name.isascii() and name.isidentifier() and name == name.lower()) or name == "mos":
        raise ValueError(f"{name!r} cannot name a question; use {NAME_CHARACTERS}, and not mos, the mean of all")
    return Question(**entry)


def _check_keys(table: dict[str, Any], kind: type[StudySettings] | type[Question]) -> None:
    known = [field.name for field in fields(kind)]
    for key in table:
        if key not in known:
            raise ValueError(f"{key!r} is no setting; there are {', '.join(known)}")


def _check(key: str, value: Any, kind: type) -> Any:  # noqa: ANN401 - any value that TOML can hold
    if not isinstance(value, kind) or isinstance(value, bool) or value == "":
        raise ValueError(f"{key} must be {'a text' if kind is str else 'a whole number'}, got {value!r}")
    return value


def _is_list(value: object, kind: type) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, kind) and entry for entry in value)


def _string(text: str, *, multiline: bool = False) -> str:
    """Give TOML's basic string, which escapes as JSON does."""
    escaped = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return escaped[1:-1].replace("\\n", "\n") if multiline else escaped

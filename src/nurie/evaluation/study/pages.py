"""The pages, as HTML: templates, filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from nurie.evaluation.study.database import Page, Rater, make_token
from nurie.evaluation.study.settings import SCALE, StudySettings

TOLD_TEXT = "Please choose {} here, whatever the pictures are like. It shows that the questions are read."

_templates = Environment(
    loader=PackageLoader("nurie.evaluation.study"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def welcome_page(settings: StudySettings, rater: Rater | None, here: str) -> str:
    """Say what it is about; offer to go on to a rater who has begun. `here` is the address of this page."""
    paragraphs = [" ".join(part.split()) for part in settings.instructions.split("\n\n") if part.strip()]
    return _fill("welcome.html", settings, paragraphs=paragraphs, rater=rater, here=here, token=make_token())


@dataclass(frozen=True)
class ItemPage:
    """A set of pictures with its questions."""

    position: int
    page: Page
    draft: str
    """Under which a browser keeps what is chosen and not yet sent."""
    wide: bool
    """Whether its pictures are."""
    scores: Mapping[str, int]
    """What is chosen."""
    error: str = ""


def item_page(settings: StudySettings, rater: Rater, item: ItemPage) -> str:
    """Show a set of pictures with its questions."""
    return _fill(
        "item.html",
        settings,
        rater=rater,
        questions=settings.questions,
        scale=SCALE,
        told_text=TOLD_TEXT.format,
        **vars(item),
    )


def finish_page(settings: StudySettings, rater: Rater) -> str:
    """Ask to submit."""
    return _fill("finish.html", settings, rater=rater)


def thanks_page(settings: StudySettings) -> str:
    """Say thanks."""
    return _fill("thanks.html", settings, token=make_token())


def message_page(settings: StudySettings, heading: str, text: str) -> str:
    """Say what went wrong."""
    return _fill("message.html", settings, heading=heading, text=text)


def _fill(template: str, settings: StudySettings, **values: object) -> str:
    return _templates.get_template(template).render(title=settings.title, **values)

"""Heads of people: as `anime` draws them, plainer, from the side, from behind."""

from dataclasses import dataclass

from nurie.data.sources.anime.accessories import draw_accessory
from nurie.data.sources.anime.back_hair import draw_back_hair
from nurie.data.sources.anime.bangs_and_face import draw_bangs_and_face
from nurie.data.sources.anime.braids import draw_buns_or_braids
from nurie.data.sources.anime.eyes import draw_eyes
from nurie.data.sources.anime.face import draw_blush, draw_ears, draw_glasses, draw_head, draw_nose_and_mouth
from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.sampling import pick
from nurie.data.sources.world.plain_face import bare_head, draw_plain_face
from nurie.data.sources.world.plain_hair import MALE_STYLES, STYLES, draw_back, draw_front
from nurie.data.sources.world.profile import draw_from_behind, draw_profile, draw_profile_back

KINDS = {"anime": 5.0, "plain": 2.6, "anime eyes": 1.4, "profile": 1.2, "behind": 0.3}
"""Kinds of heads and how often they are drawn; `anime eyes` has the plain kind's hair."""


@dataclass(frozen=True)
class Head:
    """What kind of head a figure has."""

    figure: Figure
    kind: str
    style: str
    """Of plain hair."""
    braids_in_front: bool
    grown: bool

    def draw_behind(self) -> None:
        """Draw what lies behind the body."""
        if self.kind == "anime":
            draw_back_hair(self.figure)
            if not self.braids_in_front:
                draw_buns_or_braids(self.figure)
        elif self.kind == "profile":
            draw_profile_back(self.figure)
        elif self.kind != "behind":
            draw_back(self.figure, self.style)

    def draw_middle(self) -> None:
        """Draw what lies between the body and the face."""
        if self.kind == "anime" and self.braids_in_front:
            draw_buns_or_braids(self.figure)

    def draw_front(self) -> None:
        """Draw the face, the hair around it and what is worn on it."""
        match self.kind:
            case "anime":
                _draw_anime_face(self.figure)
            case "profile":
                draw_profile(self.figure)
            case "behind":
                draw_from_behind(self.figure)
            case _:
                self._draw_plain()

    def _draw_plain(self) -> None:
        figure, rng = self.figure, self.figure.rng
        draw_ears(figure)
        bare_head(figure)
        if rng.random() < 0.3:
            draw_blush(figure)
        if self.kind == "plain":
            draw_plain_face(figure, grown=self.grown)
        else:
            eyes = draw_eyes(figure)
            draw_nose_and_mouth(figure)
            if rng.random() < 0.12:
                draw_glasses(figure, eyes)
        draw_front(figure, self.style)
        if self.style not in ("afro", "bun") and rng.random() < 0.4:
            draw_accessory(figure)


def choose_head(figure: Figure, *, grown: bool) -> Head:
    """Draw a kind of head by chance."""
    rng = figure.rng
    style = pick(rng, MALE_STYLES if figure.look.male else STYLES)
    return Head(figure, pick(rng, KINDS), style, bool(rng.random() < 0.5), grown)


def _draw_anime_face(figure: Figure) -> None:
    """Ears, head, face, front hair and what is worn on the head."""
    rng = figure.rng
    draw_ears(figure)
    draw_head(figure)
    eyes = draw_bangs_and_face(figure, blush=0.5, eyes_shown=0.2)
    if rng.random() < 0.1:
        draw_glasses(figure, eyes)
    draw_accessory(figure)

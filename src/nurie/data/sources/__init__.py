"""Where drawings come from. A new source is one file (or folder) and one line in `SOURCES`."""

from typing import Protocol

from nurie.data.sources.anime import draw_anime, draw_character
from nurie.data.sources.dicebear import draw_dicebear
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.icons import draw_icons
from nurie.data.sources.scenes import draw_scene
from nurie.data.sources.world import draw_lit, draw_world

__all__ = ["SOURCES", "Source"]


class Source(Protocol):
    """Draws what a seed stands for: same seed, same drawing."""

    def __call__(self, seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
        """Draw a square of `side` pixels; `line_width`, in pixels at side 256, instead of the seed's own."""


SOURCES: dict[str, Source] = {
    "anime": draw_anime,
    "characters": draw_character,
    "dicebear": draw_dicebear,
    "icons": draw_icons,
    "lit": draw_lit,
    "scenes": draw_scene,
    "world": draw_world,
}
"""The sources that draw by seed. They import skia when they are called, not before."""

"""Emoji in their true colours, drawn as line art: what a tree, a heart, a lemon look like."""

from nurie.data.sources.drawing import Drawing
from nurie.data.sources.request import check_request, needs_corpus_extra

VARIABLE = "NURIE_ICONS"
"""The environment variable that names the folder of the collections."""


def draw_icons(seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
    """Draw one to nine emoji of the collections in the folder that `NURIE_ICONS` names.

    The collections are files in the format of Iconify, such as Fluent Emoji (MIT), Noto Emoji (Apache 2.0) and Twemoji
    (CC BY 4.0); see `read_collections`. The same seed and the same collections give the same drawing. One icon in ten,
    chosen by its name, is drawn for seeds from 900,000 on only, and no others are drawn there. `meta["items"]` lists
    collection and name of each. Each icon is an owner; regions are of kind `prop` but the ground, and the skin of
    people and hands. Takes about 0.1 s at side 256.

    `line_width` (pixels at side 256; wider pictures get wider lines) takes the place of the width that the seed
    stands for.

    Raises:
        InputError: the seed is negative, the side too small, or the lines have no width.
        DataError: the folder has no collections, or one is damaged or under another license.
        MissingExtraError: skia or a system library that it needs is missing.
    """
    check_request(seed, side, line_width)
    with needs_corpus_extra():
        # Imported here, so that nurie can list its sources where skia is not installed.
        from nurie.data.sources.icons.picture import draw_picture

        return draw_picture(seed, side, line_width)

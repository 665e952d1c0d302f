"""Anime figures drawn by rule: locks of hair, large eyes, uniforms, cel shadows; all our own."""

from nurie.data.sources.drawing import Drawing
from nurie.data.sources.request import check_request


def draw_anime(seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
    """Draw one to three anime figures, busts or from head to foot, before a background.

    The same seed gives the same drawing; with another version of skia a few pixels may differ a little.
    A drawing of another side shows the same, finer or coarser. `meta["background"]` names the background,
    `meta["figures"]` has the colors `skin`, `hair`, `eyes` and `cloth` of each figure: the first is the
    owner 1 of parts, and so on. `meta["light"]` is the side from which light falls on all of them, -1 (left) or 1.
    Takes about 0.1 s at side 256.

    `line_width` (pixels at side 256; wider pictures get wider lines) takes the place of the width that the seed
    stands for.

    Raises:
        InputError: the seed is negative, the side too small, or the lines have no width.
        MissingExtraError: skia or a system library that it needs is missing.
    """
    check_request(seed, side, line_width)
    # Imported here, so that nurie can list its sources where skia is not installed.
    from nurie.data.sources.anime.picture import draw_picture

    return draw_picture(seed, side, line_width)


POSES = 3
"""Drawings of each character."""


def draw_character(seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
    """Draw one of the `POSES` drawings of a character: another pose, framing and background, the same colors.

    Seeds 0, 1, 2 show character 0, and so on; it is the owner 1 of parts. Its hair, face and colors stay; the cut of
    its clothes may change. Others may stand beside it. `meta["character"]` is its number; the rest is as for
    `draw_anime`.

    Raises:
        InputError, MissingExtraError: as for `draw_anime`.
    """
    check_request(seed, side, line_width)
    from nurie.data.sources.anime.picture import draw_picture

    return draw_picture(seed, side, line_width, character=seed // POSES)

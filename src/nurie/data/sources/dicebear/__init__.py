"""Figures put together from hand-drawn components of DiceBear styles (CC0 and CC BY)."""

from nurie.data.sources.drawing import Drawing
from nurie.data.sources.request import check_request, needs_corpus_extra


def draw_dicebear(seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
    """Draw one to three figures of hand-drawn components, in colors of our own, before a ground.

    The same seed gives the same drawing. A quarter of the drawings has no outlines in color. `meta`
    has, beside the usual, `items`: the style and DiceBear seed of each thing drawn, backdrop first.
    Figure 1 is the owner 1 of parts. Takes about 0.06 s at side 256, and 0.1 s once for each style.

    `line_width` (pixels at side 256; wider pictures get wider lines) takes the place of the width that the seed
    stands for; drawn ink keeps the width its artist gave it.

    Raises:
        InputError: the seed is negative, the side too small, or the lines have no width.
        MissingExtraError: a package or a system library that drawing needs is missing.
    """
    check_request(seed, side, line_width)
    with needs_corpus_extra():
        # Imported here, so that nurie can list its sources where skia is not installed.
        from nurie.data.sources.dicebear.scene import draw_picture

        return draw_picture(seed, side, line_width)

"""DiceBear figures among OpenMoji people and objects; with one OpenMoji, CC BY-SA."""

from nurie.data.sources.drawing import Drawing
from nurie.data.sources.request import check_request, needs_corpus_extra


def draw_scene(seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
    """Draw figures and objects before a ground: 1 to 17 things, 47 regions in the mean.

    The same seed gives the same drawing. OpenMoji's test items are never drawn, whatever the seed.
    `meta` has, beside the usual, `items`: the collection and name (or DiceBear seed) of each thing
    drawn, in order; all but a backdrop are owners 1, 2, ... of parts. Takes about 0.09 s at side
    256.

    `line_width` (pixels at side 256; wider pictures get wider lines) takes the place of the width that the seed
    stands for; drawn ink and finer lines of OpenMoji keep theirs.

    Raises:
        InputError: the seed is negative, the side too small, or the lines have no width.
        MissingExtraError: a package or a system library that drawing needs is missing.
    """
    check_request(seed, side, line_width)
    with needs_corpus_extra():
        # Imported here, so that nurie can list its sources where skia is not installed.
        from nurie.data.sources.scenes.scene import draw_picture

        return draw_picture(seed, side, line_width)

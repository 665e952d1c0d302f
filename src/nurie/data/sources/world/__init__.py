"""The wide world by rule: people in poses, groups, animals, food, plants, vehicles, places; all our own."""

from nurie.data.sources.drawing import Drawing
from nurie.data.sources.request import check_request


def draw_world(seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
    """Draw people, animals or things, alone or together, mostly on white paper.

    It complements `draw_anime`, whose heads its people have. The same seed gives the same drawing; with another
    version of skia a few pixels may differ a little. A drawing of another side shows the same, finer or coarser.
    `meta["subject"]` says what it shows, `meta["things"]` which things, `meta["habit"]` how it was drawn;
    `meta["figures"]` has the colors of each person, who are the owners 1, 2, ... of parts. Animals and things are
    owners from there on, and all of kind `prop` but for eyes.

    `line_width` (pixels at side 256; wider pictures get wider lines) takes the place of the width that the seed
    stands for.

    Raises:
        InputError: the seed is negative, the side too small, or the lines have no width.
        MissingExtraError: skia or a system library that it needs is missing.
    """
    check_request(seed, side, line_width)
    # Imported here, so that nurie can list its sources where skia is not installed.
    from nurie.data.sources.world.picture import draw_picture

    return draw_picture(seed, side, line_width)


def draw_lit(seed: int, *, side: int = 256, line_width: float | None = None) -> Drawing:
    """Draw what `draw_world` draws, in light that the lines tell: for the paint stage.

    All shading is hard, from above and from the side that `meta["light"]` names. The rest is as for `draw_world`.

    Raises:
        InputError, MissingExtraError: as for `draw_world`.
    """
    check_request(seed, side, line_width)
    from nurie.data.sources.world.picture import draw_picture

    return draw_picture(seed, side, line_width, lit=True)

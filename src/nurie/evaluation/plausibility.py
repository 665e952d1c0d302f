"""Is skin painted a colour that skin has?"""

from collections.abc import Iterable, Sequence

import numpy as np
from jaxtyping import Float64

from nurie.colors import ciede2000, rgb_to_cielab
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError
from nurie.evaluation.painted import PaintedRegion, painted_regions
from nurie.evaluation.tally import Tally

SKIN_DISTANCE = 12.0
"""CIEDE2000; the first edition's bound."""

RAREST_SKIN = 1 / 1000
"""Share of the corpus' skin regions that must have a colour for it to be a skin colour.

What is rarer is an accident of shading, or a sliver that shows what lies behind."""

Lab = Float64[np.ndarray, "n 3"]


def skin_colors(drawings: Iterable[Drawing]) -> Lab:
    """Give the painted colours of a corpus' true skin regions, without the rarest, in CIELAB.

    A colour (exact sRGB bytes) counts if at least one in a thousand skin regions has it.

    Raises:
        DataError: no drawing has a skin region of 12 paper pixels.
    """
    seen = [
        region.rgb
        for drawing in drawings
        for region in painted_regions(drawing.color, drawing)
        if region.part.kind == "skin"
    ]
    if not seen:
        raise DataError("no drawing has a region of skin; learn from a corpus of people")
    colors, counts = np.unique(np.array(seen), axis=0, return_counts=True)
    return rgb_to_cielab(colors[counts >= len(seen) * RAREST_SKIN])


def plausible_skin(painted: Sequence[PaintedRegion], skin: Lab) -> Tally:
    """Count the skin regions painted within 12 CIEDE2000 of the nearest of the skin colours."""
    painted_skin = [region.lab for region in painted if region.part.kind == "skin"]
    if not painted_skin:
        return Tally()
    colors, references = np.broadcast_arrays(np.array(painted_skin)[:, None], skin[None])
    near = ciede2000(colors, references).min(1) <= SKIN_DISTANCE
    return Tally(int(near.sum()), len(near))

"""From the sheets of a board to a drawing: blacks opened, shaded, reduced, described."""

from collections.abc import Sequence

import cv2
import numpy as np

from nurie.arrays import RegionMap
from nurie.data.sources.dicebear.board import PIECES_FROM, SUPERSAMPLING, VIEW, Board, Sheets
from nurie.data.sources.dicebear.shading import reduce_light, shade_regions
from nurie.data.sources.dicebear.styles import Credit, combine_credits
from nurie.data.sources.drawing import Drawing

INK_LEVEL = 128  # darker is ink where blacks are opened
LINE_LEVEL = 110  # darker belongs to no region
OPENED_FROM = (2.0, 2.75)  # pixels of a picture of side 256
OPENED_BLUR = 0.7  # pixels; the soft edge of opened blacks

Item = tuple[str, str, Credit]
"""A thing that is drawn: the collection it is from, its seed or name there, and who made it."""


def open_blacks(sheets: Sheets, rng: np.random.Generator) -> RegionMap:
    """Open what is solid black in the line drawing, for nobody could color it; change `sheets`.

    Ink further than 2 to 2.75 pixels (of a picture of side 256) from its edge becomes paper, and a
    region of its own. What is dark after that becomes label 0.

    Returns:
        The pieces that were opened, 1..N; 0 elsewhere.
    """
    thickness = rng.uniform(*OPENED_FROM) * len(sheets.lines) / VIEW
    ink = (sheets.lines < INK_LEVEL).astype(np.uint8)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, cv2.DIST_MASK_5)
    core = (depth > thickness).astype(np.uint8)
    _, pieces = cv2.connectedComponents(core, connectivity=4, ltype=cv2.CV_32S)
    if core.any():
        opened = cv2.GaussianBlur(core.astype(np.float32), (0, 0), OPENED_BLUR)
        sheets.lines = np.maximum(sheets.lines, (opened * 255).astype(np.uint8))
    lines = (sheets.lines < LINE_LEVEL) & (pieces == 0)
    labels = np.where(pieces > 0, pieces + PIECES_FROM, sheets.labels)
    sheets.labels = np.where(lines, 0, labels).astype(np.int32)
    return pieces.astype(np.int32, copy=False)


def finish_drawing(
    board: Board,
    sheets: Sheets,
    rng: np.random.Generator,
    *,
    last_background: int,
    items: Sequence[Item],
    source: tuple[str, int],
) -> Drawing:
    """Shade the color sheet, reduce all, say what and whose it is; `source` is name and seed."""
    side = len(sheets.lines) // SUPERSAMPLING
    light = shade_regions(sheets.color, sheets.labels, last_background=last_background, rng=rng)
    regions, parts = board.true_parts(sheets.labels)
    name, seed = source
    meta: dict[str, object] = {"source": name, "seed": seed}
    meta |= combine_credits(credit for _, _, credit in items)
    meta["items"] = [[collection, item] for collection, item, _ in items]
    sketch = cv2.resize(sheets.lines, (side, side), interpolation=cv2.INTER_AREA)
    return Drawing(
        color=reduce_light(light, side),
        sketch=sketch.astype(np.uint8, copy=False),
        regions=regions,
        parts=parts,
        meta=meta,
    )

"""Where figures are put together to one picture, three times: colored, as lines, as labels."""

from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Int32

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.sources.dicebear.layers import (
    BLACK,
    KindOf,
    LabelBook,
    Pen,
    label_code,
    make_layers,
)
from nurie.data.sources.dicebear.svg import children_text, render_svg
from nurie.data.sources.drawing import Part
from nurie.data.sources.hex_colors import WHITE
from nurie.data.sources.labels import decode_labels, true_regions

LabelSheet = Int32[np.ndarray, "rows columns"]
"""A label map of the size of the sheets."""

VIEW = 256  # user units of a board, whatever the side of the picture
SUPERSAMPLING = 2  # pixels drawn per pixel of the result, along each side
CENTER = VIEW / 2

PIECES_FROM = 60_000  # labels of hollowed blacks are above this


@dataclass
class Sheets:
    """A board drawn at `SUPERSAMPLING` times the size of the picture."""

    color: Image
    lines: Sketch
    labels: RegionMap
    """0 = line; above `PIECES_FROM`: hollowed blacks."""


class Board:
    """Takes figures, later ones over earlier ones."""

    def __init__(self, ground: str) -> None:
        """Start with a ground of one color, label 1."""
        self.book = LabelBook()
        paints = (ground, WHITE, label_code(1))
        self._texts = [[f'<rect width="{VIEW}" height="{VIEW}" fill="{paint}"/>'] for paint in paints]

    def place(self, root: Element, transform: str, pen: Pen, *, kind_of: KindOf, owner: int) -> None:
        """Put a figure on the board; `transform` takes its coordinates to 0..`VIEW`."""
        layers = make_layers(root, pen, self.book, kind_of=kind_of, owner=owner)
        fill = root.get("fill", BLACK)
        trees = (layers.color, layers.lines, layers.regions)
        for texts, tree in zip(self._texts, trees, strict=True):
            texts.append(f'<g transform="{transform}" fill="{fill}">{children_text(tree)}</g>')

    def draw(self, side: int) -> Sheets:
        """Draw the three sheets for a picture of `side` pixels."""
        color, lines, regions = ("".join(texts) for texts in self._texts)
        size = side * SUPERSAMPLING
        labels = decode_labels(render_svg(self.book.without_ink(regions), view=VIEW, side=size))
        return Sheets(
            color=render_svg(color, view=VIEW, side=size),
            lines=np.ascontiguousarray(render_svg(lines, view=VIEW, side=size)[..., 0]),
            labels=labels,
        )

    def true_parts(self, labels: LabelSheet) -> tuple[RegionMap, tuple[Part, ...]]:
        """Reduce labels to the regions of the picture, lines given away, and say what each is."""
        small = np.ascontiguousarray(labels[::SUPERSAMPLING, ::SUPERSAMPLING])
        regions, region_labels = true_regions(small)
        ink_parts = self._ink_parts(small) if max(region_labels) > PIECES_FROM else {}
        known = self.book.parts | ink_parts
        return regions, tuple(known.get(label, Part("prop")) for label in region_labels)

    def _ink_parts(self, labels: RegionMap) -> dict[int, Part]:
        """What hollowed blacks are: what most of the ink below them is."""
        ink = decode_labels(render_svg("".join(self._texts[2]), view=VIEW, side=len(labels)))
        hollow = labels > PIECES_FROM
        counts: dict[int, Counter[Part]] = {}
        for label, ink_label in zip(labels[hollow].tolist(), ink[hollow].tolist(), strict=True):
            if ink_label in self.book.parts:
                counts.setdefault(label, Counter())[self.book.parts[ink_label]] += 1
        return {label: parts.most_common(1)[0][0] for label, parts in counts.items()}

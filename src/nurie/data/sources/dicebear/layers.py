"""From the tree of a figure to three trees of the same shapes: colored, as lines, as labels.

In the line tree fills are white paper and what is ink is black, so that the painter's algorithm
hides what is covered; in the region tree every fill has the color of a label of its own. Shading,
which is translucent or blended, stays in the color tree only.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from nurie.data.sources.dicebear.svg import COMPONENT, luminance
from nurie.data.sources.drawing import Part
from nurie.data.sources.hex_colors import WHITE, scale
from nurie.data.sources.labels import MAX_LABEL, label_color

Ink = Literal["black", "dark"]
"""Added outlines in the color picture: black, or a dark shade of what they surround."""

KindOf = Callable[[str, str], str]
"""(component, fill color) of a shape -> what it is, one of `KINDS`."""

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polygon", "polyline"})
NEVER_DRAWN = frozenset({"mask", "clipPath", "defs"})
PAINT_ATTRIBUTES = ("opacity", "fill-opacity", "stroke-opacity", "style", "fill", "stroke")

BLACK = "#000000"
OUTLINE = "#111111"
OUTLINE_SHADE = 0.42  # times the fill: dark outlines
INK_LUMINANCE = 0.13  # what inked styles fill darker than this is a line
FAINTEST_STROKE = 0.4  # opacity; a fainter stroke is shading
FAT_STROKE = 3.0  # times the line width; a fatter stroke is halved in the line drawing


@dataclass(frozen=True, kw_only=True)
class Pen:
    """How the shapes of one figure become lines. Widths are in user units of the figure."""

    inked: bool
    """Whether the figure brings its outlines as dark shapes; else every fill gets one."""
    width: float
    """Of added outlines."""
    ink: Ink | None = None
    """Added outlines in the color picture; None leaves them to the line drawing."""
    outlined: frozenset[str] = frozenset()
    """Fills of an inked figure that need an outline all the same."""
    faintest: float = 0.5
    """Opacity below which a fill is shading and no region."""


@dataclass(frozen=True)
class Layers:
    """Three copies of one tree that differ in paint only."""

    color: Element
    lines: Element
    regions: Element


class LabelBook:
    """Gives each shape a label, and remembers what the shape is. Label 1 is the ground.

    Black fills get labels too, counted from the top, for one can be large enough to be a region.
    """

    def __init__(self) -> None:
        """Start with the ground."""
        self.parts = {1: Part("background")}
        self._codes_of_ink: dict[str, int] = {}

    @property
    def last_label(self) -> int:
        """The label that a fill was last given."""
        return len(self.parts) - len(self._codes_of_ink)

    def add_fill(self, part: Part) -> str:
        """Give the next fill its color in the region tree."""
        label = self.last_label + 1
        self.parts[label] = part
        return label_code(label)

    def add_ink(self, part: Part) -> str:
        """Give the next black fill its color; `without_ink` turns it to black."""
        label = MAX_LABEL - len(self._codes_of_ink)
        self.parts[label] = part
        code = label_code(label)
        self._codes_of_ink[code] = label
        return code

    def without_ink(self, text: str) -> str:
        """Paint black, in the SVG text of region trees, what `add_ink` gave a color."""
        return re.sub(
            "#[0-9a-f]{6}",
            lambda match: BLACK if match[0] in self._codes_of_ink else match[0],
            text,
        )


def label_code(label: int) -> str:
    """The color of a label, as SVG writes it."""
    red, green, blue = label_color(label)
    return f"#{red:02x}{green:02x}{blue:02x}"


def outline_color(ink: Ink, fill: str) -> str:
    """The color of an outline around a fill."""
    if ink == "black" or not re.fullmatch("#[0-9a-fA-F]{6}", fill):
        return OUTLINE
    return scale(fill, OUTLINE_SHADE)


def make_layers(root: Element, pen: Pen, book: LabelBook, *, kind_of: KindOf, owner: int) -> Layers:
    """Copy a figure three times and paint each copy for its purpose; `root` stays as it is."""
    layers = Layers(*(copy.deepcopy(root) for _ in range(3)))
    painter = _Painter(pen, book, kind_of, owner)
    painter.walk(layers, _Inherited(fill=root.get("fill", BLACK)))
    return layers


@dataclass(frozen=True)
class _Inherited:
    """What an element has from those around it."""

    fill: str
    stroke: str = "none"
    stroke_width: float = 1.0
    opacity: float = 1.0
    component: str = ""

    def within(self, element: Element) -> "_Inherited":
        """What the children of `element` inherit, and the element itself has."""
        declarations = (each.split(":", 1) for each in element.get("style", "").split(";"))
        css = {pair[0]: pair[1] for pair in declarations if len(pair) == 2}
        width = re.sub("[a-z%]", "", element.get("stroke-width", str(self.stroke_width)))
        opacity = self.opacity * float(element.get("opacity", 1))
        return _Inherited(
            fill=element.get("fill", css.get("fill", self.fill)),
            stroke=element.get("stroke", css.get("stroke", self.stroke)),
            stroke_width=float(width or 1),
            opacity=0.0 if "mix-blend-mode" in css else opacity,
            component=element.get(COMPONENT, self.component),
        )


@dataclass(frozen=True)
class _Painter:
    """Paints the three copies of a figure, element by element."""

    pen: Pen
    book: LabelBook
    kind_of: KindOf
    owner: int

    def walk(self, layers: Layers, outer: _Inherited) -> None:
        if layers.color.tag in NEVER_DRAWN:
            return
        inherited = outer.within(layers.color)
        layers.color.attrib.pop(COMPONENT, None)
        for layer in (layers.lines, layers.regions):
            for name in (COMPONENT, *PAINT_ATTRIBUTES):
                layer.attrib.pop(name, None)
        if layers.color.tag in SHAPES:
            self._paint(layers, inherited)
        for children in zip(layers.color, layers.lines, layers.regions, strict=True):
            self.walk(Layers(*children), inherited)

    def _paint(self, layers: Layers, inherited: _Inherited) -> None:
        fill, fill_opacity = _split_alpha(layers.color, "fill", inherited)
        stroke, stroke_opacity = _split_alpha(layers.color, "stroke", inherited)
        filled = fill != "none" and fill_opacity >= self.pen.faintest
        inked = filled and self.pen.inked and luminance(fill) < INK_LUMINANCE
        line_fill = region_fill = "none"
        if filled:
            part = Part(self.kind_of(inherited.component, fill), self.owner)
            line_fill = BLACK if inked else WHITE
            region_fill = self.book.add_ink(part) if inked else self.book.add_fill(part)
        layers.lines.set("fill", line_fill)
        layers.regions.set("fill", region_fill)
        if filled and not inked and self._needs_outline(fill, stroke, inherited.stroke_width):
            self._outline(layers, fill)
        elif stroke != "none" and stroke_opacity >= min(FAINTEST_STROKE, self.pen.faintest):
            self._stroke(layers, self._line_width(inherited.stroke_width))
        else:
            layers.lines.set("stroke", "none")
            layers.regions.set("stroke", "none")

    def _needs_outline(self, fill: str, stroke: str, stroke_width: float) -> bool:
        if self.pen.inked:
            return fill in self.pen.outlined and stroke == "none"
        return stroke == "none" or stroke_width < self.pen.width

    def _outline(self, layers: Layers, fill: str) -> None:
        layers.lines.set("stroke-linejoin", "round")
        if self.pen.ink is not None:
            layers.color.set("stroke", outline_color(self.pen.ink, fill))
            layers.color.set("stroke-width", f"{self.pen.width:.4g}")
            layers.color.set("stroke-linejoin", "round")
            layers.color.attrib.pop("stroke-opacity", None)
        self._stroke(layers, self.pen.width)

    def _line_width(self, stroke_width: float) -> float:
        if self.pen.inked or stroke_width <= FAT_STROKE * self.pen.width:
            return stroke_width
        return max(self.pen.width, stroke_width * 0.5)

    def _stroke(self, layers: Layers, width: float) -> None:
        region_width = width if self.pen.inked else min(width, self.pen.width)
        for layer, layer_width in ((layers.lines, width), (layers.regions, region_width)):
            layer.set("stroke", BLACK)
            layer.set("stroke-width", f"{layer_width:.4g}")


def _split_alpha(shape: Element, name: str, inherited: _Inherited) -> tuple[str, float]:
    """The paint ("fill" or "stroke") of a shape without alpha, and its opacity.

    Skia's SVG module draws `#rrggbbaa` black, so the alpha goes to the attribute for opacity.
    """
    paint: str = getattr(inherited, name)
    own_opacity = float(shape.get(f"{name}-opacity", 1))
    opacity = inherited.opacity * own_opacity
    if len(paint) != 9 or not paint.startswith("#"):
        return paint, opacity
    alpha = int(paint[7:], 16) / 255
    shape.set(name, paint[:7])
    shape.set(f"{name}-opacity", f"{alpha * own_opacity:.4g}")
    return paint[:7], opacity * alpha

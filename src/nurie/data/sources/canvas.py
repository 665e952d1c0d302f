"""One hand, three sheets: each shape is drawn in color, as a line drawing and as a label at once.

The painter's algorithm does the hiding: a shape covers what lies below it in the color picture with
its color, in the line drawing with white paper, in the label picture with a label of its own. All
three are drawn at twice the size; the label picture without anti-aliasing, so that its colors stay
labels.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from jaxtyping import Float32

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.sources.curves import PointLike
from nurie.data.sources.drawing import Part
from nurie.data.sources.hex_colors import WHITE, scale, to_rgb
from nurie.data.sources.labels import decode_labels, label_color, true_regions
from nurie.data.sources.skia_library import skia

SUPERSAMPLING = 2  # pixels drawn per pixel of the result, along each side
DESIGN_SIDE = 256  # pixels; the side for which widths and places are written down
INK = "#141216"
INK_TINT = (0.38, 0.32, 0.36)  # times the color of a shape: its outline, where ink is tinted
SHADOW_TINT = (0.72, 0.66, 0.8)  # times the color: cel shadow, a little violet
SKIN_SHADOW_TINT = (0.87, 0.7, 0.7)  # the same on skin, where shapes are modelled: warm
RIM, RIM_ALPHA = 0.35, 60  # width, times the shadow's, and strength of the light on the edge across from it

InkStyle = Literal["black", "tinted", "none"]
"""Outlines in the color picture: black, a dark shade of what they surround, or left out."""


@dataclass(frozen=True)
class Line:
    """How to draw an outline."""

    width: float = 1.0
    """As a share of the canvas's line width."""
    color: str | None = None
    """None: as the ink style says."""


OUTLINE = Line()


@dataclass(frozen=True)
class Gradient:
    """Colors along a straight way; before and behind it the first and the last go on."""

    start: PointLike
    end: PointLike
    colors: tuple[str, ...]
    stops: tuple[float, ...] | None = None
    """Share of the way at which each color is reached, 0..1; None: evenly spread."""


class Canvas:
    """Three pictures of the same shapes, and a note of what each shape is.

    Args:
        side: side of the finished square picture in pixels; coordinates run to `size`, twice that.
        line_width: in pixels of a finished picture of side 256; wider pictures get wider lines.
        ink_style: how outlines look in the color picture.
    """

    def __init__(self, side: int, *, line_width: float, ink_style: InkStyle) -> None:
        """Start with white paper, white color and the label of the background."""
        self.side = side
        self.size = side * SUPERSAMPLING
        self.scale = self.size / DESIGN_SIDE
        """Pixels of the canvas per pixel of a finished picture of side 256."""
        self.line_width = line_width * self.scale
        """In pixels of the canvas. May be changed between two shapes."""
        self.modelled = False
        """Whether shapes with a shadow have a rim of light across from it, and skin a warm shadow. May be changed."""
        self._ink_style = ink_style
        self._surfaces = [skia.Surface(self.size, self.size) for _ in range(3)]
        self._color, self._lines, self._labels = (each.getCanvas() for each in self._surfaces)
        self._part = Part("background")
        self._parts = [self._part]
        self._color.clear(skia.ColorWHITE)
        self._lines.clear(skia.ColorWHITE)
        self._labels.clear(skia.Color(*label_color(1)))

    @contextmanager
    def part(self, kind: str, owner: int = 0, name: str = "") -> Iterator[None]:
        """Note all shapes that are filled inside the `with` as this part."""
        outer, self._part = self._part, Part(kind, owner, name)
        try:
            yield
        finally:
            self._part = outer

    @contextmanager
    def clipped(self, path: skia.Path) -> Iterator[None]:
        """Draw only inside a shape."""
        sheets = ((self._color, True), (self._lines, True), (self._labels, False))
        for sheet, smooth in sheets:
            sheet.save()
            sheet.clipPath(path, smooth)
        try:
            yield
        finally:
            for sheet, _ in sheets:
                sheet.restore()

    def wash(self, color: str, gradient: Gradient | None = None) -> None:
        """Color the whole picture, as the ground for what follows: no line, no label."""
        ground = skia.Paint(Color=_skia_color(color))
        if gradient is not None:
            ground.setShader(_shader(gradient))
        self._color.drawRect(skia.Rect.MakeWH(self.size, self.size), ground)

    def fill(
        self,
        path: skia.Path,
        color: str,
        *,
        line: Line | None = OUTLINE,
        shade: PointLike | None = None,
        gradient: Gradient | None = None,
    ) -> None:
        """Draw a shape that is a region of its own.

        Args:
            path: the shape.
            color: its color, from which the color of its outline follows.
            line: its outline; None for none.
            shade: where the light goes, in pixels of the canvas (see `shade`); None for no shadow.
            gradient: instead of the flat color.
        """
        paint = skia.Paint(AntiAlias=True, Color=_skia_color(color))
        if gradient is not None:
            paint.setShader(_shader(gradient))
        self._color.drawPath(path, paint)
        self._lines.drawPath(path, skia.Paint(AntiAlias=True, Color=skia.ColorWHITE))
        self._parts.append(self._part)
        label = skia.Color(*label_color(len(self._parts)))
        self._labels.drawPath(path, skia.Paint(AntiAlias=False, Color=label))
        if shade is not None:
            self.shade(path, shade)
        if line is not None:
            self.stroke(path, line.color or self.line_color(color), width=line.width)

    def gleam(self, path: skia.Path, color: str = WHITE) -> None:
        """Draw a shape over lines and all, which is too small to be a region of its own."""
        self._color.drawPath(path, skia.Paint(AntiAlias=True, Color=_skia_color(color)))
        self._lines.drawPath(path, skia.Paint(AntiAlias=True, Color=skia.ColorWHITE))

    def stroke(self, path: skia.Path, color: str = INK, *, width: float = 1.0) -> None:
        """Draw a line of even width along a path; `width` is a share of the line width.

        A line drawing has it in any case; the color picture not where the ink style is "none".
        """
        pen = {
            "Style": skia.Paint.kStroke_Style,
            "StrokeWidth": self.line_width * width,
            "StrokeJoin": skia.Paint.kRound_Join,
            "StrokeCap": skia.Paint.kRound_Cap,
        }
        self._draw_ink(path, color, in_color=self._ink_style != "none", pen=pen)

    def ink(self, path: skia.Path, color: str = INK, *, optional: bool = False) -> None:
        """Fill a shape with ink, such as a tapered line or lashes: a line, not a region.

        `optional` ink is left out of the color picture where the ink style is "none".
        """
        self._draw_ink(path, color, in_color=not optional or self._ink_style != "none", pen={})

    def _draw_ink(self, path: skia.Path, color: str, *, in_color: bool, pen: dict[str, object]) -> None:
        if in_color:
            self._color.drawPath(path, skia.Paint(AntiAlias=True, Color=_skia_color(color), **pen))
        black = skia.ColorBLACK
        self._lines.drawPath(path, skia.Paint(AntiAlias=True, Color=black, **pen))
        self._labels.drawPath(path, skia.Paint(AntiAlias=False, Color=black, **pen))

    def line_color(self, fill_color: str) -> str:
        """The color of lines on and around a shape of this color."""
        return INK if self._ink_style == "black" else scale(fill_color, INK_TINT)

    def shade(self, path: skia.Path, offset: PointLike) -> None:
        """Give a shape a hard cel shadow: what a copy of it, moved by `offset`, does not cover."""
        x, y = (float(way) for way in offset)
        dark = _bared(path, x, y)
        if dark is not None:
            skin = self.modelled and self._part.kind == "skin"
            self.darken(dark, inside=path, tint=SKIN_SHADOW_TINT if skin else SHADOW_TINT)
        rim = _bared(path, -RIM * x, -RIM * y) if self.modelled else None
        if rim is not None:
            self.lighten(rim, inside=path, alpha=RIM_ALPHA)

    def darken(
        self,
        path: skia.Path,
        *,
        inside: skia.Path,
        tint: tuple[float, float, float] = SHADOW_TINT,
    ) -> None:
        """Multiply the color of a shape, as far as it lies inside another, by a tint."""
        red, green, blue = (int(255 * channel) for channel in tint)
        shadow = skia.Paint(
            AntiAlias=True,
            Color=skia.Color(red, green, blue),
            BlendMode=skia.BlendMode.kMultiply,
        )
        self._paint_inside(path, inside, shadow)

    def lighten(self, path: skia.Path, *, inside: skia.Path, alpha: int, color: str = WHITE, blur: float = 0.0) -> None:
        """Lay a translucent color (alpha 0..255) over a shape, as far as it lies inside another.

        `blur` is the radius of its soft edge in pixels of the canvas.
        """
        light = skia.Paint(AntiAlias=True, Color=_skia_color(color, alpha))
        if blur:
            light.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self._paint_inside(path, inside, light)

    def _paint_inside(self, path: skia.Path, inside: skia.Path, paint: skia.Paint) -> None:
        """Shadow and light change colors only: neither lines nor regions."""
        self._color.save()
        self._color.clipPath(inside, True)
        self._color.drawPath(path, paint)
        self._color.restore()

    def color(self) -> Float32[np.ndarray, "height width 3"]:
        """The color picture at the canvas's size, sRGB in 0..1."""
        return self._sheet(0).astype(np.float32) / 255

    def sketch(self) -> Sketch:
        """The line drawing at the finished size."""
        lines = np.ascontiguousarray(self._sheet(1)[..., 0])
        return cv2.resize(lines, (self.side, self.side), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)

    def regions(self) -> tuple[RegionMap, tuple[Part, ...]]:
        """The regions at the finished size, lines given away, and what each of them is."""
        codes = np.ascontiguousarray(self._sheet(2)[::SUPERSAMPLING, ::SUPERSAMPLING])
        regions, labels = true_regions(decode_labels(codes))
        return regions, tuple(self._parts[label - 1] for label in labels)

    def _sheet(self, index: int) -> Image:
        pixels = self._surfaces[index].toarray(colorType=skia.kRGBA_8888_ColorType)
        sheet: Image = pixels[..., :3]
        return sheet


def _bared(path: skia.Path, x: float, y: float) -> skia.Path | None:
    """What a copy of a shape, moved, does not cover; None where skia cannot tell."""
    moved = skia.Path(path)
    moved.transform(skia.Matrix.Translate(x, y))
    return skia.Op(path, moved, skia.PathOp.kDifference_PathOp)


def reduce_color(color: Float32[np.ndarray, "rows columns 3"], side: int) -> Image:
    """Average a color picture of 0..1 down to its finished side, in 8 bits."""
    small = cv2.resize(color, (side, side), interpolation=cv2.INTER_AREA)
    return (small * 255 + 0.5).astype(np.uint8)


def _skia_color(color: str, alpha: int = 255) -> int:
    argb: int = skia.Color(*to_rgb(color), alpha)
    return argb


def _shader(gradient: Gradient) -> skia.Shader:
    ends = [skia.Point(*(float(value) for value in end)) for end in (gradient.start, gradient.end)]
    colors = [_skia_color(color) for color in gradient.colors]
    if gradient.stops is None:
        return skia.GradientShader.MakeLinear(ends, colors)
    return skia.GradientShader.MakeLinear(ends, colors, list(gradient.stops))

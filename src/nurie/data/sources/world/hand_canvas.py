"""The canvas of an artist: the sheets of `Canvas`, with lines and shadows after a habit."""

import math

import numpy as np

from nurie.data.sources.canvas import INK, SHADOW_TINT, Canvas
from nurie.data.sources.curves import Number, PointLike, difference, shifted
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world import pens
from nurie.data.sources.world.habits import Habit

SOFT_SHADOW = "#3c2850"
SOFT_ALPHA = 80
SOFT_BLUR = 5.0  # pixels of a finished picture of side 256
HATCH_WIDTH, DOT_RADIUS = 0.35, 0.24  # of the spacing


class HandCanvas(Canvas):
    """A canvas on which outlines and shadows look as the habit says; regions do not change.

    Hatching and screentone are ink on the drawing and on the color picture, and no line of the region map.
    """

    def __init__(self, side: int, habit: Habit, rng: np.random.Generator) -> None:
        """Start with white paper."""
        super().__init__(side, line_width=habit.width, ink_style=habit.ink_style)
        self.habit = habit
        self._rng = np.random.default_rng(rng.integers(1 << 62))  # so that pens change no later choice

    def line_color(self, fill_color: str) -> str:
        """The one ink, where there is one."""
        return self.habit.ink or super().line_color(fill_color)

    def _draw_ink(self, path: skia.Path, color: str, *, in_color: bool, pen: dict[str, object]) -> None:
        if self.habit.ink and color == INK:
            color = self.habit.ink
        if pen and self.habit.pen != "even":
            path, pen = self._line(path, float(str(pen["StrokeWidth"]))), {}
        super()._draw_ink(path, color, in_color=in_color, pen=pen)

    def _line(self, path: skia.Path, width: Number) -> skia.Path:
        match self.habit.pen:
            case "swelling":
                return pens.swelling(path, width, self._rng)
            case "nib":
                return pens.nib(path, width, self.habit.angle)
            case "double":
                return pens.double(path, width, self._rng, self.scale)
            case "broken":
                return pens.broken(path, width, self._rng, self.scale)
            case _:
                return pens.wobbly(path, width, self._rng, self.scale)

    def shade(self, path: skia.Path, offset: PointLike) -> None:
        """Give a shape the habit's kind of shadow."""
        if self.habit.shading == "flat":
            return
        if self.habit.shading == "cel":
            super().shade(path, offset)
            return
        dark = difference(path, shifted(path, float(offset[0]), float(offset[1])))
        self.darken(dark, inside=path)

    def darken(
        self,
        path: skia.Path,
        *,
        inside: skia.Path,
        tint: tuple[float, float, float] = SHADOW_TINT,
    ) -> None:
        """Darken a shape as the habit does."""
        match self.habit.shading:
            case "flat":
                pass
            case "cel":
                super().darken(path, inside=inside, tint=tint)
            case "soft":
                self.lighten(path, inside=inside, alpha=SOFT_ALPHA, color=SOFT_SHADOW, blur=SOFT_BLUR * self.scale)
            case _:
                self._texture(path, inside)

    def _texture(self, path: skia.Path, inside: skia.Path) -> None:
        """Hatch or dot a shadow: on the drawing and the color picture, not on the labels."""
        for effect in self._effects():
            ink = skia.Paint(AntiAlias=True, PathEffect=effect, Color=skia.Color(20, 18, 22))
            for sheet in (self._color, self._lines):
                sheet.save()
                sheet.clipPath(inside, True)
                sheet.clipPath(path, True)
                sheet.drawPath(path, ink)
                sheet.restore()

    def _effects(self) -> list[skia.PathEffect]:
        spacing, angle = self.habit.spacing * self.scale, self.habit.angle
        turned = skia.Matrix.RotateDeg(math.degrees(angle))
        turned.preScale(spacing, spacing)
        if self.habit.shading == "dotted":
            dot = skia.Path.Circle(0, 0, DOT_RADIUS * spacing)
            return [skia.Path2DPathEffect.Make(turned, dot)]
        lines = [skia.Line2DPathEffect.Make(HATCH_WIDTH * self.line_width, turned)]
        if self.habit.shading == "crossed":
            across = skia.Matrix.RotateDeg(math.degrees(angle) + 90)
            across.preScale(spacing, spacing)
            lines.append(skia.Line2DPathEffect.Make(HATCH_WIDTH * self.line_width, across))
        return lines

"""A panel as SVG, by our own hand: lines, axes, a legend. Colours come from the page, so light and dark both work.

Not matplotlib: it would be a second library for the sake of lines, its pictures have one background, and a page of
twelve plots would weigh megabytes instead of 100 kB.
"""

import json
import math
from collections.abc import Sequence
from html import escape

from nurie.training.report.curves import SHARES, Curve, Panel

WIDTH, HEIGHT = 440, 230
LEFT, RIGHT, TOP, BOTTOM = 50, 12, 10, 26
SMOOTH_FROM = 40
"""Points; shorter curves are drawn as they are."""

SERIES = 4
"""Colours that the page has; further curves begin again."""


class Axis:
    """Values to pixels."""

    def __init__(
        self, least: int | float, most: int | float, start: int, end: int, *, logarithmic: bool = False
    ) -> None:
        """`least` is drawn at `start`, `most` at `end`."""
        self._of = math.log10 if logarithmic else float
        self.logarithmic = logarithmic
        self.least, self.most = self._of(least), self._of(most)
        self._start, self._end = start, end

    def __call__(self, value: int | float) -> float:
        """Where a value lies."""
        share = (self._of(value) - self.least) / ((self.most - self.least) or 1)
        return self._start + share * (self._end - self._start)

    def ticks(self, count: int) -> list[int | float]:
        """Round values within the axis, about so many."""
        if self.logarithmic:
            powers = range(math.ceil(self.least), math.floor(self.most) + 1)
            return [10.0**power for power in powers[:: max(1, len(powers) // count)]]
        step = nice((self.most - self.least) / count)
        first = math.ceil(self.least / step - 1e-9)
        return [index * step for index in range(first, math.floor(self.most / step + 1e-9) + 1)]


def nice(step: int | float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is no smaller."""
    power = 10.0 ** math.floor(math.log10(step)) if step > 0 else 1.0
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))


def short(value: int | float) -> str:
    """A number in few letters: 1.5M, 20k, 0.034."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def draw(panel: Panel, *, images: int | float, marks: Sequence[int] = ()) -> str:
    """The plot over 0..images, with a mark wherever the run went on after a stop."""
    curves = [curve.reduced() for curve in panel.curves]
    x, y = Axis(0, max(images, 1), LEFT, WIDTH - RIGHT), _values_axis(panel, curves)
    parts = [_grid(x, y), *(_mark(x(mark)) for mark in marks)]
    for number, curve in enumerate(curves):
        color = f"s{number % SERIES}"
        smooth = len(curve.values) >= SMOOTH_FROM
        parts.append(_line(curve, x, y, f"{color} {'faint' if smooth else ''}"))
        if smooth:
            parts.append(_line(curve.smooth(), x, y, color))
        if len(curve.values) == 1:
            parts.append(f'<circle class="{color}" cx="{x(curve.images[0]):.1f}" cy="{y(curve.values[0]):.1f}" r="3"/>')
    label = f"{panel.title}: " + ", ".join(f"{curve.name} {short(curve.values[-1])}" for curve in curves)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}" data-plot="{_data(curves, x)}">'
        + "".join(parts)
        + f'<line class="cursor" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/></svg>'
    )


def _values_axis(panel: Panel, curves: Sequence[Curve]) -> Axis:
    values = [value for curve in curves for value in curve.values]
    least, most = min(values), max(values)
    if panel.logarithmic:
        return Axis(least / 1.2, most * 1.2, HEIGHT - BOTTOM, TOP, logarithmic=True)
    if panel.title in SHARES:
        return Axis(0, 1, HEIGHT - BOTTOM, TOP)
    room = 0.06 * (most - least) or abs(most) * 0.1 or 1
    floor = 0.0 if 0 <= least < 0.4 * most else least - room
    return Axis(floor, most + room, HEIGHT - BOTTOM, TOP)


def _grid(x: Axis, y: Axis) -> str:
    rows = "".join(
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(t):.1f}" y2="{y(t):.1f}"/>'
        f'<text x="{LEFT - 6}" y="{y(t) + 4:.1f}" text-anchor="end">{short(t)}</text>'
        for t in y.ticks(4)
    )
    columns = "".join(
        f'<text x="{min(x(t), WIDTH - RIGHT - 8):.1f}" y="{HEIGHT - 8}" text-anchor="middle">{short(t)}</text>'
        for t in x.ticks(5)
    )
    foot = HEIGHT - BOTTOM
    return f'{rows}{columns}<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{foot}" y2="{foot}"/>'


def _mark(at: int | float) -> str:
    line = f'<line class="mark" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}">'
    return f"{line}<title>went on after a stop</title></line>"


def _line(curve: Curve, x: Axis, y: Axis, kind: str) -> str:
    points = " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in zip(curve.images, curve.values, strict=True))
    return f'<polyline class="{kind.strip()}" points="{points}"/>'


def _data(curves: Sequence[Curve], x: Axis) -> str:
    """What the page needs to say the values under the pointer."""
    table = [
        {
            "name": curve.name,
            "x": [round(x(i), 1) for i in curve.images],
            "images": [int(i) for i in curve.images],
            "value": [float(f"{v:.4g}") for v in curve.values],
        }
        for curve in curves
    ]
    return escape(json.dumps(table, separators=(",", ":")))

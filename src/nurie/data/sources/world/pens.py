"""Pens that are not even: each turns a path into the shape that its line covers."""

import math

import numpy as np

from nurie.data.sources.curves import Number
from nurie.data.sources.skia_library import skia

LONGEST_PIECE, FEWEST_PIECES = 14.0, 6  # pixels of the canvas; a swelling line changes its width this often
THINNEST, FULLEST = 0.4, 1.15  # of the width, where a swelling line is thin and where it is broad
NIB_SHARE = 0.55  # of the width by which a nib is broader one way than the other
ASTRAY = 0.9  # pixels of a finished picture by which a second line misses the first


def even(path: skia.Path, width: Number) -> skia.Path:
    """A line of the same width everywhere."""
    line = skia.Path()
    pen = skia.Paint(
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeJoin=skia.Paint.kRound_Join,
        StrokeCap=skia.Paint.kRound_Cap,
    )
    pen.getFillPath(path, line)
    return line


def swelling(path: skia.Path, width: Number, rng: np.random.Generator) -> skia.Path:
    """A line that swells and thins along its way, as pressure on the pen does."""
    line, contour, more = skia.Path(), skia.PathMeasure(path, False), True
    while more:
        length = contour.getLength()
        pieces = max(FEWEST_PIECES, math.ceil(length / LONGEST_PIECE))
        waves, phase = rng.integers(1, 3), rng.uniform(0, math.pi)
        for piece in range(pieces):
            pressure = abs(math.sin(phase + math.pi * waves * (piece + 0.5) / pieces))
            part = skia.Path()
            contour.getSegment(length * piece / pieces, length * (piece + 1) / pieces, part, True)
            line.addPath(even(part, width * (THINNEST + (FULLEST - THINNEST) * pressure)))
        more = contour.nextContour()
    return line


def nib(path: skia.Path, width: Number, angle: Number) -> skia.Path:
    """The line of a pen that is broad along one direction."""
    x, y = (width * NIB_SHARE / 2 * way for way in (math.cos(angle), math.sin(angle)))
    thin, line = even(path, width * (1 - NIB_SHARE / 2)), skia.Path()
    for share in (-1.0, 0.0, 1.0):
        line.addPath(thin, share * x, share * y)
    return line


def double(path: skia.Path, width: Number, rng: np.random.Generator, scale: Number) -> skia.Path:
    """Two thinner lines, of which the second misses the first a little."""
    bounds, line = path.getBounds(), skia.Path()
    thin = even(path, width * 0.62)
    line.addPath(thin)
    grown = 1 + rng.normal(0, ASTRAY * scale / (max(bounds.width(), bounds.height()) + 20))
    matrix = skia.Matrix.Translate(*(rng.normal(0, ASTRAY * scale * 0.6, 2).tolist()))
    matrix.preScale(grown, grown, bounds.centerX(), bounds.centerY())
    line.addPath(thin, matrix)
    return line


def broken(path: skia.Path, width: Number, rng: np.random.Generator, scale: Number) -> skia.Path:
    """A line with an opening now and then."""
    ways = rng.uniform((25, 1.5, 40, 1.5), (90, 5, 140, 5)) * scale
    pen = skia.Paint(PathEffect=skia.DashPathEffect.Make(ways.tolist(), float(rng.uniform(0, 100) * scale)))
    pen.setStyle(skia.Paint.kStroke_Style)
    pen.setStrokeWidth(width)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    line = skia.Path()
    pen.getFillPath(path, line)
    return line


def wobbly(path: skia.Path, width: Number, rng: np.random.Generator, scale: Number) -> skia.Path:
    """The line of an unsteady hand."""
    jitter = skia.DiscretePathEffect.Make(9 * scale, 0.8 * scale, int(rng.integers(1 << 30)))
    rounded = skia.PathEffect.MakeCompose(skia.CornerPathEffect.Make(6 * scale), jitter)
    pen = skia.Paint(PathEffect=rounded, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    pen.setStrokeJoin(skia.Paint.kRound_Join)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    line = skia.Path()
    pen.getFillPath(path, line)
    return line

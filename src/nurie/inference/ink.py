"""A drawing's lines, taken off its paper and laid over colors: for the screen, and exactly as the drawing's file is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from nurie.arrays import Image, Sketch
from nurie.images import DEEP_STEP, Picture, Pixels, compose_on_white, from_srgb, round_to_bytes
from nurie.inference.coverage import Paper, Share, cover_with_color, share_at_depth
from nurie.regions.region_map import INK_THRESHOLD

OPAQUE_PAPER = 1 / 2
"""Opaque pixels of paper for each one of ink from which a drawing with alpha is a cut-out: a layer of bare lines has
next to none, a figure that is filled with white has more paper than ink."""

_BAND = 1 << 16  # pixels computed at once: what one step leaves, the next finds in the processor's cache
_HALF = 128  # alpha


@dataclass(frozen=True, eq=False)
class Ink:
    """The lines of a drawing, with 8 or 16 bits and in the color space that the drawing has.

    A drawing with transparency is one of two things. If its paper is transparent, its lines are laid over the colors
    by their alpha, and results are opaque. If it has opaque paper too it is a cut-out, and results have its alpha.

    Gray ink darkens the colors below it; colored ink covers them (`nurie.inference.coverage.cover_with_color`).
    """

    picture: Picture
    sketch: Sketch
    """Of the same size."""

    def lay(self, colors: Image) -> Pixels:
        """The lines over sRGB colors, as the drawing's file is: its bits, its color space (`icc`), its alpha."""
        laid = lay_lines(self.to_own(colors), self.pixels, self.share, paper=self.paper)
        return laid if self.alpha is None else np.dstack([laid, self.alpha])

    def lay_on_screen(self, colors: Image) -> Image:
        """The lines over sRGB colors in 8-bit sRGB; what is transparent is composed on white."""
        share, paper = self._screen
        return lay_lines(colors, self.picture.color, share, paper=paper)

    def keep_edges_flat(self, flats: Image, shaded: Image) -> Image:
        """Light and shade on opaque pixels only: the layers of a cut-out could not have them elsewhere."""
        if self.alpha is None:
            return shaded
        opaque = self.alpha == np.iinfo(self.alpha.dtype).max
        return np.where(opaque[..., None], shaded, flats)

    def to_own(self, colors: Image) -> Pixels:
        """Bring sRGB into the color space and to the depth of the drawing."""
        own = colors if self.icc is None else from_srgb(colors, self.icc)
        return own if self._own.dtype == np.uint8 else own.astype(np.uint16) * DEEP_STEP

    @property
    def dpi(self) -> tuple[float, float] | None:
        """Pixels an inch, across and down, as the drawing's file says."""
        return self.picture.dpi

    @property
    def icc(self) -> bytes | None:
        """The profile of the drawing's color space; None is sRGB."""
        return self.picture.icc

    @property
    def is_plain(self) -> bool:
        """Whether `lay_on_screen` loses nothing: `lay` is the same."""
        return self.picture.own is None

    @cached_property
    def is_cutout(self) -> bool:
        """Whether results have the drawing's alpha."""
        if self.picture.alpha is None:
            return False
        opaque, ink = self.picture.alpha >= _HALF, self.sketch <= INK_THRESHOLD
        return bool(np.count_nonzero(opaque & ~ink) > OPAQUE_PAPER * np.count_nonzero(opaque & ink))

    @cached_property
    def alpha(self) -> Share | None:
        """Of results; None if they are opaque."""
        return np.ascontiguousarray(self._own[..., 3]) if self.is_cutout else None

    @cached_property
    def pixels(self) -> Pixels:
        """[h w 3]: the drawing as it is; on white if its paper is transparent."""
        own = self._own
        return own[..., :3] if own.shape[2] == 3 or self.is_cutout else compose_on_white(own[..., :3], own[..., 3])

    @cached_property
    def share(self) -> Share:
        """How much paper shows, at the drawing's depth."""
        if self.is_see_through:
            return np.asarray(np.iinfo(self._own.dtype).max - self._own[..., 3])
        return cover_with_color(self._sketched_share, self.pixels, self.paper)

    @cached_property
    def paper(self) -> Paper:
        """The color of the drawing's bare paper."""
        return find_paper(self.pixels, self.share if self.is_see_through else self._sketched_share, self.alpha)

    @property
    def is_see_through(self) -> bool:
        """Whether the drawing's alpha says where its ink is."""
        return self.picture.alpha is not None and not self.is_cutout

    @property
    def _own(self) -> Pixels:
        return self.picture.color if self.picture.own is None else self.picture.own

    @cached_property
    def _sketched_share(self) -> Share:
        if self.is_plain:
            return self.sketch
        return share_at_depth(self.sketch, self.picture.color, self.pixels, self.alpha)

    @cached_property
    def _screen(self) -> tuple[Sketch, Paper]:
        """Share and paper of the drawing as it is on screen."""
        alpha = self.picture.alpha
        if self.is_plain:
            return self.share, self.paper
        if alpha is None:
            paper = find_paper(self.picture.color, self.sketch)
            return cover_with_color(self.sketch, self.picture.color, paper), paper
        # What is transparent in a cut-out is white that is not to be colored: no paper.
        share = 255 - alpha
        if self.is_cutout:
            share = cv2.multiply(_to_bytes(self.share), alpha, scale=1 / 255)
        return share, find_paper(self.picture.color, share)


def lay_lines(colors: Pixels, picture: Pixels, share: Share, *, paper: Paper | None = None) -> Pixels:
    """Lay the lines of a picture over colors: bare paper is the color alone, full ink the picture's own pixel.

    `share` says how much paper a pixel of `picture` shows; what else it shows is the ink's own color. For black lines
    on white this is the multiplication `nurie.regions.flats.compose`. All have the same number of bits. `paper` is what
    `find_paper` finds, unless it is given.
    """
    paper = find_paper(picture, share) if paper is None else paper
    laid = np.empty_like(picture, shape=colors.shape)
    for rows, ink in iterate_ink(picture, share, paper):
        laid[rows] = cv2.add(_multiply(colors[rows], _gray_to_color(share[rows])), ink)
    return laid


def iterate_ink(picture: Pixels, share: Share, paper: Paper) -> Iterator[tuple[slice, Pixels]]:
    """What the ink adds to the paper below it, some rows at a time: at most the share that is not paper.

    min(top - share, max(0, picture - share * paper / top)), of top = 255 or 65535
    """
    height, width = share.shape
    white = bool(np.all(paper == np.iinfo(paper.dtype).max))
    step = max(1, _BAND // width)
    for start in range(0, height, step):
        rows = slice(start, start + step)
        shown = _gray_to_color(share[rows])
        bare = shown if white else _multiply(np.broadcast_to(paper, shown.shape), shown)
        yield rows, cv2.min(cv2.subtract(np.ascontiguousarray(picture[rows]), bare), cv2.bitwise_not(shown))


def find_paper(picture: Pixels, share: Share, alpha: Share | None = None) -> Paper:
    """The median color of pixels that are nothing but (opaque) paper, channel by channel; white if there are none."""
    top = int(np.iinfo(share.dtype).max)
    counts = np.zeros((3, top + 1), np.int64)
    step = max(1, _BAND // share.shape[1])
    for start in range(0, len(share), step):
        rows = slice(start, start + step)
        bare = share[rows] == top if alpha is None else (share[rows] == top) & (alpha[rows] == top)
        mask, pixels = bare.view(np.uint8), np.ascontiguousarray(picture[rows])
        for channel in range(3):
            counts[channel] += cv2.calcHist([pixels], [channel], mask, [top + 1], [0, top + 1]).ravel().astype(np.int64)
    total = int(counts[0].sum())
    if total == 0:
        return np.full(3, top, share.dtype)
    ordered = counts.cumsum(1)
    # The mean of the two in the middle, rounded down; they are one if the number is odd.
    low, high = (np.argmax(ordered > place, 1) for place in ((total - 1) // 2, total // 2))
    return np.asarray((low + high) // 2, share.dtype)


def _multiply(first: Pixels, second: Pixels) -> Pixels:
    """Levels as shares of the top one, rounded."""
    if first.dtype == np.uint8:
        return cv2.multiply(np.ascontiguousarray(first), second, scale=1 / 255)
    top = 65535
    return ((first.astype(np.uint32) * second + top // 2) // top).astype(np.uint16)


def _to_bytes(share: Share) -> Sketch:
    return share if share.dtype == np.uint8 else np.asarray(round_to_bytes(share))


def _gray_to_color(gray: Share) -> Pixels:
    return cv2.cvtColor(np.ascontiguousarray(gray), cv2.COLOR_GRAY2RGB)

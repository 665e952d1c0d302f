"""Is it a line drawing? What is filled already, or never was drawn in lines, cannot be cut into regions to color."""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from jaxtyping import Bool, Int16, UInt8

from nurie.arrays import Image
from nurie.errors import InputError
from nurie.images import Picture, resize_area

TONE = 24
"""Levels from the paper's from which a pixel is not paper: above the noise of a scan or JPEG."""

INK = 64
"""Levels from black, or from the color that differs most from the paper, up to which a pixel is ink and may fill
areas."""

INK_QUANTILE = 0.98
"""Of the distances from the paper of all that is not paper: this far away is the ink."""

SATURATED = 40
"""Levels between the largest and the smallest channel, from which a pixel is colored."""

STROKE = 3
"""Pixels at 256x256 from the middle of a stroke to its edge: what is broader is no stroke."""

REFERENCE_SIDE = 256

LARGEST_SIDE = 1024
"""Larger pictures are judged by a copy of this side: all that is measured is relative to the size."""

BROAD_SHARE = 0.01
"""Share of broad tones from which a picture is no line drawing. Of 851 line drawings, also as JPEG, inverted, in pencil
or blue ink, none has as much; of 632 colored pictures 17 have less: those whose fills are narrow or of one color."""

MARKED_SHARE = 1e-4
"""Share of pixels that differ from the paper, below which a page is blank."""

PAPER_SHARE = 0.5
"""Share of pixels very near the paper's level below which there is no paper, in a picture full of TONE_SHARE."""

TONE_SHARE = 0.3

TONES_PER_BLACK = 10
"""Dense hatching has no plain paper either, but 2 to 5 pixels of tone for each black one; grass and gravel have 20."""

SMOOTH_SHARE = 0.4
"""Share of pixels whose surroundings vary little, below which a picture is photographed: 0.5 and more in 19 of 20
drawn pictures, 0.2 to 0.5 in most photos."""

SMOOTH_RANGE = 12


Color = UInt8[np.ndarray, " 3"]
Levels = Int16[np.ndarray, "height width"]


class Kind(StrEnum):
    """What a picture is, for who expects a line drawing."""

    LINE_ART = "line art"
    BLANK = "blank"
    BLACK = "black"
    COLORED = "colored"
    PHOTO = "photo"


@dataclass(frozen=True)
class Verdict:
    """What a picture is, and why, in words that go on after its name."""

    kind: Kind
    reason: str

    @property
    def is_line_art(self) -> bool:
        """Whether it can be cut into regions to color."""
        return self.kind is Kind.LINE_ART


def judge_drawing(picture: Image | Picture) -> Verdict:
    """Tell line art from a blank or black page, a colored picture, and a photo (or what is shaded like one).

    Line art is paper of any one color, strokes of any color, and black fills; also white strokes on black. What counts
    is how much of the picture is neither paper nor ink and too broad for a stroke. Strokes with transparent ground are
    judged by their alpha. It is a judgment from shares of pixels: thick gray brush strokes or a scan lit unevenly can
    pass for a photo, a colored picture whose fills are as narrow as strokes for line art.

    Raises:
        InputError: the picture has no pixels.
    """
    image = _visible(picture) if isinstance(picture, Picture) else picture
    if image.size == 0:
        raise InputError("the picture has no pixels; give one of at least 1x1")
    return _judge(_reduce(image))


def _judge(image: Image) -> Verdict:
    paper = np.array([np.bincount(channel.ravel(), minlength=256).argmax() for channel in cv2.split(image)], np.uint8)
    dark = int(paper.max()) < 128
    if dark:
        image, paper = 255 - image, 255 - paper
    distance = _distance(image, paper)
    if (distance > TONE).mean() < MARKED_SHARE:
        kind = Kind.BLACK if dark else Kind.BLANK
        return Verdict(kind, "is all black" if dark else "is blank: nothing is drawn on it")
    return _judge_tones(image, paper, distance)


def _judge_tones(image: Image, paper: Color, distance: Levels) -> Verdict:
    levels = np.minimum(np.arange(256)[:, None] * (255 / np.maximum(paper, 1)), 255).astype(np.uint8)
    channels = [table[channel] for table, channel in zip(levels.T, cv2.split(image), strict=True)]
    lightest = np.maximum.reduce(channels)
    away = distance[distance > TONE]
    ink = np.median(image[distance >= np.quantile(away, INK_QUANTILE)], axis=0).astype(np.uint8)
    tone = (distance > TONE) & (lightest > INK) & (_distance(image, ink) > INK)
    broad = _broad_share(tone)
    if broad >= BROAD_SHARE:
        saturated = lightest - np.minimum.reduce(channels) > SATURATED
        colored = _broad_share(saturated)
        if colored >= BROAD_SHARE and _smooth_share(image) >= SMOOTH_SHARE:
            return Verdict(Kind.COLORED, f"is already colored: {_percent(broad)} of it are filled with color")
        return Verdict(Kind.PHOTO, f"is a photo or shaded like one: {_percent(broad)} of it are broad tones, not lines")
    black = (lightest <= INK).mean()
    if (distance < TONE // 2).mean() < PAPER_SHARE and tone.mean() > max(TONE_SHARE, TONES_PER_BLACK * black):
        return Verdict(Kind.PHOTO, "is a photo or a texture: it has no plain paper")
    return Verdict(Kind.LINE_ART, "is line art")


def _visible(picture: Picture) -> Image:
    """White strokes on transparent ground show in the alpha only."""
    if picture.alpha is not None and np.ptp(picture.color) < TONE // 2:
        return np.repeat(255 - picture.alpha[..., None], 3, axis=2)
    return picture.color


def _reduce(image: Image) -> UInt8[np.ndarray, "rows columns 3"]:
    height, width = image.shape[:2]
    scale = min(1.0, LARGEST_SIDE / max(height, width))
    return resize_area(image, max(1, round(height * scale)), max(1, round(width * scale)))


def _distance(image: Image, color: Color) -> Levels:
    """Levels to a color, in the channel that differs most."""
    levels: Levels = np.abs(image.astype(np.int16) - color).max(axis=2)
    return levels


def _broad_share(mask: Bool[np.ndarray, "height width"]) -> float:
    """Share of the picture that is `mask` all around, as far as half a stroke."""
    reach = max(2, round(STROKE * float(np.sqrt(mask.size)) / REFERENCE_SIDE))
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return float(cv2.erode(mask.astype(np.uint8), disk, borderType=cv2.BORDER_CONSTANT, borderValue=1).mean())


def _smooth_share(image: Image) -> float:
    square = np.ones((5, 5), np.uint8)
    spread = cv2.subtract(cv2.dilate(image, square), cv2.erode(image, square)).max(axis=2)
    return float((spread <= SMOOTH_RANGE).mean())


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"

"""Light and shade for the paint stage to learn from, on figures with `Look.modelled`.

Nothing here is left to chance: lines and the side of the light tell all of it, so a network need not guess. It
changes colors only, never a line or a region.
"""

import numpy as np

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.curves import Points, ellipse, join, polygon, shifted
from nurie.data.sources.hex_colors import WHITE, mix, scale
from nurie.data.sources.skia_library import skia

BLUSH_ALPHA = 105
RING_ALPHA = 105
RING_MIDDLE, RING_HALF_LENGTH, RING_HEIGHT, TEETH = 0.3, 0.8, 0.24, 7.5
"""Of the ring of light on the hair, in head coordinates, towards the light; and teeth along one unit."""

GLOW_ALPHA = 60  # skin that shines through the tips of bangs
NAPE_ALPHA = 85
SHOULDER_ALPHA = 32
EYE_ALPHA = 120
FOLD_WAY, FOLD_TINT = (0.95, 0.3), (0.86, 0.83, 0.9)  # away from the light; half of a shadow


def draw_ring(figure: Figure, hair: skia.Path) -> None:
    """Draw the toothed ring of light around the crown, on the side of the light."""
    along = np.linspace(-1, 1, 61)
    xs = figure.look.light * RING_MIDDLE + RING_HALF_LENGTH * along
    level = -0.98 + 0.16 * xs * xs
    height = RING_HEIGHT * np.sqrt(1 - along * along)
    teeth = np.abs((xs * TEETH / 2) % 1 - 0.5) * 2  # 0..1..0
    top = np.stack([xs, level - 0.3 * height], 1)
    bottom = np.stack([xs, level + height * (0.25 + 0.45 * teeth)], 1)
    ring = polygon(figure.head(join(top, bottom[::-1])))
    figure.canvas.lighten(ring, inside=hair, alpha=RING_ALPHA, color=mix(figure.look.hair, WHITE, 0.8))


def let_skin_shine_through(figure: Figure, bangs: skia.Path) -> None:
    """Tint the tips of the bangs with the face behind them."""
    unit = figure.unit
    face = ellipse(figure.face_point(0.0, 0.45), 0.85 * unit, 0.75 * unit)
    figure.canvas.lighten(face, inside=bangs, alpha=GLOW_ALPHA, color=figure.look.skin, blur=0.2 * unit)


def shade_nape(figure: Figure, hair: skia.Path) -> None:
    """Darken the hair behind the neck, softly, with the shadow of the head."""
    unit = figure.unit
    behind = ellipse(figure.head_point(0.0, 0.9), 0.9 * unit, 0.7 * unit)
    dark = scale(figure.look.hair, 0.45)
    figure.canvas.lighten(behind, inside=hair, alpha=NAPE_ALPHA, color=dark, blur=0.25 * unit)


def shade_chest(figure: Figure, cloth: skia.Path) -> None:
    """Let the head throw its shadow on what is worn, and light lie softly on the shoulder that faces it."""
    unit, light = figure.unit, figure.look.light
    shoulder = ellipse(figure.body_point(light * 0.95, 2.35), 0.4 * unit, 0.6 * unit)
    figure.canvas.lighten(shoulder, inside=cloth, alpha=SHOULDER_ALPHA, blur=0.3 * unit)
    cast = shifted(figure.head_path, -light * 0.3 * unit, 0.68 * unit)
    figure.canvas.darken(cast, inside=cloth)


def shade_fold(figure: Figure, line: Points, width: float, *, inside: skia.Path) -> None:
    """Darken a strip along a fold or a strand on the side away from the light: `width` at its start, 0 at its end.

    `line` is in pixels, `width` in units.
    """
    swell = np.linspace(1, 0, len(line)) ** 0.7
    away = np.array([-figure.look.light * FOLD_WAY[0], FOLD_WAY[1]]) * width * figure.unit
    strip = join(line, (line + swell[:, None] * away)[::-1])
    figure.canvas.darken(polygon(strip), inside=inside, tint=FOLD_TINT)


def light_iris(figure: Figure, place: tuple[float, float], radii: tuple[float, float], color: str) -> None:
    """Let an eye shine: a bright bowl below, and a glint across from the highlight. All in pixels."""
    (x, y), (radius_x, radius_y) = place, radii
    iris = ellipse((x, y), radius_x, radius_y)
    bowl = ellipse((x, y + radius_y * 0.62), radius_x * 0.62, radius_y * 0.3)
    bright = mix(color, WHITE, 0.7)
    figure.canvas.lighten(bowl, inside=iris, alpha=EYE_ALPHA, color=bright, blur=0.08 * radius_y)
    glint = ellipse((x - radius_x * 0.3 * figure.look.light, y + radius_y * 0.48), radius_x * 0.18, radius_y * 0.14)
    figure.canvas.lighten(glint, inside=iris, alpha=255)

"""How an artist draws: the pen, the ink, the way of shading. Chosen once for a picture."""

from dataclasses import dataclass

import numpy as np

from nurie.data.sources.canvas import InkStyle
from nurie.data.sources.hex_colors import from_hsv
from nurie.data.sources.sampling import pick

PENS = {"even": 4.0, "swelling": 3.0, "nib": 1.5, "double": 0.8, "broken": 1.0, "wobbly": 0.9}
INK_STYLES: dict[InkStyle, float] = {"black": 6.0, "tinted": 3.0, "none": 0.5}
COLORED_INK_SHARE = 0.12
SHADINGS = {"flat": 2.5, "cel": 4.0, "soft": 1.8, "hatched": 0.8, "crossed": 0.3, "dotted": 0.6}
LINE_WIDTHS = (0.7, 2.4)  # pixels of a finished picture


@dataclass(frozen=True, kw_only=True)
class Habit:
    """The manner of one picture."""

    pen: str
    """One of `PENS`: lines of even width, swelling ones, a broad nib, searching double lines, lines with
    openings, lines of an unsteady hand."""
    width: float
    """Of lines, in pixels of a finished picture of side 256."""
    ink_style: InkStyle
    ink: str | None
    """The one color of all lines in the color picture; None: as the ink style says."""
    shading: str
    """One of `SHADINGS`: no shadows, hard ones, soft ones, hatching, cross-hatching, screentone."""
    angle: float
    """Of nib and hatching, in radians."""
    spacing: float
    """Between lines of hatching or dots of screentone, in pixels of a finished picture of side 256."""

    def colored(self) -> str:
        """In one word for `meta`."""
        return "colored" if self.ink else self.ink_style


def choose_habit(rng: np.random.Generator, line_width: float | None) -> Habit:
    """Draw a habit by chance."""
    low, high = LINE_WIDTHS
    width = low + (high - low) * rng.beta(1.3, 2.2)
    ink_style, colored = pick(rng, INK_STYLES), rng.random() < COLORED_INK_SHARE
    ink = from_hsv(rng.random(), rng.uniform(0.3, 0.9), rng.uniform(0.2, 0.5))
    return Habit(
        pen=pick(rng, PENS),
        width=float(width) if line_width is None else line_width,
        ink_style="black" if colored else ink_style,
        ink=ink if colored else None,
        shading=pick(rng, SHADINGS),
        angle=float(rng.uniform(0.5, 1.1) * rng.choice([-1, 1])),
        spacing=float(rng.uniform(3.0, 5.0)),
    )

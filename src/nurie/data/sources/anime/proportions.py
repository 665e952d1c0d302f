"""How tall and how wide a whole figure is."""

from dataclasses import dataclass

from nurie.data.sources.anime.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Proportions:
    """Heights and half widths of a whole figure, in body coordinates."""

    chibi: bool
    """Small with a large head; else a teenager."""
    waist: float
    hips: float
    feet: float
    shoulder_width: float
    waist_width: float
    hip_width: float
    leg_width: float
    """Of one whole leg, not half of it."""
    spread: float
    """How far the feet stand apart."""

    @property
    def leg(self) -> float:
        """From the hips to the feet."""
        return self.feet - self.hips


def choose_proportions(figure: Figure, *, chibi: bool) -> Proportions:
    """Draw the measures of a chibi or a teenager by chance."""
    rng, male = figure.rng, figure.look.male
    if chibi:
        shoulders = rng.uniform(0.85, 1.0)
        heights = rng.uniform(2.9, 3.2), rng.uniform(3.6, 3.9), rng.uniform(6.3, 7.0)
        leg_width = 0.62
    else:
        shoulders = rng.uniform(1.05, 1.3) * (1.12 if male else 1)
        heights = rng.uniform(4.2, 4.7), rng.uniform(5.3, 5.8), rng.uniform(11.6, 12.8)
        leg_width = rng.uniform(0.6, 0.72)
    waist, hips, feet = heights
    return Proportions(
        chibi=chibi,
        waist=waist,
        hips=hips,
        feet=feet,
        shoulder_width=shoulders,
        waist_width=shoulders * (0.8 if male else 0.66),
        hip_width=shoulders * (0.85 if male else 0.95),
        leg_width=leg_width,
        spread=rng.uniform(0.25, 0.6),
    )

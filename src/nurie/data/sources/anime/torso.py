"""The measures of a chest, to which skin and clothes are cut."""

import math
from dataclasses import dataclass

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.curves import Points, bezier, join

BELOW_THE_PICTURE = 7.0  # in units; whole figures clip the chest at the hips


@dataclass(frozen=True)
class Torso:
    """Neck and shoulders, in body coordinates."""

    half_width: float
    """Of the shoulders."""
    neck: float
    """Half width of the neck."""
    lean: float
    """How far collars follow the head to one side."""

    def outline(self, wider: float = 0.0, higher: float = 0.0) -> Points:
        """Shoulders, arms and chest, grown by these amounts to lie over the skin."""
        width, neck = self.half_width, self.neck
        low = BELOW_THE_PICTURE
        left = [
            bezier(
                (-neck - 0.05 - wider, 1.5 - higher),
                (-neck - 0.15 - wider, 1.72 - higher),
                (-width * 0.8 - wider, 1.72 - higher),
                (-width - wider, 2.1 - higher * 0.5),
                14,
            ),
            bezier(
                (-width - wider, 2.1),
                (-width - 0.25 - wider, 2.6),
                (-width - 0.3 - wider, 3.4),
                (-width - 0.35 - wider, low),
                10,
            ),
        ]
        right = [
            bezier(
                (width + 0.35 + wider, low),
                (width + 0.3 + wider, 3.4),
                (width + 0.25 + wider, 2.6),
                (width + wider, 2.1),
                10,
            ),
            bezier(
                (width + wider, 2.1 - higher * 0.5),
                (width * 0.8 + wider, 1.72 - higher),
                (neck + 0.15 + wider, 1.72 - higher),
                (neck + 0.05 + wider, 1.5 - higher),
                14,
            ),
        ]
        return join(*left, [(width + 0.35 + wider, low)], *right)

    def neck_outline(self) -> Points:
        """From below the chin to between the collarbones."""
        neck = self.neck
        left, right = (-neck - 0.05, 1.52), (neck + 0.05, 1.52)
        return join(
            bezier((-neck, 0.6), (-neck, 1.1), (-neck, 1.3), left, 8),
            [right],
            bezier(right, (neck, 1.3), (neck, 1.1), (neck, 0.6), 8),
        )


def choose_torso(figure: Figure, shoulders: float | None) -> Torso:
    """Draw a chest by chance; one as wide as given is a whole figure's and has a slimmer neck."""
    male = figure.look.male
    half_width = figure.rng.uniform(1.75, 2.15) if male else figure.rng.uniform(1.45, 1.75)
    neck = 0.46 if male else 0.36
    lean = math.sin(figure.look.turn) * 0.15
    if shoulders is None:
        return Torso(half_width, neck, lean)
    return Torso(shoulders, neck * 0.8, lean)

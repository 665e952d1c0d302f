"""What whole figures wear below the waist."""

from dataclasses import dataclass

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.sampling import pick, random_cloth_color

BOTTOMS = {"skirt": 4.0, "pants": 2.0, "dress": 1.5, "shorts": 1.5}
MALE_BOTTOMS = {"pants": 5.0, "shorts": 1.0}
SOCKS = ("none", "knee", "thigh", "tights")
SOCK_TOPS = {"knee": 0.5, "thigh": 0.28}  # share of the leg above the sock
PLAIN_SOCK_COLORS = ("#ffffff", "#22222a")


@dataclass(frozen=True)
class Outfit:
    """What is worn below the waist."""

    bottom: str
    socks: str
    sock_color: str
    shoe_color: str
    bottom_color: str

    def leg_cover(self) -> str | None:
        """The color of what covers the whole leg; None for bare legs, with socks or without."""
        if self.bottom == "pants":
            return self.bottom_color
        return self.sock_color if self.socks == "tights" else None


def choose_outfit(figure: Figure) -> Outfit:
    """Draw what is worn below the waist by chance."""
    rng = figure.rng
    bottom = pick(rng, MALE_BOTTOMS if figure.look.male else BOTTOMS)
    socks = str(rng.choice(SOCKS))
    colorful = rng.random() < 0.6
    sock_color = random_cloth_color(rng) if colorful else str(rng.choice(PLAIN_SOCK_COLORS))
    shoe_color = random_cloth_color(rng)
    bottom_color = random_cloth_color(rng) if rng.random() < 0.7 else figure.look.cloth
    if figure.look.below is not None:
        sock_color, shoe_color, bottom_color = figure.look.below
    return Outfit(bottom, socks, sock_color, shoe_color, bottom_color)

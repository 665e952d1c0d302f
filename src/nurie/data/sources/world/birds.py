"""Birds, fish, and what flies and swims besides."""

import numpy as np

from nurie.data.sources.curves import union
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.spot import THIN, Spot, mirrored

BEAKS = ("#f3a63a", "#f6c84a", "#e8873a")
FEATHERS = ("#6fa8dc", "#e8583f", "#f6d04a", "#8a6a4a", "#7fae5a", "#f2ece2", "#5a5458", "#b58ad6")


def draw_bird(spot: Spot) -> None:
    """A small round bird from the side."""
    color = spot.choose(FEATHERS)
    for x in (-0.05, 0.18):
        spot.stroke([(x, 0.6), (x, 0.95)], "#8a5a2a", 1.1, round_=False)
        spot.stroke([(x - 0.1, 0.97), (x + 0.12, 0.95)], "#8a5a2a", 1.1, round_=False)
    tail = [(-0.5, 0.25), (-1, 0.1), (-1, 0.1), (-0.98, 0.32), (-0.98, 0.32), (-0.45, 0.45)]
    spot.fill(spot.round(tail), scale(color, 0.8), shade=0.03)
    spot.fill(spot.round([(0.9, -0.35), (0.62, -0.5), (0.62, -0.22)]), spot.choose(BEAKS), line=THIN)
    body = spot.round([(-0.6, 0.3), (-0.2, -0.2), (0.1, -0.7), (0.45, -0.8), (0.7, -0.5), (0.68, 0.0), (0.45, 0.55), (0.0, 0.7), (-0.4, 0.6)])
    spot.fill(body, color, shade=0.12)
    if spot.chance(0.7):
        with spot.canvas.clipped(body):
            spot.fill(spot.oval(0.42, 0.25, 0.4, 0.5), mix(color, "#ffffff", 0.75), line=THIN)
    spot.fill(spot.round([(-0.55, 0.35), (-0.3, -0.05), (0.1, -0.05), (0.2, 0.2), (-0.1, 0.42)]), scale(color, 0.85), shade=0.05)
    spot.tapered([(-0.35, 0.28), (-0.1, 0.22), (0.08, 0.1)], color, 0.8)
    spot.dot(0.45, -0.48, 0.07)


def draw_owl(spot: Spot) -> None:
    """An owl."""
    color = spot.choose(("#8a6a4a", "#a3805a", "#6b5a5a", "#c9a06a"))
    spot.fill(spot.round(mirrored([(0, -0.75), (0.3, -0.78), (0.72, -0.98), (0.72, -0.98), (0.7, -0.3), (0.78, 0.3), (0.5, 0.85), (0, 0.95)])), color, shade=0.12)
    spot.fill(spot.oval(0, 0.4, 0.45, 0.46), mix(color, "#ffffff", 0.6), line=THIN)
    for y in (0.2, 0.42, 0.62):
        for x in (-0.2, 0, 0.2):
            spot.stroke([(x - 0.07, y), (x, y + 0.06), (x + 0.07, y)], color, 0.8)
    for side in (-1, 1):
        spot.fill(spot.round([(side * 0.7, -0.15), (side * 0.88, 0.2), (side * 0.72, 0.7), (side * 0.5, 0.4)]), scale(color, 0.8), shade=0.04)
        spot.fill(spot.oval(side * 0.32, -0.38, 0.3), "#fbf6e6", line=THIN)
        spot.fill(spot.oval(side * 0.3, -0.38, 0.18), spot.choose(("#f3b53a", "#e8873a")), line=THIN)
        spot.dot(side * 0.3, -0.38, 0.09)
    spot.fill(spot.flat([(-0.1, -0.25), (0.1, -0.25), (0, -0.05)]), spot.choose(BEAKS), line=THIN)


def draw_penguin(spot: Spot) -> None:
    """A penguin."""
    dark = spot.choose(("#3a4458", "#33363f", "#4a6a8a"))
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.26, 0.93, 0.24, 0.09), spot.choose(BEAKS), line=THIN)
        spot.fill(spot.round([(side * 0.5, -0.2), (side * 0.85, 0.35), (side * 0.75, 0.45), (side * 0.45, 0.2)]), dark, shade=0.03)
    spot.fill(spot.round(mirrored([(0, -0.95), (0.35, -0.85), (0.5, -0.45), (0.62, 0.3), (0.4, 0.85), (0, 0.92)])), dark, shade=0.1)
    spot.fill(spot.round(mirrored([(0, -0.5), (0.2, -0.68), (0.36, -0.5), (0.38, 0.3), (0.24, 0.75), (0, 0.8)])), "#fbf8f2", line=THIN)
    for side in (-1, 1):
        spot.dot(side * 0.18, -0.5, 0.06)
    spot.fill(spot.round([(-0.14, -0.38), (0.14, -0.38), (0, -0.24)]), spot.choose(BEAKS), line=THIN)


def draw_duck(spot: Spot) -> None:
    """A duck or a chick from the side, on the water or not."""
    color = spot.choose(("#f6d04a", "#fbf6ea", "#8a7a5a"))
    spot.fill(spot.round([(0.95, -0.38), (0.6, -0.5), (0.6, -0.28)]), spot.choose(BEAKS), line=THIN)
    spot.fill(spot.round([(-0.95, 0.0), (-0.6, 0.1), (-0.1, 0.05), (0.12, -0.2), (0.1, -0.55), (0.4, -0.8), (0.68, -0.5), (0.55, -0.1), (0.6, 0.35), (0.3, 0.7), (-0.4, 0.72), (-0.8, 0.4)]), color, shade=0.14)
    spot.fill(spot.round([(-0.65, 0.2), (-0.2, 0.12), (0.2, 0.25), (0.05, 0.5), (-0.4, 0.5)]), scale(color, 0.92), shade=0.05)
    spot.dot(0.42, -0.5, 0.07)


def draw_fish(spot: Spot) -> None:
    """A fish."""
    color, fins = spot.any_color(), spot.any_color()
    spot.fill(spot.round([(-0.5, 0), (-0.98, -0.5), (-0.98, -0.5), (-0.82, 0), (-0.98, 0.5), (-0.98, 0.5)]), fins, shade=0.05)
    spot.fill(spot.round([(-0.3, -0.4), (-0.1, -0.75), (0.3, -0.65), (0.4, -0.4)]), fins, shade=0.03)
    spot.fill(spot.round([(-0.15, 0.4), (-0.2, 0.68), (0.1, 0.6), (0.2, 0.38)]), fins, shade=0.03)
    body = spot.round([(-0.65, 0), (-0.3, -0.4), (0.25, -0.48), (0.75, -0.22), (0.95, 0.04), (0.75, 0.25), (0.25, 0.48), (-0.3, 0.38)])
    spot.fill(body, color, shade=0.14)
    with spot.canvas.clipped(body):
        if spot.chance(0.5):
            second = mix(color, "#ffffff", 0.7)
            for x in (-0.3, 0.15):
                spot.fill(spot.round([(x, -0.7), (x + 0.18, -0.7), (x + 0.24, 0), (x + 0.18, 0.7), (x, 0.7), (x + 0.06, 0)]), second, line=THIN)
        else:
            for x in (-0.35, -0.12, 0.1):
                for y in (-0.2, 0.05, 0.28):
                    spot.stroke([(x, y - 0.1), (x - 0.08, y), (x, y + 0.1)], color, 0.7)
        spot.tapered([(0.42, -0.45), (0.5, 0), (0.4, 0.42)], color, 1.0, (0.2, 0.2))
    spot.fill(spot.oval(0.66, -0.08, 0.11), "#ffffff", line=THIN)
    spot.dot(0.68, -0.08, 0.055)
    spot.fill(spot.round([(0.12, 0.05), (0.35, 0.0), (0.2, 0.25)]), fins, line=THIN)


def draw_whale(spot: Spot) -> None:
    """A whale with its fountain."""
    blue = spot.choose(("#6f9fc9", "#5a7fae", "#8ab5c9", "#7f8a9f"))
    if spot.chance(0.6):
        spot.fill(spot.round([(0.3, -0.4), (0.24, -0.7), (0.0, -0.85), (0.1, -0.95), (0.34, -0.8), (0.58, -0.95), (0.68, -0.85), (0.44, -0.7), (0.4, -0.4)]), "#bfe3f4", line=THIN)
    body = spot.round([(-0.95, -0.55), (-0.95, -0.55), (-0.7, -0.3), (-0.55, 0.1), (-0.1, -0.3), (0.5, -0.42), (0.92, 0.0), (0.85, 0.5), (0.2, 0.72), (-0.5, 0.6), (-0.8, 0.1), (-1, -0.15), (-1, -0.15), (-0.88, -0.32)])
    spot.fill(body, blue, shade=0.12)
    with spot.canvas.clipped(body):
        spot.fill(spot.round([(-0.5, 0.4), (0.2, 0.35), (1.1, 0.15), (1.1, 0.9), (-0.5, 0.9)]), "#f2f4f4", line=THIN)
    spot.dot(0.6, 0.02, 0.055)
    spot.fill(spot.round([(0.1, 0.4), (0.3, 0.4), (0.1, 0.85), (-0.08, 0.75)]), scale(blue, 0.9), shade=0.03)


def draw_butterfly(spot: Spot) -> None:
    """A butterfly from above."""
    color, second = spot.any_color(), spot.any_color()
    for side in (-1, 1):
        low = [(side * 0.05, 0.1), (side * 0.6, 0.2), (side * 0.7, 0.6), (side * 0.35, 0.85), (side * 0.1, 0.5)]
        spot.fill(spot.round(low), second, shade=0.06)
        up = [(side * 0.05, 0.05), (side * 0.3, -0.6), (side * 0.85, -0.8), (side * 0.95, -0.3), (side * 0.6, 0.15)]
        spot.fill(spot.round(up), color, shade=0.06)
        spot.fill(spot.oval(side * 0.62, -0.42, 0.17, 0.2), mix(color, "#ffffff", 0.65), line=THIN)
        spot.fill(spot.oval(side * 0.42, 0.48, 0.12), mix(second, "#ffffff", 0.65), line=THIN)
        spot.stroke([(side * 0.03, -0.4), (side * 0.15, -0.75), (side * 0.3, -0.9)], "#444444", 0.8)
    spot.fill(spot.oval(0, 0.1, 0.09, 0.5), spot.choose(("#4a3a3a", "#6b4a34")), line=THIN)


def draw_bee(spot: Spot) -> None:
    """A bee."""
    for x, turn in ((-0.2, -0.5), (0.15, 0.4)):
        spot.fill(spot.oval(x, -0.5, 0.26, 0.42, turn), "#dff0f8", line=THIN)
    body = spot.oval(0, 0.15, 0.8, 0.52)
    spot.fill(body, spot.like("#f6c63c"), shade=0.1)
    with spot.canvas.clipped(body):
        for x in (-0.45, -0.1, 0.25 - 0.02):
            spot.fill(spot.box(x, -0.5, x + 0.17, 0.8), "#3f3436", line=THIN)
    spot.dot(0.55, 0.05, 0.07)
    spot.stroke([(0.6, -0.2), (0.7, -0.5)], "#333333", 0.9, round_=False)


def draw_octopus(spot: Spot) -> None:
    """An octopus, or with fewer arms a jellyfish."""
    color = spot.choose(("#e8707f", "#b58ad6", "#f39a6a", "#8fb5e0"))
    arms = []
    for x in np.linspace(-0.62, 0.62, 5):
        sway = spot.between(-0.15, 0.25) * (1 if x > 0 else -1)
        arms.append(spot.round([(x - 0.13, 0.1), (x - 0.1 + sway, 0.6), (x + sway * 1.5, 0.95), (x + 0.1 + sway, 0.6), (x + 0.13, 0.1)]))
    head = spot.round(mirrored([(0, -0.9), (0.5, -0.75), (0.75, -0.2), (0.7, 0.3), (0.3, 0.4), (0, 0.4)]))
    spot.fill(union(head, *arms), color, shade=0.14)
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.27, -0.2, 0.15, 0.18), "#ffffff", line=THIN)
        spot.dot(side * 0.26, -0.17, 0.08)
    spot.stroke([(-0.12, 0.08), (0, 0.14), (0.12, 0.08)], color, 1.0)


def draw_crab(spot: Spot) -> None:
    """A crab."""
    color = spot.choose(("#e0553a", "#e8873a", "#c9403f"))
    for side in (-1, 1):
        for y in (0.3, 0.5, 0.68):
            spot.stroke([(side * 0.5, y - 0.1), (side * 0.85, y), (side * 0.9, y + 0.22)], color, 1.6)
        spot.fill(spot.round([(side * 0.45, 0.0), (side * 0.7, -0.25), (side * 0.78, -0.2), (side * 0.55, 0.15)]), color, shade=0.03)
        claw = [(side * 0.7, -0.2), (side * 0.55, -0.55), (side * 0.7, -0.9), (side * 0.7, -0.9), (side * 0.76, -0.6), (side * 0.98, -0.75), (side * 0.98, -0.75), (side * 0.95, -0.35)]
        spot.fill(spot.round(claw), color, shade=0.05)
        spot.stroke([(side * 0.2, 0.0), (side * 0.22, -0.25)], color, 1.2, round_=False)
        spot.fill(spot.oval(side * 0.22, -0.3, 0.1), "#ffffff", line=THIN)
        spot.dot(side * 0.22, -0.3, 0.05)
    spot.fill(spot.oval(0, 0.3, 0.66, 0.42), color, shade=0.12)
    spot.stroke([(-0.2, 0.4), (0, 0.48), (0.2, 0.4)], color, 1.0)

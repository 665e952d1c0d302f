"""Heads of animals, seen from the front."""

from nurie.data.sources.curves import Number
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.spot import THIN, Spot, aside, mirrored

FURS = ("#e0913a", "#8a5f3c", "#4a4246", "#f2ece2", "#c9a06a", "#a3a3a8", "#d9b98a", "#6b4a34")


NOSE_PINK, EAR_PINK = "#e88a92", "#f0aab0"


def face(spot: Spot, y: Number = 0.0, wide: Number = 0.36, *, muzzle: str = "", nose: str = "#3a2a2a") -> None:
    """Draw eyes, nose and mouth of an animal seen from the front, around the middle of the spot."""
    big = spot.chance(0.35)
    for side in (-1, 1):
        if big:
            spot.fill(spot.oval(side * wide, y - 0.1, 0.15, 0.19), "#fdfdff", line=THIN)
            spot.dot(side * wide + 0.02, y - 0.07, 0.09)
        elif spot.chance(0.08):
            spot.stroke(
                [(side * wide - 0.1, y - 0.06), (side * wide, y - 0.15), (side * wide + 0.1, y - 0.06)], "#444444", 1.0
            )
        else:
            spot.dot(side * wide, y - 0.08, 0.075)
    if muzzle:
        spot.fill(spot.oval(0, y + 0.26, 0.34, 0.24), muzzle, line=THIN)
    spot.fill(spot.round([(-0.1, y + 0.1), (0.1, y + 0.1), (0.02, y + 0.2), (-0.02, y + 0.2)]), nose, line=THIN)
    for side in (-1, 1):
        spot.tapered(
            [(0, y + 0.2), (side * 0.02, y + 0.3), (side * 0.12, y + 0.34), (side * 0.2, y + 0.28)],
            "#777777",
            0.9,
            (0.2, 0.3),
        )


def cat_head(spot: Spot, fur: str) -> None:
    """Draw the head of a cat in the whole square."""
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, ".85,-.1! .8,-.95! .2,-.6!")), fur, shade=0.06)
        spot.fill(spot.flat(aside(side, ".72,-.35 .72,-.75 .42,-.55")), EAR_PINK, line=THIN)
    skull = spot.round(mirrored("0,-.66 .55,-.6 .92,-.05 .8,.5 .35,.75 0,.78"))
    spot.fill(skull, fur, shade=0.14)
    if spot.chance(0.4):
        with spot.canvas.clipped(skull):
            for x in (-0.2, 0, 0.2):
                spot.fill(spot.flat([(x - 0.07, -0.8), (x + 0.07, -0.8), (x, -0.35)]), scale(fur, 0.6), line=THIN)
    face(spot, 0.12, 0.4, muzzle=mix(fur, "#ffffff", 0.7) if spot.chance(0.5) else "", nose=NOSE_PINK)
    for side in (-1, 1):
        for y in (0.3, 0.42):
            spot.tapered([(side * 0.5, y), (side * 0.8, y - 0.03), (side * 1.1, y + (y - 0.36))], fur, 0.7, (0.05, 0.9))


def dog_head(spot: Spot, fur: str) -> None:
    """Draw the head of a dog in the whole square."""
    ears = scale(fur, 0.72) if spot.chance(0.6) else fur
    spot.fill(spot.round(mirrored("0,-.75 .5,-.7 .78,-.2 .72,.4 .4,.75 0,.82")), fur, shade=0.12)
    if spot.chance(0.5):
        spot.fill(spot.round(mirrored("0,-.75 .12,-.7 .1,-.2 .36,.3 .3,.7 0,.82")), mix(fur, "#ffffff", 0.8), line=THIN)
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, ".4,-.7 .85,-.75 1.05,-.1 .9,.4 .72,.2 .66,-.3")), ears, shade=0.08)
    face(spot, 0.1, 0.32, muzzle=mix(fur, "#ffffff", 0.75))
    if spot.chance(0.4):
        spot.fill(spot.round("-.12,.5 .12,.5 .1,.75 0,.84 -.1,.75"), "#f08a92", line=THIN)


def bear_head(spot: Spot, fur: str) -> None:
    """Draw the head of a bear, or with the right furs of a panda or a mouse."""
    panda = spot.chance(0.25)
    dark = "#3a3538" if panda else scale(fur, 0.8)
    coat = "#faf6f0" if panda else fur
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.62, -0.6, 0.3), dark if panda else coat, shade=0.06)
        if not panda:
            spot.fill(spot.oval(side * 0.6, -0.56, 0.16), mix(fur, EAR_PINK, 0.6), line=THIN)
    spot.fill(spot.oval(0, 0.05, 0.9, 0.8), coat, shade=0.14)
    if panda:
        for side in (-1, 1):
            spot.fill(spot.oval(side * 0.38, 0.0, 0.2, 0.26, side * 0.4), dark, line=THIN)
            spot.fill(spot.oval(side * 0.36, 0.0, 0.08), "#ffffff", line=THIN)
    face(spot, 0.12, 0.38, muzzle=mix(coat, "#ffffff", 0.6))


def rabbit_head(spot: Spot, fur: str) -> None:
    """Draw the head of a rabbit, ears and all, in the whole square."""
    for side in (-1, 1):
        lean = spot.between(-0.05, 0.3)
        spot.fill(
            spot.round(
                [
                    (side * 0.1, -0.1),
                    (side * 0.12, -0.6),
                    (side * (0.22 + lean), -1),
                    (side * (0.42 + lean), -0.6),
                    (side * 0.45, -0.1),
                ]
            ),
            fur,
            shade=0.06,
        )
        inner = [
            (side * 0.2, -0.2),
            (side * (0.2 + lean * 0.5), -0.55),
            (side * (0.24 + lean), -0.82),
            (side * (0.34 + lean * 0.8), -0.55),
            (side * 0.34, -0.2),
        ]
        spot.fill(spot.round(inner), EAR_PINK, line=THIN)
    spot.fill(spot.oval(0, 0.35, 0.68, 0.58), fur, shade=0.12)
    face(spot.inner(0, 0.35, 0.75), 0.05, 0.4, nose=NOSE_PINK)


def pig_head(spot: Spot, fur: str) -> None:
    """Draw the head of a pig; or, in its own green, of a frog."""
    if spot.chance(0.5):
        green = spot.choose(("#7ab648", "#5f9f4a", "#9fc24f"))
        for side in (-1, 1):
            spot.fill(spot.oval(side * 0.5, -0.5, 0.3), green, shade=0.06)
        spot.fill(spot.oval(0, 0.1, 0.95, 0.7), green, shade=0.14)
        for side in (-1, 1):
            spot.fill(spot.oval(side * 0.5, -0.55, 0.2), "#ffffff", line=THIN)
            spot.dot(side * 0.5, -0.53, 0.1)
        spot.stroke("-.6,.2 -.3,.42 0,.48 .3,.42 .6,.2", green, 1.0)
        return
    pink = spot.choose(("#f4b5bd", "#f0a0a8", "#f6c9c4"))
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, ".3,-.6 .75,-.95! .8,-.4")), pink, shade=0.05)
    spot.fill(spot.oval(0, 0.05, 0.9, 0.8), pink, shade=0.14)
    spot.fill(spot.oval(0, 0.2, 0.34, 0.26), scale(pink, 0.92), line=THIN)
    for side in (-1, 1):
        spot.dot(side * 0.12, 0.2, 0.06, "#a85a62")
        spot.dot(side * 0.42, -0.12, 0.08)


HEADS = {"cat": cat_head, "dog": dog_head, "bear": bear_head, "rabbit": rabbit_head, "pig": pig_head}


def draw_head(spot: Spot) -> None:
    """The head of an animal."""
    name = list(HEADS)[int(spot.rng.integers(len(HEADS)))]
    HEADS[name](spot, spot.choose(FURS))

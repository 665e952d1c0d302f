"""What drives, swims and flies by machine."""

from itertools import pairwise

import numpy as np

from nurie.data.sources.curves import Number, difference
from nurie.data.sources.hex_colors import mix, scale
from nurie.data.sources.world.materials import GLASS, METAL, TIRE
from nurie.data.sources.world.spot import THIN, Spot, aside


def wheel(spot: Spot, x: Number, y: Number, radius: Number) -> None:
    """Draw a wheel."""
    spot.fill(spot.oval(x, y, radius), TIRE, shade=0.03)
    spot.fill(spot.oval(x, y, radius * 0.5), spot.choose(METAL), line=THIN)


def draw_car(spot: Spot) -> None:
    """A car from the side."""
    color, glass = spot.any_color(), spot.choose(GLASS)
    roof = [(-0.62, -0.05), (-0.4, -0.45), (-0.4, -0.45), (0.22, -0.45), (0.22, -0.45), (0.55, -0.05)]
    body = [
        (-0.98, 0.1),
        (-0.92, -0.05),
        *roof[:1],
        *roof[1:],
        (0.9, 0.05),
        (0.98, 0.2),
        (0.96, 0.45),
        (0.96, 0.45),
        (-0.98, 0.45),
        (-0.98, 0.45),
    ]
    spot.fill(spot.round(body), color, shade=0.12)
    for left, right in (((-0.5, -0.05), (-0.12, -0.36)), ((-0.04, -0.05), (0.42, -0.36))):
        low_left, low_right, top = left[0], right[0], right[1]
        lean_left = 0.16 if left[0] < -0.2 else 0.0
        lean_right = 0.22 if left[0] > -0.2 else 0.0
        spot.fill(
            spot.flat(
                [(low_left, -0.05), (low_left + lean_left, top), (low_right - lean_right, top), (low_right, -0.05)]
            ),
            glass,
            line=THIN,
        )
    spot.stroke("-.08,-.02 -.06,.42", color, 0.8, round_=False)
    spot.stroke(".05,.1 .2,.1", color, 1.0, round_=False)
    spot.fill(spot.oval(0.92, 0.17, 0.08, 0.07), spot.like("#f8e28a"), line=THIN)
    spot.fill(spot.oval(-0.94, 0.17, 0.06, 0.06), spot.like("#d8322f"), line=THIN)
    for x in (-0.55, 0.55):
        wheel(spot, x, 0.47, 0.22)


def draw_bus(spot: Spot) -> None:
    """A bus or a tram from the side."""
    color = spot.any_color()
    spot.fill(spot.soft_box(-0.98, -0.55, 0.98, 0.5, 0.14), color, shade=0.1)
    if spot.chance(0.6):
        spot.fill(spot.box(-0.98, 0.1, 0.98, 0.24), mix(color, "#ffffff", 0.75), line=THIN)
    glass = spot.choose(GLASS)
    count = int(spot.rng.integers(3, 6))
    edges = np.linspace(-0.9, 0.55, count + 1)
    for left, right in pairwise(edges):
        spot.fill(spot.box(left + 0.04, -0.42, right - 0.04, 0.02), glass, line=THIN)
    spot.fill(spot.box(0.62, -0.42, 0.9, 0.48), mix(glass, "#ffffff", 0.3), line=THIN)
    spot.stroke(".76,-.42 .76,.48", glass, 0.8, round_=False)
    for x in (-0.58, 0.38):
        wheel(spot, x, 0.52, 0.2)


def draw_truck(spot: Spot) -> None:
    """A truck with its load."""
    color, box = spot.any_color(), spot.any_color()
    spot.fill(spot.box(-0.98, -0.6, 0.35, 0.42), box, shade=0.1)
    if spot.chance(0.5):
        spot.fill(spot.oval(-0.32, -0.1, 0.26), mix(box, "#ffffff", 0.7), line=THIN)
    spot.fill(spot.round(".38,-.3! .7,-.3 .85,0 .98,.1 .98,.45! .38,.45!"), color, shade=0.08)
    spot.fill(spot.flat(".46,-.22 .68,-.22 .8,.03 .46,.03"), spot.choose(GLASS), line=THIN)
    for x in (-0.62, 0.66):
        wheel(spot, x, 0.47, 0.2)


def draw_train(spot: Spot) -> None:
    """A steam engine."""
    color, second = spot.any_color(), spot.any_color()
    if spot.chance(0.7):
        for x, y, size in ((0.62, -0.75, 0.14), (0.4, -0.88, 0.18)):
            spot.fill(spot.oval(x, y, size, size * 0.8), "#f0f0f2", line=THIN)
    spot.fill(spot.flat(".52,-.1 .48,-.55 .78,-.55 .74,-.1"), scale(color, 0.75), shade=0.05)
    spot.fill(spot.soft_box(-0.3, -0.15, 0.92, 0.42, 0.12), color, shade=0.12)
    for x in (0.15, 0.5):
        spot.stroke([(x, -0.14), (x, 0.41)], color, 1.2, round_=False)
    spot.fill(spot.box(-0.92, -0.5, -0.28, 0.45), second, shade=0.1)
    spot.fill(spot.box(-0.98, -0.62, -0.2, -0.48), scale(second, 0.8), line=THIN)
    spot.fill(spot.box(-0.76, -0.35, -0.44, 0.0), spot.choose(GLASS), line=THIN)
    spot.fill(spot.flat(".92,.3 1,.75 .7,.75 .7,.42"), spot.choose(METAL), line=THIN)
    for x in (-0.6, -0.05, 0.45):
        wheel(spot, x, 0.55, 0.24)


def draw_bicycle(spot: Spot) -> None:
    """A bicycle: rings and tubes."""
    color = spot.any_color()
    for x in (-0.55, 0.55):
        spot.fill(difference(spot.oval(x, 0.45, 0.4), spot.oval(x, 0.45, 0.33)), TIRE, line=THIN)
        for angle in np.linspace(0, np.pi, 4, endpoint=False):
            across, down = 0.33 * np.cos(angle), 0.33 * np.sin(angle)
            spot.stroke([(x - across, 0.45 - down), (x + across, 0.45 + down)], TIRE, 0.5, round_=False)
    frame = [
        ((-0.55, 0.45), (-0.25, -0.15)),
        ((-0.25, -0.15), (0.38, -0.15)),
        ((-0.05, 0.45), (0.38, -0.15)),
        ((-0.25, -0.25), (-0.05, 0.45)),
        ((-0.55, 0.45), (-0.05, 0.45)),
        ((0.32, -0.4), (0.55, 0.45)),
    ]
    for start, end in frame:
        way = np.subtract(end, start)
        across = np.array([-way[1], way[0]]) / np.hypot(*way) * 0.035
        spot.fill(spot.flat([start + across, end + across, end - across, start - across]), color, line=THIN)
    spot.fill(spot.round("-.42,-.3 -.1,-.32 -.12,-.22 -.35,-.2"), "#5a4238", line=THIN)
    spot.stroke(".32,-.4 .5,-.48 .6,-.38", "#444444", 1.8)
    spot.fill(spot.oval(-0.05, 0.45, 0.1), spot.choose(METAL), line=THIN)


def draw_boat(spot: Spot) -> None:
    """A sailing boat on waves."""
    hull = spot.any_color()
    spot.fill(spot.box(-0.03, -0.95, 0.05, 0.4), "#8a6a4a", line=THIN)
    spot.fill(
        spot.round(".1,-.85! .6,-.2 .75,.25! .1,.25!"), spot.choose(("#fbf8f0", "#f4e3c9", spot.any_color())), shade=0.1
    )
    spot.fill(spot.round("-.08,-.75! -.5,0 -.6,.25! -.08,.25!"), spot.choose(("#fbf8f0", spot.any_color())), shade=0.08)
    spot.fill(spot.round("-.85,.38! .95,.38! .65,.82 -.5,.85"), hull, shade=0.1)
    spot.fill(spot.round(".05,-.95 .35,-.88 .05,-.8"), spot.any_color(), line=THIN)
    if spot.chance(0.6):
        xs = np.linspace(-1.2, 1.2, 15)
        crest = [(float(x), 0.75 + 0.05 * (-1) ** n) for n, x in enumerate(xs)]
        spot.fill(
            spot.round([*crest, (1.2, 1.05), (-1.2, 1.05)]), spot.choose(("#6fb5dc", "#4f8fc9", "#8fd0e0")), line=THIN
        )


def draw_plane(spot: Spot) -> None:
    """An aeroplane from the side."""
    color, second = spot.choose(("#fbfbfd", "#e8ecf2", spot.any_color())), spot.any_color()
    spot.fill(spot.round("-.75,-.05 -.98,-.55! -.72,-.55 -.5,-.12"), second, shade=0.04)
    spot.fill(spot.round(".15,-.1 -.1,-.5 -.25,-.5 -.15,-.08"), scale(color, 0.92), line=THIN)
    body = spot.round("-.9,-.05 -.5,-.16 .5,-.2 .85,-.08 .98,.08 .8,.2 .2,.24 -.5,.16")
    spot.fill(body, color, shade=0.1)
    for x in (-0.35, -0.15, 0.05, 0.25, 0.45):
        spot.fill(spot.oval(x, -0.02, 0.055, 0.065), spot.choose(GLASS), line=THIN)
    spot.fill(spot.round(".65,-.12 .85,-.06 .9,.02 .68,.02"), spot.choose(GLASS), line=THIN)
    spot.fill(spot.round(".2,.1! -.35,.65 -.5,.62 -.15,.1"), second, shade=0.04)


def draw_rocket(spot: Spot) -> None:
    """A rocket."""
    color, second = spot.choose(("#fbfbfd", "#d0d4da", spot.any_color())), spot.any_color()
    if spot.chance(0.7):
        spot.fill(spot.round("-.22,.6 .22,.6 .2,.8 0,1.02! -.2,.8"), spot.like("#f6a63a"), line=THIN)
    for side in (-1, 1):
        spot.fill(spot.round(aside(side, ".3,.15 .65,.45 .68,.85! .25,.6")), second, shade=0.05)
    path = spot.round("0,-.98 .22,-.72 .38,-.25 .36,.25 .24,.66! -.24,.66! -.36,.25 -.38,-.25 -.22,-.72")
    spot.fill(path, color, shade=0.1)
    with spot.canvas.clipped(path):
        spot.fill(spot.box(-0.6, -1.1, 0.6, -0.55), second)
    spot.fill(spot.oval(0, -0.2, 0.19), spot.choose(METAL), line=THIN)
    spot.fill(spot.oval(0, -0.2, 0.13), spot.choose(GLASS), line=THIN)


def draw_balloon(spot: Spot) -> None:
    """A hot-air balloon in stripes."""
    first, second = spot.any_color(), spot.any_color()
    for x in (-0.22, 0.22):
        spot.stroke([(x * 1.4, 0.25), (x * 0.8, 0.65)], "#7a5a3a", 0.8, round_=False)
    hull = spot.round("0,-.98 .5,-.82 .75,-.35 .5,.15 .2,.38 -.2,.38 -.5,.15 -.75,-.35 -.5,-.82")
    spot.fill(hull, first, shade=0.14)
    with spot.canvas.clipped(hull):
        for x in (-0.42, 0.42):
            spot.fill(
                spot.round([(0, -1.05), (x * 1.5, -0.35), (x * 0.55, 0.5), (x * 0.2, 0.5), (x * 0.5, -0.35)]),
                second,
                line=THIN,
            )
    spot.fill(spot.flat("-.24,.64 .24,.64 .18,.98 -.18,.98"), spot.like("#b5824a"), shade=0.05)


def draw_robot(spot: Spot) -> None:
    """A toy robot."""
    color, second = spot.choose((*METAL, spot.any_color())), spot.any_color()
    spot.stroke("0,-.8 0,-.98", color, 1.2, round_=False)
    spot.dot(0, -0.96, 0.07, "#d8322f")
    for side in (-1, 1):
        spot.fill(spot.soft_box(side * 0.62 - 0.1, -0.1, side * 0.62 + 0.1, 0.45, 0.08), color, shade=0.03)
        spot.fill(spot.soft_box(side * 0.22 - 0.13, 0.55, side * 0.22 + 0.13, 0.98, 0.06), second, shade=0.03)
    spot.fill(spot.soft_box(-0.5, -0.18, 0.5, 0.62, 0.1), color, shade=0.1)
    spot.fill(spot.soft_box(-0.45, -0.82, 0.45, -0.22, 0.12), mix(color, "#ffffff", 0.3), shade=0.08)
    for side in (-1, 1):
        spot.fill(spot.oval(side * 0.2, -0.55, 0.12), spot.choose(GLASS), line=THIN)
    spot.fill(spot.box(-0.22, -0.38, 0.22, -0.3), "#555560", line=THIN)
    spot.fill(spot.soft_box(-0.28, 0.0, 0.28, 0.32, 0.05), second, line=THIN)
    for x in (-0.14, 0.0, 0.14):
        spot.fill(spot.oval(x, 0.16, 0.055), spot.any_color(), line=THIN)

"""What makes a top what it is: collars, hoods, lapels, buttons."""

import numpy as np

from nurie.data.sources.anime.bows import Bow, draw_bow
from nurie.data.sources.hex_colors import mix
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.spot import THIN, aside
from nurie.data.sources.world.torso import top_low, torso_disk
from nurie.data.sources.world.wardrobe import Clothes, darker


def _draw_tee(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """Seams of the sleeves."""
    m, figure = person.measures, person.figure
    for side in (-1, 1):
        figure.canvas.stroke(
            person.round(
                [
                    (side * m.shoulders * 0.8, person.drop - 0.2),
                    (side * m.shoulders * 0.72, person.drop + 0.2),
                    (side * m.shoulders * 0.8, person.drop + m.torso * 0.15),
                ],
                closed=False,
            ),
            figure.canvas.line_color(clothes.color),
            width=0.6,
        )


def _draw_shirt(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """Collar, row of buttons, perhaps a tie."""
    m, figure, rng = person.measures, person.figure, person.figure.rng
    low = top_low(person, clothes)
    canvas = figure.canvas
    canvas.stroke(person.flat([(0.0, 0.4), (0, low)], closed=False), canvas.line_color(clothes.color), width=0.7)
    tie = rng.random() < 0.4
    if tie:
        end = min(low, m.waist_at) - 0.1
        canvas.fill(
            person.flat([(-0.1, 0.4), (0.1, 0.4), (0.2, end - 0.25), (0, end), (-0.2, end - 0.25)]),
            clothes.accent,
            shade=figure.shadow(-0.04),
        )
        canvas.fill(person.flat("-.14,.2 .14,.2 .1,.45 -.1,.45"), clothes.accent)
    else:
        for y in np.arange(0.7, low - 0.1, 0.6):
            canvas.fill(torso_disk(person, 0.09, float(y), 0.06), mix(clothes.color, "#ffffff", 0.5), line=THIN)
    for side in (-1, 1):
        canvas.fill(
            person.flat(
                [
                    (side * m.neck, -0.18),
                    (side * (m.neck + 0.22), 0.1),
                    (side * (m.neck + 0.1), 0.5),
                    (side * 0.06, 0.22),
                ]
            ),
            mix(clothes.color, "#ffffff", 0.25),
        )


def _draw_sweater(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """A rib at the neck and at the hem."""
    m, figure = person.measures, person.figure
    low, half = top_low(person, clothes), m.neck + 0.12
    figure.canvas.fill(
        person.round([(-half, -0.2), (-half - 0.05, 0.1), (0, 0.36), (half + 0.05, 0.1), (half, -0.2), (0, 0.08)]),
        darker(clothes.color),
        line=THIN,
    )
    with figure.canvas.clipped(path):
        figure.canvas.fill(
            person.flat([(-4, low - 0.25), (4, low - 0.25), (4, low + 0.5), (-4, low + 0.5)]),
            darker(clothes.color),
            line=THIN,
        )


def _draw_hoodie(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """A hood around the neck, strings, a pocket."""
    m, figure = person.measures, person.figure
    wide = m.shoulders * 0.8
    figure.canvas.fill(
        person.round(
            [
                (-wide * 0.5, -0.4),
                (-wide, 0.1),
                (-wide * 0.5, 0.55),
                (0, 0.78),
                (wide * 0.5, 0.55),
                (wide, 0.1),
                (wide * 0.5, -0.4),
                (m.neck, -0.1),
                (0, 0.32),
                (-m.neck, -0.1),
            ]
        ),
        darker(clothes.color),
        shade=figure.shadow(-0.08),
    )
    for side in (-1, 1):
        string = person.round(aside(side, ".18,.6 .22,1 .2,1.4"), closed=False)
        figure.canvas.stroke(string, figure.canvas.line_color(clothes.color), width=1.2)
    if not clothes.tucked:
        y = m.waist_at
        figure.canvas.fill(
            person.flat([(-0.5, y), (0.5, y), (0.75, y + 0.75), (-0.75, y + 0.75)]), darker(clothes.color), line=THIN
        )


def _draw_jacket(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """What is worn below, the lapels and buttons."""
    m, figure, low = person.measures, person.figure, top_low(person, clothes)
    gap = figure.rng.uniform(0.12, 0.5) if figure.rng.random() < 0.5 else 0.1
    figure.canvas.fill(
        person.flat(
            [(-m.neck - 0.1, 0.0), (0, 0.5), (m.neck + 0.1, 0.0), (gap, 1.6), (gap, low), (-gap, low), (-gap, 1.6)]
        ),
        clothes.second,
        line=THIN,
    )
    for side in (-1, 1):
        figure.canvas.fill(
            person.flat(
                [
                    (side * (m.neck + 0.02), -0.15),
                    (side * (m.neck + 0.4), 0.15),
                    (side * (m.neck + 0.5), 0.7),
                    (side * gap, 1.65),
                    (side * (m.neck - 0.05), 0.5),
                ]
            ),
            darker(clothes.color),
        )
        figure.canvas.stroke(
            person.flat(
                [(side * m.waist * 0.4, m.waist_at + 0.4), (side * m.waist * 0.9, m.waist_at + 0.35)], closed=False
            ),
            figure.canvas.line_color(clothes.color),
            width=0.9,
        )
    for y in (1.9, 2.4, 2.9):
        if y < low - 0.1:
            figure.canvas.fill(torso_disk(person, gap + 0.14, y, 0.07), clothes.accent, line=THIN)


def _draw_sailor(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """A square collar with a stripe, and a bow."""
    m, figure = person.measures, person.figure
    for side in (-1, 1):
        figure.canvas.fill(
            person.flat(
                [(side * m.neck, -0.15), (side * m.shoulders * 0.8, 0.2), (side * m.shoulders * 0.78, 0.85), (0, 1.05)]
            ),
            clothes.second,
            shade=figure.shadow(-0.05),
        )
        figure.canvas.stroke(
            person.flat(
                [(side * m.shoulders * 0.7, 0.3), (side * m.shoulders * 0.67, 0.76), (side * 0.12, 0.95)], closed=False
            ),
            "#ffffff",
            width=0.7,
        )
    x, y = person.torso_point(0, 1.05)
    draw_bow(figure, Bow(float(x), float(y), figure.rng.uniform(0.4, 0.6)), clothes.accent)


def _draw_overall(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """A bib with straps over a shirt."""
    m, figure = person.measures, person.figure
    top, low = person.drop + 0.5, m.waist_at + 0.5
    for side in (-1, 1):
        figure.canvas.fill(
            person.flat(
                [
                    (side * m.shoulders * 0.42, 0.0),
                    (side * m.shoulders * 0.58, 0.05),
                    (side * m.shoulders * 0.5, top + 0.1),
                    (side * m.shoulders * 0.36, top + 0.1),
                ]
            ),
            clothes.bottom_color,
            line=THIN,
        )
    half = m.shoulders * 0.52
    figure.canvas.fill(
        person.flat([(-half, top), (half, top), (m.waist * 1.02, low), (-m.waist * 1.02, low)]),
        clothes.bottom_color,
        shade=figure.shadow(-0.06),
    )
    figure.canvas.fill(
        person.flat([(-0.3, top + 0.3), (0.3, top + 0.3), (0.26, top + 0.85), (-0.26, top + 0.85)]),
        darker(clothes.bottom_color),
        line=THIN,
    )
    for side in (-1, 1):
        figure.canvas.fill(torso_disk(person, side * half * 0.82, top + 0.12, 0.08), "#f0c243", line=THIN)


def _draw_dress(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """A collar, or a row of buttons, or neither."""
    m, figure = person.measures, person.figure
    choice = figure.rng.random()
    if choice < 0.4:
        for side in (-1, 1):
            figure.canvas.fill(
                person.round(
                    [
                        (0, 0.45),
                        (side * (m.neck + 0.1), -0.05),
                        (side * (m.neck + 0.4), 0.3),
                        (side * (m.neck + 0.2), 0.7),
                    ]
                ),
                mix(clothes.second, "#ffffff", 0.5),
                line=THIN,
            )
    elif choice < 0.6:
        for y in np.arange(0.9, m.waist_at, 0.45):
            figure.canvas.fill(torso_disk(person, 0, float(y), 0.07), clothes.accent, line=THIN)


DETAILS = {
    "tee": _draw_tee,
    "shirt": _draw_shirt,
    "sweater": _draw_sweater,
    "hoodie": _draw_hoodie,
    "jacket": _draw_jacket,
    "coat": _draw_jacket,
    "sailor": _draw_sailor,
    "overall": _draw_overall,
    "dress": _draw_dress,
}


"""What comes on top of a garment's cloth, for those that have more than cloth."""

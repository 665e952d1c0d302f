"""Chest, neck and what is worn on them."""

import numpy as np

from nurie.data.sources.anime.bows import Bow, draw_bow
from nurie.data.sources.curves import Number, Points, arc, difference, heart, shifted, star, union
from nurie.data.sources.hex_colors import mix
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.limbs import ARM_SHAPE, Limb, tube
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.spot import THIN, aside, mirrored
from nurie.data.sources.world.wardrobe import Clothes, darker

CHIN_SHADOW_TINT = (0.86, 0.7, 0.7)
SLEEVE_TO = {"short": 0.3, "half": 0.55, "long": 0.97}
SLEEVE_SHAPE = ((0.0, 1.08), (0.3, 1.05), (0.6, 0.95), (1.0, 0.78))
WIDE_SLEEVE = ((0.0, 1.08), (0.4, 1.2), (0.8, 1.45), (1.0, 1.7))


def chest(person: Person, *, wider: Number = 0.0, low: float | None = None, flare: Number = 0.0) -> Points:
    """The outline of the torso from neck to `low` (the hips if not given), in torso coordinates."""
    m = person.measures
    low = m.torso + 0.3 if low is None else low
    slope, waist = person.drop - 0.3, m.waist_at
    at_low = m.waist + (m.hips - m.waist) * min(1.0, max(0.0, (low - waist) / (m.torso - waist)))
    right: list[tuple[float, float]] = [
        (m.neck, -0.3),
        (m.neck + 0.04, 0.0),
        (m.shoulders * 0.62, slope * 0.75),
        (m.shoulders - 0.02 + wider, person.drop - 0.08),
        (m.shoulders * 0.86 + wider, person.drop + m.torso * 0.16),
    ]
    if low > waist + 0.2:
        right.append((m.waist + wider, waist))
    right += [(at_low + wider + flare, low)] * 2
    return mirrored(right)


def draw_chest(person: Person) -> None:
    """Draw the bare upper body, with the shadow of the chin."""
    figure = person.figure
    body = person.round(chest(person))
    with figure.part("skin"):
        figure.canvas.fill(body, figure.look.skin)
    figure.canvas.darken(shifted(figure.head_path, 0.0, 0.25 * figure.unit), inside=body, tint=CHIN_SHADOW_TINT)
    m = person.measures
    for side in (-1, 1):
        middle, end = (side * m.shoulders * 0.3, 0.32), (side * m.shoulders * 0.6, person.drop - 0.34)
        bone = arc((side * 0.1, 0.24), middle, end)
        figure.crease(figure.body(person.torso(bone)), figure.look.skin, width=0.8, ends=(0.2, 0.7))


def top_low(person: Person, clothes: Clothes) -> float:
    """How far down the top reaches, in torso coordinates."""
    m = person.measures
    if clothes.top.startswith(("dress", "overall")) or clothes.tucked:
        return m.waist_at + 0.12
    if clothes.top == "coat":
        return m.torso + m.thigh * 0.5
    return m.torso + 0.05


def draw_top(person: Person, clothes: Clothes) -> None:
    """Draw the garment of the upper body without its sleeves."""
    figure = person.figure
    low = top_low(person, clothes)
    whole = person.round(chest(person, wider=0.06, low=low, flare=0.35 if clothes.top == "coat" else 0.04))
    path = difference(whole, _neckline(person, clothes))
    if clothes.top in ("tank", "dress", "dress back") and clothes.sleeves == "none":
        path = difference(path, _bare_shoulders(person))
    color = clothes.color
    with figure.part("cloth"):
        figure.canvas.fill(path, color, line=None)
        _draw_pattern(person, clothes, path)
        figure.canvas.shade(path, figure.shadow(-0.13))
        figure.canvas.stroke(path, figure.canvas.line_color(color))
        DETAILS.get(clothes.top, _draw_nothing)(person, clothes, path)
    _draw_folds(person, color, low)


def _neckline(person: Person, clothes: Clothes) -> skia.Path:
    m, rng = person.measures, person.figure.rng
    half = m.neck + rng.uniform(0.02, 0.2)
    if clothes.top in ("jacket", "coat", "sailor") or (clothes.top == "shirt" and rng.random() < 0.5):
        return person.flat(
            [(-half, -0.5), (-half - 0.02, 0.02), (0, rng.uniform(0.6, 1.1)), (half + 0.02, 0.02), (half, -0.5)]
        )
    depth = rng.uniform(0.5, 0.75) if clothes.top in ("tank", "dress", "overall") else rng.uniform(0.12, 0.5)
    return person.round(
        [
            (-half, -0.5),
            (-half, -0.5),
            (-half, 0.0),
            (-half * 0.7, depth * 0.8),
            (0, depth),
            (half * 0.7, depth * 0.8),
            (half, 0.0),
            (half, -0.5),
            (half, -0.5),
        ]
    )


def _bare_shoulders(person: Person) -> skia.Path:
    m = person.measures
    holes = []
    for side in (-1, 1):
        inner = m.shoulders * 0.6
        holes.append(
            person.round(
                [
                    (side * inner, -0.6),
                    (side * inner, -0.6),
                    (side * inner, 0.3),
                    (side * m.shoulders * 0.68, person.drop + 0.35),
                    (side * m.shoulders * 0.95, person.drop + 0.75),
                    (side * (m.shoulders + 0.6), person.drop + 0.75),
                    (side * (m.shoulders + 0.6), -0.6),
                ]
            )
        )
    return union(*holes)


def _draw_pattern(person: Person, clothes: Clothes, path: skia.Path) -> None:
    if clothes.top not in ("jacket", "coat", "overall") and not (clothes.pattern == "print" and "back" in clothes.top):
        with person.figure.canvas.clipped(path):
            PATTERNS[clothes.pattern](person, clothes)


def _draw_plain(person: Person, clothes: Clothes) -> None:
    """Cloth of one color."""


def _draw_stripes(person: Person, clothes: Clothes) -> None:
    figure, low = person.figure, person.measures.torso + 1
    step = figure.rng.uniform(0.3, 0.55)
    for y in np.arange(0.5, low, 2 * step):
        band = [(-4, y), (4, y), (4, y + step), (-4, y + step)]
        figure.canvas.fill(person.flat(band), clothes.second, line=THIN)


def _draw_checks(person: Person, clothes: Clothes) -> None:
    _draw_stripes(person, clothes)
    figure, half, low = person.figure, person.measures.shoulders, person.measures.torso + 1
    for x in np.arange(-half, half, 0.6):
        line = person.flat([(x, 0), (x, low)], closed=False)
        figure.canvas.stroke(line, figure.canvas.line_color(clothes.second), width=0.7)


def _draw_dots(person: Person, clothes: Clothes) -> None:
    half = person.measures.shoulders
    for row, y in enumerate(np.arange(0.6, person.measures.torso, 0.5)):
        for x in np.arange(-half, half, 0.6) + 0.3 * (row % 2):
            person.figure.canvas.fill(_disk(person, float(x), float(y), 0.13), clothes.second, line=THIN)


def _disk(person: Person, x: Number, y: Number, radius: Number) -> skia.Path:
    place = person.figure.body([person.torso_point(x, y)])[0]
    return skia.Path.Circle(float(place[0]), float(place[1]), radius * person.figure.unit)


def _draw_print(person: Person, clothes: Clothes) -> None:
    figure, m = person.figure, person.measures
    small = figure.rng.random() < 0.4
    x, y, size = (m.shoulders * 0.45, person.drop + 0.75, 0.22) if small else (0, m.torso * 0.42, 0.45)
    place = figure.body([person.torso_point(x, y)])[0]
    shapes = (
        star(place, size * figure.unit, 5),
        heart(place, size * figure.unit),
        skia.Path.Circle(*place.tolist(), size * figure.unit * 0.8),
    )
    figure.canvas.fill(shapes[figure.rng.integers(3)], clothes.accent, line=THIN)


PATTERNS = {
    "plain": _draw_plain,
    "stripes": _draw_stripes,
    "checks": _draw_checks,
    "dots": _draw_dots,
    "print": _draw_print,
}
"""What is on the cloth of a top."""


def _draw_folds(person: Person, color: str, low: Number) -> None:
    """Creases from the armpits and above the waist."""
    figure, m = person.figure, person.measures
    for side in (-1, 1):
        if figure.rng.random() < 0.7:
            start = (side * m.shoulders * 0.84, person.drop + m.torso * 0.17)
            fold = arc(
                start,
                (side * m.shoulders * 0.7, person.drop + m.torso * 0.2),
                (side * m.shoulders * 0.5, person.drop + m.torso * 0.3),
            )
            figure.crease(figure.body(person.torso(fold)), color, width=0.9, ends=(0.05, 0.8))
        if low > m.waist_at and figure.rng.random() < 0.6:
            y = m.waist_at + figure.rng.uniform(-0.2, 0.2)
            fold = arc((side * m.waist, y), (side * m.waist * 0.7, y + 0.1), (side * m.waist * 0.35, y - 0.02))
            figure.crease(figure.body(person.torso(fold)), color, width=0.8, ends=(0.05, 0.8))


def _draw_nothing(person: Person, clothes: Clothes, path: skia.Path) -> None:
    """A garment of cloth alone."""


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
            canvas.fill(_disk(person, 0.09, float(y), 0.06), mix(clothes.color, "#ffffff", 0.5), line=THIN)
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
            figure.canvas.fill(_disk(person, gap + 0.14, y, 0.07), clothes.accent, line=THIN)


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
        figure.canvas.fill(_disk(person, side * half * 0.82, top + 0.12, 0.08), "#f0c243", line=THIN)


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
            figure.canvas.fill(_disk(person, 0, float(y), 0.07), clothes.accent, line=THIN)


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


def draw_arm(person: Person, clothes: Clothes, index: int) -> None:
    """Draw one arm and its sleeve; the hand is drawn before, by the caller."""
    figure, joints, width = person.figure, person.arms[index], person.measures.arm_width
    if clothes.sleeves != "long":
        with figure.part("skin"):
            figure.canvas.fill(
                tube(person, Limb(joints, width, ARM_SHAPE)), figure.look.skin, shade=figure.shadow(-0.06)
            )
    if clothes.sleeves == "none":
        return
    wide = clothes.wide and clothes.sleeves == "long"
    shape = WIDE_SLEEVE if wide else SLEEVE_SHAPE
    sleeve = tube(person, Limb(joints, width, shape), part=(0.0, SLEEVE_TO[clothes.sleeves]), wider=0.05)
    with figure.part("cloth"):
        figure.canvas.fill(sleeve, clothes.color, shade=figure.shadow(-0.07))
        if clothes.sleeves == "long" and not wide and figure.rng.random() < 0.6:
            cuff = tube(person, Limb(joints, width, shape), part=(0.9, 0.99), wider=0.07, capped=False)
            figure.canvas.fill(cuff, darker(clothes.color), line=THIN)
    _draw_elbow(person, joints, clothes.color)


def _draw_elbow(person: Person, joints: np.ndarray, color: str) -> None:
    x, y = joints[1]
    half = person.measures.arm_width * 0.3
    fold = arc((x - half, y - 0.05), (x, y + 0.1), (x + half * 0.5, y))
    if person.figure.rng.random() < 0.6:
        person.figure.crease(person.figure.body(fold), color, width=0.8, ends=(0.2, 0.7))

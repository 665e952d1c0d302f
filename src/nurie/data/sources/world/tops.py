"""What is worn on the chest."""

from nurie.data.sources.curves import Number, arc, difference, union
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.garment_details import DETAILS
from nurie.data.sources.world.patterns import draw_pattern
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.torso import chest, top_low
from nurie.data.sources.world.wardrobe import Clothes


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
        draw_pattern(person, clothes, path)
        figure.canvas.shade(path, figure.shadow(-0.13))
        figure.canvas.stroke(path, figure.canvas.line_color(color))
        if clothes.top in DETAILS:
            DETAILS[clothes.top](person, clothes, path)
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

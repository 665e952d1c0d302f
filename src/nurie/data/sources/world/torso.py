"""The bare upper body, and places on it."""

from nurie.data.sources.curves import Number, Points, arc, shifted
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.spot import mirrored
from nurie.data.sources.world.wardrobe import Clothes

CHIN_SHADOW_TINT = (0.86, 0.7, 0.7)


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


def torso_disk(person: Person, x: Number, y: Number, radius: Number) -> skia.Path:
    """A disk around a point in torso coordinates."""
    place = person.figure.body([person.torso_point(x, y)])[0]
    return skia.Path.Circle(float(place[0]), float(place[1]), radius * person.figure.unit)

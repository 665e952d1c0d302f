"""Legs, socks, shoes, trousers and skirts."""

import math

import numpy as np

from nurie.data.sources.curves import Number, Point, Points, arc, join, polygon, smooth, union
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.limbs import LEG_SHAPE, Limb, tube, way
from nurie.data.sources.world.person import Person
from nurie.data.sources.world.spot import THIN
from nurie.data.sources.world.wardrobe import Clothes, darker

TROUSER_SHAPE = ((0.0, 1.2), (0.25, 1.02), (0.5, 0.86), (1.0, 0.62))
WIDE_SHAPE = ((0.0, 1.25), (0.25, 1.15), (0.5, 1.1), (1.0, 1.2))
SOCK_FROM = {"ankle": 0.86, "knee": 0.6}
FOOT = {"chibi": 0.62, "child": 0.62, "teen": 0.68, "adult": 0.74}  # length of a foot seen from the front, in units


def draw_legs(person: Person, clothes: Clothes) -> None:
    """Draw both legs with what covers them, up to the waist."""
    order = _order(person)
    trousers = clothes.bottom in ("trousers", "shorts")
    for index in order:
        _draw_bare_leg(person, clothes, index)
        _draw_foot(person, clothes, index)
        if trousers and _crossing(person):
            _fill_cloth(person, _trouser_leg(person, clothes, index), clothes.bottom_color, 0.08)
    if trousers:
        _draw_trousers(person, clothes)
    else:
        _draw_skirt(person, clothes)


def _order(person: Person) -> tuple[int, int]:
    """The straighter leg is in front."""
    bends = [abs(leg.thigh - leg.shin) for leg in person.pose.legs]
    return (0, 1) if bends[0] >= bends[1] else (1, 0)


def _crossing(person: Person) -> bool:
    left, right = person.legs
    return bool(left[2, 0] > right[2, 0] - person.measures.leg_width * 0.4 or person.pose.stance_name == "cross-legged")


def _fill_cloth(person: Person, path: skia.Path, color: str, shade: Number) -> None:
    with person.figure.part("cloth"):
        person.figure.canvas.fill(path, color, shade=person.figure.shadow(-shade))


def _draw_bare_leg(person: Person, clothes: Clothes, index: int) -> None:
    """Skin, or what covers all of it; and a sock."""
    figure, joints, width = person.figure, person.legs[index], person.measures.leg_width
    tights = clothes.socks == "tights" and clothes.bottom != "trousers"
    whole = tube(person, Limb(joints, width, LEG_SHAPE))
    with figure.part("cloth" if tights else "skin"):
        figure.canvas.fill(whole, clothes.sock_color if tights else figure.look.skin, shade=figure.shadow(-0.07))
    if clothes.socks in SOCK_FROM:
        sock = tube(
            person, Limb(joints, width, LEG_SHAPE), part=(SOCK_FROM[clothes.socks], 1.0), wider=0.03, capped=False
        )
        _fill_cloth(person, sock, clothes.sock_color, 0.05)


def _draw_foot(person: Person, clothes: Clothes, index: int) -> None:
    """A foot or a shoe, from the front or from the side, at the end of a leg."""
    figure, leg, joints = person.figure, person.pose.legs[index], person.legs[index]
    if leg.shin_share < 0.5:
        return
    side, size = (-1, 1)[index], FOOT[person.measures.age]
    along = joints[2] - joints[1]
    lean = math.atan2(-along[0], along[1]) * (0.85 if abs(leg.shin) > 25 else 0.2)
    toes = side * leg.toes
    outline = _side_foot(toes) if abs(leg.toes) > 0.45 else _front_foot(side)
    cos, sin = math.cos(lean), math.sin(lean)

    def place(points: Points) -> Points:
        turned = np.stack([points[:, 0] * cos - points[:, 1] * sin, points[:, 0] * sin + points[:, 1] * cos], 1)
        return figure.body(joints[2] + turned * size)

    if clothes.shoes == "boots":
        boot = tube(
            person, Limb(joints, person.measures.leg_width, LEG_SHAPE), part=(0.72, 1.0), wider=0.07, capped=False
        )
        _fill_cloth(person, boot, clothes.shoe_color, 0.05)
    bare = clothes.shoes == "bare"
    skin = bare and clothes.socks not in (*SOCK_FROM, "tights")
    color = figure.look.skin if skin else clothes.sock_color if bare else clothes.shoe_color
    with figure.part("skin" if skin else "cloth"):
        figure.canvas.fill(smooth(place(np.array(outline))), color, shade=figure.shadow(-0.05))
    if clothes.shoes == "sneakers":
        sole = [(x, max(y, 0.34)) for x, y in outline]
        with figure.part("cloth"):
            figure.canvas.fill(smooth(place(np.array(sole))), "#fafafa", line=THIN)


def _front_foot(side: int) -> list[tuple[float, float]]:
    right = [(-0.3, -0.12), (0.3, -0.12), (0.42 if side > 0 else 0.34, 0.25), (0.3, 0.5), (-0.3, 0.5)]
    return [*right, (-0.34 if side > 0 else -0.42, 0.25)]


def _side_foot(toes: Number) -> list[tuple[float, float]]:
    way_of = 1 if toes > 0 else -1
    outline = [
        (-0.3, -0.15),
        (0.25, -0.15),
        (0.6, 0.12),
        (0.98, 0.3),
        (0.98, 0.5),
        (0.98, 0.5),
        (-0.36, 0.5),
        (-0.36, 0.5),
        (-0.4, 0.2),
    ]
    return [(x * way_of, y) for x, y in outline]


def _trouser_leg(person: Person, clothes: Clothes, index: int) -> skia.Path:
    short = clothes.bottom == "shorts"
    shape = WIDE_SHAPE if clothes.wide else TROUSER_SHAPE
    end = 0.36 if short else 0.97
    wider = 0.08 if short else 0.04
    return tube(person, Limb(person.legs[index], person.measures.leg_width, shape), part=(0.0, end), wider=wider)


def _draw_trousers(person: Person, clothes: Clothes) -> None:
    figure, measures = person.figure, person.measures
    waist, top = measures.waist * 1.03, measures.waist_at + 0.3
    hips, low = measures.hips * 1.04, measures.torso
    pelvis = person.round(
        [
            (-waist, top),
            (-waist, top),
            (waist, top),
            (waist, top),
            (hips, low - 0.25),
            (hips * 0.95, low + 0.2),
            (0, low + 0.42),
            (-hips * 0.95, low + 0.2),
            (-hips, low - 0.25),
        ]
    )
    legs = [] if _crossing(person) else [_trouser_leg(person, clothes, index) for index in (0, 1)]
    whole = union(pelvis, *legs)
    _fill_cloth(person, whole, clothes.bottom_color, 0.09)
    ink = figure.canvas.line_color(clothes.bottom_color)
    figure.canvas.stroke(person.round([(0, top + 0.1), (0.03, low), (0, low + 0.4)], closed=False), ink, width=0.7)
    for side in (-1, 1):
        figure.canvas.stroke(
            person.round(
                [(side * waist * 0.45, top + 0.12), (side * hips * 0.7, top + 0.4), (side * hips * 0.92, top + 0.55)],
                closed=False,
            ),
            ink,
            width=0.6,
        )
    if clothes.bottom == "trousers":
        for joints in person.legs:
            _draw_knee(person, joints, clothes.bottom_color)
    _draw_belt(person, clothes, waist, top)


def _draw_knee(person: Person, joints: Points, color: str) -> None:
    """A fold or two at the knee."""
    if person.figure.rng.random() < 0.6:
        x, y = joints[1]
        half = person.measures.leg_width * 0.3
        fold = person.figure.body(arc((x - half, y - 0.1), (x, y + 0.12), (x + half * 0.6, y + 0.02)))
        person.figure.crease(fold, color, width=0.8, ends=(0.2, 0.7))


def _draw_belt(person: Person, clothes: Clothes, waist: Number, top: Number) -> None:
    if person.figure.rng.random() < 0.45:
        belt = [(-waist, top - 0.02), (waist, top - 0.02), (waist * 1.03, top + 0.2), (-waist * 1.03, top + 0.2)]
        with person.figure.part("cloth"):
            person.figure.canvas.fill(person.flat(belt), darker(clothes.accent), line=THIN)


def _draw_skirt(person: Person, clothes: Clothes) -> None:
    """A skirt that hangs over both thighs wherever they are."""
    figure, measures, rng = person.figure, person.measures, person.figure.rng
    long = clothes.bottom == "long skirt"
    share = rng.uniform(0.62, 0.82) if long else rng.uniform(0.22, 0.4)
    flare = rng.uniform(0.15, 0.55) * (1.6 if long else 1.0) * measures.hips
    left, right = (_skirt_edge(person, index, share) for index in (0, 1))
    low = 0.2 if person.pose.seated else 0.0
    corner_left, corner_right = left + np.array([-flare, low]), right + np.array([flare, low])
    waist = measures.waist * 1.03
    (start, end) = person.torso([(-waist, measures.waist_at), (waist, measures.waist_at)])
    hips = person.torso([(-measures.hips * 1.12, measures.torso - 0.2), (measures.hips * 1.12, measures.torso - 0.2)])
    folds = int(rng.integers(4, 9))
    hem = _hem(corner_right, corner_left, folds, rng)
    outline = join(
        [start, start, end, end, hips[1], corner_right, corner_right], hem, [corner_left, corner_left, hips[0]]
    )
    path = smooth(figure.body(outline))
    _fill_cloth(person, path, clothes.bottom_color, 0.12)
    if rng.random() < 0.25:
        with figure.canvas.clipped(path), figure.part("cloth"):
            edge = np.array([corner_left, corner_right])
            band = np.vstack([edge - (0, 0.18), edge[::-1] - (0, 0.48)])
            figure.canvas.fill(polygon(figure.body(band)), clothes.second, line=THIN)
    for fold in np.linspace(0.15, 0.85, folds):
        if rng.random() < 0.7:
            low = corner_left + (corner_right - corner_left) * fold
            top = start + (end - start) * fold
            up = low + (top - low) * rng.uniform(0.3, 0.85)
            figure.crease(
                figure.body(arc(low, (low + up) / 2 + (0, 0.02), up)), clothes.bottom_color, width=0.9, ends=(0.05, 0.8)
            )
    if not clothes.top.startswith("dress") or rng.random() < 0.5:
        _draw_belt(person, clothes, waist, measures.waist_at - 0.05)


def _skirt_edge(person: Person, index: int, share: Number) -> Point:
    """Where the hem crosses the outer side of a leg."""
    joints, side = person.legs[index], (-1, 1)[index]
    line = way(joints)
    x, y = line[round(share * (len(line) - 1))]
    outer = x + side * person.measures.leg_width * 0.55
    hips = person.torso_point(side * person.measures.hips, person.measures.torso)
    edge: Point = np.array([max(outer * side, hips[0] * side * 1.05) * side, max(y, hips[1] + 0.4)])
    return edge


def _hem(right: Point, left: Point, folds: int, rng: np.random.Generator) -> Points:
    """Scallops from the right corner to the left one, lower in the middle."""
    points = []
    for fold in range(1, 2 * folds):
        share = fold / (2 * folds)
        sag = 0.16 * math.sin(math.pi * share) + (rng.uniform(0.06, 0.16) if fold % 2 else 0.0)
        points.append(right + (left - right) * share + (0, sag))
    hem: Points = np.array(points)
    return hem

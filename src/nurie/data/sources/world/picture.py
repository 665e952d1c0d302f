"""A whole drawing of the wide world: a place, and people, animals or things in it."""

from dataclasses import replace

import numpy as np

from nurie.data.sources.anime.figure import Look
from nurie.data.sources.canvas import reduce_color
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.sampling import pick
from nurie.data.sources.world.habits import choose_habit
from nurie.data.sources.world.hand_canvas import HandCanvas
from nurie.data.sources.world.people import draw_people
from nurie.data.sources.world.places import PLACES, draw_place
from nurie.data.sources.world.still_life import draw_companion, draw_things

SUBJECTS = {"person": 5.0, "people": 1.6, "things": 4.4}
WITHOUT_TABLES = {place: share for place, share in PLACES.items() if place != "table"}
COMPANY_SHARE = 0.2  # of single people, who have an animal or a thing beside them
_LIT = 7  # keeps the dice of the light apart from those of drawings
GROUNDED = ("meadow", "sea", "town", "room", "table")


def draw_picture(seed: int, side: int, line_width: float | None = None, *, lit: bool = False) -> Drawing:
    """Draw what the seed says; see `draw_world` and `draw_lit`."""
    rng = np.random.default_rng(seed)
    habit = choose_habit(rng, line_width)
    light = int(np.random.default_rng((_LIT, seed)).choice([-1, 1])) if lit else 0
    if lit:
        habit = replace(habit, shading="cel")
    canvas = HandCanvas(side, habit, rng)
    canvas.modelled = lit
    subject = pick(rng, SUBJECTS)
    place = draw_place(canvas, rng, PLACES if subject == "things" else WITHOUT_TABLES)
    looks: list[Look] = []
    if subject == "things":
        things = draw_things(canvas, rng, 1, standing=place in GROUNDED, light=light)
    else:
        count = 1 if subject == "person" else pick(rng, {2: 3.0, 3: 1.0})
        looks, things = draw_people(canvas, rng, count, light)
        if count == 1 and rng.random() < COMPANY_SHARE:
            things.append(draw_companion(canvas, rng, 2, light))
    regions, parts = canvas.regions()
    meta = {
        "source": "lit" if lit else "world",
        "seed": seed,
        "license": "Apache-2.0",
        "author": "nurie founders",
        "subject": subject,
        "place": place,
        "habit": [habit.pen, habit.shading, habit.colored()],
        "things": things,
        "figures": [look.colors() for look in looks],
    } | ({"light": light or looks[0].light} if looks or lit else {})
    return Drawing(reduce_color(canvas.color(), side), canvas.sketch(), regions, parts, meta)

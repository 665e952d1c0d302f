"""Heads from the side and from behind."""

from nurie.data.sources.anime.figure import Figure
from nurie.data.sources.canvas import INK, Line
from nurie.data.sources.curves import Number, union
from nurie.data.sources.hex_colors import WHITE, scale
from nurie.data.sources.skia_library import skia
from nurie.data.sources.world.head_parts import head_crease, head_line, head_oval, head_round

FACE = ".3,-1.2 .72,-.85 .9,-.3 .84,.02 .93,.25 1.12,.46! .9,.56 .98,.66 .9,.76 .96,.86 .86,.98 .72,1.18 .45,1.2 0,.9"
SKULL = " -.2,.5 -.3,-.3 -.2,-.9"
SKULL_HAIR = ".78,-.72! .62,-1.3 .1,-1.65 -.6,-1.6 -1.15,-1.0 -1.25,-.2 -1.05,.5 -.6,.72"
TEMPLE = " -.32,.55 -.2,.1 .12,-.02! .2,-.45 .5,-.6"
FRINGE = " -.32,.55 -.2,.1 .1,.2! .25,-.2 .5,.02! .6,-.3 .82,-.05!"

STRANDS = (".3,-1.2 -.2,-.9 -.6,-.2", ".45,-1.0 .35,-.7 .4,-.35", "-.3,-1.4 -.8,-.9 -.95,-.1")


def draw_profile(figure: Figure) -> None:
    """Draw a head that looks to the side of its turn, hair and all."""
    side = 1 if figure.look.turn >= 0 else -1
    look, rng, canvas = figure.look, figure.rng, figure.canvas
    with figure.part("skin"):
        canvas.fill(head_round(figure, FACE + SKULL, side), look.skin, shade=figure.shadow(-0.06))
    _draw_eye(figure, side)
    mouth = ".95,.74 .8,.78 .66,.72" if rng.random() < 0.5 else ".95,.76 .82,.76 .7,.8"
    head_line(figure, mouth, INK, 1.1, side)
    covered = rng.random() < 0.3
    if not covered:
        with figure.part("skin"):
            ear = "-.3,.02 -.1,-.08 .0,.12 -.08,.42 -.24,.46 -.34,.25"
            canvas.fill(head_round(figure, ear, side), look.skin)
        head_crease(figure, "-.2,.08 -.1,.18 -.2,.34", look.skin, 0.7, side)
    hair = head_round(figure, SKULL_HAIR + (FRINGE if rng.random() < 0.6 else TEMPLE), side)
    with figure.part("hair"):
        canvas.fill(hair, look.hair, shade=figure.shadow(-0.1))
        if covered:
            lock = "-.45,-.3 -.05,-.35 .1,.3 -.05,1.0! -.3,.5"
            canvas.fill(head_round(figure, lock, side), look.hair)
    for strand in STRANDS[: rng.integers(1, 4)]:
        head_crease(figure, strand, look.hair, 0.9, side)


def draw_profile_back(figure: Figure) -> None:
    """Draw the hair that falls behind a head seen from the side."""
    side = 1 if figure.look.turn >= 0 else -1
    rng = figure.rng
    if figure.look.male or rng.random() < 0.25:
        return
    low = rng.uniform(1.2, 3.4)
    with figure.part("hair"):
        figure.canvas.fill(_fall(figure, side, low), scale(figure.look.hair, 0.88), shade=figure.shadow(-0.1))


def _fall(figure: Figure, side: int, low: Number) -> skia.Path:
    if figure.rng.random() < 0.5:
        tail = f"-.9,-.9 -1.5,-.9 -1.9,-.2 -1.7,{low * 0.6:.2f} -1.9,{low:.2f}! -1.3,{low * 0.6:.2f} -1.2,-.2 -.9,-.4"
        return head_round(figure, tail, side)
    return head_round(
        figure, f"-1.2,-.4 -1.35,.6 -1.4,{low:.2f}! -.7,{low + 0.15:.2f} -.1,{low:.2f}! -.15,.7 -.2,-.2", side
    )


def _draw_eye(figure: Figure, side: int) -> None:
    canvas, look, rng = figure.canvas, figure.look, figure.rng
    if rng.random() < 0.15:
        head_line(figure, ".82,.2 .66,.28 .5,.18", INK, 1.6, side)
    else:
        white = head_round(figure, ".84,.0! .6,.02 .5,.22! .62,.4 .8,.36", side)
        with figure.part("eye", "white1"):
            canvas.fill(white, "#fdfdff", line=None)
        with canvas.clipped(white):
            iris = head_oval(figure, side * 0.73, 0.2, 0.1, 0.2)
            with figure.part("eye", "iris1"):
                canvas.fill(iris, look.eyes, line=Line(0.8, scale(look.eyes, 0.35)))
            canvas.ink(head_oval(figure, side * 0.75, 0.22, 0.045, 0.1), scale(look.eyes, 0.2))
        canvas.gleam(head_oval(figure, side * 0.75, 0.12, 0.035, 0.05), WHITE)
        head_line(figure, ".9,-.02 .66,-.08 .46,.2", INK, 2.2, side)
        head_line(figure, ".78,.4 .7,.42 .6,.38", INK, 0.8, side)
    head_line(figure, ".92,-.26 .7,-.34 .5,-.2", scale(look.hair, 0.6), 1.6, side)


def draw_from_behind(figure: Figure) -> None:
    """Draw a head that looks away: hair only, and ears."""
    look, rng, canvas = figure.look, figure.rng, figure.canvas
    for side in (-1, 1):
        with figure.part("skin"):
            canvas.fill(head_oval(figure, side * 1.02, 0.25, 0.16, 0.24), look.skin)
    low = 0.75 if look.male else float(rng.uniform(0.8, 3.2))
    crown = head_oval(figure, 0, -0.35, 1.16, 1.24)
    tips = f"-1.1,{low:.2f}! -.5,{low + 0.2:.2f} 0,{low:.2f} .5,{low + 0.2:.2f} 1.1,{low:.2f}!"
    hair = union(crown, head_round(figure, f"-1.12,-.4 -1.2,.4 {tips} 1.2,.4 1.12,-.4"))
    with figure.part("hair"):
        canvas.fill(hair, look.hair, shade=figure.shadow(-0.1))
    with canvas.clipped(hair):
        for _ in range(rng.integers(3, 8)):
            x = float(rng.uniform(-0.95, 0.95))
            head_crease(figure, [(x * 0.3, -1.3), (x * 0.95, -0.4), (x, float(rng.uniform(0.2, 1.0)))], look.hair)

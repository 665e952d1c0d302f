import numpy as np
import pytest

from nurie.data.sources.canvas import Canvas, Gradient, Line, reduce_color
from nurie.data.sources.curves import disk, polygon, polyline
from nurie.data.sources.drawing import Part

SIDE = 64
RED, GREEN, BLUE = "#ff0000", "#00ff00", "#0000ff"


def make_canvas(ink_style="black", line_width=8.0):
    """A canvas of 128 x 128 pixels whose lines are 4 of them wide."""
    return Canvas(SIDE, line_width=line_width, ink_style=ink_style)


def square(left, top, side):
    """A square in pixels of the finished picture."""
    corners = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
    return polygon([(2 * x, 2 * y) for x, y in corners])


def color_of(canvas):
    return reduce_color(canvas.color(), canvas.side)


def test_an_empty_canvas_is_white_paper_and_one_region_of_background():
    canvas = make_canvas()
    regions, parts = canvas.regions()
    assert (color_of(canvas) == 255).all()
    assert (canvas.sketch() == 255).all()
    assert (regions == 1).all()
    assert parts == (Part("background"),)


def test_a_filled_shape_is_colored_outlined_and_a_region():
    canvas = make_canvas()
    with canvas.part("cloth", 2, "sleeve"):
        canvas.fill(square(16, 16, 32), RED)
    regions, parts = canvas.regions()
    assert color_of(canvas)[32, 32].tolist() == [255, 0, 0]
    assert canvas.sketch()[32, 32] == 255
    assert canvas.sketch()[16, 32] == 0
    assert regions[32, 32] == 2
    assert regions[2, 2] == 1
    assert parts == (Part("background"), Part("cloth", 2, "sleeve"))


def test_a_shape_hides_colors_lines_and_regions_below_it():
    canvas = make_canvas()
    canvas.fill(square(20, 20, 10), RED)
    canvas.fill(square(10, 10, 40), BLUE)
    regions, parts = canvas.regions()
    assert color_of(canvas)[25, 25].tolist() == [0, 0, 255]
    assert canvas.sketch()[14:46, 14:46].min() == 255
    assert len(parts) == regions.max() == 2


def test_the_region_of_a_line_is_the_nearest_one():
    canvas = make_canvas()
    canvas.fill(square(16, 16, 32), RED)
    regions, _ = canvas.regions()
    assert abs(int((regions == 2).sum()) - 32 * 32) < 80


def test_parts_nest_and_survive_an_error_inside():
    canvas = make_canvas()
    with canvas.part("hair", 1):
        with pytest.raises(RuntimeError), canvas.part("prop"):
            raise RuntimeError
        canvas.fill(square(4, 4, 8), RED)
    canvas.fill(square(40, 40, 8), RED)
    assert canvas.regions()[1] == (Part("background"), Part("hair", 1), Part("background"))


def test_clipping_confines_all_three_pictures_and_ends():
    canvas = make_canvas()
    with canvas.clipped(square(0, 0, 32)), canvas.part("cloth"):
        canvas.fill(square(8, 8, 48), RED)
    assert color_of(canvas)[40, 40].tolist() == [255, 255, 255]
    assert canvas.sketch()[33:, 33:].min() == 255
    assert canvas.regions()[0][40, 40] == 1
    canvas.fill(square(36, 36, 20), GREEN)
    assert color_of(canvas)[46, 46].tolist() == [0, 255, 0]


@pytest.mark.parametrize(
    ("ink_style", "color"),
    [("black", [20, 18, 22]), ("tinted", [97, 0, 0]), ("none", [255, 0, 0])],
)
def test_ink_styles_change_the_color_picture_only(ink_style, color):
    canvas = make_canvas(ink_style)
    canvas.fill(square(16, 16, 32), RED)
    assert color_of(canvas)[16, 32].tolist() == pytest.approx(color, abs=1) or ink_style == "none"
    assert canvas.sketch()[16, 32] == 0
    if ink_style == "none":
        dark = (color_of(canvas).astype(int).sum(2) < 200).any()
        assert not dark


def test_optional_ink_is_left_out_of_lineless_colors_but_not_of_the_sketch():
    canvas = make_canvas("none")
    canvas.ink(disk((40, 40), 8.0), optional=True)
    canvas.ink(disk((90, 90), 8.0))
    assert color_of(canvas)[20, 20].tolist() == [255, 255, 255]
    assert color_of(canvas)[45, 45].tolist() == [20, 18, 22]
    assert canvas.sketch()[20, 20] == canvas.sketch()[45, 45] == 0


def test_ink_is_no_region():
    canvas = make_canvas()
    canvas.ink(disk((64, 64), 20.0))
    regions, parts = canvas.regions()
    assert (regions == 1).all()
    assert len(parts) == 1


def test_lines_have_the_width_and_the_color_asked_for():
    canvas = make_canvas()
    canvas.fill(square(16, 16, 32), RED, line=Line(2.0, BLUE))
    assert color_of(canvas)[14:18, 32].tolist() == [[0, 0, 255]] * 4
    bare = make_canvas()
    bare.fill(square(16, 16, 32), RED, line=None)
    assert (bare.sketch() == 255).all()


def test_strokes_are_smooth():
    canvas = make_canvas(line_width=3.0)
    canvas.stroke(polyline([(0, 0), (128, 100)]))
    assert len(np.unique(canvas.sketch())) > 16


def test_a_gleam_hides_lines_but_is_no_region():
    canvas = make_canvas()
    canvas.fill(square(16, 16, 32), RED)
    canvas.gleam(square(28, 12, 8))
    assert canvas.sketch()[16, 32] == 255
    assert color_of(canvas)[16, 32].tolist() == [255, 255, 255]
    assert len(canvas.regions()[1]) == 2


def test_a_modelled_shape_has_a_rim_of_light_and_skin_a_warm_shadow():
    canvas = make_canvas()
    canvas.modelled = True
    with canvas.part("skin"):
        canvas.fill(square(16, 16, 32), "#808080", line=None, shade=(-20, 0))
    left, middle, right = color_of(canvas)[32, [17, 30, 44]].astype(int)
    assert middle.tolist() == [128, 128, 128]
    assert (left > middle + 20).all()
    assert (right < middle - 10).all()
    assert right[0] > right[1] + 10
    assert (canvas.sketch() == 255).all()


def test_a_shadow_is_what_the_moved_shape_leaves_and_changes_colors_only():
    canvas = make_canvas()
    canvas.fill(square(16, 16, 32), "#ffffff", line=None)
    canvas.shade(square(16, 16, 32), (-20, 0))
    color = color_of(canvas)
    assert color[32, 44].tolist() == pytest.approx([183, 168, 204], abs=1)
    assert color[32, 20].tolist() == [255, 255, 255]
    assert (canvas.sketch() == 255).all()


def test_fill_can_shade_at_once():
    canvas = make_canvas()
    canvas.fill(square(16, 16, 32), "#ffffff", shade=(-20, 0))
    assert color_of(canvas)[32, 44].sum() < 3 * 255


def test_light_stays_inside_and_a_blurred_one_has_soft_edges():
    canvas = make_canvas()
    canvas.wash("#000000")
    canvas.lighten(disk((64, 64), 40.0), inside=square(0, 0, 32), alpha=255)
    assert color_of(canvas)[31, 31].tolist() == [255, 255, 255]
    assert color_of(canvas)[34, 34].tolist() == [0, 0, 0]
    canvas.lighten(disk((100, 100), 10.0), inside=square(0, 0, 64), alpha=255, blur=6.0)
    assert 0 < color_of(canvas)[50, 55, 0] < 255


def test_a_wash_is_no_region_and_no_line():
    canvas = make_canvas()
    canvas.wash(RED, Gradient((0, 0), (0, 128), (RED, BLUE)))
    color = color_of(canvas)
    assert color[0, 5].tolist() == pytest.approx([255, 0, 0], abs=5)
    assert color[-1, 5].tolist() == pytest.approx([0, 0, 255], abs=5)
    assert (canvas.sketch() == 255).all()
    assert canvas.regions()[0].max() == 1


def test_a_gradient_reaches_its_colors_at_its_stops():
    canvas = make_canvas()
    fade = Gradient((0, 0), (128, 0), (RED, RED, BLUE), (0.0, 0.5, 1.0))
    canvas.fill(square(0, 0, 64), RED, gradient=fade, line=None)
    assert color_of(canvas)[5, 31].tolist() == pytest.approx([255, 0, 0], abs=5)
    assert color_of(canvas)[5, 63].tolist() == pytest.approx([0, 0, 255], abs=5)


def test_lines_grow_with_the_picture():
    assert Canvas(512, line_width=2.0, ink_style="black").line_width == 8.0
    assert Canvas(256, line_width=2.0, ink_style="black").line_width == 4.0

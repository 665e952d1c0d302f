import json
import zipfile

import numpy as np
import pytest

from nurie.cli import main
from nurie.images import encode_image, read_color


@pytest.fixture
def made(tmp_path, weights_folder):
    """A drawing of two halves and its result with a record, each in a folder; `recolor` is the command."""
    sketch = np.full((30, 40), 255, np.uint8)
    sketch[:, 20] = 0
    for name in ("drawings", "out"):
        (tmp_path / name).mkdir()
    (tmp_path / "drawings" / "a.png").write_bytes(encode_image(sketch))
    weights = ["--weights", str(weights_folder)]
    words = [str(tmp_path / "drawings" / "a.png"), "-o", str(tmp_path / "out" / "a.png"), "--seed", "3", *weights]
    assert main(["color", *words]) == 0
    return tmp_path / "out", lambda *words: main(["recolor", *map(str, words), *weights])


def test_without_changes_the_same_picture_from_the_record_or_the_picture(made, capsys):
    out, recolor = made
    for source in ("a.png", "a.nurie.json"):
        assert recolor(out / source) == 0
        assert capsys.readouterr().out == f"{out / 'a-recolored.png'}\n"
        assert (out / "a-recolored.png").read_bytes() == (out / "a.png").read_bytes()


def test_a_colour_is_set_and_all_other_pixels_stay(made):
    out, recolor = made
    before = read_color(out / "a.png")
    assert recolor(out / "a.png", "-o", out / "b.png", "--set", "2=#ff8800") == 0
    after = read_color(out / "b.png")
    assert np.all(after[:, 22:] == (0xFF, 0x88, 0))
    assert np.array_equal(after[:, :20], before[:, :20])
    assert recolor(out / "b.png", "-o", out / "c.png", "--set", "0,0=#0088ff") == 0
    again = read_color(out / "c.png")
    assert np.all(again[:, :19] == (0, 0x88, 0xFF))
    assert np.array_equal(again[:, 22:], after[:, 22:])


def test_locked_regions_stay_and_the_rest_is_drawn_anew(made):
    out, recolor = made
    before = read_color(out / "a.png")
    assert recolor(out / "a.png", "-o", out / "b.png", "--lock", "1", "--reroll", "rest") == 0
    after = read_color(out / "b.png")
    assert np.array_equal(after[:, :19], before[:, :19])
    assert not np.array_equal(after[:, 22:], before[:, 22:])
    assert json.loads((out / "b.nurie.json").read_text())["seed"] == 4


def test_numbers_of_the_regions(made, capsys):
    out, recolor = made
    assert recolor(out / "a.png", "--numbers", out / "numbers.png") == 0
    assert read_color(out / "numbers.png").shape == (1200, 1600, 3)
    assert not (out / "a-recolored.png").exists()


def test_a_drawing_that_was_moved(made, capsys):
    out, recolor = made
    (out.parent / "drawings" / "a.png").rename(out.parent / "moved.png")
    assert recolor(out / "a.png") == 2
    assert "say where it is (--drawing)" in capsys.readouterr().err
    assert recolor(out / "a.png", "--drawing", out.parent / "moved.png", "-o", out.parent / "b.png") == 0
    assert json.loads((out.parent / "b.nurie.json").read_text())["drawing"]["file"] == "moved.png"


def test_the_drawing_is_never_replaced(made, capsys):
    out, recolor = made
    assert recolor(out / "a.png", "-o", out.parent / "drawings" / "a.png") == 2
    assert "is the drawing and would be replaced" in capsys.readouterr().err


def test_a_page_of_a_book(made, tmp_path, weights_folder):
    _, recolor = made
    with zipfile.ZipFile(tmp_path / "book.cbz", "w") as archive:
        archive.write(tmp_path / "drawings" / "a.png", "01.png")
    assert main(["color", str(tmp_path / "book.cbz"), "-o", str(tmp_path), "--weights", str(weights_folder)]) == 0
    page = tmp_path / "book" / "01.png"
    assert recolor(page, "-o", tmp_path / "b.png") == 0
    assert (tmp_path / "b.png").read_bytes() == page.read_bytes()


@pytest.fixture
def following(made, learned_weights_folder):
    """A result that follows a picture, is painted, and has a record; `recolor` is the command."""
    out, _ = made
    picture = np.full((30, 40, 3), (250, 120, 30), np.uint8)
    (out / "like.png").write_bytes(encode_image(picture))
    weights = ["--weights", str(learned_weights_folder)]
    words = ["--like", str(out / "like.png"), "--hint", "1=#808080", "--guidance", "1.5", *weights]
    assert main(["color", str(out.parent / "drawings" / "a.png"), "-o", str(out / "f.png"), *words]) == 0
    (out / "like.png").unlink()  # the record has all that is needed
    return out, lambda *words: main(["recolor", *map(str, words), *weights])


def test_what_is_drawn_anew_follows_the_reference_and_keeps_its_light(following):
    out, recolor = following
    assert recolor(out / "f.png", "-o", out / "again.png") == 0
    assert (out / "again.png").read_bytes() == (out / "f.png").read_bytes()
    assert recolor(out / "f.png", "-o", out / "g.png", "--reroll", "rest", "--seed", 5) == 0
    assert recolor(out / "f.png", "-o", out / "h.png", "--reroll", "rest", "--seed", 5, "--guidance", "0") == 0
    before, after, blind = (json.loads((out / f"{name}.nurie.json").read_text()) for name in "fgh")
    assert after["style"] == before["style"]
    assert after["light"] == before["light"]
    orange = np.array([250, 120, 30])
    right = [read_color(out / f"{name}.png")[:, 22:].mean((0, 1)) for name in "gh"]
    assert np.abs(right[0] - orange).sum() < np.abs(right[1] - orange).sum()
    assert blind["style"]["guidance"] == 0


def test_light_and_shading_change_and_colours_stay(following):
    out, recolor = following
    assert recolor(out / "f.png", "-o", out / "flat.png", "--shading", "0") == 0
    assert np.all(read_color(out / "flat.png")[:, :19] == 0x80)
    assert recolor(out / "flat.png", "-o", out / "full.png", "--shading", "1") == 0
    assert (out / "full.png").read_bytes() == (out / "f.png").read_bytes()
    assert recolor(out / "f.png", "-o", out / "lit.png", "--light", "8") == 0
    first, lit = (json.loads((out / f"{name}.nurie.json").read_text()) for name in ("f", "lit"))
    assert lit["palette"] == first["palette"]
    assert lit["light"] != first["light"]
    assert not np.array_equal(read_color(out / "lit.png"), read_color(out / "f.png"))


def test_other_weights_are_said(made, paint_weights_folder, capsys):
    out, _ = made
    assert main(["recolor", str(out / "a.png"), "--weights", str(paint_weights_folder)]) == 0
    assert "these are other weights than those of RESULT" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["no.png"], "no.nurie.json does not exist; color the drawing again, without --no-sidecar"),
        (["a.png", "--lock", "1"], "add --reroll rest, or leave out --lock"),
        (["a.png", "--reroll", "3"], "there is no region 3; the drawing has regions 1..2"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(made, monkeypatch, capsys, words, message):
    out, recolor = made
    monkeypatch.chdir(out)
    assert recolor(*words) == 2
    assert message in capsys.readouterr().err


def test_lists_that_are_none(made, capsys):
    out, recolor = made
    for words in (["--lock", "1,x"], ["--reroll", "all"], ["--lock", "1-99999999"]):
        with pytest.raises(SystemExit):
            recolor(out / "a.png", *words)
    assert "is no list of regions; write numbers such as 3,7,9-12" in capsys.readouterr().err

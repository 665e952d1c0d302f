"""`nurie variations` and `nurie interpolate`, and what is done with a sheet."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from nurie.cli import main
from nurie.images import encode_image, read_color
from nurie.inference.variations import read_sheet


@pytest.fixture
def nurie(tmp_path, weights_folder, monkeypatch):
    """A drawing `a.png` and another, `b.png`, in the working folder; the command with stand-in weights."""
    monkeypatch.chdir(tmp_path)
    sketch = np.full((30, 40), 255, np.uint8)
    sketch[:, 20] = 0
    (tmp_path / "a.png").write_bytes(encode_image(sketch))
    (tmp_path / "b.png").write_bytes(encode_image(sketch[:, ::-1].copy()))
    return lambda *words: main([*map(str, words), "--weights", str(weights_folder)])


def test_a_sheet_and_one_of_its_pictures_at_full_size(nurie, capsys):
    assert nurie("variations", "a.png", "-n", 5, "--seed", 2, "--hint", "1=#ff8800") == 0
    output = capsys.readouterr().out
    assert output.startswith("a-variations.png\n")
    assert "nurie color a.png --from a-variations.png#1 -o FILE" in output
    assert read_sheet(Path("a-variations.png")).n == 5
    assert nurie("color", "a.png", "--from", "a-variations.png#4", "-o", "four.png") == 0
    assert nurie("color", "a.png", "-n", 4, "--seed", 2, "--hint", "1=#ff8800", "-o", "c.png") == 0
    assert np.array_equal(read_color("four.png"), read_color("c-4.png"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["variations", "a.png", "-o", "s.jpg"], "s.jpg cannot carry the data of its pictures; write a sheet as .png"),
        (["variations", "a.png", "-o", "a.png"], "a.png is the drawing and would be replaced"),
        (["variations", "no.png"], "no.png does not exist"),
        (["color", "b.png", "--from", "s.png#1", "-o", "x.png"], "the sheet is not of b.png: its pixels differ"),
        (["color", "a.png", "--from", "s.png#9", "-o", "x.png"], "the sheet has pictures 1 to 2, not 9"),
        (["color", "a.png", "--from", "a.png#1", "-o", "x.png"], "a.png carries no data of nurie variations"),
        (["interpolate", "a.png", "1", "s.png", "-o", "x.gif"], "'s.png' is neither a seed nor a picture of a sheet"),
        (["interpolate", "a.png", "1", "2", "-o", "x.mp4"], "x.mp4 has no suffix of an animation"),
        (["interpolate", "b.png", "1", "s.png#1", "-o", "x.gif"], "the sheet is not of b.png"),
        (
            ["interpolate", "a.png", "t.png#1", "s.png#1", "-o", "x.gif"],
            "the two sheets have other hints, palettes or styles",
        ),
        (["interpolate", "a.png", "1", "2", "-o", "a.png"], "a.png is the drawing and would be replaced"),
        (
            ["interpolate", "a.png", "1", "2", "--steps", "1", "-o", "x.gif"],
            "an interpolation has at least 2 steps, got 1",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(nurie, capsys, words, message):
    assert nurie("variations", "a.png", "-n", 2, "-o", "s.png") == 0
    assert nurie("variations", "a.png", "-n", 1, "-o", "t.png", "--palette", "#ff0000") == 0
    assert nurie(*words) == 2
    assert f"nurie: error: {message}" in capsys.readouterr().err


@pytest.mark.parametrize(("suffix", "frames"), [("gif", 8), ("webp", 8), ("apng", 8)])
def test_an_animation(nurie, suffix, frames):
    assert nurie("interpolate", "a.png", 1, 2, "--steps", 5, "-o", f"x.{suffix}", "--side", 20) == 0
    with PillowImage.open(f"x.{suffix}") as image:
        assert image.size == (20, 15)
        assert image.n_frames == frames


def test_a_strip_goes_from_a_seed_to_a_picture_of_a_sheet(nurie):
    assert nurie("variations", "a.png", "-n", 3, "-o", "s.png", "--hint", "1=#ff8800") == 0
    assert nurie("interpolate", "a.png", 7, "s.png#3", "--steps", 4, "-o", "x.png") == 0
    strip = read_color("x.png")
    assert strip.shape == (30, 160, 3)
    assert nurie("color", "a.png", "--seed", 7, "--hint", "1=#ff8800", "-o", "first.png") == 0
    assert nurie("color", "a.png", "--from", "s.png#3", "-o", "last.png") == 0
    assert np.array_equal(strip[:, :40], read_color("first.png"))
    assert np.array_equal(strip[:, 120:], read_color("last.png"))


@pytest.fixture
def follow(nurie, learned_weights_folder):
    """The command with stand-in weights that follow references; `like.png` is a coloured picture."""
    picture = np.full((30, 40, 3), (250, 120, 30), np.uint8)
    picture[:, 20:] = (30, 60, 200)
    Path("like.png").write_bytes(encode_image(picture))
    return lambda *words: main([*map(str, words), "--weights", str(learned_weights_folder)])


LOOK = ["--like", "like.png", "--guidance", "1.5", "--shading", "0.5", "--hint", "1=#ff8800"]


def test_a_sheet_knows_what_its_pictures_follow(follow):
    assert follow("variations", "a.png", "-n", 2, "-o", "s.png", *LOOK) == 0
    assert follow("color", "a.png", "-n", 2, "-o", "c.png", *LOOK) == 0
    Path("like.png").unlink()
    assert follow("color", "a.png", "--from", "s.png#2", "-o", "two.png") == 0
    assert np.array_equal(read_color("two.png"), read_color("c-2.png"))
    assert follow("color", "a.png", "--from", "s.png#2", "--shading", "0", "-o", "flat.png") == 0
    assert not np.array_equal(read_color("two.png"), read_color("flat.png"))
    assert follow("interpolate", "a.png", "s.png#1", "s.png#2", "--steps", 3, "-o", "way.png") == 0
    strip = read_color("way.png")
    assert np.array_equal(strip[:, :40], read_color("c-1.png"))
    assert np.array_equal(strip[:, 80:], read_color("c-2.png"))


def test_an_interpolation_follows_too(follow):
    assert follow("interpolate", "a.png", 3, 4, "--steps", 3, "-o", "way.png", *LOOK) == 0
    assert follow("color", "a.png", "--seed", 4, "-o", "c.png", *LOOK) == 0
    assert np.array_equal(read_color("way.png")[:, 80:], read_color("c.png"))


def test_sheets_of_other_styles_do_not_meet(follow, capsys):
    assert follow("variations", "a.png", "-n", 1, "-o", "s.png", *LOOK) == 0
    assert follow("variations", "a.png", "-n", 1, "-o", "t.png", *LOOK[2:]) == 0
    assert follow("interpolate", "a.png", "s.png#1", "t.png#1", "-o", "way.png") == 2
    assert "the two sheets have other hints, palettes or styles" in capsys.readouterr().err


def test_other_weights_are_said(nurie, paint_weights_folder, capsys):
    assert nurie("variations", "a.png", "-n", 1, "-o", "s.png") == 0
    assert main(["color", "a.png", "--from", "s.png#1", "-o", "x.png", "--weights", str(paint_weights_folder)]) == 0
    assert "these are other weights than those of the sheet" in capsys.readouterr().err

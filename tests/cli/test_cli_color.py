import io
import sys

import numpy as np
import pytest
from PIL import Image as PillowImage

from nurie.cli import main
from nurie.images import encode_image, read_color


def sketch(offset=0):
    drawing = np.full((40, 50), 255, np.uint8)
    drawing[10:30, 20 + offset] = 0
    drawing[10, 5:40] = 0
    return drawing


@pytest.fixture
def drawings(tmp_path):
    folder = tmp_path / "drawings"
    (folder / "more").mkdir(parents=True)
    for place, name in enumerate(("a.png", "b.png", "more/c.png")):
        (folder / name).write_bytes(encode_image(sketch(place)))
    return folder


@pytest.fixture
def color(weights_folder):
    """The command with stand-in weights."""
    return lambda *words: main(["color", "--weights", str(weights_folder), *map(str, words)])


def test_a_file_to_a_file(color, drawings, tmp_path, capsys):
    assert color(drawings / "a.png", "-o", tmp_path / "out.webp") == 0
    assert read_color(tmp_path / "out.webp").shape == (40, 50, 3)
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"[1/1] {drawings / 'a.png'}\n"


def test_several_pictures_are_numbered_and_differ(color, drawings, tmp_path):
    assert color(drawings / "a.png", "-o", tmp_path / "out.png", "-n", 3, "--seed", 5) == 0
    pictures = [read_color(tmp_path / f"out-{number}.png") for number in (1, 2, 3)]
    assert len({picture.tobytes() for picture in pictures}) == 3
    assert not (tmp_path / "out.png").exists()


def test_the_same_seed_gives_the_same_file(color, drawings, tmp_path):
    for name, seed in (("one", 4), ("two", 4), ("other", 5)):
        assert color(drawings / "a.png", "-o", tmp_path / f"{name}.png", "--seed", seed) == 0
    one, two, other = ((tmp_path / f"{name}.png").read_bytes() for name in ("one", "two", "other"))
    assert one == two
    assert one != other


def test_a_folder(color, drawings, tmp_path):
    assert color(drawings, "-o", tmp_path / "out", "-f", "webp") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.webp", "b.webp"]


def test_folders_within_folders(color, drawings, tmp_path):
    assert color(drawings, "-o", tmp_path / "out", "-r", "-n", 2) == 0
    found = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.png"))
    assert found == ["a-1.png", "a-2.png", "b-1.png", "b-2.png", "more/c-1.png", "more/c-2.png"]


def test_a_bad_file_does_not_stop_the_others(color, drawings, tmp_path, capsys):
    (drawings / "aa.png").write_bytes(b"no picture")
    assert color(drawings, "-o", tmp_path / "out") == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.png", "b.png"]
    error = capsys.readouterr().err
    assert "aa.png is not a picture" in error
    assert error.splitlines()[-1] == f"1 of 3 not colored: {drawings / 'aa.png'}"


@pytest.mark.parametrize("file_format", ["png", "webp"])
def test_pipes(color, monkeypatch, capsysbinary, file_format):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(encode_image(sketch()))))
    assert color("-", "-o", "-", "-f", file_format) == 0
    with PillowImage.open(io.BytesIO(capsysbinary.readouterr().out)) as picture:
        assert picture.format == file_format.upper()
        assert picture.size == (50, 40)


def test_inputs_are_never_replaced(color, drawings, capsys):
    before = (drawings / "a.png").read_bytes()
    assert color(drawings / "a.png", "-o", drawings / "a.png") == 2
    assert "is an input and would be replaced" in capsys.readouterr().err
    assert (drawings / "a.png").read_bytes() == before


def test_inputs_are_never_replaced_by_numbered_pictures(color, drawings, capsys):
    (drawings / "a-1.png").write_bytes(encode_image(sketch()))
    assert color(drawings / "a-1.png", drawings / "a.png", "-o", f"{drawings}/", "-n", 2) == 2
    assert "is an input and would be replaced" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-n", "2", "-o", "-"], "a pipe holds one picture, not 2; give a folder with -o"),
        (["-f", "webp", "-o", "x.png"], "-f webp and -o x.png disagree; leave one out"),
        (["-o", "x.xyz"], "x.xyz has no picture suffix that can be written"),
        (["--weights", "nowhere", "-o", "x.png"], "there are no weights in nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(color, drawings, capsys, words, message):
    assert color(drawings / "a.png", *words) == 2
    error = capsys.readouterr().err
    assert f"nurie: error: {message}" in error
    assert "Traceback" not in error


@pytest.mark.parametrize(("option", "value"), [("-n", "0"), ("-n", "two"), ("--seed", "-1"), ("--seed", "1.5")])
def test_numbers_that_are_none(color, drawings, capsys, option, value):
    with pytest.raises(SystemExit) as ended:
        color(drawings / "a.png", "-o", "x.png", option, value)
    assert ended.value.code == 2
    assert f"'{value}' is no whole number from" in capsys.readouterr().err


def test_a_missing_input(color, tmp_path, capsys):
    assert color(tmp_path / "no.png", "-o", tmp_path / "x.png") == 2
    assert "no.png does not exist; check the path" in capsys.readouterr().err

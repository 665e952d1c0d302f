import io
import json
import os
import sys
import time
import zipfile
from functools import partial

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


def names(folder, pattern="*"):
    return sorted(path.name for path in folder.glob(pattern))


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
    assert names(tmp_path / "out") == ["a.nurie.json", "a.webp", "b.nurie.json", "b.webp"]


def test_folders_within_folders(color, drawings, tmp_path):
    assert color(drawings, "-o", tmp_path / "out", "-r", "-n", 2) == 0
    found = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.png"))
    assert found == ["a-1.png", "a-2.png", "b-1.png", "b-2.png", "more/c-1.png", "more/c-2.png"]


def test_a_bad_file_does_not_stop_the_others(color, drawings, tmp_path, capsys):
    (drawings / "aa.png").write_bytes(b"no picture")
    assert color(drawings, "-o", tmp_path / "out") == 2
    assert names(tmp_path / "out", "*.png") == ["a.png", "b.png"]
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
        (["--from", "s.png#1", "-n", "2", "-o", "x.png"], "--from names one picture, and its sheet has the regions"),
        (["--from", "s.png", "-o", "x.png"], "'s.png' is no picture of a sheet; write SHEET.png#5"),
        (["--from", "s.png#1", "--hint", "1=#000000", "-o", "x.png"], "--from says all colours"),
        (["--from", "s.png#1", "--guidance", "2", "-o", "x.png"], "--from says all colours"),
        (["--guidance", "11", "-o", "x.png"], "guidance must lie between 0 and 10, got 11"),
        (["--shading", "2", "-o", "x.png"], "shading must lie between 0 (flat) and 1, got 2"),
        (["--one-look", "-n", "2", "-o", "x.png"], "--one-look gives each page one picture; leave out -n"),
        (["--resume", "-o", "x.cbz"], "--resume needs a folder"),
        (["--palette", "no.gpl", "-o", "x.png"], "the palette no.gpl cannot be read"),
        (["--hints", "no.png", "-o", "x.png"], "no.png does not exist"),
        (["--like", "no.png", "-o", "x.png"], "no.png does not exist"),
        (["--hint", "99,5=#000000", "-o", "x.png"], "hint at row 5, column 99 lies outside"),
        (["-f", "psd", "-o", "x.ora"], "-f psd and -o x.ora disagree; leave one out"),
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


def test_hints_are_x_and_y_or_the_number_of_a_region(color, drawings, tmp_path):
    words = ["--hint", "2,35=#ff8800", "--no-sidecar", "-f", "png"]
    assert color(drawings / "a.png", "-o", tmp_path / "a.png", *words) == 0
    assert tuple(read_color(tmp_path / "a.png")[35, 2]) == (0xFF, 0x88, 0)
    assert color(drawings / "a.png", "-o", tmp_path / "b.png", "--hint", "1=#0000ff") == 0
    assert tuple(read_color(tmp_path / "b.png")[0, 0]) == (0, 0, 0xFF)
    assert names(tmp_path, "*.json") == ["b.nurie.json"]


def test_strokes_are_hints(color, drawings, tmp_path):
    layer = np.zeros((40, 50, 4), np.uint8)
    layer[0:4, 0:4] = (1, 200, 3, 255)
    (tmp_path / "strokes.png").write_bytes(encode_image(layer))
    assert color(drawings / "a.png", "-o", tmp_path / "a.png", "--hints", tmp_path / "strokes.png") == 0
    assert tuple(read_color(tmp_path / "a.png")[0, 0]) == (1, 200, 3)


def test_a_palette_holds(color, drawings, tmp_path):
    assert color(drawings / "a.png", "-o", tmp_path / "a.png", "-n", 2, "--palette", "#ff0000,#0000ff") == 0
    for number in (1, 2):
        paper = read_color(tmp_path / f"a-{number}.png")[sketch() == 255]
        assert {tuple(pixel) for pixel in paper.tolist()} <= {(255, 0, 0), (0, 0, 255)}


def test_regions_of_ones_own(color, drawings, tmp_path):
    labels = np.ones((40, 50), np.uint8)
    labels[:, 25:] = 2
    (tmp_path / "labels.png").write_bytes(encode_image(labels))
    words = ["--regions", tmp_path / "labels.png", "--hint", "1=#ff0000", "--hint", "2=#0000ff"]
    assert color(drawings / "a.png", "-o", tmp_path / "a.png", *words) == 0
    picture = read_color(tmp_path / "a.png")
    assert tuple(picture[0, 24]) == (255, 0, 0)
    assert tuple(picture[0, 25]) == (0, 0, 255)


def test_regions_belong_to_one_drawing(color, drawings, tmp_path, capsys):
    assert color(drawings, "-o", tmp_path / "out", "--regions", "labels.png") == 2
    assert "--regions labels.png belongs to one drawing, not to 2; color it alone" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["12", "1,2,3=#000000", "1,2=red", "1,2=#12345", "-1,2=#000000"])
def test_hints_that_are_none(color, drawings, capsys, value):
    with pytest.raises(SystemExit) as ended:
        color(drawings / "a.png", "-o", "x.png", f"--hint={value}")
    assert ended.value.code == 2
    assert "is no hint; write X,Y=#RRGGBB or REGION=#RRGGBB" in capsys.readouterr().err


def test_layers(color, drawings, tmp_path):
    assert color(drawings / "a.png", "-o", tmp_path / "a.ora", "--layers-by", "region") == 0
    with zipfile.ZipFile(tmp_path / "a.ora") as archive:
        assert "stack.xml" in archive.namelist()


def test_what_is_done_is_left_alone(color, drawings, tmp_path, capsys):
    out = tmp_path / "out"
    color = partial(color, "--hint", "0,0=#ff8800")
    assert color(drawings, "-o", out, "--resume") == 0
    first = {name: (out / name).stat().st_mtime_ns for name in ("a.png", "b.png")}
    (out / "b.png").unlink()
    capsys.readouterr()
    assert color(drawings, "-o", out, "--resume") == 0
    assert (out / "a.png").stat().st_mtime_ns == first["a.png"]
    assert (out / "b.png").is_file()
    assert "a.png (done before)" in capsys.readouterr().err


@pytest.mark.parametrize("change", ["options", "drawing", "record"])
def test_what_was_made_otherwise_is_done_again(color, drawings, tmp_path, capsys, change):
    out = tmp_path / "out"
    assert color(drawings / "a.png", "-o", f"{out}/", "--resume") == 0
    words = []
    if change == "options":
        words = ["--seed", 9]
    elif change == "drawing":
        (drawings / "a.png").write_bytes(encode_image(sketch(3)))
        os.utime(drawings / "a.png", (time.time() + 5, time.time() + 5))
    else:
        (out / "a.nurie.json").write_text("{}")
    capsys.readouterr()
    assert color(drawings / "a.png", "-o", f"{out}/", "--resume", *words) == 0
    assert "done before" not in capsys.readouterr().err


@pytest.fixture
def painting():
    """A page that is coloured already."""
    rows, columns = np.mgrid[:40, :50]
    page = np.full((40, 50, 3), (90, 160, 220), np.uint8)
    page[(rows - 20) ** 2 + (columns - 25) ** 2 < 200] = (250, 200, 60)
    page[30:] = (60, 120, 40)
    return page


def test_coloured_pages_of_a_folder_are_left_alone_unless_asked_for(color, drawings, painting, tmp_path, capsys):
    (drawings / "b.png").write_bytes(encode_image(painting))
    assert color(drawings, "-o", tmp_path / "out") == 0
    assert "b.png (in color already)" in capsys.readouterr().err
    assert names(tmp_path / "out", "*.png") == ["a.png"]
    assert color(drawings, "-o", tmp_path / "all", "--all") == 0
    assert color(drawings / "b.png", "-o", tmp_path / "named.png") == 0
    assert names(tmp_path / "all", "*.png") == ["a.png", "b.png"]


def test_pages_of_a_folder_have_seeds_of_their_own(color, drawings, tmp_path):
    (drawings / "b.png").write_bytes((drawings / "a.png").read_bytes())
    assert color(drawings, "-o", tmp_path / "out", "--seed", 3) == 0
    pages = [read_color(tmp_path / "out" / name) for name in ("a.png", "b.png")]
    assert not np.array_equal(*pages)
    # A page can be had again by itself, from the seed in its record; and one that is named has the seed that was given.
    seed = json.loads((tmp_path / "out" / "b.nurie.json").read_text())["seed"]
    assert color(drawings / "b.png", "-o", tmp_path / "again.png", "--seed", seed) == 0
    assert np.array_equal(read_color(tmp_path / "again.png"), pages[1])
    assert color(drawings / "a.png", drawings / "b.png", "-o", f"{tmp_path / 'named'}/", "--seed", 3) == 0
    assert np.array_equal(*(read_color(tmp_path / "named" / name) for name in ("a.png", "b.png")))


def test_one_look_gives_all_pages_the_first_ones_colours(color, drawings, tmp_path):
    for name in ("b.png", "c.png"):
        (drawings / name).write_bytes((drawings / "a.png").read_bytes())
    assert color(drawings, "-o", tmp_path / "out", "--one-look", "-j", 2) == 0
    first = read_color(tmp_path / "out" / "a.png")
    for name in ("b.png", "c.png"):
        assert np.array_equal(read_color(tmp_path / "out" / name), first)
    # Later pages follow the first one, done before; alone each would be drawn from the seed.
    (tmp_path / "out" / "c.png").unlink()
    assert color(drawings, "-o", tmp_path / "out", "--one-look", "--resume") == 0
    assert np.array_equal(read_color(tmp_path / "out" / "c.png"), first)


def test_like_an_earlier_result(color, drawings, tmp_path):
    assert color(drawings / "a.png", "-o", tmp_path / "a.png", "--hint", "1=#ff8800") == 0
    assert color(drawings / "a.png", "-o", tmp_path / "b.png", "--like", tmp_path / "a.png", "--seed", 9) == 0
    assert np.array_equal(read_color(tmp_path / "b.png"), read_color(tmp_path / "a.png"))


def test_like_a_picture_without_a_record(color, drawings, tmp_path):
    assert color(drawings / "a.png", "-o", tmp_path / "a.png", "--hint", "1=#ff8800", "--no-sidecar") == 0
    assert color(drawings / "a.png", "-o", tmp_path / "b.png", "--like", tmp_path / "a.png") == 0
    assert tuple(read_color(tmp_path / "b.png")[0, 0]) == (0xFF, 0x88, 0)


@pytest.fixture
def follow(learned_weights_folder):
    """The command with stand-in weights that follow references, and paint."""
    return lambda *words: main(["color", "--weights", str(learned_weights_folder), *map(str, words)])


def read_record(path):
    return json.loads(path.read_text())


def test_weights_that_have_learned_it_follow_pictures_and_results(follow, drawings, tmp_path, monkeypatch):
    monkeypatch.setattr("nurie.inference.encoded.SURE", -1.0)  # nothing is copied, all is followed
    orange = np.full((40, 50, 3), (250, 120, 30), np.uint8)
    (tmp_path / "orange.png").write_bytes(encode_image(orange))
    assert follow(drawings / "a.png", "-o", tmp_path / "free.png") == 0
    assert follow(drawings / "a.png", "-o", tmp_path / "like.png", "--like", tmp_path / "orange.png") == 0
    assert follow(drawings / "b.png", "-o", tmp_path / "b.png", "--like", tmp_path / "like.png") == 0
    paper = sketch() == 255
    free, like = (read_color(tmp_path / f"{name}.png")[paper].mean(0) for name in ("free", "like"))
    assert np.abs(like - orange[0, 0]).sum() < np.abs(free - orange[0, 0]).sum()
    assert read_record(tmp_path / "like.nurie.json")["hints"] == {}  # it is no hint
    assert len(read_record(tmp_path / "b.nurie.json")["style"]["references"]) == 1
    both = ["--like", tmp_path / "orange.png", "--like", tmp_path / "like.png"]
    assert follow(drawings / "a.png", "-o", tmp_path / "both.png", *both) == 0
    assert len(read_record(tmp_path / "both.nurie.json")["style"]["references"]) == 2


def test_guidance_and_shading_are_recorded(follow, drawings, tmp_path):
    words = ["--hint", "1=#ff8800", "--guidance", "2", "--shading", "0.25"]
    assert follow(drawings / "a.png", "-o", tmp_path / "a.png", *words) == 0
    read = read_record(tmp_path / "a.nurie.json")
    assert (read["style"]["guidance"], read["style"]["shading"]) == (2, 0.25)
    assert (read["options"]["guidance"], read["options"]["shading"]) == (2, 0.25)
    assert read["light"]


def test_one_look_over_a_folder_with_learned_references(follow, drawings, tmp_path):
    for jobs in (1, 2):
        assert follow(drawings, "-o", tmp_path / str(jobs), "-r", "--one-look", "-j", jobs) == 0
    for name in ("a", "b", "more/c"):
        assert (tmp_path / "1" / f"{name}.png").read_bytes() == (tmp_path / "2" / f"{name}.png").read_bytes()
        references = read_record(tmp_path / "1" / f"{name}.nurie.json")["style"]["references"]
        assert len(references) == (name != "a")  # the first page is what the others follow
    (tmp_path / "1" / "b.png").unlink()
    assert follow(drawings, "-o", tmp_path / "1", "-r", "--one-look", "--resume") == 0
    assert (tmp_path / "1" / "b.png").read_bytes() == (tmp_path / "2" / "b.png").read_bytes()


@pytest.mark.parametrize("option", ["--guidance", "--shading"])
@pytest.mark.parametrize("value", ["much", "-1", "nan", "inf"])
def test_strengths_that_are_none(color, drawings, capsys, option, value):
    with pytest.raises(SystemExit) as ended:
        color(drawings / "a.png", "-o", "x.png", f"{option}={value}")
    assert ended.value.code == 2
    assert f"'{value}' is no number from 0 on" in capsys.readouterr().err


def test_books_in_and_out(color, drawings, painting, tmp_path):
    with zipfile.ZipFile(tmp_path / "book.cbz", "w") as archive:
        archive.writestr("book/002.png", (drawings / "b.png").read_bytes())
        archive.writestr("book/001.png", encode_image(painting))
        archive.writestr("book/notes.txt", "no page")
    assert color(tmp_path / "book.cbz", "-o", tmp_path / "out") == 0
    assert names(tmp_path / "out" / "book") == ["002.nurie.json", "002.png"]
    assert color(tmp_path / "book.cbz", "-o", tmp_path / "colored.cbz") == 0
    with zipfile.ZipFile(tmp_path / "colored.cbz") as archive:
        assert archive.namelist() == ["book/001.png", "book/002.png"]
        assert archive.read("book/001.png") == encode_image(painting)
        page = read_color(archive.read("book/002.png"))
    assert np.array_equal(page, read_color(tmp_path / "out" / "book" / "002.png"))
    assert names(tmp_path, ".*") == []


def test_several_at_once_give_the_same_files(color, drawings, tmp_path):
    for jobs in (1, 2):
        assert color(drawings, "-o", tmp_path / str(jobs), "-r", "-j", jobs, "--no-sidecar") == 0
    for name in ("a.png", "b.png", "more/c.png"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()

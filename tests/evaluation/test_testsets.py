import json

import numpy as np
import pytest
from scored_drawings import make_person

from nurie.cli import main
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError, InputError
from nurie.evaluation.testset_build import build_testsets, make_card
from nurie.evaluation.testset_sources import corpus_pictures, every_nth, folder_pictures
from nurie.evaluation.testsets import TestPicture, read_testsets, write_testset
from nurie.images import write_image


class People:
    """A corpus of four drawings."""

    names = ("p0", "p1", "p2", "p3")

    def load(self, name):
        return make_person(int(name[1:]), hair=(90, 60, 30 * int(name[1:])))


def write_pairs(folder, names, layers=("sketch", "color"), size=(24, 20)):
    for layer in layers:
        (folder / layer).mkdir(parents=True, exist_ok=True)
        for number, name in enumerate(names):
            picture = np.full((*size, 3), 255, np.uint8)
            picture[5:15, 5] = 0
            if layer == "color":
                picture[5:15, 6:15] = (200, 40, 20 * number)
            write_image(folder / layer / f"{name}.png", picture)
    return folder


@pytest.fixture
def art(tmp_path):
    folder = tmp_path / "art"
    write_pairs(folder / "pairs_openmoji", ["a", "b"])
    write_pairs(folder / "anime_ops", ["x"])
    write_pairs(folder / "line_some", ["y"], ["sketch"])
    meta = {"name": "x", "src": "a game", "lic": "CC0", "by": "somebody", "sigma": 0.7}
    (folder / "anime_ops" / "meta.jsonl").write_text(json.dumps(meta) + "\n")
    return folder


def test_a_set_comes_back_as_it_was_written(tmp_path):
    pictures = list(corpus_pictures(People(), 3))
    write_testset(tmp_path / "A", pictures, "# card\n")
    testset = read_testsets(tmp_path)["A"]
    assert testset.names == ("p0", "p1", "p2")
    for number, picture in enumerate(pictures):
        found = testset.load(number)
        assert found.has_color
        assert found.drawing.known
        for layer in ("color", "sketch", "regions"):
            assert np.array_equal(getattr(found.drawing, layer), getattr(picture.drawing, layer)), layer
        assert found.drawing.parts == picture.drawing.parts
    assert (tmp_path / "A" / "card.md").read_text() == "# card\n"


def test_every_other_drawing_of_a_corpus_has_lines_by_xdog():
    true, found = list(corpus_pictures(People(), 2))
    assert true.drawing.meta["lines"] == "true"
    assert np.array_equal(true.drawing.sketch, People().load("p0").sketch)
    assert found.drawing.meta["lines"] == "xdog"
    assert set(np.unique(found.drawing.sketch)) <= {0, 255}


def test_pairs_of_a_user_have_their_own_lines(tmp_path):
    (picture,) = folder_pictures(write_pairs(tmp_path, ["a"]))
    assert picture.has_color
    assert not picture.drawing.known
    assert picture.drawing.meta["lines"] == "drawn"
    assert picture.drawing.sketch[10, 5] == 0


def test_colour_pictures_alone_get_lines_by_xdog(tmp_path):
    write_pairs(tmp_path, ["a"], ["color"])
    for folder in (tmp_path, tmp_path / "color"):
        (picture,) = folder_pictures(folder)
        assert picture.has_color
        assert picture.drawing.meta["lines"] == "xdog"


def test_gray_pictures_alone_are_line_drawings_without_a_truth(tmp_path):
    write_pairs(tmp_path, ["a"], ["sketch"])
    for folder in (tmp_path, tmp_path / "sketch"):
        (picture,) = folder_pictures(folder)
        assert not picture.has_color


def test_large_pictures_are_reduced_and_pairs_brought_to_one_size(tmp_path):
    write_pairs(tmp_path, ["a"], ["sketch"], (512, 256))
    write_pairs(tmp_path, ["a"], ["color"], (256, 128))
    (picture,) = folder_pictures(tmp_path)
    assert picture.drawing.sketch.shape == picture.drawing.color.shape[:2] == (256, 128)


def test_pairs_of_other_proportions_are_refused(tmp_path):
    write_pairs(tmp_path, ["a"], ["sketch"], (40, 20))
    write_pairs(tmp_path, ["a"], ["color"], (20, 40))
    with pytest.raises(DataError, match="lines and the colours of a differ in their proportions"):
        list(folder_pictures(tmp_path))


def test_folders_that_have_nothing_are_refused(tmp_path):
    with pytest.raises(DataError, match="is no folder"):
        list(folder_pictures(tmp_path / "none"))
    with pytest.raises(DataError, match="has no picture that can be read"):
        list(folder_pictures(tmp_path))
    with pytest.raises(DataError, match="has no test sets; build them with nurie testsets"):
        read_testsets(tmp_path)


def test_a_damaged_set_is_one_sentence(tmp_path):
    write_testset(tmp_path / "A", list(corpus_pictures(People(), 1)), "")
    write_image(tmp_path / "A" / "color" / "p0.png", np.zeros((3, 3, 3), np.uint8))
    with pytest.raises(DataError, match="differ in size; build the test set again"):
        read_testsets(tmp_path)["A"].load(0)
    (tmp_path / "A" / "meta.jsonl").write_text("{")
    with pytest.raises(DataError, match="is damaged"):
        read_testsets(tmp_path)


def test_one_command_builds_all_three(tmp_path, art, monkeypatch, capsys):
    from nurie.data import sources

    monkeypatch.setitem(sources.SOURCES, "anime", lambda seed: make_person(seed))
    out = tmp_path / "sets"
    assert main(["testsets", "-o", str(out), "--from", str(art), "--count", "3"]) == 0
    assert "A  3 drawings" in capsys.readouterr().out
    sets = read_testsets(out)
    assert {name: len(testset.names) for name, testset in sets.items()} == {"A": 3, "B": 2, "C": 2}
    assert [sets["C"].load(number).has_color for number in range(2)] == [True, False]
    card = (out / "C" / "card.md").read_text()
    assert "With true colours: 1. With true regions: 0." in card
    assert "| a game | 1 | CC0 | somebody |" in card
    assert "xdog 1" in card


def test_a_user_s_own_folder_takes_the_place_of_a_set(tmp_path, art, monkeypatch):
    from nurie.data import sources

    monkeypatch.setitem(sources.SOURCES, "anime", lambda seed: make_person(seed))
    own = write_pairs(tmp_path / "own", ["1", "2", "3"])
    sizes = build_testsets(tmp_path / "sets", art=art, own={"B": own}, count=1)
    assert sizes == {"A": 1, "B": 3, "C": 2}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "B"], "--set takes NAME=DIR"),
        (["--set", "D=x"], "unknown test set 'D'; choose from A, B, C"),
        (["--count", "0"], "--count must be at least 1"),
        (["--set", "A=nowhere"], "is no folder"),
    ],
)
def test_mistakes_are_one_line(tmp_path, arguments, message, capsys):
    assert main(["testsets", "-o", str(tmp_path), *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_corpus_that_is_for_training_is_refused(tmp_path):
    from nurie.data.corpus import write_corpus

    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    write_corpus(tmp_path / "corpus", "anime", [3], side=64)
    with pytest.raises(DataError, match="seeds below 900000, which are for training"):
        build_testsets(tmp_path / "sets", own={"A": tmp_path / "corpus"})


def test_art_without_what_a_set_needs_is_refused(tmp_path, monkeypatch):
    from nurie.data import sources

    monkeypatch.setitem(sources.SOURCES, "anime", lambda seed: make_person(seed))
    with pytest.raises(DataError, match="has none of pairs_openmoji; leave --from out"):
        build_testsets(tmp_path / "sets", art=tmp_path, count=1)
    with pytest.raises(InputError, match="unknown test set"):
        build_testsets(tmp_path / "sets", own={"Z": tmp_path})


def test_sets_from_packages_have_their_credits():
    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    from nurie.evaluation.testset_sources import dicebear_pictures, openmoji_pictures

    (emoji,) = openmoji_pictures(1, 64)
    assert emoji.has_color
    assert emoji.drawing.meta["license"] == "CC BY-SA 4.0"
    assert emoji.drawing.sketch.min() < 100
    (person,) = dicebear_pictures("notionists", 1, 64)
    assert not person.has_color
    assert person.drawing.meta["author"] == "Zoish"
    assert (person.drawing.sketch > 200).mean() > 0.5


def test_a_card_says_what_there_is():
    blank = Drawing(np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4), np.uint8), np.ones((4, 4), np.int32), known=False)
    card = make_card("B", "somewhere", [TestPicture("a", blank, has_color=False)])
    assert card.startswith("# Test set B: real line art with its true colours\n")
    assert "1 drawings from somewhere" in card
    assert "never train on these" in card


def test_evenly_spread_pictures_keep_their_order():
    pictures = list(corpus_pictures(People(), 4))
    assert [picture.name for picture in every_nth(pictures, 2)] == ["p0", "p2"]
    assert every_nth(pictures, 9) == pictures
    assert every_nth([], 3) == []

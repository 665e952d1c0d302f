import argparse
import json

import numpy as np
import pytest

from nurie.cli import corpus as command
from nurie.data.corpus import read_corpus
from nurie.data.sources import SOURCES
from nurie.data.sources.drawing import Drawing, Part
from nurie.errors import InputError
from nurie.images import read_color


def draw_toy(seed, *, side=256):
    color = np.full((side, side, 3), seed, np.uint8)
    sketch = np.full((side, side), 255, np.uint8)
    meta = {"source": "toy", "seed": seed, "license": "CC0 1.0", "author": "nobody"}
    return Drawing(color, sketch, np.ones((side, side), np.int32), (Part("background"),), meta)


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(word) for word in words]))


def test_a_corpus_is_drawn_with_a_contact_sheet(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(SOURCES, "toy", draw_toy)
    folder = tmp_path / "corpus"
    assert run("toy", "--count", 3, "--seed", 5, "-o", folder, "--workers", 1, "--side", 32) == 0
    assert read_corpus(folder).names == ("toy-000005", "toy-000006", "toy-000007")
    assert read_color(folder / "contact-sheet.png").shape == (128, 128 * 12, 3)
    assert "has 3 drawings" in capsys.readouterr().out


def test_drawing_on_keeps_what_is_there(tmp_path, monkeypatch):
    monkeypatch.setitem(SOURCES, "toy", draw_toy)
    for count in (2, 4):
        run("toy", "--count", count, "-o", tmp_path, "--workers", 1, "--side", 32)
    lines = (tmp_path / "meta.jsonl").read_text().splitlines()
    assert [json.loads(line)["seed"] for line in lines] == [0, 1, 2, 3]


def test_several_processes_write_what_one_writes(tmp_path):
    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    for workers in (1, 2):
        run("dicebear", "--count", 4, "-o", tmp_path / str(workers), "--workers", workers, "--side", 64)
    one, two = ({path.name: path.read_bytes() for path in sorted((tmp_path / name).rglob("*.*"))} for name in "12")
    assert len(one) == 6  # three pictures of one name count once
    assert one == two


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["oil"], "unknown source 'oil'"),
        (["anime", "--count", "0"], "--count must be at least 1, got 0"),
        (["anime", "--workers", "0"], "at least 1 worker, got 0"),
        (["anime", "--seed", "-4"], "0 or more, got -4"),
    ],
)
def test_impossible_wishes_are_refused(tmp_path, words, message):
    with pytest.raises(InputError, match=message):
        run(*words, "-o", tmp_path)

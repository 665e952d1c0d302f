import argparse
import json

import numpy as np
import pytest

from nurie.cli import main
from nurie.cli.prepare import add_arguments, choose_machines, make_config
from nurie.data.inputs import Wishes
from nurie.data.prepare import PrepareConfig
from nurie.errors import InputError
from nurie.images import write_image
from nurie.machines.cluster import RayCluster
from nurie.machines.processes import Processes


def parse(*words):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args([*words, "-o", "out"])


def test_options_change_the_defaults():
    assert make_config(parse("a", "b")) == PrepareConfig(sources=("a", "b"))
    words = ["--side", "128", "--lines", "soft, xdog", "--val", "0.1", "--no-filters", "--shard-size", "7"]
    wishes = ["--license", "CC0", "--rating", "g,s", "--min-score", "3", "--without-tags", "", "--tags", "solo"]
    assert make_config(parse("a", *words, *wishes)) == PrepareConfig(
        sources=("a",), side=128, lines=("soft", "xdog"), val=0.1, filters=False, shard_size=7,
        wishes=Wishes(license="CC0", ratings=("g", "s"), min_score=3, without_tags=(), tags=("solo",), side=128),
    )  # fmt: skip


def test_who_works():
    assert choose_machines(parse("a", "--workers", "3")) == Processes(3)
    assert choose_machines(parse("a", "--ray", "auto")) == RayCluster("auto")
    assert choose_machines(parse("a")).workers >= 1
    with pytest.raises(InputError, match="at least 1 worker, got 0"):
        choose_machines(parse("a", "--workers", "0"))


def test_a_folder_becomes_shards(tmp_path, capsys):
    heap = tmp_path / "heap"
    heap.mkdir()
    for number in range(3):
        picture = np.full((140, 140, 3), (250 - 30 * number, 120, 60 + 40 * number), np.uint8)
        picture[40:44], picture[:, 60 + 9 * number : 64 + 9 * number] = 0, 0
        write_image(heap / f"{number}.png", picture)
    (heap / "bad.jpg").write_bytes(b"no picture")
    words = ["prepare", heap, "-o", tmp_path / "out", "--regions", "flood_fill", "--workers", "1"]
    assert main([str(word) for word in words]) == 0
    printed = capsys.readouterr()
    assert "has 3 drawings; rejected: 1 corrupt" in printed.out
    assert "writing: 100%" in printed.err
    assert len((tmp_path / "out/manifest.jsonl").read_text().splitlines()) == 4
    assert json.loads((tmp_path / "out/shards.json").read_text())["kept"] == 3


def test_mistakes_are_one_sentence(tmp_path, capsys):
    assert main(["prepare", str(tmp_path / "nowhere"), "-o", str(tmp_path / "out")]) == 2
    assert "is no source of pictures" in capsys.readouterr().err

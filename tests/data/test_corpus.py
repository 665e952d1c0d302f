import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from nurie.data import corpus as corpus_module
from nurie.data.corpus import TEST_SEEDS_FROM, Corpus, drawing_name, read_corpus, write_corpus
from nurie.data.sources import SOURCES
from nurie.data.sources.drawing import Drawing, Part
from nurie.errors import DataError, InputError, OutputError
from nurie.images import write_image

SEEDS = range(3, 9)


def draw_toy(seed: int, *, side: int = 256) -> Drawing:
    rng = np.random.default_rng(seed)
    color = rng.integers(0, 256, (side, side, 3), np.uint8)
    sketch = rng.integers(0, 256, (side, side), np.uint8)
    regions = np.ones((side, side), np.int32)
    regions[side // 2 :] = 2
    parts = (Part("background"), Part("eye", 1, "iris1"))
    meta = {"source": "toy", "seed": seed, "license": "CC0 1.0", "author": "a ü"}
    return Drawing(color, sketch, regions, parts, meta)


@pytest.fixture(autouse=True)
def toy_source(monkeypatch):
    monkeypatch.setitem(SOURCES, "toy", draw_toy)


def write_toys(directory: Path, seeds=SEEDS, **options) -> None:
    write_corpus(directory, "toy", seeds, side=32, **options)


def all_bytes(directory: Path) -> dict[str, bytes]:
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}


def stop_after(count: int):
    def progress(names):
        for number, name in enumerate(names):
            if number == count:
                raise KeyboardInterrupt
            yield name

    return progress


def test_a_drawing_comes_back_as_it_was(tmp_path):
    write_toys(tmp_path)
    corpus = read_corpus(tmp_path)
    assert corpus.names == tuple(f"toy-{seed:06d}" for seed in SEEDS)
    drawing, truth = corpus.load("toy-000005"), draw_toy(5, side=32)
    np.testing.assert_array_equal(drawing.color, truth.color)
    np.testing.assert_array_equal(drawing.sketch, truth.sketch)
    np.testing.assert_array_equal(drawing.regions, truth.regions)
    assert drawing.parts == truth.parts
    assert drawing.meta == {**truth.meta, "side": 32}


def test_the_list_has_license_author_and_parts_in_seed_order(tmp_path):
    write_toys(tmp_path, [8, 3, 8])
    lines = [json.loads(line) for line in (tmp_path / "meta.jsonl").read_text("utf-8").splitlines()]
    assert [line["seed"] for line in lines] == [3, 8]
    assert lines[0]["license"] == "CC0 1.0"
    assert lines[0]["author"] == "a ü"
    assert lines[0]["parts"] == [["background", 0, ""], ["eye", 1, "iris1"]]


def test_progress_is_given_every_name_once(tmp_path):
    seen = []

    def progress(names):
        for name in names:
            seen.append(name)
            yield name

    write_toys(tmp_path, range(2))
    write_toys(tmp_path, range(4), progress=progress)
    assert seen == [drawing_name("toy", seed) for seed in range(4)]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_resuming_gives_the_same_bytes_as_never_stopping(tmp_path, count):
    write_toys(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        write_toys(tmp_path / "stopped", progress=stop_after(count))
    assert all_bytes(tmp_path / "stopped") != all_bytes(tmp_path / "whole")
    write_toys(tmp_path / "stopped")
    assert all_bytes(tmp_path / "stopped") == all_bytes(tmp_path / "whole")


def test_resuming_after_a_kill_gives_the_same_bytes(tmp_path):
    """A killed process leaves its new list behind, with a line cut off, and pictures that no list has."""
    write_toys(tmp_path / "whole")
    write_toys(tmp_path / "killed")
    lines = (tmp_path / "killed/meta.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "killed/meta-new.jsonl").write_text("".join(lines[:3]) + lines[3][:20], "utf-8")
    (tmp_path / "killed/meta.jsonl").unlink()
    (tmp_path / "killed/sketch/toy-000004.png").unlink()
    assert read_corpus(tmp_path / "killed").names == tuple(f"toy-{seed:06d}" for seed in (3, 4, 5))
    write_toys(tmp_path / "killed")
    assert all_bytes(tmp_path / "killed") == all_bytes(tmp_path / "whole")


def test_only_what_is_missing_is_drawn(tmp_path, monkeypatch):
    write_toys(tmp_path, range(3))
    drawn = []
    monkeypatch.setitem(SOURCES, "toy", lambda seed, *, side: drawn.append(seed) or draw_toy(seed, side=side))
    write_toys(tmp_path, range(5))
    assert drawn == [3, 4]


def test_several_sources_share_a_corpus(tmp_path, monkeypatch):
    monkeypatch.setitem(SOURCES, "other", draw_toy)
    write_toys(tmp_path, [1])
    write_corpus(tmp_path, "other", [1], side=64)
    assert read_corpus(tmp_path).names == ("toy-000001", "other-000001")


def test_test_seeds_are_told_apart(tmp_path):
    write_toys(tmp_path, [TEST_SEEDS_FROM - 1, TEST_SEEDS_FROM])
    assert read_corpus(tmp_path).test_names == (f"toy-{TEST_SEEDS_FROM}",)


def test_a_corpus_can_be_sent_to_other_processes(tmp_path):
    write_toys(tmp_path, [1])
    corpus: Corpus = pickle.loads(pickle.dumps(read_corpus(tmp_path)))
    assert corpus.load("toy-000001").sketch.shape == (32, 32)


def test_a_drawing_process_that_dies_is_reported(tmp_path, monkeypatch):
    class DyingPool:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def shutdown(self, **_):
            pass

        def submit(self, *_):
            raise corpus_module.BrokenProcessPool

    monkeypatch.setattr(corpus_module, "ProcessPoolExecutor", DyingPool)
    with pytest.raises(OutputError, match="fewer workers"):
        write_toys(tmp_path, workers=2)


def test_a_plain_folder_of_pictures_is_a_corpus_too(tmp_path):
    (tmp_path / "sub").mkdir()
    write_image(tmp_path / "sub/b.png", draw_toy(1, side=40).color)
    write_image(tmp_path / "a.png", draw_toy(2, side=40).color)
    corpus = read_corpus(tmp_path)
    assert corpus.names == ("a.png", "sub/b.png")
    assert corpus.test_names == ()
    drawing = corpus.load("sub/b.png")
    assert drawing.parts == ()
    assert drawing.regions.min() >= 1
    with pytest.raises(DataError, match=r"no drawing 'c.png'"):
        corpus.load("c.png")


def test_unreadable_pictures_of_a_plain_folder_are_reported(tmp_path):
    write_image(tmp_path / "a.png", draw_toy(2, side=40).color)
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    corpus = read_corpus(tmp_path)
    assert corpus.names == ("a.png",)
    assert len(corpus.skipped) == 1
    assert "bad.jpg was skipped" in corpus.skipped[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"source": "oil"}, "unknown source 'oil'; choose from anime, characters, dicebear, icons, lit, scenes, world"),
        ({"seeds": [2, -1]}, "seeds of drawings are 0 or more, got -1"),
        ({"workers": 0}, "at least 1 worker, got 0"),
    ],
)
def test_impossible_wishes_are_refused(tmp_path, options, message):
    with pytest.raises(InputError, match=message):
        write_corpus(tmp_path, **{"source": "toy", "seeds": [1], **options})


def test_sides_are_not_mixed(tmp_path):
    write_toys(tmp_path, [1])
    with pytest.raises(DataError, match="has drawings of side 32, such as toy-000001; draw with that side"):
        write_corpus(tmp_path, "toy", [2], side=64)


def test_a_place_that_cannot_be_written_is_reported(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        write_toys(tmp_path / "file")


def test_a_folder_without_drawings_is_reported(tmp_path):
    with pytest.raises(DataError, match="is no folder; write a corpus"):
        read_corpus(tmp_path / "nowhere")
    with pytest.raises(DataError, match=r"neither a meta.jsonl nor a picture"):
        read_corpus(tmp_path)
    (tmp_path / "meta.jsonl").write_text("")
    with pytest.raises(DataError, match="lists no drawings; write some with nurie corpus"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("line", ["{", "[]", '{"name": "a"}', '{"name": "a", "source": "b", "seed": "c"}', ""])
def test_a_damaged_list_is_reported_by_line(tmp_path, line):
    write_toys(tmp_path, [1])
    with (tmp_path / "meta.jsonl").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(DataError, match=r"line 2 of .*meta.jsonl is damaged"):
        read_corpus(tmp_path)


def test_a_list_that_is_no_text_is_reported(tmp_path):
    (tmp_path / "meta.jsonl").write_bytes(b"\xff\xfe\n")
    with pytest.raises(DataError, match=r"meta.jsonl cannot be read"):
        read_corpus(tmp_path)


def draw_cast(seed: int, *, side: int = 256) -> Drawing:
    drawing = draw_toy(seed, side=side)
    return Drawing(
        drawing.color, drawing.sketch, drawing.regions, drawing.parts, {**drawing.meta, "character": seed // 2}
    )


def test_siblings_show_the_same_character(tmp_path, monkeypatch):
    write_toys(tmp_path, seeds=[0, 1])
    monkeypatch.setitem(SOURCES, "cast", draw_cast)
    write_corpus(tmp_path, "cast", range(1, 5), side=32)
    corpus = pickle.loads(pickle.dumps(read_corpus(tmp_path)))
    assert corpus.siblings("cast-000002") == ("cast-000003",)
    assert corpus.siblings("cast-000001") == ()
    assert corpus.siblings("toy-000000") == ()

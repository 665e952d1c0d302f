import json
from types import SimpleNamespace

import numpy as np
import pytest

from nurie import inference
from nurie.cli import main
from nurie.evaluation import folders, picture_features
from nurie.images import read_color, write_image

SKIN, HAIR, CLOTH = (255, 224, 200), (90, 60, 30), (30, 60, 200)


class MeanNetwork:
    """Stands for Inception."""

    def __init__(self, resize):
        pass

    def __call__(self, pictures):
        return np.array([np.resize(p.mean((0, 1)), 2048) for p in pictures], np.float32)


class FakeDistance:
    """Stands for ST-LPIPS."""

    def compare(self, a, b):
        return float(np.abs(a.astype(float) - b).mean())


class FakeColorizer:
    """Paints everything in one colour of the seed."""

    loaded = None
    networks = SimpleNamespace(sha256="abc")

    def __init__(self, weights=None):
        FakeColorizer.loaded = weights

    def __call__(self, sketch, n=1, seed=0):
        class Result:
            image = np.full((*sketch.shape, 3), (255, 224, 10 * seed % 256), np.uint8)

        return [Result()]


@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    monkeypatch.setattr(picture_features, "InceptionFeatures", MeanNetwork)
    monkeypatch.setattr(folders, "STLPIPS", FakeDistance)
    monkeypatch.setattr(inference, "Colorizer", FakeColorizer)


def write_pictures(folder, count, seed=0):
    folder.mkdir()
    for i in range(count):
        picture = np.random.default_rng((seed, i)).integers(0, 256, (40, 40, 3), np.uint8)
        write_image(folder / f"{i}.png", picture)
    return folder


@pytest.fixture
def corpus(tmp_path):
    """Three drawings of three bars: skin, hair, cloth, with ink between."""
    folder, lines = tmp_path / "corpus", []
    for kind in ("color", "sketch", "regions"):
        (folder / kind).mkdir(parents=True)
    regions = np.repeat(np.array([1, 2, 3], np.uint16), 20)[None].repeat(32, 0)
    sketch = np.full(regions.shape, 255, np.uint8)
    sketch[:, 19::20] = 0
    for seed in range(900_000, 900_003):
        name = f"anime-{seed}"
        color = np.array([SKIN, HAIR, CLOTH], np.uint8)[regions - 1]
        color[..., 2] += seed % 10
        for kind, array in (("color", color), ("sketch", sketch), ("regions", regions)):
            write_image(folder / kind / f"{name}.png", array)
        parts = [["skin", 1, ""], ["hair", 1, ""], ["cloth", 1, ""]]
        meta = {"name": name, "source": "anime", "seed": seed, "license": "CC0", "author": "nobody"}
        lines.append(json.dumps(meta | {"parts": parts}))
    (folder / "meta.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def test_two_folders(tmp_path, capsys):
    a, b = write_pictures(tmp_path / "a", 4), write_pictures(tmp_path / "b", 5, seed=1)
    out = tmp_path / "new" / "scores.json"
    assert main(["evaluate", "--pictures", str(a), "--truth", str(b), "-o", str(out)]) == 0
    printed, scores = capsys.readouterr().out, json.loads(out.read_text())
    assert "pictures  4, truth 5, pairs of one name 4" in printed
    assert f"FID       {scores['fid']:.2f}" in printed
    assert f"ST-LPIPS  {scores['stlpips']:.4f}" in printed
    assert scores["protocol"]["name"] == "folders"
    assert len(scores["weights"]) == 2
    assert scores["fid_protocol"].endswith("4 pictures against 5, by file name")
    assert scores["seed"] is None


def test_one_picture_has_dashes(tmp_path, capsys):
    a = write_pictures(tmp_path / "a", 1)
    assert main(["evaluate", "--pictures", str(a), "--truth", str(a)]) == 0
    printed = capsys.readouterr().out
    assert "FID       -\nKID       -\nST-LPIPS  0.0000\nPSNR      100.00\nSSIM      1.0000\n" in printed
    assert "colors    0.0000\nway       -\n" in printed


@pytest.mark.parametrize("options", [[], ["--pictures", "a"], ["--truth", "b"]])
def test_both_folders_must_be_named(options, capsys):
    assert main(["evaluate", *options]) == 2
    assert "name both folders" in capsys.readouterr().err


def test_a_missing_folder_is_one_line(tmp_path, capsys):
    missing = str(tmp_path / "none")
    assert main(["evaluate", "--pictures", missing, "--truth", missing]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_acceptance_writes_table_scores_and_sheet(corpus, tmp_path, capsys):
    out, cache = tmp_path / "out", tmp_path / "cache"
    arguments = ["evaluate", "acceptance", str(corpus), "--training", str(corpus), "--seed", "4"]
    arguments += ["--weights", "somewhere", "--cache", str(cache), "-o", str(out)]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert printed == (out / "scores.md").read_text() + "\n"
    assert "Not the 300 drawings of the protocol" in printed
    for name in ("random", "most likely", "nurie", "flattened truth", "truth"):
        assert f"| {name} | " in printed
    assert str(FakeColorizer.loaded) == "somewhere"

    result = json.loads((out / "scores.json").read_text())
    assert result["seed"] == 4
    assert result["drawings"] == 3
    assert result["scored"] == "abc"
    assert result["scores"]["truth"]["fid"] == pytest.approx(0, abs=1e-6)
    assert result["scores"]["truth"]["skin"] == {"hits": 3, "total": 3, "share": 1}
    assert len(result["verdicts"]) == 5
    sheet = read_color(out / "sheet.png")
    assert sheet.shape == (7 * 164 + 4, 96 + 3 * 164 + 4, 3)
    assert list(cache.rglob("*.npy"))


def test_colors_only_needs_no_pretrained_network(corpus, monkeypatch, capsys):
    monkeypatch.setattr(picture_features, "InceptionFeatures", None)
    arguments = ["evaluate", "acceptance", str(corpus), "--training", str(corpus)]
    assert main([*arguments, "--colors-only", "--count", "2"]) == 0
    assert "| truth | - | - | - | 100.0% of 2 |" in capsys.readouterr().out


def test_without_training_drawings_some_are_drawn(corpus, monkeypatch, capsys):
    from nurie.cli import evaluate
    from nurie.data import sources
    from nurie.data.corpus import read_corpus

    asked = []

    def draw(seed):
        asked.append(seed)
        return read_corpus(corpus).load("anime-900000")

    monkeypatch.setitem(sources.SOURCES, "anime", draw)
    monkeypatch.setattr(evaluate, "TRAINING_DRAWINGS", 3)
    assert main(["evaluate", "acceptance", str(corpus), "--colors-only"]) == 0
    assert asked == [0, 1, 2]


def test_a_count_below_one_is_refused(corpus, capsys):
    assert main(["evaluate", "acceptance", str(corpus), "--count", "0"]) == 2
    assert "--count must be at least 1, got 0" in capsys.readouterr().err

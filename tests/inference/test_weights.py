import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from nurie.errors import OutputError, WeightsError
from nurie.inference import weights as module
from nurie.inference.weights import (
    MANIFEST,
    STEP,
    WEIGHTS,
    PaletteSettings,
    Shipped,
    load_weights,
    write_manifest,
)

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def folder(weights_folder, tmp_path):
    """A copy to spoil."""
    return Path(shutil.copytree(weights_folder, tmp_path / "weights"))


def change(folder, **fields):
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_a_folder_says_how_its_networks_are_called(weights_folder, paint_weights_folder):
    assert load_weights(weights_folder).palette == PaletteSettings(side=64, grid=16, steps=4)
    assert load_weights(weights_folder).paint is None
    assert load_weights(str(paint_weights_folder)).paint.side == 64


def test_a_folder_without_weights(tmp_path):
    with pytest.raises(WeightsError, match=r"no weights in .* \(no weights\.json\); give a folder made by"):
        load_weights(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", "", "\udcff"])
def test_a_damaged_manifest(folder, text):
    (folder / MANIFEST).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(WeightsError, match=r"weights\.json is damaged .*; copy or export it again"):
        load_weights(folder)


@pytest.mark.parametrize(
    "fields", [{"palette": None}, {"palette": {"side": 1}}, {"files": []}, {"files": {}}, {"paint": {"no": 1}}]
)
def test_an_incomplete_manifest(folder, fields):
    change(folder, **fields)
    with pytest.raises(WeightsError, match=r"weights\.json is damaged"):
        load_weights(folder)


def test_another_format(folder):
    change(folder, format=99, nurie="9.0")
    with pytest.raises(WeightsError, match=r"have format 99, this nurie reads format 1; export .* \(9\.0\)"):
        load_weights(folder)


def test_other_preprocessing(folder):
    change(folder, preprocessing={}, nurie="0.0.1")
    with pytest.raises(WeightsError, match=r"expect other colours or region features .* install nurie 0\.0\.1"):
        load_weights(folder)


def test_a_missing_graph(folder):
    (folder / STEP).unlink()
    with pytest.raises(WeightsError, match=r"palette-step\.onnx is missing"):
        load_weights(folder)


def test_one_changed_bit(folder):
    data = bytearray((folder / STEP).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / STEP).write_bytes(data)
    with pytest.raises(WeightsError, match=r"palette-step\.onnx is damaged \(its SHA-256 is not the one"):
        load_weights(folder)


def test_a_manifest_needs_its_graphs(tmp_path):
    with pytest.raises(OutputError, match="cannot be read"):
        write_manifest(tmp_path, palette=PaletteSettings(side=1, grid=1, steps=1), paint=None, record={})


@pytest.fixture
def installed(folder, monkeypatch):
    """The copy as if it had come with the package."""
    line = Shipped(folder.name, module._sha256(folder / MANIFEST), "0", "none", "none")
    monkeypatch.setattr(module, "_SHIPPED_FOLDER", folder.parent)
    monkeypatch.setattr(module, "WEIGHTS", {"default": line})
    return folder


def test_the_weights_of_the_package_are_the_default(installed):
    assert load_weights().folder == installed


def test_weights_of_the_package_that_were_changed(installed):
    change(installed, license="mine")
    with pytest.raises(WeightsError, match=r"weights\.json has been changed; install nurie again"):
        load_weights()


def test_a_package_without_weights(monkeypatch):
    monkeypatch.setattr(module, "WEIGHTS", {})
    with pytest.raises(WeightsError, match=r"this installation has no weights; .*--weights"):
        load_weights()


@pytest.mark.parametrize("name", WEIGHTS)
def test_shipped_weights_are_what_the_table_says(name, monkeypatch):
    line = WEIGHTS[name]
    monkeypatch.setattr(module, "WEIGHTS", {"default": replace(line)})
    folder = load_weights().folder
    manifest = json.loads((folder / MANIFEST).read_text())
    assert (line.version, line.license, line.card) == (
        manifest["nurie"],
        manifest["license"],
        manifest["card"],
    )
    assert (PROJECT / line.card).is_file()
    assert sum(file["bytes"] for file in manifest["files"].values()) < 40e6

import hashlib
import re
from pathlib import Path

import pytest
import torch
from safetensors.torch import save

from nurie.errors import WeightsError
from nurie.evaluation import pretrained
from nurie.evaluation.pretrained import (
    PRETRAINED,
    Pretrained,
    find_pretrained,
    load_pretrained,
    pretrained_folders,
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NURIE_WEIGHTS_DIR", str(tmp_path / "weights"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "weights").mkdir()
    return tmp_path / "weights"


def register(monkeypatch, folder, content, sha256=None):
    entry = Pretrained("tiny.safetensors", sha256 or hashlib.sha256(content).hexdigest(), "a test", "here", "CC0")
    monkeypatch.setitem(pretrained.PRETRAINED, "tiny", entry)
    (folder / entry.file).write_bytes(content)
    return folder / entry.file


@pytest.mark.parametrize("name", PRETRAINED)
def test_a_missing_file_names_what_to_fetch_and_where_to_put_it(name, folder):
    with pytest.raises(WeightsError) as error:
        find_pretrained(name)
    entry, message = PRETRAINED[name], str(error.value)
    for part in (
        entry.file,
        entry.sha256,
        entry.origin,
        entry.license,
        str(folder),
        "NURIE_WEIGHTS_DIR",
    ):
        assert part in message
    assert str(folder.parent / "cache" / "nurie" / "pretrained") in message


@pytest.mark.parametrize("name", PRETRAINED)
def test_the_table_is_complete(name):
    entry = PRETRAINED[name]
    assert re.fullmatch("[0-9a-f]{64}", entry.sha256)
    assert entry.file.endswith(".safetensors")
    assert re.search("https?://", entry.origin)
    assert entry.license
    assert entry.use


def test_the_named_folder_comes_before_the_cache(folder, monkeypatch):
    cache = folder.parent / "cache" / "nurie" / "pretrained"
    cache.mkdir(parents=True)
    assert pretrained_folders() == [folder, cache]
    in_cache = register(monkeypatch, cache, b"2")
    assert find_pretrained("tiny") == in_cache
    in_folder = register(monkeypatch, folder, b"1")
    assert find_pretrained("tiny") == in_folder


def test_without_variables_the_cache_is_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("NURIE_WEIGHTS_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/paths/do/not/count")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert pretrained_folders() == [tmp_path / ".cache" / "nurie" / "pretrained"]


def test_an_unknown_network_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"unknown network 'resnet'.*inception.*stlpips.*vgg19"):
        find_pretrained("resnet")


def test_tensors_are_loaded_as_float32(folder, monkeypatch):
    register(monkeypatch, folder, save({"a": torch.tensor([1.5], dtype=torch.float16)}))
    tensors = load_pretrained("tiny")
    assert tensors["a"].dtype == torch.float32
    assert tensors["a"].tolist() == [1.5]


def test_a_changed_file_is_refused(folder, monkeypatch):
    register(monkeypatch, folder, b"changed", sha256="0" * 64)
    with pytest.raises(WeightsError, match=r"damaged or another version.*not 0000.*replace it"):
        load_pretrained("tiny")


def test_a_file_of_another_format_is_refused(folder, monkeypatch):
    register(monkeypatch, folder, b"not tensors")
    with pytest.raises(WeightsError, match=r"no safetensors file.*replace it"):
        load_pretrained("tiny")


def test_a_file_that_vanishes_is_an_error_in_words(folder, monkeypatch):
    missing = folder / "gone.safetensors"
    monkeypatch.setattr(pretrained, "find_pretrained", lambda name: missing)
    with pytest.raises(WeightsError, match=r"cannot read .*gone\.safetensors"):
        load_pretrained("vgg19")

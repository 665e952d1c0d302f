import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from face_drawing import face

from nurie.errors import MissingExtraError, WeightsError
from nurie.inference import Colorizer
from nurie.inference.pretrained import find_pretrained


@pytest.fixture
def hub(monkeypatch, weights_folder):
    """A hub that has one repository."""
    asked = []

    def snapshot_download(name, *, revision, allow_patterns):
        asked.append((name, revision, allow_patterns))
        if name != "someone/nurie":
            raise OSError("404 Client Error.\nRepository not found")
        return str(weights_folder)

    monkeypatch.setitem(sys.modules, "huggingface_hub", SimpleNamespace(snapshot_download=snapshot_download))
    return asked


def test_a_folder_is_taken_as_it_is(weights_folder):
    (result,) = Colorizer.from_pretrained(weights_folder, threads=1)(face())
    assert np.array_equal(result.image, Colorizer(weights_folder, threads=1)(face())[0].image)
    assert find_pretrained(str(weights_folder)) == weights_folder


def test_a_name_is_asked_of_the_hub(hub, weights_folder):
    assert find_pretrained("someone/nurie", revision="v1") == weights_folder
    assert hub == [("someone/nurie", "v1", ["weights.json", "*.onnx"])]


def test_a_hub_that_cannot_be_asked_is_said_in_one_line(hub):
    with pytest.raises(
        WeightsError, match=r"cannot be had from the hub \(404 Client Error\.\); check the name"
    ) as error:
        find_pretrained("someone/else")
    assert "\n" not in str(error.value)


def test_without_the_hubs_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'nurie\[hub\]'"):
        find_pretrained("someone/nurie")


@pytest.mark.parametrize("name", ["nowhere", Path("some/where"), "a/b/c"])
def test_neither_a_folder_nor_a_name(name):
    with pytest.raises(WeightsError, match='is no folder; give one made by `nurie export`, or "owner/name"'):
        find_pretrained(name)

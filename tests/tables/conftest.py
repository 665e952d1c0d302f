"""A folder of drawings of boxes, prepared at 32 pixels, and settings for them."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "training"))  # where the boxes are

from boxes import Boxes

from nurie.data.sources.drawing import Part
from nurie.evaluation.testsets import TestPicture
from nurie.tables.data import TableData
from nurie.tables.prepared import prepare
from nurie.tables.settings import PRESETS

PARTS = (Part("background"), Part("skin", 1), Part("hair", 1))


@pytest.fixture
def settings():
    return PRESETS["tiny"]


@pytest.fixture(scope="session")
def boxes():
    """Eight drawings with true regions and parts."""
    corpus = Boxes(parts=PARTS)
    return [TestPicture(name, corpus.load(name), has_color=True) for name in corpus.names]


@pytest.fixture(scope="session")
def data(boxes):
    prepared = prepare(boxes, 32, total=len(boxes))
    return TableData(prepared, {"A": prepared}, {"A": boxes})

import importlib
import subprocess
import sys

import pytest

from nurie.errors import MissingExtraError


def test_a_missing_skia_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "skia", None)
    monkeypatch.delitem(sys.modules, "nurie.data.sources.skia_library", raising=False)
    with pytest.raises(MissingExtraError) as caught:
        importlib.import_module("nurie.data.sources.skia_library")
    assert "pip install nurie[corpus]" in str(caught.value)
    assert "libegl1 libgl1" in str(caught.value)


def test_without_skia_anime_can_be_listed_but_not_drawn():
    program = """
import sys
sys.modules["skia"] = None
from nurie.data.sources.anime import draw_anime
from nurie.errors import MissingExtraError
try:
    draw_anime(0)
except MissingExtraError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"

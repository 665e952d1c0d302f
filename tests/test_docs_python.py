"""The examples of docs/python.md run."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from nurie.images import write_image

PAGE = Path(__file__).parent.parent / "docs" / "python.md"


def refuse(*_, **__):
    raise OSError("offline")


@pytest.mark.slow
def test_the_examples_run_as_they_stand(tmp_path, monkeypatch, capsys):
    sketch = np.full((96, 160), 255, np.uint8)
    sketch[20:76, 100] = sketch[20:76, 140] = 0
    sketch[20, 100:141] = sketch[75, 100:141] = 0
    write_image(tmp_path / "sketch.png", sketch)
    monkeypatch.chdir(tmp_path)
    hub = SimpleNamespace(snapshot_download=refuse)
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) >= 10
    exec(compile("\n".join(examples), PAGE.name, "exec"), {})
    assert (tmp_path / "colored-1.png").is_file()
    assert (tmp_path / "way.gif").is_file()
    assert "weights/mine cannot be had" in capsys.readouterr().out

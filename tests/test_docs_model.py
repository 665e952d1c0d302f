import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

from nurie.model.config import PRESETS
from nurie.model.generator import build_generator

PAGE = (Path(__file__).parents[1] / "docs" / "model.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| .* \| `([\w/.]+)\.py` \| `([\w.]+)` \|$", PAGE, flags=re.MULTILINE)


def test_every_equation_has_its_row():
    table = "\n".join(line for line in PAGE.splitlines() if ".py` |" in line)
    assert all(f"({number})" in table for number in range(1, 6))
    assert len(ROWS) == len(table.splitlines())


@pytest.mark.parametrize(("file", "name"), ROWS)
def test_every_name_in_the_table_exists(file, name):
    module = f"model/{file}".replace("model/../", "").replace("/", ".")
    reduce(getattr, name.split("."), importlib.import_module(f"nurie.{module}"))


@pytest.mark.parametrize("preset", ["tiny", "default", "paper_small", "paper_small_latent"])
def test_sizes_in_the_table_are_true(preset):
    (row,) = re.findall(rf"^\| `{preset}` \|.*\| ([\d.]+) M \|$", PAGE, flags=re.MULTILINE)
    count = sum(p.numel() for p in build_generator(PRESETS[preset]).parameters())
    assert float(row) == round(count / 1e6, 2)

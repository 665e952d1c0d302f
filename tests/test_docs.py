"""The documents say what is true."""

import re
from pathlib import Path

import pytest

from nurie.cli import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = README.split("## File map")[1].split("```")[1]


def listed(pattern):
    return set(re.findall(pattern, MAP, re.MULTILINE))


def test_the_file_map_has_every_file_and_folder_of_the_package():
    here = {
        path.name + "/" * path.is_dir()
        for path in (ROOT / "src/nurie").iterdir()
        if path.suffix in {".py", ""} and not path.name.startswith("__")
    }
    assert listed(r"^[├└]── (\S+)") == here


def test_the_file_map_has_every_folder_of_the_project():
    tracked = {".ci/", "scripts/", "runs/", "checkpoints/", "docs/", "examples/", "src/nurie/", "tests/"}
    tracked |= {"integrations/", "benchmarks/"}
    assert listed(r"^(\S+/) ") == tracked
    assert all((ROOT / folder).is_dir() for folder in tracked)


def test_what_the_map_names_is_there():
    for name in re.findall(r"[\w-]+\.(?:sh|txt|toml|md)", MAP):
        assert list(ROOT.glob(f"{name}")) or list(ROOT.glob(f"*/{name}")), name


def test_every_command_is_in_the_readme():
    assert set(re.findall(r"^\| `nurie (\w+)", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target

import re
import tomllib
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def test_every_dependency_has_one_version():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in wanted} - {"nurie"}
    lines = (PROJECT / "scripts" / "constraints.txt").read_text().splitlines()
    pins = [line.split("==")[0].lower() for line in lines if line and not line.startswith("#")]
    assert names <= set(pins)
    assert len(pins) == len(set(pins))

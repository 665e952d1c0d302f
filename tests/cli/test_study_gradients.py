import json

import numpy as np
import pytest

from nurie.cli import main
from nurie.cli.study import TASKS
from nurie.images import write_image


@pytest.fixture
def pictures(tmp_path):
    """A folder of small pictures of a coloured box on a coloured ground."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        rng = np.random.default_rng(number)
        picture = np.broadcast_to(rng.integers(60, 255, (1, 1, 3), np.uint8), (32, 32, 3)).copy()
        picture[7:25, 7:25] = 0
        picture[9:23, 9:23] = rng.integers(60, 255, 3, np.uint8)
        write_image(folder / f"{number}.png", picture)
    return folder


def test_the_help_lists_every_study(capsys):
    with pytest.raises(SystemExit):
        main(["study", "--help"])
    shown = capsys.readouterr().out
    assert all(name in shown for name in TASKS)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path, capsys):
    assert main(["study", "gradients", str(tmp_path / "none"), "-o", str(tmp_path / "out")]) == 2
    assert "nurie: error:" in capsys.readouterr().err


@pytest.mark.slow
def test_the_tiny_study_writes_table_and_figures(pictures, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["study", "gradients", str(pictures), "-o", str(out), "--budget", "tiny", "--device", "cpu"]) == 0
    assert "| skip_sga | value |" in capsys.readouterr().out
    figures = {f"gradients-{structure}.png" for structure in ("plain", "skip", "skip_sga")}
    assert {path.name for path in out.iterdir()} == figures | {"gradients.csv", "gradients.json"}
    summary = json.loads((out / "gradients.json").read_text())["summary"]
    assert len(summary) == 3 + 4 + 2

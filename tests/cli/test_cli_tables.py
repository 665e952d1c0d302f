import json

import pytest

from nurie.cli import main
from nurie.images import read_color


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tables", "2", "--seeds", "0"], "--seeds must be at least 1"),
        (["tables", "2", "--budget", "tiny", "--preset", "cpu"], "--budget tiny goes with its own preset"),
        (["tables", "2", "--budget", "some"], "no whole number"),
        (["tables", "2", "--preset", "huge"], "unknown preset 'huge'; choose from tiny, cpu, paper"),
        (["tables", "2", "5", "--budget", "tiny"], "there is no Table 5; choose from 1, 2, 3, 4"),
        (["tables", "2", "--budget", "tiny", "--data", "nowhere"], "is no folder"),
        (["figures", "7", "--runs", "nowhere"], "has no table runs that can be read"),
    ],
)
def test_mistakes_are_one_line(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.slow
def test_all_tables_and_figures_at_the_tiny_budget(tmp_path, capsys):
    """Drawings, test sets, all rows, all tables and figures from nothing but packages, in two minutes."""
    out = tmp_path / "tables"
    assert main(["tables", "1", "2", "3", "4", "--budget", "tiny", "--seeds", "1", "-o", str(out)]) == 0
    printed = capsys.readouterr().out
    for number in (1, 2, 3, 4):
        assert f"# Table {number}: " in printed
        assert (out / f"table-{number}.csv").is_file()
    assert "| trapped_ball | 0." in printed
    result = json.loads((out / "runs" / "full-0" / "scores.json").read_text())
    assert set(result["sets"]) == {"A", "B", "C"}
    assert result["sets"]["A"]["psnr"] > 0
    assert main(["figures", "7", "8", "9", "10", "13", "--runs", str(out), "-o", str(tmp_path / "figures")]) == 0
    for number in (7, 8, 9, 10, 13):
        assert read_color(tmp_path / "figures" / f"figure-{number}.png").std() > 5
    # All is there: nothing is trained again, and a figure of a row that is missing says so.
    assert main(["tables", "2", "--budget", "tiny", "--seeds", "1", "-o", str(out)]) == 0
    assert "training" not in capsys.readouterr().err
    assert main(["figures", "7", "--runs", str(out), "--seed", "1"]) == 2
    assert "CWR (skeleton map) (seed 1) is not done; run nurie tables 1 first" in capsys.readouterr().err

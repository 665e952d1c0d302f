import json

import pytest

from nurie.cli import main
from nurie.images import read_color


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """One character of three drawings, held out."""
    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    folder = tmp_path_factory.mktemp("characters")
    assert main(["corpus", "characters", "--seed", "900000", "--count", "3", "--side", "96", "-o", str(folder)]) == 0
    return folder


@pytest.mark.slow
def test_a_score_with_table_json_and_sheet(corpus, learned_weights_folder, tmp_path, capsys):
    words = [str(corpus), "--weights", str(learned_weights_folder), "--guidance", "1", "2", "-o", str(tmp_path)]
    assert main(["evaluate", "characters", *words]) == 0
    printed = capsys.readouterr().out
    for name in ("no reference", "nearest region", "token match", "network", "network, guidance 2", "best of"):
        assert f"| {name}" in printed
    assert (tmp_path / "characters.md").read_text() == printed
    read = json.loads((tmp_path / "characters.json").read_text())
    assert (read["characters"], read["pairs"], read["references"]) == (1, 6, "results")
    assert read["protocol"]["name"] == "characters"
    assert read["errors"]["network"]["character"]["count"] > 0
    assert read_color(tmp_path / "characters.png").shape[0] == 8 * 164 + 4


@pytest.mark.slow
def test_what_cannot_be_scored_is_said_in_one_line(corpus, tmp_path, capsys):
    assert main(["evaluate", "characters", str(corpus), "--count", "0"]) == 2
    assert "--count must be at least 1, got 0" in capsys.readouterr().err
    assert main(["corpus", "anime", "--count", "2", "--side", "96", "-o", str(tmp_path / "anime")]) == 0
    assert main(["evaluate", "characters", str(tmp_path / "anime")]) == 2
    assert "no character is drawn twice there" in capsys.readouterr().err

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nurie.cli import main
from nurie.cli.look import Look
from nurie.cli.page_work import PageWork
from nurie.cli.pages import PageSettings
from nurie.cli.paths import Job
from nurie.errors import InputError, WeightsError
from nurie.images import encode_image
from nurie.inference.weights import load_weights

SCRIPT = Path(__file__).parent / "color_on_a_cluster.py"
PICTURES = 24


def write_folder(folder):
    folder.mkdir()
    for number in range(PICTURES):
        drawing = np.full((200, 160), 255, np.uint8)
        drawing[20 : 60 + 5 * number, [30, 90 + number]] = 0
        drawing[[20, 60 + 5 * number], 30 : 91 + number] = 0
        (folder / f"{number:02}.png").write_bytes(encode_image(drawing))
    (folder / "broken.png").write_bytes(b"no picture")
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_a_cluster_that_loses_a_machine_gives_the_files_of_one_computer(tmp_path):
    pytest.importorskip("ray.data", reason="needs pip install nurie[cluster]")
    drawings = write_folder(tmp_path / "drawings")
    assert main(["color", str(drawings), "-o", str(tmp_path / "here"), "-n", "2", "-j", "1"]) == 2
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path / "there"), str(drawings), "-n", "2"],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if "timed out during startup" in done.stderr:
        pytest.skip("Ray gave up before its two machines had started: this computer is too busy")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("code 2") == 2
    assert "killed with" in done.stdout
    assert int(done.stdout.split("killed with ")[1].split()[0]) < 2 * PICTURES
    assert done.stderr.count("broken.png is not a picture") == 2
    assert done.stderr.count(f"1 of {PICTURES + 1} not colored: {drawings / 'broken.png'}") == 2
    assert done.stderr.count("(done before)") == PICTURES - 1
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_cluster_that_does_not_answer_is_one_sentence(tmp_path, capsys):
    pytest.importorskip("ray.data", reason="needs pip install nurie[cluster]")
    drawings = write_folder(tmp_path / "drawings")
    assert main(["color", str(drawings), "-o", str(tmp_path / "out"), "--ray", "127.0.0.1:1"]) == 2
    assert "no Ray cluster answers at 127.0.0.1:1" in capsys.readouterr().err


def test_pictures_at_once_or_a_cluster(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["color", str(tmp_path), "-o", "out", "--ray", "auto", "-j", "2"])
    assert "not allowed with" in capsys.readouterr().err


def work(weights, sha256, folder):
    return PageWork(str(weights), sha256, 10**6, Look(), PageSettings(options={}), str(folder))


def test_a_machine_that_does_not_see_the_folder_says_so(weights_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # back, afterwards
    sha256 = load_weights(weights_folder).sha256
    with pytest.raises(InputError, match=r"does not see .*nowhere; pictures and results must lie"):
        work(weights_folder, sha256, tmp_path / "nowhere")(Job(Path("a.png"), Path("b.png")), print)


def test_a_machine_with_other_weights_says_so(weights_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    job = Job(Path("a.png"), Path("b.png"))
    with pytest.raises(WeightsError, match="others than those of the machine that asked"):
        work(weights_folder, "0" * 64, tmp_path)(job, print)


def test_relative_paths_begin_where_the_command_was_given(weights_folder, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (tmp_path / "a.png").write_bytes(encode_image(np.full((20, 20), 255, np.uint8)))
    sha256 = load_weights(weights_folder).sha256
    outcome = work(weights_folder, sha256, tmp_path)(Job(Path("a.png"), Path("b.png")), lambda _: None)
    assert outcome.error is None
    assert (tmp_path / "b.png").is_file()

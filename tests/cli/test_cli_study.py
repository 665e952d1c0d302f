import re
import signal
import subprocess
import sys
import urllib.request

import numpy as np
import pytest

from nurie.cli import main
from nurie.cli.study import TASKS
from nurie.evaluation.study.database import make_token
from nurie.evaluation.study.serving import open_study
from nurie.images import encode_image


@pytest.fixture
def folder(tmp_path):
    """Two methods, two sketches, two pictures of each."""
    folder = tmp_path / "study"
    for shade, method in ((100, "ours"), (200, "theirs")):
        (folder / method).mkdir(parents=True)
        for number, name in enumerate(("cat-1", "cat-2", "dog-1", "dog-2")):
            picture = encode_image(np.full((20, 20, 3), shade + number, np.uint8))
            (folder / method / f"{name}.png").write_bytes(picture)
    return folder


def rate_all(folder):
    assert main(["study", "new", str(folder)]) == 0
    database = open_study(folder, folder / "ratings.sqlite").database
    token = make_token()
    database.add_rater(token)
    while position := database.find_rater(token).next:
        item = database.show(0, position).item
        score = item.told or (5 if item.method == "ours" else 2)
        database.answer(0, position, {"diversity": score, "few_artifacts": score})
    database.submit(0)


def test_every_task_is_in_the_help(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["study", "--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert all(f"  {name}" in text and task.help in text for name, task in TASKS.items())


def test_a_study_without_a_task_is_wrong_usage():
    with pytest.raises(SystemExit) as stop:
        main(["study"])
    assert stop.value.code == 2


def test_new_says_what_raters_will_see(folder, capsys):
    assert main(["study", "new", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "2 methods (ours, theirs), 2 sketches, pictures of each: 2" in out
    assert "A rater sees 4 sets and 3 that check attention." in out
    assert main(["study", "new", str(folder)]) == 2
    assert "study.toml is there already; edit it" in capsys.readouterr().err


def test_mistakes_are_one_line(folder, capsys):
    assert main(["study", "serve", str(folder)]) == 2
    assert "write one by: nurie study new" in capsys.readouterr().err
    assert main(["study", "report", str(folder), "--debug"]) == 2
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "ratings.sqlite is missing" in err
    with pytest.raises(SystemExit):
        main(["study", "serve", str(folder), "--port", "70000"])
    assert "'70000' is no port" in capsys.readouterr().err


def test_export_and_report(folder, tmp_path, capsys):
    rate_all(folder)
    database = str(folder / "ratings.sqlite")
    assert main(["study", "export", database, "-o", str(tmp_path / "ratings.csv")]) == 0
    assert "14 answers of 1 raters" in capsys.readouterr().out
    assert main(["study", "report", database, "-o", str(tmp_path / "report")]) == 0
    out = capsys.readouterr().out
    assert "| ours | 5.00 | 5.00 | 5.00 | 4 |" in out
    assert {file.name for file in (tmp_path / "report").iterdir()} == {
        "report.md", "means.png", "means.csv", "differences.csv", "raters.csv", "ratings.csv",
    }  # fmt: skip
    assert (tmp_path / "report" / "report.md").read_text() in out
    assert (tmp_path / "report" / "ratings.csv").read_text() == (tmp_path / "ratings.csv").read_text()


def test_a_report_before_anybody_has_rated(folder, capsys):
    main(["study", "new", str(folder)])
    open_study(folder, folder / "ratings.sqlite")
    assert main(["study", "report", str(folder)]) == 2
    assert "nobody has rated anything yet" in capsys.readouterr().err


def test_serving_and_ending_without_torch(folder):
    """A process of its own, on a free port, ended by Ctrl-C."""
    main(["study", "new", str(folder)])
    code = (
        "import sys\nfrom nurie.cli import main\n"
        # Who started the tests may ignore Ctrl-C, and so would the server.
        f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"code = main(['study', 'serve', {str(folder)!r}, '--port', '0'])\n"
        "print('TORCH', 'torch' in sys.modules)\nsys.exit(code)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=20) as response:
            assert b"Which colors are better?" in response.read()
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "TORCH False" in out
    assert err == "\nEnded; raters can go on when it is started again\n"


def test_a_taken_port_is_said(folder, capsys):
    import socket

    main(["study", "new", str(folder)])
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["study", "serve", str(folder), "--port", str(port)]) == 2
        assert f"port {port} is taken; choose another --port" in capsys.readouterr().err
    assert main(["study", "serve", str(folder), "--host", "203.0.113.7"]) == 2
    assert "203.0.113.7" in capsys.readouterr().err

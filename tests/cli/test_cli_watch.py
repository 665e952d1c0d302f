import numpy as np
import pytest

from nurie.cli import main, watch
from nurie.images import encode_image, read_color


def sketch(place):
    drawing = np.full((30, 40), 255, np.uint8)
    drawing[:, place] = 0
    return encode_image(drawing)


@pytest.fixture
def watching(tmp_path, weights_folder, monkeypatch):
    """Runs the command on `in/`, doing one thing after each look, until nothing is left to do: then Ctrl-C."""
    (tmp_path / "in").mkdir()

    def run(*things, words=()):
        waiting = list(things)

        def sleep(seconds):
            if not waiting:
                raise KeyboardInterrupt
            waiting.pop(0)()

        monkeypatch.setattr(watch, "sleep", sleep)
        folders = [str(tmp_path / "in"), "-o", str(tmp_path / "in" / "colored")]
        return main(["watch", *folders, "--weights", str(weights_folder), *words])

    return tmp_path / "in", run


def nothing():
    pass


def test_what_appears_is_coloured_and_ctrl_c_is_a_good_end(watching, capsys):
    folder, run = watching
    (folder / "a.png").write_bytes(sketch(10))
    assert run(nothing, lambda: (folder / "b.png").write_bytes(sketch(12)), nothing, nothing) == 0
    assert {path.name for path in (folder / "colored").glob("*.png")} == {"a.png", "b.png"}
    error = capsys.readouterr().err
    assert "Ctrl-C ends" in error
    assert "2 colored, 0 failed" in error


def test_a_file_that_is_being_written_is_left_alone_until_it_rests(watching, capsys):
    folder, run = watching
    data = sketch(10)
    steps = [lambda k=k: (folder / "a.png").write_bytes(data[: k * len(data) // 4]) for k in (1, 2, 3, 4)]
    assert run(*steps, nothing, nothing) == 0
    assert "error" not in capsys.readouterr().err
    assert read_color(folder / "colored" / "a.png").shape == (30, 40, 3)


def test_half_a_file_is_an_error_and_no_end(watching, capsys):
    folder, run = watching
    (folder / "a.png").write_bytes(sketch(10)[:60])
    assert run(nothing, nothing, lambda: (folder / "a.png").write_bytes(sketch(10)), nothing, nothing) == 0
    error = capsys.readouterr().err
    assert error.count("nurie: error:") == 1
    assert "1 colored, 0 failed" in error


def test_a_drawing_that_changes_is_coloured_again_and_what_is_done_is_not(watching, capsys):
    folder, run = watching
    (folder / "a.png").write_bytes(sketch(10))
    assert run(nothing, nothing) == 0
    first = read_color(folder / "colored" / "a.png")
    capsys.readouterr()
    assert run(nothing, nothing) == 0
    assert "a.png (done before)" in capsys.readouterr().err
    assert run(nothing, lambda: (folder / "a.png").write_bytes(sketch(30)), nothing, nothing) == 0
    assert not np.array_equal(read_color(folder / "colored" / "a.png"), first)


def test_two_drawings_of_one_name(watching, capsys):
    folder, run = watching
    (folder / "a.png").write_bytes(sketch(10))
    (folder / "a.webp").write_bytes(sketch(12))
    assert run(nothing, nothing) == 0
    assert "would both be colored to" in capsys.readouterr().err


def test_folders_that_cannot_be_watched(watching, capsys, tmp_path):
    assert main(["watch", str(tmp_path / "no"), "-o", str(tmp_path / "out")]) == 2
    assert "no is no folder; give one to watch" in capsys.readouterr().err
    assert main(["watch", str(tmp_path), "-o", str(tmp_path)]) == 2
    assert "results need a folder of their own" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["watch", str(tmp_path), "-o", "x", "--interval", "0"])

import pytest

import nurie.cli.demo as module
from nurie.cli import main
from nurie.images import encode_image, read_color


@pytest.fixture
def examples(tmp_path, monkeypatch):
    import numpy as np

    folder = tmp_path / "examples"
    folder.mkdir()
    for name in ("cat", "dog"):
        sketch = np.full((30, 40), 255, np.uint8)
        sketch[5:25, 20] = 0
        (folder / f"{name}.png").write_bytes(encode_image(sketch))
    monkeypatch.setattr(module, "EXAMPLE_FOLDERS", (tmp_path / "nowhere", folder))
    return folder


def test_every_example_is_colored_and_on_the_sheet(examples, weights_folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "--weights", str(weights_folder), "-n", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        *(f"nurie-demo/{name}-{number}.png" for name in ("cat", "dog") for number in (1, 2)),
        "All on one sheet: nurie-demo/sheet.png",
    ]
    assert all((tmp_path / line).is_file() for line in lines[:-1])
    height, width = read_color(tmp_path / "nurie-demo" / "sheet.png").shape[:2]
    assert (height / 2, width / 3) == (336, 336)


def test_without_examples(monkeypatch, weights_folder, capsys):
    monkeypatch.setattr(module, "EXAMPLE_FOLDERS", ())
    assert main(["demo", "--weights", str(weights_folder)]) == 2
    assert "this installation has no examples; use `nurie color`" in capsys.readouterr().err


def test_a_place_that_cannot_be(examples, weights_folder, tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["demo", "--weights", str(weights_folder), "-o", str(tmp_path / "file" / "out")]) == 2
    assert "cannot be made" in capsys.readouterr().err


def test_the_project_has_examples_with_credits():
    found = [path for folder in module.EXAMPLE_FOLDERS[1:] for path in folder.glob("*.png")]
    assert len(found) == 6
    credits = (found[0].parent / "CREDITS.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in credits for path in found)

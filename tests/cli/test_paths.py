import argparse
from pathlib import Path

import numpy as np
import pytest

from nurie.cli.paths import Job, add_path_arguments, plan_jobs, run_jobs
from nurie.errors import InputError, OutputError
from nurie.images import write_image


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """`in/` with a.png, b.jpg, notes.txt, .hidden.png and sub/c.png; the working folder is above it."""
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name in ("a.png", "b.jpg", ".hidden.png", "sub/c.png"):
        write_image(tmp_path / "in" / name, np.zeros((2, 2), np.uint8))
    (tmp_path / "in" / "notes.txt").write_text("no picture")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(*inputs, output, **options):
    return [(str(job.source), str(job.target)) for job in plan_jobs(inputs, output, **options)]


def test_file_to_file(folder):
    assert plan("in/a.png", output="x/y.png") == [("in/a.png", "x/y.png")]
    assert Path("x").is_dir()


@pytest.mark.parametrize("output", ["out/", "in/sub", "out"])
def test_file_to_folder(folder, output):
    if output == "out":
        Path("out").mkdir()
    assert plan("in/a.png", output=output) == [("in/a.png", str(Path(output) / "a.png"))]


def test_several_files_go_to_a_folder(folder):
    assert plan("in/b.jpg", "in/a.png", output="out") == [
        ("in/b.jpg", "out/b.png"),
        ("in/a.png", "out/a.png"),
    ]


def test_a_folder_is_read_in_order_of_name(folder):
    assert plan("in", output="out") == [("in/a.png", "out/a.png"), ("in/b.jpg", "out/b.png")]


def test_folders_within_folders_are_kept(folder):
    assert plan("in", output="out", recursive=True) == [
        ("in/a.png", "out/a.png"),
        ("in/b.jpg", "out/b.png"),
        ("in/sub/c.png", "out/sub/c.png"),
    ]
    assert Path("out/sub").is_dir()


def test_results_of_an_earlier_run_are_no_inputs(folder):
    first = plan("in", output="in/out", recursive=True)
    write_image("in/out/a.png", np.zeros((2, 2), np.uint8))
    assert plan("in", output="in/out", recursive=True) == first


def test_the_same_input_twice_is_one(folder):
    assert len(plan("in/a.png", "in/a.png", output="out")) == 1


def test_pipes(folder):
    assert plan("-", output="-") == [("None", "None")]
    assert plan("-", output="x.png") == [("None", "x.png")]
    assert plan("-", output="out/") == [("None", "out/stdin.png")]


@pytest.mark.parametrize(
    ("inputs", "output", "words"),
    [
        (["none.png"], "x.png", "does not exist"),
        (["in/a.png"], "in/a.png", "is an input and would be replaced"),
        (["in/a.png"], "in", "is an input and would be replaced"),
        (["in/a.png"], "in/../in/a.png", "is an input and would be replaced"),
        (["in", "in/sub"], "-", "a pipe holds one picture, not 3"),
        (["in/a.png", "a.jpg"], "out", "would both be written"),
        (["empty"], "out", "has no pictures.*-r"),
    ],
)
def test_plans_that_are_refused(folder, inputs, output, words):
    Path("empty").mkdir()
    write_image("a.jpg", np.zeros((2, 2), np.uint8))
    with pytest.raises(InputError, match=words):
        plan_jobs(inputs, output)


def test_further_results_are_checked_too(folder):
    write_image("a-preview.png", np.zeros((2, 2), np.uint8))
    with pytest.raises(InputError, match="is an input"):
        plan_jobs(["in/a.png", "a-preview.png"], ".", tails=["-preview"])
    with pytest.raises(InputError, match="both be written"):
        plan_jobs(["in/a.png", "a-preview.png"], "out", tails=["-preview"])
    with pytest.raises(InputError, match="one picture only"):
        plan_jobs(["in/a.png"], "-", tails=["-preview"])


def test_a_file_cannot_be_a_folder(folder):
    with pytest.raises(OutputError, match="cannot be made"):
        plan_jobs(["in/a.png"], "in/notes.txt/x.png")


def test_a_picture_that_fails_does_not_stop_the_rest(folder, capsys):
    done = []

    def work(job):
        if job.source.name == "a.png":
            raise InputError("a.png is odd")
        done.append(job.source.name)

    assert run_jobs(plan_jobs(["in"], "out"), work) == 2
    assert done == ["b.jpg"]
    assert capsys.readouterr().err == "nurie: error: a.png is odd\n"
    assert run_jobs([], work) == 0


def test_further_results_lie_beside():
    assert Job(None, Path("out/a.tif")).beside("-preview") == Path("out/a-preview.png")
    with pytest.raises(InputError, match="one picture only"):
        Job(None, None).beside("-preview")


def test_arguments():
    parser = argparse.ArgumentParser()
    add_path_arguments(parser)
    args = parser.parse_args(["a", "b", "-o", "out", "-r"])
    assert (args.inputs, args.output, args.recursive) == (["a", "b"], "out", True)

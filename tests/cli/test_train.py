import argparse
import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from nurie.cli import main
from nurie.cli.train import add_arguments, is_said_by_another, refuse_old_run, refuse_test_drawings
from nurie.cli.train_settings import choose_config, write_config
from nurie.data.corpus import Corpus
from nurie.errors import DataError, DivergedError, InputError, LostProcessError, OutputError
from nurie.images import write_image
from nurie.training.checkpoint import load_checkpoint
from nurie.training.config import to_json
from nurie.training.stages import find_preset

FAST = ["--set", "side=16", "--set", "workers=0", "--batch-size", "2", "--device", "cpu"]


def parse(*words):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(["data", *words])


@pytest.fixture
def pictures(tmp_path):
    """A plain folder of small colour pictures with a dark line through each."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        color = np.random.default_rng(number).integers(60, 255, (1, 1, 3), np.uint8)
        picture = np.broadcast_to(color, (32, 32, 3)).copy()
        picture[14:17] = 0
        write_image(folder / f"{number}.png", picture)
    return folder


def run_cli(*words):
    torch.set_num_threads(1)
    return main(["train", *map(str, words)])


def test_the_command_line_changes_the_preset():
    args = parse(
        *("--stage", "paint", "--preset", "tiny", "--images", "3k", "--seed", "7"),
        *("--batch-size", "2", "--workers", "1", "--set", "learning_rate=0.01", "--set", "l1 = 3"),
    )
    expected = replace(
        find_preset("paint", "tiny"),
        images=3000,
        seed=7,
        batch_size=2,
        workers=1,
        learning_rate=0.01,
        l1=3.0,
    )
    assert choose_config(args, None) == expected


def test_the_file_changes_the_preset_and_the_command_line_the_file(tmp_path):
    path = tmp_path / "run.toml"
    path.write_text(
        'stage = "paint"\npreset = "tiny"\nimages = "3k"\nl1 = 2\nseed = 5\n[network]\nlatent = "plain"\n',
        encoding="utf-8",
    )
    words = ("--config", str(path), "--set", "l1=4", "--set", "network.latent_dim=8")
    expected = replace(
        find_preset("paint", "tiny"), images=3000, l1=4.0, seed=5, network={"latent": "plain", "latent_dim": 8}
    )
    assert choose_config(parse(*words), None) == expected
    assert choose_config(parse(*words, "--preset", "paper"), None).preset == "paper"
    path.write_text("learning_rat = 1\n", encoding="utf-8")
    with pytest.raises(InputError, match="unknown setting 'learning_rat'"):
        choose_config(parse("--config", str(path)), None)
    with pytest.raises(InputError, match=r"unknown setting 'network\.latnt'"):
        choose_config(parse("--stage", "paint", "--set", "network.latnt=plain"), None)
    with pytest.raises(InputError, match="latent 'maybe'; choose from"):
        choose_config(parse("--stage", "paint", "--set", "network.latent=maybe"), None)


def test_what_a_run_leaves_can_be_fed_back(tmp_path):
    words = ("--stage", "paint", "--preset", "skip", "--set", "network.base_channels=8", "--images", "7k")
    config = choose_config(parse(*words), None)
    write_config(tmp_path, config)
    assert choose_config(parse("--config", str(tmp_path / "config.toml")), None) == config


def test_a_dry_run_needs_no_data_and_a_run_does(capsys):
    assert run_cli("--dry-run", "--stage", "gaps", "--preset", "tiny", "--device", "cpu") == 0
    assert "gaps 200,001 parameters" in capsys.readouterr().out
    assert run_cli("--stage", "gaps", "--preset", "tiny") == 2
    assert "there is no DATA to train on; only --dry-run goes without" in capsys.readouterr().err


def test_restarts_of_several_processes_are_torchruns(monkeypatch, capsys):
    monkeypatch.setenv("WORLD_SIZE", "2")
    assert run_cli("data", "--restarts", "1") == 2
    assert "give torchrun --max-restarts N" in capsys.readouterr().err
    assert run_cli("data", "--restarts", "-1") == 2


@pytest.mark.parametrize(
    ("error", "rank", "said"),
    [
        (DivergedError(""), 0, False),
        (DivergedError(""), 1, True),
        (LostProcessError(""), 1, False),
        (LostProcessError(""), 2, True),
        (DataError(""), 3, False),
    ],
)
def test_one_process_says_what_all_notice(error, rank, said):
    assert is_said_by_another(error, rank) == said


def test_a_setting_without_a_value_is_one_sentence():
    with pytest.raises(InputError, match="--set takes KEY=VALUE, got 'fast'"):
        choose_config(parse("--stage", "paint", "--set", "fast"), None)


def test_a_resumed_run_keeps_its_settings_but_for_what_is_said():
    class Resumed:
        stage = "paint"
        config = to_json(replace(find_preset("paint", "tiny"), l1=7.0))

    config = choose_config(parse("--resume", "--images", "9k"), Resumed)
    assert (config.l1, config.images, config.preset) == (7.0, 9000, "tiny")
    assert type(config) is type(find_preset("paint", "tiny"))
    with pytest.raises(InputError, match="was started with --preset tiny; leave --preset out"):
        choose_config(parse("--resume", "--preset", "paper"), Resumed)


def test_two_runs_are_not_mixed(tmp_path):
    refuse_old_run(tmp_path / "new")
    (tmp_path / "checkpoint-000000008").mkdir()
    with pytest.raises(OutputError, match="holds a run already; go on with --resume"):
        refuse_old_run(tmp_path)


def test_drawings_for_tests_are_refused(tmp_path):
    meta = {name: {"name": name, "seed": int(name[6:])} for name in ("anime-000001", "anime-900000")}
    with pytest.raises(DataError, match=r"1 drawings for tests, such as anime-900000"):
        refuse_test_drawings(Corpus(tmp_path, tuple(meta), meta))
    del meta["anime-900000"]
    refuse_test_drawings(Corpus(tmp_path, tuple(meta), meta))


@pytest.mark.slow
def test_paint_trains_on_any_folder_of_pictures_and_resumes(pictures, tmp_path, capsys):
    out = tmp_path / "run"
    words = [pictures, "--stage", "paint", "--preset", "tiny", "-o", out]
    assert run_cli(*words, *FAST, "--images", "4") == 0
    assert load_checkpoint(out).images_seen == 4
    assert run_cli(pictures, "--resume", "-o", out, "--images", "8", "--device", "cpu") == 0
    checkpoint = load_checkpoint(out)
    assert checkpoint.images_seen == 8
    assert checkpoint.config["side"] == checkpoint.model["side"] == 16
    assert json.loads((checkpoint.path / "state.json").read_text())["stage"] == "paint"
    assert "8 images seen" in capsys.readouterr().out
    assert run_cli(*words, *FAST) == 2
    assert "holds a run already" in capsys.readouterr().err
    other = tmp_path / "other"
    assert run_cli(*words[:-1], other, *FAST, "--images", "2", "--init", out) == 0
    assert load_checkpoint(other).images_seen == 2

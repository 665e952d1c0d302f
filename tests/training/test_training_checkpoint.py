import json

import pytest
import torch
from toy_stage import ToyStage, toy_config, whole

from nurie.errors import OutputError, WeightsError
from nurie.training.checkpoint import find_checkpoint, keep_newest, load_checkpoint, load_into
from nurie.training.distributed import Machine
from nurie.training.loop import start_run

CPU = Machine(torch.device("cpu"))


def make_run(directory, **changes):
    config = toy_config(**changes)
    return start_run(ToyStage(config, CPU), config, CPU, directory)


def stepped_run(directory):
    run = make_run(directory)
    batch = run.stage.collate([(torch.ones(4).numpy(), torch.zeros(3).numpy())])
    run.stage.step(whole(batch, 1), 0)
    run.images_seen = 12_000
    run.save()
    return run


def test_what_is_saved_is_what_is_restored(tmp_path):
    run, fresh = stepped_run(tmp_path), make_run(tmp_path, seed=5)
    checkpoint = load_checkpoint(tmp_path)
    checkpoint.restore(fresh.stage.networks, fresh.stage.optimizers)
    for key, value in run.stage.net.state_dict().items():
        assert torch.equal(value, fresh.stage.net.state_dict()[key]), key
    old, new = (r.stage.optimizers["net"].state_dict()["state"] for r in (run, fresh))
    assert old.keys() == new.keys()
    assert all(torch.equal(old[i][f], new[i][f]) for i in old for f in old[i])


def test_the_folder_says_everything_about_itself(tmp_path):
    stepped_run(tmp_path)
    checkpoint = load_checkpoint(tmp_path)
    assert checkpoint.path == tmp_path / "checkpoint-000012000"
    assert checkpoint.images_seen == 12_000
    assert checkpoint.stage == "paint"
    assert checkpoint.config["learning_rate"] == 0.01
    assert checkpoint.model == {"inputs": 4}
    assert checkpoint.versions["torch"] == torch.__version__.partition("+")[0] or torch.__version__
    files = {path.name for path in checkpoint.path.iterdir()}
    assert files == {"model.safetensors", "ema.safetensors", "optimizer.safetensors", "state.json", "config.toml"}


def test_averaged_networks_load_without_the_stage(tmp_path):
    run = stepped_run(tmp_path)
    states = load_checkpoint(tmp_path).networks()
    assert torch.equal(states["net"]["linear.weight"], run.average.networks["net"].linear.weight)


def test_only_the_newest_stay(tmp_path):
    run = make_run(tmp_path, keep=2)
    for run.images_seen in (900_000_000, 40, 8, 1_000_000_000):
        run.save()
    left = sorted(path.name for path in tmp_path.glob("checkpoint-*"))
    assert left == ["checkpoint-1000000000", "checkpoint-900000000"]
    assert find_checkpoint(tmp_path).name == "checkpoint-1000000000"


def test_strangers_in_the_folder_are_left_alone(tmp_path):
    (tmp_path / "checkpoint-best").mkdir()
    keep_newest(tmp_path, 1)
    assert (tmp_path / "checkpoint-best").is_dir()


def test_a_half_written_checkpoint_is_not_seen(tmp_path):
    run = stepped_run(tmp_path)
    (tmp_path / ".checkpoint-000099000.part").mkdir()
    assert find_checkpoint(tmp_path).name == "checkpoint-000012000"
    run.images_seen = 99_000
    run.save()
    assert not list(tmp_path.glob(".checkpoint*"))


def test_saving_the_same_moment_twice_keeps_the_first(tmp_path):
    run = stepped_run(tmp_path)
    before = (tmp_path / "checkpoint-000012000" / "state.json").stat().st_mtime_ns
    run.save()
    assert (tmp_path / "checkpoint-000012000" / "state.json").stat().st_mtime_ns == before


def test_no_checkpoint_is_one_sentence(tmp_path):
    with pytest.raises(WeightsError, match=r"no checkpoint in .*; give a folder"):
        load_checkpoint(tmp_path / "nowhere")


def test_a_damaged_state_is_one_sentence(tmp_path):
    stepped_run(tmp_path)
    (tmp_path / "checkpoint-000012000" / "state.json").write_text("{")
    with pytest.raises(WeightsError, match=r"state.json is damaged"):
        load_checkpoint(tmp_path)


def test_another_format_is_refused(tmp_path):
    stepped_run(tmp_path)
    path = tmp_path / "checkpoint-000012000" / "state.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
    with pytest.raises(WeightsError, match="has format 99, this version of nurie reads format 1"):
        load_checkpoint(tmp_path)


def test_damaged_weights_are_one_sentence(tmp_path):
    stepped_run(tmp_path)
    (tmp_path / "checkpoint-000012000" / "ema.safetensors").write_bytes(b"\0" * 40)
    with pytest.raises(WeightsError, match=r"ema.safetensors cannot be read"):
        load_checkpoint(tmp_path).networks()


def test_other_networks_are_refused_by_name(tmp_path):
    stepped_run(tmp_path)
    states = load_checkpoint(tmp_path).networks()
    with pytest.raises(WeightsError, match="has no 'brain'; it holds net"):
        load_into({"brain": torch.nn.Linear(1, 1)}, states, tmp_path)
    with pytest.raises(WeightsError, match=r"does not fit the net .*use the same preset"):
        load_into({"net": torch.nn.Linear(1, 1)}, states, tmp_path)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        make_run(tmp_path / "file").save()

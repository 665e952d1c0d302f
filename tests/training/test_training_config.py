from dataclasses import dataclass, fields

import pytest
from toy_stage import toy_config

from nurie.data.augment import Augmentation
from nurie.errors import InputError
from nurie.training.config import TrainConfig, choose_network, from_json, to_json, with_settings
from nurie.training.settings import changed, parse_count
from nurie.training.stages import STAGES, find_stage
from nurie.training.toml import read_toml, write_toml


@dataclass(frozen=True, kw_only=True)
class Special(TrainConfig):
    hints: bool = False


def test_json_and_back_is_the_same_config():
    config = toy_config(betas=(0.5, 0.9))
    assert from_json(TrainConfig, to_json(config)) == config


def test_unknown_names_are_refused_with_the_choices():
    with pytest.raises(InputError, match=r"unknown setting 'lr'; choose from .*learning_rate"):
        with_settings(toy_config(), {"lr": "1"})
    with pytest.raises(InputError, match="unknown setting 'hints'"):
        from_json(TrainConfig, to_json(toy_config()) | {"hints": True})


def test_overrides_read_the_type_of_what_they_replace():
    special = Special(stage="paint", preset="tiny", model="tiny")
    changed = with_settings(
        special,
        {"hints": "true", "images": "2k", "learning_rate": "1e-3", "betas": "0.5,0.9", "model": "x"},
    )
    assert (changed.hints, changed.images, changed.learning_rate) == (True, 2000, 1e-3)
    assert (changed.betas, changed.model) == ((0.5, 0.9), "x")


@pytest.mark.parametrize(
    ("name", "text"),
    [("images", "many"), ("learning_rate", "fast"), ("betas", "0.5"), ("hints", "maybe")],
)
def test_text_that_does_not_fit_is_refused(name, text):
    special = Special(stage="paint", preset="tiny", model="tiny")
    with pytest.raises(InputError, match=f"'{text}'"):
        with_settings(special, {name: text})


@pytest.mark.parametrize(("text", "count"), [("500", 500), ("20k", 20_000), ("1.5M", 1_500_000), ("-1", -1)])
def test_counts(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["", "k", "1.5", "2x", "inf"])
def test_no_counts(text):
    with pytest.raises(InputError, match="no whole number"):
        parse_count(text)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("images", 0),
        ("batch_size", -1),
        ("learning_rate", -0.1),
        ("keep", 0),
        ("workers", -1),
        ("sheet_drawings", 0),
        ("true_regions", 1.5),
        ("precision", "fp16"),
    ],
)
def test_settings_out_of_range_are_refused_by_name(name, value):
    with pytest.raises(InputError, match=name):
        toy_config(**{name: value})


def test_every_field_of_the_config_is_plain_json():
    assert set(to_json(toy_config())) == {field.name for field in fields(TrainConfig)}


@dataclass(frozen=True)
class Shape:
    width: int = 8
    channels: tuple[int, ...] = (1, 2)
    limit: int | None = None
    name: str = "a"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"width": "12", "channels": "4,5,6"}, Shape(12, (4, 5, 6))),
        ({"width": 12, "channels": [4], "limit": 7}, Shape(12, (4,), 7)),
        ({"limit": "none", "name": "b"}, Shape(name="b")),
        ({"limit": "16"}, Shape(limit=16)),
    ],
)
def test_values_and_text_are_fitted_to_the_types_of_fields(values, expected):
    assert changed(Shape(), values) == expected


@pytest.mark.parametrize(
    "values", [{"width": 1.5}, {"width": True}, {"channels": 3}, {"channels": ["x"]}, {"limit": "few"}, {"name": 3}]
)
def test_values_of_other_types_are_refused_by_name(values):
    (name,) = values
    with pytest.raises(InputError, match=rf"^({name} cannot be|'few' is no whole number)"):
        changed(Shape(), values)


def test_settings_of_the_network_are_set_by_name():
    config = with_settings(toy_config(model="a"), {"network.width": "12", "network": {"limit": 3}})
    assert config.network == {"width": "12", "limit": 3}
    assert choose_network(config, {"a": Shape()}) == Shape(12, limit=3)
    assert choose_network(config, {"a": Shape()}, name="fixed").name == "fixed"
    with pytest.raises(InputError, match="unknown paint model 'b'; choose from a"):
        choose_network(toy_config(model="b"), {"a": Shape()})
    with pytest.raises(InputError, match=r"unknown setting 'network\.depth'; choose from channels, limit, name, width"):
        choose_network(with_settings(config, {"network.depth": 1}), {"a": Shape()})
    with pytest.raises(InputError, match=r"network\.width follows from the settings of the run; set width instead"):
        choose_network(config, {"a": Shape()}, width=3)


@pytest.mark.parametrize("stage", STAGES)
def test_every_preset_survives_toml_and_has_a_network(tmp_path, stage):
    kind = find_stage(stage)
    for preset in kind.presets.values():
        path = tmp_path / "run.toml"
        path.write_text(write_toml(to_json(preset)), encoding="utf-8")
        assert from_json(type(preset), read_toml(path)) == preset
        assert kind.network(preset)


def test_toml_has_one_table_for_the_network(tmp_path):
    path = tmp_path / "run.toml"
    config = toy_config(network={"width": 3, "channels": (1, 2), "name": 'q"ü', "limit": None})
    path.write_text(write_toml(to_json(config)), encoding="utf-8")
    assert read_toml(path)["network"] == {"width": 3, "channels": [1, 2], "name": 'q"ü'}
    for text, message in [("a =", "is no TOML"), ("[paint]\nl1 = 1", r"has a table \[paint\]; only \[network\]")]:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=message):
            read_toml(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_toml(tmp_path / "nowhere.toml")


def test_settings_of_augmentation_are_said_once():
    shared = {field.name for field in fields(Augmentation)}
    assert shared <= {field.name for field in fields(TrainConfig)}
    assert not shared & set(TrainConfig.__annotations__)
    assert toy_config(hue=0.5).augmentation == Augmentation(hue=0.5)
    with pytest.raises(InputError, match="hue is a share from 0 to 1"):
        toy_config(hue=2.0)

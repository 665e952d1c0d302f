from dataclasses import dataclass, fields

import pytest
from toy_stage import toy_config

from nurie.errors import InputError
from nurie.training.config import TrainConfig, from_json, to_json, with_settings
from nurie.training.settings import parse_count


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

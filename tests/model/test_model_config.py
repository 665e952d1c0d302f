import json
from dataclasses import asdict, replace

import pytest

from nurie.errors import InputError
from nurie.model.config import PAPER, PRESETS, VARIANTS, ModelConfig, vary
from nurie.model.discriminator import build_discriminator
from nurie.model.generator import build_generator


def test_paper_goes_from_256_down_to_4_with_64_to_512_channels():
    assert PAPER.level_sides == (256, 128, 64, 32, 16, 8, 4)
    assert PAPER.channels == (64, 128, 256, 512, 512, 512, 512)
    assert PAPER.formulated == (True,) * 7
    assert not PAPER.flats


def test_presets_are_the_sizes_and_all_variants_of_the_paper():
    assert set(PRESETS) == {"tiny", "default", "paper", "paper_small", "paper_small_latent"} | set(VARIANTS)
    assert all(PRESETS[name] == vary(PAPER, name) != PAPER for name in VARIANTS)


def test_a_limit_takes_the_formulation_from_the_fine_levels_only():
    config = replace(PAPER, max_formulation_side=64)
    assert config.formulated == (False, False, True, True, True, True, True)


def test_a_config_survives_json(config):
    assert ModelConfig(**json.loads(json.dumps(asdict(config)))) == config


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"side": 96}, "power of two from 8 on, got 96"),
        ({"side": 4}, "power of two from 8 on, got 4"),
        ({"base_channels": 0}, "between 1 and max_channels .512., got 0"),
        ({"base_channels": 1024}, "between 1 and max_channels .512., got 1024"),
        ({"latent_dim": 0}, "latent_dim must be at least 1, got 0"),
        ({"region_use": "all"}, "unknown region_use 'all'; choose from"),
        ({"latent": "dream"}, "unknown latent 'dream'; choose from .'sketch', 'plain', 'picture'."),
    ],
)
def test_impossible_settings_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        replace(PAPER, **change)


def test_an_unknown_variant_is_refused_with_the_choices():
    with pytest.raises(InputError, match=r"unknown variant 'x'; choose from .*'skip_sga'"):
        vary(PAPER, "x")


def test_default_fits_into_12_megabytes_at_half_precision():
    assert sum(p.numel() for p in build_generator(PRESETS["default"]).parameters()) * 2 < 12e6


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_built(name):
    build_generator(PRESETS[name])
    build_discriminator(PRESETS[name])

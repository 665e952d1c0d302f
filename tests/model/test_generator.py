from dataclasses import replace

import pytest
import torch

from nurie.errors import InputError
from nurie.model.config import PRESETS, vary
from nurie.model.generator import build_generator
from nurie.model.latent import kl_divergence
from nurie.model.layers import mirror_pad

TINY = PRESETS["tiny"]
PLAIN = replace(TINY, flats=False)


def paint(config, inputs, seed=1):
    torch.manual_seed(seed)
    with torch.inference_mode():
        return build_generator(config).double().eval()(**inputs).image


def close(a, b):
    torch.testing.assert_close(a, b, rtol=0, atol=1e-9)


def test_the_order_of_labels_does_not_change_the_picture(config, make_inputs):
    inputs = make_inputs(config, k=6)
    new_label = torch.tensor([0, 4, 6, 1, 5, 2, 3])
    close(paint(config, inputs | {"regions": new_label[inputs["regions"]]}), paint(config, inputs))


def test_more_room_for_regions_does_not_change_the_picture(config, make_inputs):
    inputs = make_inputs(config, n=2, k=6)
    close(paint(config, inputs | {"present": torch.ones(2, 11).double()}), paint(config, inputs))


def test_absent_regions_change_nothing(config, make_inputs):
    inputs = make_inputs(config, k=6)
    regions = torch.where(inputs["regions"] == 3, 5, inputs["regions"])
    off = inputs["present"].clone()
    off[:, 2] = 0
    kept = paint(config, inputs | {"regions": regions})
    close(paint(config, inputs | {"regions": regions, "present": off}), kept)


def test_the_number_of_regions_may_be_left_to_the_map(config, make_inputs):
    inputs = make_inputs(config)
    close(paint(config, {k: v for k, v in inputs.items() if k != "present"}), paint(config, inputs))


def test_a_batch_of_two_is_two_batches_of_one(config, make_inputs):
    inputs = make_inputs(config, n=2)
    inputs["regions"][1] = inputs["regions"][1].clamp(max=2)  # the second has fewer regions
    for index in range(2):
        one = {name: value[index : index + 1] for name, value in inputs.items()}
        close(paint(config, one)[0], paint(config, inputs)[index])


@pytest.mark.parametrize(("height", "width"), [(33, 21), (1, 1), (5, 64), (40, 31)])
def test_odd_sizes_are_the_crop_of_the_mirrored_picture(config, make_inputs, height, width):
    inputs = make_inputs(config, height=height, width=width)
    result = paint(config, inputs)
    assert result.shape == (2, 3, height, width)
    if config.region_use != "input":  # where the centre of a region depends on the picture's size
        sizes = {k: v if k == "present" else mirror_pad(v, 8) for k, v in inputs.items()}
        close(result, paint(config, sizes)[..., :height, :width])


def test_gradient_reaches_every_parameter(config, make_inputs):
    inputs = make_inputs(config, n=2)
    net = build_generator(config).double()
    if config.latent == "picture":
        latent = net.encode_picture(torch.rand(2, 3, 32, 40).double())
        image = net(**inputs, w=latent.w).image
    else:
        latent = net(**inputs)
        image = latent.image
    divergence = 0 if latent.mean is None else kl_divergence(latent.mean, latent.logvar).mean()
    (image.square().mean() + divergence).backward()
    silent = [k for k, p in net.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
    assert silent == []


def test_evaluation_is_deterministic_and_training_draws_w(config, make_inputs):
    inputs = make_inputs(config)
    net = build_generator(config).double()
    assert torch.equal(net(**inputs).w, net(**inputs).w) == (config.latent == "plain")
    net.eval()
    assert torch.equal(net(**inputs).image, net(**inputs).image)


@pytest.mark.parametrize("latent", ["sketch", "picture"])
def test_given_noise_takes_the_place_of_torchs(latent, make_inputs):
    config = replace(PRESETS["tiny"], latent=latent)
    inputs, net = make_inputs(config), build_generator(config).double()
    noise = torch.randn(len(inputs["sketch"]), config.latent_dim).double()
    first, again = (net(**inputs, noise=noise) for _ in range(2))
    assert torch.equal(first.w, again.w)
    torch.testing.assert_close(first.w, first.mean + (first.logvar / 2).exp() * noise)


def test_w_changes_the_picture_and_is_handed_back(config, make_inputs):
    inputs = make_inputs(config, n=1)
    net = build_generator(config).double().eval()
    first, second = torch.randn(2, 1, config.latent_dim).double()
    one, two = net(**inputs, w=first), net(**inputs, w=second)
    assert (one.image - two.image).abs().max() > 1e-4
    assert one.w is first
    assert one.mean is one.logvar is None


def test_the_picture_lies_in_its_range(config, make_inputs):
    image = paint(config, make_inputs(config))
    assert image.abs().max() <= 1


def test_flats_are_where_the_painting_begins(make_inputs):
    inputs = make_inputs(TINY)
    net = build_generator(TINY).double()
    assert (net(**inputs).image - inputs["flats"]).square().mean().sqrt() < 0.3
    torch.nn.init.zeros_(net.to_rgb.weight)
    assert torch.equal(net(**inputs).image, inputs["flats"])


def test_a_region_map_matters_only_where_it_is_used(config, make_inputs):
    inputs = make_inputs(config)
    other = torch.ones_like(inputs["regions"])
    same = torch.allclose(paint(config, inputs), paint(config, inputs | {"regions": other}))
    assert same == (config.region_use == "none")


def test_patches_go_through_the_same_code(make_inputs):
    config = vary(PLAIN, "patches_64")
    inputs = make_inputs(config, height=32, width=32, k=64)
    grid = torch.arange(8).repeat_interleave(4)
    inputs["regions"] = (grid[:, None] * 8 + grid + 1).expand(2, -1, -1)
    close(paint(config, inputs), paint(PLAIN, inputs))


def test_fine_levels_without_formulation_still_paint(make_inputs):
    config = replace(TINY, max_formulation_side=8)
    net = build_generator(config)
    assert [block.formulation is not None for block in net.decoder.blocks] == [1, 1, 0, 0]
    assert paint(config, make_inputs(config)).isfinite().all()


def test_a_picture_code_in_training_is_drawn_from_the_prior_and_is_zero_otherwise(make_inputs):
    config = vary(PLAIN, "picture_latent")
    net, inputs = build_generator(config).double(), make_inputs(config, n=1)
    assert net(**inputs).w.abs().sum() > 0
    assert net.eval()(**inputs).w.abs().sum() == 0


def test_nobodys_pixels_are_allowed(config, make_inputs):
    inputs = make_inputs(config)
    inputs["regions"] = torch.zeros_like(inputs["regions"])
    del inputs["present"]
    assert paint(config, inputs).isfinite().all()


def test_missing_and_unknown_inputs_are_told(make_inputs):
    inputs = make_inputs(TINY)
    with pytest.raises(InputError, match="do not know flats; leave them out"):
        build_generator(PLAIN).double()(**inputs)
    del inputs["flats"]
    with pytest.raises(InputError, match="paint on flats; give flats"):
        build_generator(TINY).double()(**inputs)
    with pytest.raises(InputError, match='reads no pictures; build it with latent="picture"'):
        build_generator(TINY).encode_picture(torch.rand(1, 3, 32, 32))

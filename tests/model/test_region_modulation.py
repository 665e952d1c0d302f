import torch

from nurie.model.modulated_conv import ModulatedConv2d
from nurie.model.region_formulation import RegionFormulation
from nurie.model.region_modulation import RegionModulationBlock


def test_block_is_equation_1():
    conv = ModulatedConv2d(6, 4, latent_dim=3)
    formulation = RegionFormulation(4, skip_connection=False, stop_gradient=False)
    before, w, skip = torch.randn(2, 6, 4, 4), torch.randn(2, 3), torch.randn(2, 4, 8, 8)
    regions, present = torch.randint(1, 4, (2, 16, 16)), torch.ones(2, 3)
    upsampled = torch.nn.functional.interpolate(before, scale_factor=2, mode="bilinear")
    mixed = skip + conv(upsampled, w, skip)

    with_map = RegionModulationBlock(conv, formulation, stride=2)
    wanted = formulation(skip, regions[:, ::2, ::2], present) * mixed
    torch.testing.assert_close(with_map(before, w, skip, regions, present), wanted)

    without = RegionModulationBlock(conv, None, stride=2)
    torch.testing.assert_close(without(before, w, skip, regions, present), mixed)


def test_with_unit_features_each_pixel_comes_out_with_a_mean_square_of_1():
    block = RegionModulationBlock(ModulatedConv2d(6, 4, latent_dim=3), None, stride=1, unit_features=True)
    inputs = torch.randn(2, 6, 4, 4) * 1e-3, torch.randn(2, 3), torch.randn(2, 4, 8, 8)
    out = block(*inputs, torch.ones(2, 8, 8, dtype=torch.int64), torch.ones(2, 1))
    torch.testing.assert_close(out.square().mean(1), torch.ones(2, 8, 8), rtol=0.1, atol=0)

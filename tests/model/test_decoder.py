import torch

from nurie.model.decoder import ColorDecoder, Level


def test_there_is_one_block_per_level_coarse_to_fine():
    levels = [Level(4, 1, None), Level(8, 2, None), Level(16, 4, None)]
    decoder = ColorDecoder(levels, latent_dim=3)
    assert [block.stride for block in decoder.blocks] == [4, 2, 1]
    assert [tuple(block.conv.weight.shape[:2]) for block in decoder.blocks] == [
        (16, 16),
        (8, 16),
        (4, 8),
    ]


def test_start_keeps_the_shape_of_the_coarsest_level():
    coarsest = torch.randn(2, 8, 3, 5)
    assert ColorDecoder([Level(8, 1, None)], latent_dim=3).start(coarsest).shape == coarsest.shape

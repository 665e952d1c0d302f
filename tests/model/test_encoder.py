import torch

from nurie.model.encoder import SketchEncoder


def test_pyramid_goes_from_full_size_down_by_two():
    pyramid = SketchEncoder(4, [8, 16, 24])(torch.rand(2, 4, 12, 20))
    assert [tuple(level.shape) for level in pyramid] == [
        (2, 8, 12, 20),
        (2, 16, 6, 10),
        (2, 24, 3, 5),
    ]

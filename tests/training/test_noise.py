import numpy as np
import torch

from nurie.training.noise import Noise


def test_a_row_belongs_to_its_place_and_call():
    whole = Noise(7, range(4))
    halves = [Noise(7, range(2)), Noise(7, range(2, 4))]
    for _ in range(2):
        assert torch.equal(whole.normal(3), torch.cat([half.normal(3) for half in halves]))
    rows = [Noise(seed, [place]).normal(5) for seed, place in ((7, 0), (7, 1), (8, 0))]
    assert not torch.equal(rows[0], rows[1])
    assert not torch.equal(rows[0], rows[2])
    once = Noise(7, [0])
    assert not torch.equal(once.normal(5), once.normal(5))


def test_a_longer_row_begins_as_a_shorter_one():
    short, long = Noise(0, range(3)).normal(5, 3), Noise(0, range(3)).normal(9, 3)
    assert torch.equal(short, long[:, :5])
    assert torch.equal(Noise(0, [2]).uniform(4), Noise(0, [2]).uniform(8)[:, :4])


def test_shapes_and_moments():
    noise = Noise(1, range(50))
    assert noise.normal().shape == (50,)
    assert noise.uniform(1).shape == (50, 1)
    normal, uniform = noise.normal(400).numpy(), noise.uniform(400).numpy()
    assert abs(normal.mean()) < 0.03
    assert abs(normal.std() - 1) < 0.03
    assert abs(uniform.mean() - 0.5) < 0.02
    assert (uniform >= 0).all()
    assert (uniform < 1).all()
    assert abs(np.corrcoef(normal[:25].ravel(), normal[25:].ravel())[0, 1]) < 0.05

import torch
from torch.testing import assert_close

from nurie.model.boundary import EYE_PARTS, STRIDE, BoundaryNet, boundary_loss, eye_loss


def test_edges_have_the_size_of_the_sketch():
    edges = BoundaryNet()(torch.rand(2, 1, 2 * STRIDE, 3 * STRIDE))
    assert edges.boundary.shape == (2, 1, 2 * STRIDE, 3 * STRIDE)
    assert edges.eyes.shape == (2, len(EYE_PARTS), 2 * STRIDE, 3 * STRIDE)


def test_gradient_reaches_every_parameter():
    net = BoundaryNet()
    edges = net(torch.rand(2, 1, 32, 32))
    (edges.boundary.square().sum() + edges.eyes.square().sum()).backward()
    assert [name for name, p in net.named_parameters() if p.grad is None or not p.grad.any()] == []


def test_a_batch_of_two_is_two_batches_of_one():
    net = BoundaryNet().eval()
    sketch = torch.rand(2, 1, 32, 32)
    both = net(sketch)
    for i in range(2):
        alone = net(sketch[i : i + 1])
        assert_close(both.boundary[i : i + 1], alone.boundary, atol=1e-5, rtol=1e-4)


def test_losses_fall_to_zero_for_sure_and_right_answers():
    boundary = (torch.rand(1, 1, 8, 8) > 0.5).float()
    parts = torch.randint(-1, len(EYE_PARTS), (1, 8, 8))
    sketch = torch.rand(1, 1, 8, 8)
    assert boundary_loss(40 * (2 * boundary - 1), boundary, sketch) < 1e-6
    sure = 40 * torch.nn.functional.one_hot(parts.clamp(min=0), len(EYE_PARTS)).permute(0, 3, 1, 2).float()
    assert eye_loss(sure, parts, sketch) < 1e-6
    assert eye_loss(-sure, parts, sketch) > 1


def test_ink_hardly_counts():
    boundary, logits = torch.ones(1, 1, 4, 4), torch.zeros(1, 1, 4, 4)
    logits[..., :2] = -9
    half = torch.zeros(1, 1, 4, 4)
    half[..., :2] = 1  # ink where the network is wrong
    assert boundary_loss(logits, boundary, half) < boundary_loss(logits, boundary, 1 - half) / 3

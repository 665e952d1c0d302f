import pytest
import torch
from torch.testing import assert_close

from nurie.model.simplify import STRIDE, SimplifyNet, connection_loss, ink_loss


def line(length=32):
    lines = torch.zeros(1, 1, 32, 32)
    lines[..., 15:17, :length] = 1
    middle = torch.zeros_like(lines)
    middle[..., 15, :length] = 1
    return lines, middle


@pytest.mark.parametrize(("height", "width"), [(1, 1), (2, 3)])
def test_ink_has_the_size_of_the_sketch(height, width):
    net = SimplifyNet((4, 6, 8, 10)).eval()
    sketch = torch.rand(2, 1, height * STRIDE, width * STRIDE)
    assert net(sketch).shape == sketch.shape


def test_gradient_reaches_every_parameter():
    net = SimplifyNet((4, 6, 8, 10))
    net(torch.rand(2, 1, 32, 32)).square().sum().backward()
    assert [name for name, p in net.named_parameters() if p.grad is None or not p.grad.any()] == []


def test_a_batch_of_two_is_two_batches_of_one():
    net = SimplifyNet((4, 6, 8, 10)).eval()
    sketch = torch.rand(2, 1, 32, 32)
    both = net(sketch)
    for i in range(2):
        assert_close(both[i : i + 1], net(sketch[i : i + 1]), atol=1e-5, rtol=1e-4)


def test_losses_fall_to_zero_for_sure_and_right_answers():
    lines, middle = line()
    assert ink_loss(40 * (2 * lines - 1), lines) < 1e-6
    assert connection_loss(lines, lines, middle) < 1e-6
    assert ink_loss(-40 * (2 * lines - 1), lines) > 1
    assert connection_loss(1 - lines, lines, middle) > 0.5


def test_a_gap_costs_its_length():
    lines, middle = line()
    half, _ = line(16)
    assert connection_loss(half, lines, middle) == pytest.approx(1 / 3, abs=0.03)  # F1 of precision 1, recall 1/2


def test_a_pixel_aside_is_no_false_line_and_three_are():
    lines, middle = line()
    aside, away = (torch.maximum(lines, lines.roll(shift, 2)) for shift in (1, 6))
    assert connection_loss(aside, lines, middle) < 0.01
    assert connection_loss(away, lines, middle) > 0.2


def test_an_empty_page_has_no_gradient_trouble():
    zero = torch.zeros(1, 1, 16, 16)
    logits = torch.full((1, 1, 16, 16), -30.0, requires_grad=True)
    (ink_loss(logits, zero) + connection_loss(logits.sigmoid(), zero, zero)).backward()
    assert torch.isfinite(logits.grad).all()

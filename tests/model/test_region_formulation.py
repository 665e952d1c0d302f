import math

import pytest
import torch

from nurie.model.region_formulation import (
    RegionFormulation,
    aggregate,
    broadcast,
    present_regions,
    region_channels,
    renumber_present,
    resize_regions,
)


def literal_formulation(module, features, regions, k):
    """Eqs. (2)-(5) word for word: one mask of h x w per region, one picture at a time."""
    results = []
    for x, labels in zip(features, regions, strict=True):
        masks = torch.stack([(labels == label).to(x) for label in range(1, k + 1)])  # [k h w]
        rows = (masks[:, None] * x).amax((2, 3))  # eq. (2): [k c]
        q, key, v = (rows @ (p.weight * p.scale).T for p in (module.query, module.key, module.value))  # eq. (3)
        weights = torch.softmax(q @ key.T / math.sqrt(x.shape[0]), dim=1)
        mixed = weights @ v  # eq. (4)
        if module.skip is not None:
            mixed = mixed + rows
        results.append(torch.einsum("khw,kc->chw", masks, mixed))  # eq. (5)
    return torch.stack(results)


def make_module(channels=5, **switches):
    return RegionFormulation(channels, **({"skip_connection": False, "stop_gradient": False} | switches)).double()


def make_case(n=2, c=5, k=4, side=8):
    regions = torch.randint(1, k + 1, (n, side, side))
    regions[:, 0, :k] = torch.arange(1, k + 1)  # every region is there
    return torch.randn(n, c, side, side, dtype=torch.float64), regions, torch.ones(n, k).double()


@pytest.mark.parametrize("skip_connection", [False, True])
@pytest.mark.parametrize("stop_gradient", [False, True])
def test_equals_the_literal_formula_with_k_masks(skip_connection, stop_gradient):
    features, regions, present = make_case()
    module = make_module(skip_connection=skip_connection, stop_gradient=stop_gradient)
    wanted = literal_formulation(module, features, regions, k=4)
    torch.testing.assert_close(module(features, regions, present), wanted)


def test_gradient_equals_the_literal_formula():
    features, regions, present = make_case()
    module, cotangent = make_module(), torch.randn_like(features)
    features.requires_grad_()
    (fast,) = torch.autograd.grad(module(features, regions, present), features, cotangent)
    literal = literal_formulation(module, features, regions, k=4)
    (slow,) = torch.autograd.grad(literal, features, cotangent)
    torch.testing.assert_close(fast, slow)


def test_aggregate_takes_the_maximum_of_a_region_but_never_less_than_zero():
    features = torch.tensor([[[[1.0, 5.0], [-2.0, -1.0]]]])
    regions = torch.tensor([[[1, 1], [2, 2]]])
    assert aggregate(features, regions, torch.ones(1, 3)).tolist() == [[[5.0], [0.0], [0.0]]]


def test_a_region_that_is_the_whole_picture_has_the_same_floor():
    whole = torch.ones(1, 2, 2, dtype=torch.int64)
    assert aggregate(torch.full((1, 1, 2, 2), -3.0), whole, torch.ones(1, 1)).tolist() == [[[0.0]]]


def test_broadcast_gives_nobodys_pixels_zero():
    rows = torch.tensor([[[7.0], [8.0]]])
    assert broadcast(rows, torch.tensor([[[0, 1], [2, 2]]])).tolist() == [[[[0, 7], [8, 8]]]]


def test_a_picture_without_any_region_gives_zero_and_finite_gradients():
    features = torch.randn(1, 5, 4, 4, dtype=torch.float64, requires_grad=True)
    nobody = torch.zeros(1, 4, 4, dtype=torch.int64)
    result = make_module()(features, nobody, torch.ones(1, 3).double())
    result.sum().backward()
    assert (result == 0).all()
    assert features.grad.isfinite().all()


def test_present_is_what_has_pixels_and_is_not_switched_off():
    regions = torch.tensor([[[1, 1], [3, 0]]])
    assert present_regions(regions, torch.ones(1, 4)).tolist() == [[1, 0, 1, 0]]
    assert present_regions(regions, torch.tensor([[0.0, 1, 1, 1]])).tolist() == [[0, 0, 1, 0]]


def test_a_region_switched_off_is_as_if_its_pixels_were_nobodys():
    features, regions, present = make_case()
    module = make_module()
    without = torch.where(regions == 2, 0, regions)
    off = present.clone()
    off[:, 1] = 0
    torch.testing.assert_close(module(features, regions, off), module(features, without, present), rtol=0, atol=1e-12)


def test_present_regions_are_numbered_in_their_order_and_no_more_rows_than_pixels_are_kept():
    regions = torch.tensor([[[7, 7], [3, 0]], [[2, 2], [2, 2]]])
    present = torch.zeros(2, 9)
    present[0, [2, 6]], present[1, [1, 4]] = 1, 1  # region 5 of the second picture has no pixel
    numbers, slots = renumber_present(regions, present_regions(regions, present))
    assert numbers.tolist() == [[[2, 2], [1, 0]], [[1, 1], [1, 1]]]
    assert slots.tolist() == [[1, 1, 0, 0], [1, 0, 0, 0]]


def test_a_region_that_is_switched_off_gets_no_number():
    numbers, slots = renumber_present(torch.tensor([[[1, 2, 3]]]), torch.tensor([[1.0, 0.0, 1.0]]))
    assert numbers.tolist() == [[[1, 0, 2]]]
    assert slots.tolist() == [[1, 1, 0]]


def test_many_more_regions_than_pixels_change_nothing():
    features, regions, present = make_case()
    module, far = make_module(), torch.tensor([0, 700, 3, 999, 41])
    many = torch.ones(2, 1024, dtype=torch.float64)
    # Attention does not depend on the order of rows, so other labels of the same regions give the same.
    torch.testing.assert_close(module(features, far[regions], many), module(features, regions, present))


def test_resize_takes_the_upper_left_pixel_as_nearest_neighbour_does():
    regions = torch.arange(64).reshape(1, 8, 8)
    wanted = torch.nn.functional.interpolate(regions[None].float(), scale_factor=0.25)[0].long()
    assert torch.equal(resize_regions(regions, 4), wanted)


def test_stop_gradient_leaves_only_the_value_branch_to_the_features():
    features, regions, present = make_case()
    module = make_module(stop_gradient=True)
    rows = aggregate(features, regions, present).requires_grad_()
    (total,) = torch.autograd.grad(module.correlate(rows, present).sum(), rows)
    attention = torch.softmax(module.query(rows) @ module.key(rows).mT / math.sqrt(5), dim=2).detach()
    (value_only,) = torch.autograd.grad((attention @ module.value(rows)).sum(), rows)
    torch.testing.assert_close(total, value_only)


def test_branch_gradients_seen_by_hooks_add_up_to_the_whole():
    features, regions, present = make_case()
    module = make_module(skip_connection=True)
    branches = {}
    for name in ("query", "key", "value", "skip"):
        getattr(module, name).register_full_backward_hook(
            lambda _, inputs, __, name=name: branches.update({name: inputs[0]})
        )
    rows = aggregate(features, regions, present).requires_grad_()
    module.correlate(rows, present).square().sum().backward()
    torch.testing.assert_close(sum(branches.values()), rows.grad)


def test_region_channels_tell_share_and_centre_of_each_region():
    regions = torch.tensor([[[1, 2, 2, 2], [1, 2, 2, 2]]])
    share, row, column = region_channels(regions, torch.ones(1, 2))[0]
    assert share[0].tolist() == pytest.approx([0.25**0.5] + [0.75**0.5] * 3)
    assert row[0].tolist() == pytest.approx([0.0] * 4)
    assert column[0].tolist() == pytest.approx([-0.75] + [0.25] * 3)

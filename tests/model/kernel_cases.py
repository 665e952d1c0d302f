"""The kernels beside torch's own operators on made-up cases: `test_region_kernels` runs it in a process of its own."""

import sys

import torch

from nurie.model import region_kernels
from nurie.model.region_formulation import aggregate, scale_by_region

SIZES = [(2, 5, 8, 8, 4), (1, 70, 9, 17, 12), (2, 16, 16, 20, 9), (1, 3, 1, 1, 1), (2, 4, 9, 6, 200)]
"""n, c, h, w, K: odd ones, one of a single pixel, one of more regions than pixels."""

TOLERANCE = {torch.float32: 1e-5, torch.bfloat16: 1e-2}


def make_case(size, dtype, layout, device):
    n, c, height, width, k = size
    rng = torch.Generator().manual_seed(7)
    features, other = (torch.randn(n, c, height, width, generator=rng) for _ in range(2))
    features[..., ::2] = features[..., ::2].round()  # pixels that tie, with each other and with the floor
    regions = torch.randint(0, k + 1, (n, height, width), generator=rng)
    rows = torch.randn(n, k, c, generator=rng).to(device).requires_grad_()
    features, other = (x.to(device, dtype).contiguous(memory_format=layout).requires_grad_() for x in (features, other))
    return features, other, rows, regions.to(device)


def results(size, dtype, layout, device):
    """Both operators, and the gradients of all that has one."""
    features, other, rows, regions = make_case(size, dtype, layout, device)
    assert region_kernels.serve(features) == (not region_kernels._switched_off)
    pooled = aggregate(features, regions, torch.ones(rows.shape[:2], device=device))
    scaled = scale_by_region(other, rows, regions)
    weights = torch.linspace(-1, 1, pooled.numel(), device=device).reshape(pooled.shape)
    (pooled * weights).sum().backward()
    (scaled * torch.linspace(-1, 1, scaled.numel(), device=device).reshape(scaled.shape)).sum().backward()
    return pooled.detach(), scaled.detach(), features.grad, other.grad, rows.grad


def check(device):
    region_kernels.WORTHWHILE = 0
    for size in SIZES:
        for dtype, tolerance in TOLERANCE.items():
            for layout in (torch.contiguous_format, torch.channels_last):
                found = results(size, dtype, layout, device)
                with region_kernels.without_kernels():
                    wanted = results(size, dtype, layout, device)
                for a, b in zip(found, wanted, strict=True):
                    assert (a.shape, a.dtype) == (b.shape, b.dtype)
                    apart = float((a - b).float().norm() / b.float().norm().clamp(min=1e-9))
                    assert apart <= tolerance, (size, dtype, layout, apart)


def compile_all():
    """Every kernel in every mode, for a GPU of compute capability 9.0, be there one or not."""
    from triton.backends.compiler import GPUTarget
    from triton.compiler import ASTSource, compile

    tensors = {"labels": "*i32", "slots": "*fp32", "out": "*fp32"}
    tensors |= dict.fromkeys(("features", "other", "found"), "*bf16")
    kernels = region_kernels.kernels
    for kernel, modes in ((kernels.reduce_kernel, (0, 1, 2)), (kernels.spread_kernel, (1, 3))):
        for mode in modes:
            constants = {"MODE": mode, "BLOCK_H": 8, "BLOCK_W": 16, "BLOCK_C": 64}
            kinds = {name: "constexpr" if name in constants else tensors.get(name, "i32") for name in kernel.arg_names}
            made = compile(ASTSource(kernel, signature=kinds, constexprs=constants), target=GPUTarget("cuda", 90, 32))
            assert made.asm["cubin"], (kernel.__name__, mode)


if __name__ == "__main__":
    task = sys.argv[1]
    compile_all() if task == "compile" else check(task)

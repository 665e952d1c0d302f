"""One process or several, on a laptop as on a server: gloo without a GPU, nccl with one each.

Gradients are averaged by hand after the backward pass, not by DistributedDataParallel: a step here has
several backward passes through two networks, one of them through a gradient (R1), and calls methods
other than `forward`; DDP's hooks forbid or slow each of these. One all-reduce of one flat buffer a step
costs what DDP's costs less the overlap with the backward pass, little for networks of this size.

Plain torch.distributed, not Lightning Fabric: what is needed of it is in this file.
"""

import importlib
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import torch
from torch import Tensor
from torch import distributed as dist
from torch.distributed.rendezvous import rendezvous

from nurie.errors import InputError, LostProcessError
from nurie.training.restarts import restart_count


@dataclass(frozen=True)
class Machine:
    """Where this process computes, and which of how many it is."""

    device: torch.device
    rank: int = 0
    world: int = 1

    def share(self, batch_size: int) -> int:
        """This process's part of a batch.

        Raises:
            InputError: the batch cannot be divided evenly.
        """
        if batch_size % self.world:
            raise InputError(f"a batch of {batch_size} cannot be shared by {self.world} processes; choose a multiple")
        return batch_size // self.world

    def average(self, tensors: Iterable[Tensor]) -> None:
        """Replace each tensor by its mean over the processes, in place."""
        tensors = list(tensors)
        if self.world == 1 or not tensors:
            return
        flat = torch.cat([tensor.detach().float().flatten() for tensor in tensors])
        self._reduce(flat, dist.ReduceOp.SUM)
        flat /= self.world
        means = torch.split(flat, [tensor.numel() for tensor in tensors])
        for tensor, mean in zip(tensors, means, strict=True):
            tensor.detach().copy_(mean.view_as(tensor))

    def any(self, flag: bool) -> bool:
        """Whether the flag is up in any process: the same answer in all of them."""
        if self.world == 1:
            return flag
        shared = torch.tensor(float(flag), device=self.device)
        self._reduce(shared, dist.ReduceOp.MAX)
        return bool(shared.item())

    def check_same(self, text: str, what: str) -> None:
        """All processes must have come with the same text.

        Raises:
            InputError: another process has another one.
        """
        if self.world == 1:
            return
        number = zlib.crc32(text.encode())
        ends = torch.tensor([number, -number], device=self.device)
        self._reduce(ends, dist.ReduceOp.MAX)
        if ends[0] != -ends[1]:
            raise InputError(f"the processes of this run differ in {what}; start all of them by the same command")

    def wait(self) -> None:
        """Return when every process has come here."""
        self.any(False)

    def _reduce(self, tensor: Tensor, operation: dist.ReduceOp.RedOpType) -> None:
        try:
            dist.all_reduce(tensor, op=operation)
        except RuntimeError as error:
            raise LostProcessError(
                "another process of this run died, and training cannot go on without it; see what it said, and "
                "go on from the last checkpoint with --resume"
            ) from error


@contextmanager
def join(device: str = "auto") -> Iterator[Machine]:
    """Join the other processes that `torchrun` has started, or be the only one.

    Args:
        device: `cpu`, `cuda`, or `auto` for a GPU where there is one.

    Raises:
        InputError: `cuda` was asked for and there is none.
    """
    world, rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
    place = choose_device(device, int(os.environ.get("LOCAL_RANK", "0")))
    if place.type == "cuda":
        torch.cuda.set_device(place)
    if world == 1:
        yield Machine(place)
        return
    store, rank, world = next(rendezvous("env://"))
    # torchrun keeps its store when it starts a run again, with the addresses of the dead in it.
    store = dist.PrefixStore(f"start-{restart_count()}", store)  # type: ignore[attr-defined]
    _import_what_keeps_the_group()
    dist.init_process_group("nccl" if place.type == "cuda" else "gloo", store=store, rank=rank, world_size=world)
    try:
        yield Machine(place, rank, world)
    finally:
        with suppress(RuntimeError):  # of a group that has lost a process
            dist.destroy_process_group()


def _import_what_keeps_the_group() -> None:
    """Import, before there is a group, the module of torch whose functions have the group as a default argument.

    torch's optimizers import it at some time. If a group is there by then it never goes away: `destroy_process_group`
    ends none of gloo's threads, and one that frees the last tensor while Python exits aborts the process ("terminate
    called without an active exception"). The other nodes of torchrun then wait five minutes for this one.
    """
    importlib.import_module("torch.distributed.nn.functional")


def choose_device(device: str, local_rank: int = 0) -> torch.device:
    """The device that `auto`, `cpu` or `cuda` means on this computer.

    Raises:
        InputError: `cuda` was asked for and there is none.
    """
    if device == "cpu" or (device == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise InputError("no CUDA device was found; use --device cpu, or install a torch built for CUDA")
    return torch.device("cuda", local_rank)

"""Where work is done: in this process, in several of this computer (`processes`), on a cluster (`cluster`)."""

from nurie.machines.machines import Machines, Tick, Work

__all__ = ["Machines", "Tick", "Work"]

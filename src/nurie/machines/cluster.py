"""Work on a Ray cluster. Sources and results lie where every machine sees them, under the same path."""

import logging
import pickle
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2

from nurie.errors import InputError, MissingExtraError, NurieError
from nurie.machines.machines import Tick, Work
from nurie.version import nurie_version

PATIENCE = 5.0
"""Seconds within which a cluster must answer."""

REMEDY = "start one with ray start --head, or check the address"


@dataclass(frozen=True)
class RayCluster:
    """The machines of a cluster; each task takes one core. Machines may come, and go in the middle of a task.

    A task whose machine is lost is done again on another, and as it writes its files whole under the same names,
    nothing is lost and nothing there twice.
    """

    address: str
    """`host:port` of the head, `ray://host:port` of its client server, or `auto` on a machine of the cluster."""

    def map(self, work: Work[Any, Any], tasks: Sequence[Any], tick: Tick) -> Iterator[Any]:
        """Do all tasks; `tick` is told when a task is done.

        Raises:
            MissingExtraError: Ray is not installed.
            InputError: the cluster cannot be reached, or runs another version of nurie.
        """
        if not tasks:
            return
        ray = self._join()
        from ray.data import DataContext, from_items

        logging.getLogger("ray.data").setLevel(logging.ERROR)
        DataContext.get_current().enable_progress_bars = False
        items = [{"index": index} for index in range(len(tasks))]
        shared = ray.put((work, list(tasks), nurie_version()))
        # Ray Data tries a task without end when its machine is lost, and not at all when it raises.
        done = from_items(items, override_num_blocks=len(tasks)).map(partial(_do, shared), num_cpus=1)
        for row in done.iter_rows():
            tick(int(row["ticks"]))
            result, error = pickle.loads(row["outcome"])
            if error is not None:
                raise error
            yield result

    def _join(self) -> Any:  # noqa: ANN401  Ray is imported where it is used
        try:
            import ray.data
        except ImportError as error:
            raise MissingExtraError("--ray needs Ray; run `pip install nurie[cluster]` on every machine") from error
        if not ray.is_initialized():
            self._knock()
            try:
                ray.init(self.address, log_to_driver=False, logging_level=logging.ERROR)
            except (ConnectionError, RuntimeError, ValueError) as error:
                reason = " ".join(str(error).split())
                raise InputError(f"no Ray cluster answers at {self.address} ({reason}); {REMEDY}") from None
        return ray

    def _knock(self) -> None:
        """Find out within seconds whether anybody is there; Ray itself tries for minutes."""
        host, colon, port = self.address.removeprefix("ray://").rpartition(":")
        if not colon or not port.isdigit():
            return  # `auto`: Ray knows at once
        try:
            socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()
        except OSError as error:
            raise InputError(f"no Ray cluster answers at {self.address} ({error}); {REMEDY}") from None


def _do(shared: Any, row: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  a reference of Ray's
    """Do one task on a machine of the cluster."""
    import ray

    work, tasks, version = ray.get(shared)
    if version != nurie_version():
        raise RuntimeError(f"this machine has nurie {nurie_version()}, the one that asked {version}; install the same")
    cv2.setNumThreads(1)
    ticks: list[int] = []
    outcome: tuple[Any, NurieError | None]
    try:
        outcome = work(tasks[row["index"]], ticks.append), None
    except NurieError as error:  # the user's to mend: it keeps its one sentence, which Ray would wrap
        outcome = None, error
    return {"outcome": pickle.dumps(outcome), "ticks": sum(ticks)}

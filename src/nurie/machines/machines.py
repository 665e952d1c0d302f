"""What does tasks somewhere, and what a task is."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar, runtime_checkable

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

Tick = Callable[[int], None]
"""Told that so many more pictures are done."""

Work = Callable[[TaskT, Tick], ResultT]
"""A picklable function of a task; calls its second argument as it gets on."""


@runtime_checkable
class Machines(Protocol):
    """Does tasks somewhere."""

    def map(self, work: Work[TaskT, ResultT], tasks: Sequence[TaskT], tick: Tick) -> Iterator[ResultT]:
        """The result of each task as it is ready, in any order."""

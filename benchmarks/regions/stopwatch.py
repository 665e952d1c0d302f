"""Wall time, and the time that processors really worked: the two differ on a busy machine."""

import resource
import time


class Stopwatch:
    """Measures what happens inside a `with`."""

    seconds: float
    """By the wall."""
    cpu_seconds: float
    """Of all threads of this process, and of the processes it waited for."""

    def __enter__(self) -> "Stopwatch":
        """Start."""
        self._start, self._cpu_start = time.perf_counter(), _cpu_seconds()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.seconds, self.cpu_seconds = time.perf_counter() - self._start, _cpu_seconds() - self._cpu_start


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime

"""How far a batch is: a line for each picture, or on a terminal one line that moves."""

import sys
from io import TextIOBase
from threading import Lock
from time import monotonic

BAR = 24
"""Characters of a full bar."""


class Progress:
    """Counts what is done and says how long the rest will take; threads may share one."""

    def __init__(self, total: int, stream: TextIOBase | None = None) -> None:
        """For `total` pictures; None is stderr."""
        self._total, self._done = total, 0
        self._stream = stream or sys.stderr
        self._moves = self._stream.isatty() and total > 1
        self._start = monotonic()
        self._lock = Lock()

    def step(self, name: str, note: str = "") -> None:
        """One more picture is done; `note` is what else there is to say of it."""
        with self._lock:
            self._done += 1
            left = self._left()
            text = (
                f"[{self._done}/{self._total}] {name}" + (f" ({note})" if note else "") + (f"  {left}" if left else "")
            )
            if self._moves:
                filled = BAR * self._done // self._total
                text = f"\r\x1b[K{'#' * filled}{'.' * (BAR - filled)} {text}"
            print(text, end="" if self._moves and self._done < self._total else "\n", file=self._stream, flush=True)

    def clear(self) -> None:
        """Make room for a message."""
        if self._moves:
            with self._lock:
                print("\r\x1b[K", end="", file=self._stream, flush=True)

    def _left(self) -> str:
        remaining = self._total - self._done
        if not remaining:
            return ""
        seconds = round((monotonic() - self._start) / self._done * remaining)
        if not seconds:
            return ""
        return f"{seconds // 60}:{seconds % 60:02} left"
